"""The index: with it a search finds what it finds without, whatever was changed since, and reads little of the file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.archive.disk.changes import Changes, line_of
from store.archive.disk.index import Index
from store.archive.disk.layout import Base
from store.archive.disk.source import Source
from store.archive.disk.tables import Tables
from store.model import Felt, Moment, Participant, Probe, Record, Session
from store.words.json_text import encoded

AT = "2026-11-07T19:00:00"
VALUES = ("s1", "s2", "s12", "é", 'a "quoted" \\ one', "\ud800", 1, 12, -3)

DOCUMENTS = st.fixed_dictionaries(
    {"session": st.sampled_from(VALUES)},
    optional={"text": st.sampled_from(["", "\n", "x, y"]), "also": st.sampled_from(VALUES)},
) | st.sampled_from(
    [
        {},
        {"session": None, "text": "none"},
        {"also": {"session": "s1"}, "session": "s2"},
        {"seen": [{"session": "s1"}]},
        {"number": 3, "text": "first", "session": "s12"},
        {"text": '"session": "s1", ', "session": "s2"},
    ]
)

CHANGES = st.dictionaries(st.integers(1, 40), DOCUMENTS | st.none(), max_size=12)


def written(documents: dict[int, Any]) -> dict[int, bytes | None]:
    """Each as its JSON; None for one that is removed."""
    return {id: None if each is None else encoded(each).encode() for id, each in documents.items()}


def file_of(tables: Tables) -> Base:
    """The base of a file that holds all of it."""
    data = bytearray()
    tables.write(data.extend)
    return Base(Source(bytes(data)))


def found(tables: Tables) -> list[list[int]]:
    """The numbers of the documents with each value."""
    return [[id for id, _ in tables.find("moments", "session", value)] for value in VALUES]


@pytest.mark.sweep
@given(CHANGES, st.lists(CHANGES, max_size=4))
def test_a_search_finds_the_same_with_an_index_through_changes_and_checkpoints(
    first: dict[int, Any], later: list[dict[int, Any]]
) -> None:
    base = file_of(Tables(Base(), [Changes(tables={"moments": written(first)})]))
    base.index("moments", "session")
    for change in later:
        since = Changes(tables={"moments": written(change)})
        tables = Tables(base, [since])
        after = file_of(tables)
        wanted = found(Tables(after))  # nothing is indexed there
        assert found(tables) == wanted
        after.take_over(base, since)
        base = after
        assert found(Tables(base)) == wanted


def test_a_table_that_was_dropped_has_no_index_any_more() -> None:
    base = file_of(Tables(Base(), [Changes(tables={"moments": written({1: {"session": "s1"}})})]))
    base.index("moments", "session")
    since = Changes({"moments"}, {"moments": written({5: {"session": "s1"}})})
    after = file_of(Tables(base, [since]))
    after.take_over(base, since)
    assert after.runs("moments", "session", "s1") is None
    assert found(Tables(after))[0] == [5]


def test_what_was_saved_together_is_one_run() -> None:
    lines = [line_of(id, b'{"session": "s%d", "text": "x"}' % (id // 100)) for id in range(100, 400)]
    index = Index("session", lines)
    assert [index.runs(f"s{at}") for at in (1, 2, 3, 4)] == [[(100, 199)], [(200, 299)], [(300, 399)], []]
    index.add(400, b'{"session": "s3"}')
    index.add(401, b'{"session": "s1"}')
    index.add(150, b'{"session": "s1"}')
    assert (index.runs("s3"), index.runs("s1")) == ([(300, 400)], [(100, 199), (401, 401)])


@pytest.mark.parametrize("ids", [range(1, 3000), [at * at for at in range(1, 2000)]])
def test_a_document_is_found_in_a_few_looks(ids: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = {id: {"session": f"s{id // 10}", "text": "x" * (id * 7919 % 300)} for id in ids}
    base = file_of(Tables(Base(), [Changes(tables={"moments": written(documents)})]))
    base.index("moments", "session")
    read = Source.read
    looks: list[int] = []

    def noted(source: Source, start: int, stop: int) -> bytes:
        looks.append(stop - start)
        return read(source, start, stop)

    monkeypatch.setattr(Source, "read", noted)
    for id in list(documents)[::97]:
        looks.clear()
        assert base.get("moments", id) == written(documents)[id]
        assert len(looks) < 60


def archive_of(path: Path, sessions: int) -> Archive:
    """An archive with so many sealed debriefs, of about 30 KB each, in its file."""
    archive = Archive(path)
    records: list[Record] = []
    for at in range(1, sessions + 1):
        probe, session = f"p{at}", f"s{at}"
        records += [
            Probe(id=probe, created=AT, title=f"probe {at}"),
            Session(id=session, probe=probe, created=AT, sealed=AT),
            *(Participant(session=session, number=n, alias=f"one {n}", organisation="Kettle") for n in range(1, 20)),
            *(Moment(session=session, number=n, at=AT, felt=Felt.STRENGTHENED, text="x" * 200) for n in range(1, 100)),
        ]
    archive.save(records)
    archive.close()
    return Archive(path)


def test_a_debrief_is_read_without_its_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Source.read
    taken: list[int] = []

    def noted(source: Source, start: int, stop: int) -> bytes:
        data = read(source, start, stop)
        taken.append(len(data))
        return data

    monkeypatch.setattr(Source, "read", noted)
    amounts = []
    for sessions in (10, 100):
        archive = archive_of(tmp_path / f"{sessions}.json", sessions)
        unprepared = archive.debrief("s2")
        archive.prepare()
        taken.clear()
        assert archive.debrief("s2") == unprepared
        amounts.append(sum(taken))
        archive.save([Moment(session="s2", number=500, at=AT, felt=Felt.STRENGTHENED, text="new")])
        archive.checkpoint()
        taken.clear()
        assert len(archive.debrief("s2").moments) == 100
        assert len(archive.debrief("s3").moments) == 99
        archive.close()
    assert amounts[1] < 1.5 * amounts[0]
