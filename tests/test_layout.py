"""The file's layout: one document a line, read a table at a time, and the same JSON as ever."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.layout import Tables
from tests.texts import ANY, HOSTILE

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=5,
)
DOCUMENTS = st.dictionaries(
    st.integers(1, 10**6).map(str), st.dictionaries(ANY, JSON, max_size=3), min_size=1, max_size=4
)
NAMES = st.sampled_from(("meta", "probes", "sessions", "moments", "events")) | ANY


def tables_of(content: dict[str, Any]) -> Tables:
    tables = Tables()
    for name, table in content.items():
        tables[name] = table
    return tables


@settings(max_examples=40)
@given(st.dictionaries(NAMES, DOCUMENTS, max_size=4))
def test_what_is_written_is_read_again_to_the_code_point_and_is_json(content: dict[str, Any]) -> None:
    data = tables_of(content).encoded()
    assert json.loads(data) == content
    again = Tables(data)
    assert set(again) == set(content)
    assert {name: again[name] for name in content} == content
    assert again.encoded() == data


@settings(max_examples=40)
@given(st.dictionaries(NAMES, DOCUMENTS, min_size=1, max_size=4), st.data())
def test_a_table_that_was_only_copied_is_as_good_as_one_that_was_read(content: dict[str, Any], data: Any) -> None:
    tables = Tables(tables_of(content).encoded())
    for name in data.draw(st.lists(st.sampled_from(sorted(content)), unique=True)):
        assert tables[name] == content[name]
    assert json.loads(tables.encoded()) == content


def test_each_document_has_a_line_of_its_own() -> None:
    documents = {str(n): {"text": text} for n, text in enumerate(HOSTILE, 1)}
    lines = tables_of({"moments": documents}).encoded().split(b"\n")
    assert lines[0] == b"{"
    assert lines[1] == b'"moments": {'
    assert [json.loads(b"{%s}" % line.rstrip(b",")) for line in lines[2 : 2 + len(documents)]] == [
        {number: document} for number, document in documents.items()
    ]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_another_programs_layout_of_the_same_json_is_read(indent: int | None) -> None:
    content = {"meta": {"1": {"schema": 1}}, "moments": {"1": {"text": "\ud800 },\n"}, "7": {}}}
    tables = Tables(json.dumps(content, indent=indent).encode())
    assert dict(tables) == content


def test_a_table_that_is_not_asked_for_is_not_parsed() -> None:
    data = tables_of({"meta": {"1": {"schema": 1}}, "moments": {"1": {"text": "here"}}}).encoded()
    damaged = Tables(data.replace(b'"here"', b'"her"e'))
    assert damaged["meta"] == {"1": {"schema": 1}}
    assert b'"her"e' in damaged.encoded()
    with pytest.raises(ValueError, match=r"."):
        damaged["moments"]


def test_a_set_or_deleted_table_forgets_the_bytes_it_had() -> None:
    data = tables_of({"meta": {"1": {"schema": 1}}, "moments": {"1": {"text": "here"}}}).encoded()
    tables = Tables(data)
    tables["moments"] = {"2": {"text": "there"}}
    del tables["meta"]
    assert json.loads(tables.encoded()) == {"moments": {"2": {"text": "there"}}}
    assert "meta" not in tables
    with pytest.raises(KeyError):
        tables["meta"]


def test_a_table_without_documents_is_left_out_of_the_file() -> None:
    assert tables_of({"moments": {}}).encoded() == b"{}\n"
    assert json.loads(tables_of({"moments": {}, "meta": {"1": {}}}).encoded()) == {"meta": {"1": {}}}


def test_a_file_cut_off_anywhere_is_refused_or_whole() -> None:
    content = {"meta": {"1": {"schema": 1}}, "moments": {"1": {"text": "}\n}\n"}, "2": {"text": "é"}}}
    data = tables_of(content).encoded()
    whole = 0
    for length in range(1, len(data)):
        try:
            tables = dict(Tables(data[:length]))
        except ValueError:
            continue
        assert tables == content
        whole += 1
    assert whole == 1, "only the last newline can be missed"


@given(st.data())
def test_damage_anywhere_is_a_value_error_and_nothing_else(data: Any) -> None:
    good = tables_of({"meta": {"1": {"schema": 1}}, "moments": {"1": {"text": "a\ud800"}}}).encoded()
    at = data.draw(st.integers(0, len(good) - 1))
    with_damage = good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 4)) :]
    try:
        for table in Tables(with_damage).values():
            assert all(isinstance(document, dict) for document in table.values())
    except ValueError:
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"null",
        b"3",
        b'{"moments": []}',
        b'{"moments": {"a": {}}}',
        b'{"moments": {"1": []}}',
        b'{\n"moments": {\n"1": 3\n}\n}\n',
        b"\xff\xfe\x00",
        b"[" * 200_000,
        b'{\n"moments": {\n"1": ' + b"[" * 200_000 + b"\n}\n}\n",
    ],
    ids=lambda data: data[:20],
)
def test_json_that_holds_no_tables_of_documents_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        dict(Tables(data))
