"""Reading a large JSON object member by member."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.exchange.incoming import json_stream
from store.exchange.incoming.json_stream import members
from store.refused import Refused
from tests.helpers.texts import ANY


def test_other_json_that_is_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "PIECE", 100)
    monkeypatch.setattr(json_stream, "LARGEST", 1_000)
    many = b"[" + b"5, " * 10_000 + b"5]"
    for data, most, wanted in (
        (many, 100, "holds no room"),
        (b'{"redraw": 1, "data": ' + many + b"}", 4_000, "too large at data"),
        (b'{"redraw": 1, "probes": [1, ' + many + b"]}", 4_000, "too large at probes.1"),
    ):
        file = BytesIO(data)
        with pytest.raises(Refused, match=wanted):
            list(members(file.read, ("probes",)))
        assert file.tell() <= most


VALUES = st.recursive(
    ANY | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(st.dictionaries(ANY | st.just("many"), VALUES, max_size=5), st.integers(1, 9), st.booleans())
def test_a_file_reads_the_same_in_pieces_of_any_size(value: dict[str, Any], size: int, indent: bool) -> None:
    text = json.dumps(value, ensure_ascii=True, indent=2 if indent else None).encode()
    found: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "PIECE", size)
        for name, at, member in members(BytesIO(text).read, ("many",)):
            if at is None:
                found[name] = member
            else:
                found.setdefault(name, []).append(member)
    assert found == value
    assert list(found) == list(value)


@pytest.mark.sweep
@settings(max_examples=100)
@given(st.dictionaries(ANY | st.just("many"), VALUES, min_size=1, max_size=3), st.data(), st.integers(1, 9))
def test_no_part_of_a_file_is_taken_for_the_whole(value: dict[str, Any], data: st.DataObject, size: int) -> None:
    text = json.dumps(value).encode()
    part = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "PIECE", size)
        with pytest.raises(Refused, match="not JSON"):
            list(members(BytesIO(part).read, ("many",)))


def test_progress_is_told_in_bytes(theirs: bytes) -> None:
    seen: list[int] = []
    list(members(BytesIO(theirs).read, ("probes",), seen.append))
    assert seen[-1] == len(theirs)
    assert seen == sorted(seen)
