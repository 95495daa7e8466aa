"""The file's layout: one document a line, found by halving, read in pieces, and the same JSON as ever."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.archive.disk import layout, source
from store.archive.disk.changes import Changes
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.words.json_text import encoded
from tests.helpers.texts import ANY, HOSTILE

Content = Mapping[str, Mapping[int, Any]]

VALUES = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | ANY | st.lists(ANY, max_size=2)
DOCUMENTS = st.dictionaries(st.integers(1, 30), st.dictionaries(ANY, VALUES, max_size=3), max_size=6)
NAMES = st.sampled_from(("meta", "probes", "sessions", "events")) | ANY
CONTENT = st.dictionaries(NAMES, DOCUMENTS, max_size=4)

SMALL: Content = {"meta": {1: {"schema": 1}}, "moments": {1: {"text": "}\n}\n"}, 2: {"text": "é"}}}


def changes(content: Content) -> Changes:
    """What makes an empty file hold some tables."""
    return Changes(
        tables={
            name: {id: encoded(document).encode() for id, document in documents.items()}
            for name, documents in content.items()
        }
    )


def written(tables: Tables) -> bytes:
    """The file that holds some tables."""
    parts: list[bytes] = []
    tables.write(parts.append)
    return b"".join(parts)


def file_of(content: Content) -> bytes:
    return written(Tables(Base(), [changes(content)]))


def opened(data: bytes, *layers: Changes) -> Tables:
    return Tables(Base(Source(data)), layers)


def as_json(content: Content) -> dict[str, Any]:
    """The same as JSON gives it back."""
    return {name: {str(id): document for id, document in documents.items()} for name, documents in content.items()}


@contextmanager
def pieces(size: int) -> Iterator[None]:
    """Read files in pieces of so few bytes that everything stands across a boundary somewhere."""
    find = Source.find

    def found(self: Source, wanted: bytes, start: int, stop: int, _piece: int = 0) -> int:
        return find(self, wanted, start, stop, max(size, len(wanted)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "PIECE", size)
        patch.setattr(layout, "_NEAR", size)
        patch.setattr(source, "PIECE", size)
        patch.setattr(Source, "find", found)
        yield


# ------------------------------------------------------------------------------------------------ what is written


@settings(max_examples=50)
@given(CONTENT, st.integers(1, 40))
def test_what_is_written_is_read_again_to_the_code_point_and_is_json(content: Content, size: int) -> None:
    data = file_of(content)
    assert json.loads(data) == as_json(content)
    with pieces(size):
        again = opened(data)
        assert again.names == set(content)
        assert bool(again) == bool(content)
        assert again.read() == as_json(content)
        assert written(again) == data


@settings(max_examples=30)
@example({"meta": {2: {}, 1: {}}}, 0, True)
@example({"meta": {1: {"": None}}}, 0, True)
@example({"meta": {1: {}, 2: {"a": {"3": 1}}}}, 0, True)
@given(CONTENT, st.sampled_from((None, 0, 1, 4)), st.booleans())
def test_another_programs_layout_of_the_same_json_is_read_and_written_in_ours(
    content: Content, indent: int | None, newline: bool
) -> None:
    tables = opened(json.dumps(as_json(content), indent=indent).encode() + b"\n" * newline)
    assert tables.read() == as_json(content)
    assert written(tables) == file_of(content)


def test_each_document_has_a_line_of_its_own() -> None:
    documents = {n: {"text": text} for n, text in enumerate(HOSTILE, 1)}
    lines = file_of({"moments": documents}).split(b"\n")
    assert lines[:3] == [b"{", b'"moments":', b"{"]
    assert [json.loads(b"{%s}" % line.rstrip(b",")) for line in lines[3 : 3 + len(documents)]] == [
        {str(number): document} for number, document in documents.items()
    ]
    assert lines[3 + len(documents) :] == [b"}", b"}", b""]


def test_a_value_that_is_no_table_is_kept_as_it_is() -> None:
    content: dict[str, Any] = {"notes": [1, {"a": "\ud800"}], "meta": {"1": {"schema": 1}}, "x": {"y": {}}, "n": None}
    tables = opened(json.dumps(content).encode())
    assert tables.read() == content
    assert tables.value("meta") is None
    again = opened(written(tables), Changes(dropped={"notes"}, tables={"notes": {1: b"{}"}}))
    assert again.read() == {**content, "notes": {"1": {}}}
    assert json.loads(written(again)) == again.read()


def test_tables_may_be_empty_and_a_file_may_hold_none() -> None:
    assert file_of({}) == b"{}\n"
    content: Content = {"a": {}, "b": {1: {}}, "c": {}}
    tables = opened(file_of(content))
    assert tables.read() == as_json(content)
    assert [tables.highest(name) for name in "abc"] == [0, 1, 0]
    assert [list(tables.lines(name)) for name in "ac"] == [[], []]
    assert [tables.get(name, 1) for name in "abc"] == [None, {}, None]
    assert not opened(b"{}")


# --------------------------------------------------------------------------------------- halving, against a dictionary

NUMBERED = st.dictionaries(
    st.integers(1, 60) | st.integers(1, 10**6), st.sampled_from(("a", "b", "}\n", "x" * 50)), max_size=14
)


@settings(max_examples=80)
@given(NUMBERED, st.integers(1, 64), st.booleans())
def test_a_table_is_what_a_dictionary_is_however_it_is_read(model: dict[int, str], size: int, last: bool) -> None:
    documents = {id: {"session": text, "n": id} for id, text in model.items()}
    data = file_of({"moments": documents, **({} if last else {"probes": {3: {"session": "a"}}})})
    with pieces(size):
        base = Base(Source(data))
        assert base.highest("moments") == max(model, default=0)
        assert [id for id, _ in base.lines("moments")] == sorted(model)
        for id in {*model, *(near + step for near in (*model, 0, 10**6) for step in (-1, 1))}:
            found = base.get("moments", id)
            assert (json.loads(found) if found is not None else None) == documents.get(id)
            start, stop = base.place("moments", id)
            assert (stop > start) == (id in model)
            assert data[:start].count(b'"n": ') == sum(1 for each in model if each < id)
            assert data[stop:].count(b'"n": ') == sum(1 for each in model if each > id)
        for text in ("a", "b", "}\n", "none"):
            wanted = {id: documents[id] for id in sorted(model) if model[id] == text}
            assert dict(opened(data).find("moments", "session", text)) == wanted
            hits = base.find("moments", f'"session": {encoded(text)}'.encode())
            assert [id for id, _ in hits] == list(wanted)


LAYER = st.tuples(
    st.sets(st.sampled_from("ab"), max_size=1),
    st.dictionaries(
        st.sampled_from("abc"), st.dictionaries(st.integers(1, 9), st.none() | st.sampled_from("xy"), max_size=4)
    ),
)


@settings(max_examples=120)
@given(
    st.dictionaries(st.sampled_from("ab"), st.dictionaries(st.integers(1, 9), st.sampled_from("xy"), max_size=6)),
    st.lists(LAYER, max_size=3),
    st.booleans(),
    st.integers(1, 40),
)
def test_changes_upon_changes_are_what_they_are_in_a_dictionary(
    begun: dict[str, dict[int, str]],
    layers: list[tuple[set[str], dict[str, dict[int, str | None]]]],
    together: bool,
    size: int,
) -> None:
    def document(text: str) -> bytes:
        return b'{"is": "%s"}' % text.encode()

    model = {name: dict(documents) for name, documents in begun.items()}
    made = []
    for dropped, tables in layers:
        model = {name: documents for name, documents in model.items() if name not in dropped}
        for name, changed in tables.items():
            kept = {**model.get(name, {}), **changed}
            model[name] = {id: text for id, text in kept.items() if text is not None}
        sealed = {
            name: {id: text if text is None else document(text) for id, text in changed.items()}
            for name, changed in tables.items()
        }
        made.append(Changes(set(dropped), sealed))
    if together:  # as the journal has them
        whole = Changes()
        for each in made:
            whole.add(Changes.of(json.loads(each.content())))
        made = [whole]
    data = file_of({name: {id: {"is": text} for id, text in documents.items()} for name, documents in begun.items()})
    with pieces(size):
        found = opened(data, *made)
        assert found.names == set(model)
        assert bool(found) == bool(model)
        assert json.loads(written(found)) == found.read()
        for name in "abc":
            here = model.get(name, {})
            assert [(id, each["is"]) for id, each in found.documents(name)] == sorted(here.items())
            assert [found.get(name, id) for id in range(11)] == [
                {"is": here[id]} if id in here else None for id in range(11)
            ]
            assert found.highest(name) >= max(here, default=0)
            for text in "xy":
                wanted = [id for id in sorted(here) if here[id] == text]
                assert [id for id, _ in found.find(name, "is", text)] == wanted
        assert opened(written(found)).read() == found.read()


def test_documents_larger_than_a_piece_are_found_and_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    large = {n: {"session": f"s{n}", "text": "\n" + f"{n}" * (source.PIECE + n)} for n in (1, 2, 3)}
    data = file_of({"moments": large, "probes": {1: {"session": "s1"}}})
    tables = opened(data, Changes(tables={"moments": {2: b'{"session": "s9"}'}}))
    assert [id for id, _ in tables.find("moments", "session", "s3")] == [3]
    assert tables.get("moments", 3) == large[3]
    assert tables.highest("moments") == 3
    assert json.loads(written(tables))["moments"] == {
        "1": large[1],
        "2": {"session": "s9"},
        "3": large[3],
    }


def test_only_a_field_of_the_document_itself_is_found() -> None:
    content = {
        "moments": {
            1: {"session": "s1"},
            2: {"session": "s10", "text": '"session": "s1"'},
            3: {"inner": {"session": "s1"}},
            4: {"round": 1},
            5: {"round": 10},
        }
    }
    tables = opened(file_of(content))
    assert [id for id, _ in tables.find("moments", "session", "s1")] == [1]
    assert [id for id, _ in tables.find("moments", "round", 1)] == [4]


def test_what_is_handed_out_are_copies() -> None:
    tables = opened(file_of(SMALL), Changes(tables={"moments": {3: b'{"text": []}'}}))
    for id in (1, 3):
        document = tables.get("moments", id)
        assert document is not None
        document["text"] = "changed"
    next(tables.documents("moments"))[1]["text"] = "changed"
    next(tables.find("moments", "text", "é"))[1]["text"] = "changed"
    assert [each["text"] for _, each in tables.documents("moments")] == ["}\n}\n", "é", []]


# ---------------------------------------------------------------------------------------------------- what is damaged


def everything(data: bytes) -> dict[str, Any]:
    return opened(data).read()


def test_a_table_that_is_not_asked_for_is_not_parsed_and_copied_as_it_is() -> None:
    damaged = opened(file_of(SMALL).replace(b'"\xc3\xa9"', b'"\xc3"\xa9"'))
    assert damaged.get("meta", 1) == {"schema": 1}
    assert damaged.get("moments", 1) == {"text": "}\n}\n"}
    assert b'"\xc3"\xa9"' in written(damaged)
    with pytest.raises(ValueError, match=r"."):
        dict(damaged.documents("moments"))


def test_a_file_cut_off_anywhere_is_refused_or_whole() -> None:
    data = file_of(SMALL)
    whole = 0
    for length in range(1, len(data)):
        try:
            found = everything(data[:length])
        except ValueError:
            continue
        assert found == as_json(SMALL)
        whole += 1
    assert whole == 1, "only the last newline can be missed"


@settings(max_examples=200)
@given(st.data())
def test_damage_anywhere_is_a_value_error_and_nothing_else(data: Any) -> None:
    good = file_of(SMALL)
    at = data.draw(st.integers(0, len(good) - 1))
    with_damage = good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 4)) :]
    for look in (
        everything,
        lambda damaged: opened(damaged).get("moments", 2),
        lambda damaged: opened(damaged).highest("moments"),
        lambda damaged: written(opened(damaged, Changes(tables={"moments": {2: None}}))),
    ):
        with suppress(ValueError):
            look(with_damage)


@pytest.mark.parametrize(
    "lines",
    [
        b'"1": {},\n"1": {}',
        b'"2": {},\n"1": {}',
        b'"1": {},\n"3": {},\n"2": {}',
        b'"1": {},\n\n"2": {}',
        b'"1": {"a": NaN}',
        b'"1": {"a": -Infinity}',
        b'"1": {"a": "\xff"}',
        b'"1": []',
        b'"a": {}',
        b'"-1": {}',
        b"{}",
        b'"1": ' + b"[" * 200_000,
    ],
    ids=lambda lines: lines[:40],
)
def test_a_damaged_line_is_a_value_error_for_whoever_reads_its_table(lines: bytes) -> None:
    data = b'{\n"meta":\n{\n"1": {"schema": 1}\n},\n"moments":\n{\n' + lines + b"\n}\n}\n"
    tables = opened(data)
    assert tables.get("meta", 1) == {"schema": 1}
    with pytest.raises(ValueError, match=r"."):
        dict(tables.documents("moments"))


def test_a_field_that_stands_twice_in_a_document_is_a_value_error_for_whoever_reads_strictly() -> None:
    with pytest.raises(ValueError, match="twice"):
        Tables(Base()).document(b'{"a": [{"b": 1, "b": 2}]}', strictly=True)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"null",
        b"3",
        b'"text"',
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{"a": {"1": {"b": NaN}}}',
        b'{"a": {"1": {"b": 1e999}}}',
        b'{"a": {"1": {"b": "\xff"}}}',
        b'{"a": {}, "a": {}}',
        b'{"a": {"1": {}, "1": {}}}',
        b'{"a": {"1": {"b": 1, "b": 2}}}',
        b'{\n"a":\n{\n"1": {}\n},\n"a":\n{\n"1": {}\n}\n}\n',
        b'{\n"a":\n{\n"1": {}\n}\n}\n}\n',
        b'{\n"a":\n{\n"1": {}\n},\nx\n}\n}\n',
    ],
    ids=lambda data: data[:40],
)
def test_what_is_no_json_of_tables_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        everything(data)


# -------------------------------------------------------------------------------------------------------- the source


@given(st.binary(max_size=40), st.binary(min_size=1, max_size=4), st.integers(4, 9), st.integers(0, 45))
def test_looking_in_pieces_finds_what_looking_at_once_finds(data: bytes, wanted: bytes, piece: int, at: int) -> None:
    for stop in (at, len(data)):
        found = Source(data).find(wanted, 3, min(stop, len(data)), piece)
        assert found == data.find(wanted, 3, min(stop, len(data)))
