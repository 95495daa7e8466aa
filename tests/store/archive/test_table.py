"""TinyDB's table on the durable storage: copies, numbers that never come again, and what others have saved."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from store.archive.storage import DurableStorage
from store.archive.table import DurableTable
from tests.conftest import saves


class DB(TinyDB):
    """TinyDB with the table that this is about."""

    table_class = DurableTable


@pytest.fixture
def db(path: Path) -> Iterator[DB]:
    """A database with one document."""
    with DB(path, storage=DurableStorage) as made:
        made.insert({"text": "a", "list": [1]})
        yield made


def texts(db: TinyDB) -> dict[int, Any]:
    return {document.doc_id: document["text"] for document in db}


def spoil(document: Any) -> None:
    document["text"] = "changed"
    document["list"].append(2)


def test_a_changed_document_that_was_handed_out_changes_nothing(db: DB, path: Path) -> None:
    given_ = {"text": "b", "list": [1]}
    db.insert(given_)
    spoil(given_)
    for found in (
        db.all()[0],
        db.get(doc_id=1),
        db.get(where("text") == "a"),
        db.search(where("text") == "a")[0],
        db.search(where("text") == "a")[0],  # what TinyDB remembers
        next(iter(db)),
        (db.storage.read() or {})["_default"]["1"],
    ):
        spoil(found)
        assert db.all() == [{"text": "a", "list": [1]}, {"text": "b", "list": [1]}]
    db.update({"other": 1})
    with DB(path, storage=DurableStorage) as again:
        assert [document["list"] for document in again] == [[1], [1]]


def test_what_an_update_was_given_may_be_changed_after(db: DB) -> None:
    fields: dict[str, Any] = {"list": [5]}
    db.update(fields)
    fields["list"].append(6)
    assert db.all() == [{"text": "a", "list": [5]}]


def test_a_document_that_is_changed_by_a_function_is_saved_and_one_that_is_not_is_not(db: DB, path: Path) -> None:
    db.insert({"text": "b", "list": []})
    before = saves(path)
    db.update(lambda document: document["list"].append(9), doc_ids=[1])
    assert saves(path) == before + 1
    db.update({"text": "a"}, doc_ids=[1])
    db.update(lambda _: None)
    assert saves(path) == before + 1, "nothing was changed"
    assert [document["list"] for document in db] == [[1, 9], []]


def test_the_saves_of_another_process_are_seen(db: DB, path: Path) -> None:
    reader = DB(path, storage=DurableStorage)
    query = where("text") == "b"
    assert (len(reader), reader.search(query)) == (1, [])
    db.insert({"text": "b"})
    assert (len(reader), reader.search(query), reader.count(query)) == (2, [{"text": "b"}], 1)
    db.update({"text": "c"}, doc_ids=[2])
    assert (reader.search(query), reader.contains(where("text") == "c")) == ([], True)
    db.storage.checkpoint()  # type: ignore[attr-defined]
    db.drop_table("_default")
    assert (len(reader), reader.search(where("text") == "c"), reader.all()) == (0, [], [])


def test_numbers_go_on_after_those_of_another_process(db: DB, path: Path) -> None:
    other = DB(path, storage=DurableStorage)
    assert len(other) == 1
    db.insert_multiple({"text": text} for text in "bc")
    db.close()
    assert other.insert({"text": "d"}) == 4
    other.close()
    assert db.insert({"text": "e"}) == 5
    assert texts(db) == dict(enumerate("abcde", 1))


@pytest.mark.parametrize("checkpoint", [True, False])
def test_a_number_is_never_given_again_while_the_table_is_open(db: DB, checkpoint: bool) -> None:
    assert db.insert({"text": "b"}) == 2
    db.remove(doc_ids=[2])
    if checkpoint:
        db.storage.checkpoint()  # type: ignore[attr-defined]
    assert db.insert({"text": "c"}) == 3
    assert texts(db) == {1: "a", 3: "c"}


def test_a_number_that_was_taken_meanwhile_is_not_given_again(db: DB) -> None:
    assert db.insert_multiple([Document({"text": "b"}, doc_id=2), Document({"text": "c"}, doc_id=4)]) == [2, 4]
    with pytest.raises(ValueError, match="2"):
        db.insert({"text": "d"})
    assert db.insert({"text": "d"}) == 3
    with pytest.raises(ValueError, match="4"):
        db.insert(Document({"text": "e"}, doc_id=4))
    with pytest.raises(ValueError, match="Mapping"):
        db.insert(["text", "e"])
    assert texts(db) == {1: "a", 2: "b", 3: "d", 4: "c"}
    assert db.insert({"text": "e"}) == 5


def test_what_went_wrong_in_a_transaction_is_not_remembered(db: DB) -> None:
    query = where("text") == "b"

    def half() -> None:
        with db.storage.transaction():  # type: ignore[attr-defined]
            db.insert({"text": "b"})
            assert len(db.search(query)) == 1
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert texts(db) == {1: "a"}
    assert db.search(query) == []


def test_a_table_of_another_storage_is_tinydbs_own() -> None:
    with DB(storage=MemoryStorage) as db:
        assert db.insert_multiple([{"text": "a"}, {"text": "b"}]) == [1, 2]
        db.update({"text": "c"}, doc_ids=[1])
        assert db.search(where("text") == "c") == [{"text": "c"}]


STEP = st.one_of(
    st.tuples(st.just("insert"), st.sampled_from("abc")),
    st.tuples(st.just("insert at"), st.integers(1, 9)),
    st.tuples(st.just("update"), st.sampled_from("abc")),
    st.tuples(st.just("upsert"), st.sampled_from("abc")),
    st.tuples(st.just("remove"), st.sampled_from("abc")),
    st.tuples(st.just("truncate"), st.none()),
    st.tuples(st.just("drop"), st.none()),
    st.tuples(st.just("checkpoint"), st.none()),
    st.tuples(st.just("reopen"), st.none()),
)


@settings(max_examples=25)
@given(st.lists(STEP, max_size=8))
def test_any_steps_come_out_as_with_tinydbs_own_storage(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "db.json"
    ours, theirs = DB(path, storage=DurableStorage), TinyDB(storage=MemoryStorage)
    for what, with_ in steps:
        if what == "checkpoint":
            ours.storage.checkpoint()  # type: ignore[attr-defined]
        elif what == "reopen":
            ours.close()
            ours = DB(path, storage=DurableStorage)
        numbers = set(ours.table("t").storage.tables.names) and {each.doc_id for each in ours.table("t")}  # type: ignore[attr-defined]
        fresh = max(numbers, default=0) + 20
        for db in (ours, theirs):
            table = db.table("t")
            match what:
                case "insert":
                    table.insert(Document({"text": with_}, doc_id=fresh))
                case "insert at":
                    if with_ not in numbers:
                        table.insert(Document({"text": "a", "at": with_}, doc_id=with_))
                case "update":
                    table.update({"text": with_, "more": [with_]}, where("text") == "a")
                case "upsert":
                    table.upsert(Document({"text": with_}, doc_id=3))
                case "remove":
                    table.remove(where("text") == with_)
                case "truncate":
                    table.truncate()
                case "drop":
                    db.drop_table("t")
        found = [{each.doc_id: dict(each) for each in db.table("t")} for db in (ours, theirs)]
        assert found[0] == found[1]
        assert ours.tables() == theirs.tables()
        for text in "abc":
            assert len(ours.table("t").search(where("text") == text)) == theirs.table("t").count(where("text") == text)
    ours.close()
    with TinyDB(path) as plain:
        assert {each.doc_id: dict(each) for each in plain.table("t")} == {
            each.doc_id: dict(each) for each in theirs.table("t")
        }
