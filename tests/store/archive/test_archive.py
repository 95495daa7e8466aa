"""The archive: what is saved is exactly what changed, all of it or nothing, and comes back to the code point."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from store import entries
from store.archive.archive import Archive, NotFound
from store.debrief import Debrief
from store.exchange.incoming import rooms
from store.exchange.incoming.importing import take_in
from store.model import Felt, Guideline, Participant, Pattern, Probe, Record, Session
from store.refused import Refused
from store.session import amending
from store.session.dissent import opened
from tests.conftest import beside, saves
from tests.helpers.builders import facilitated
from tests.helpers.small_archives import AT, NOW, ballot, debrief_of, kept, moment, new_probe, same
from tests.helpers.texts import ANY, room, telling


def test_a_debrief_comes_back_as_it_was_saved(archive: Archive, path: Path) -> None:
    wanted = debrief_of()
    archive.commit(None, wanted)
    for name in ("p1", "s1"):
        assert same(archive.debrief(name), wanted)
        assert same(Archive(path).debrief(name), wanted)


NUMBERS = st.frozensets(st.integers(1, 6), max_size=6)


@pytest.mark.sweep
@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("abc")), min_size=1, max_size=4))
def test_commits_save_exactly_the_difference_whatever_came_and_went(
    steps: list[tuple[frozenset[int], frozenset[int], frozenset[int], str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.json"
        archive = Archive(path)
        other = debrief_of(
            probe=Probe(id="p2", created=AT, title="Another"),
            session=Session(id="s2", probe="p2", created=AT),
            participants=(),
            moments=(moment(1, "theirs", "s2"),),
            placements=(ballot(1, probe="p2"),),
        )
        archive.commit(None, other)
        old: Debrief | None = None
        for people, moments, ballots, text in steps:
            new = debrief_of(
                probe=Probe(id="p1", created=AT, title=text),
                participants=tuple(
                    Participant(session="s1", number=n, alias=f"{n}", organisation=text) for n in people
                ),
                moments=tuple(moment(n, f"{text} {n % 2}") for n in moments),
                placements=tuple(ballot(n, f"{text}{n}") for n in ballots),
            )
            archive.commit(old, new)
            old = new
            for opened in (archive, Archive(path)):
                assert same(opened.debrief("p1"), new)
                assert same(opened.debrief("p2"), other)
        rows = [row for name in ("participants", "moments", "placements") for row in kept(path, name)]
        assert len(rows) == sum(map(len, steps[-1][:3])) + 2
        assert Archive(path).check()[1] == []


def test_a_commit_without_a_difference_writes_nothing(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    before = beside(path, "journal").read_bytes()
    archive.commit(debrief_of(), debrief_of())
    archive.save([])
    assert beside(path, "journal").read_bytes() == before


def test_a_commit_leaves_alone_what_did_not_change(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([moment(2, "changed in the archive meanwhile")])
    archive.commit(debrief_of(), debrief_of(moments=(moment(1, "changed here"), moment(2))))
    assert [row["text"] for row in kept(path, "moments")] == ["changed here", "changed in the archive meanwhile"]


def test_a_record_is_saved_again_in_its_own_place(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([moment(1, "mended")])
    archive.save([moment(3), moment(1, "mended twice")])
    archive.close()
    with TinyDB(path) as db:
        documents = {document.doc_id: document["text"] for document in db.table("moments")}
    assert documents == {1: "mended twice", 2: "a moment", 3: "a moment"}


def test_records_that_differ_in_any_part_of_their_key_are_different_records(archive: Archive, path: Path) -> None:
    records: list[Record] = [
        *(moment(number, session=session) for number in (1, 2) for session in ("s1", "s2", "s11")),
        *(ballot(n, round=turn, probe=probe) for n in (1, 2) for turn in (0, 1) for probe in ("p1", "p11")),
    ]
    archive.save(records)
    archive.save(records)
    assert len(kept(path, "moments")) == 6
    assert len(kept(path, "placements")) == 8


def test_removing_what_is_not_there_harms_nothing(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.save([], gone=[moment(9), ballot(9)])
    assert same(Archive(path).debrief("p1"), debrief_of())


def test_several_records_are_one_save(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of(placements=tuple(ballot(n) for n in range(1, 30))))
    assert saves(path) == 1
    archive.commit(debrief_of(), debrief_of(moments=(), placements=(ballot(1, by="Bo"),)))
    assert saves(path) == 2


def test_ids_count_on_from_the_highest(archive: Archive) -> None:
    assert (archive.new_id("probes"), archive.new_id("sessions")) == ("p1", "s1")
    archive.save([Probe(id=name, created=AT, title="") for name in ("p1", "p12", "p9", "px")])
    assert (archive.new_id("probes"), archive.new_id("sessions")) == ("p13", "s1")


def test_two_processes_that_take_turns_never_give_out_the_same_id(archive: Archive, path: Path) -> None:
    other = Archive(path)
    names = []
    for writer in (archive, other, archive):
        probe = new_probe(writer, "x", NOW)
        names.append((probe.id, writer.open_session(probe.id, NOW).session.id))
        writer.close()
    assert names == [("p1", "s1"), ("p2", "s2"), ("p3", "s3")]
    assert [row["id"] for row in kept(path, "probes")] == ["p1", "p2", "p3"]


def test_a_probe_that_gets_its_id_late_keeps_what_was_expected_of_it(archive: Archive, path: Path) -> None:
    other = Archive(path)
    new_probe(other, "theirs", NOW)
    other.close()
    new = Debrief(
        probe=Probe(id="", created=AT, title="mine"),
        session=Session(id="", probe="", created=AT),
        placements=(ballot(1, round=0, probe=""),),
    )
    named = archive.with_id(new)
    archive.commit(None, named)
    assert named.probe.id == "p2"
    assert same(Archive(path).debrief("p2"), named)
    assert len(Archive(path).debrief("p2").expected) == 1
    assert archive.check()[1] == []


def test_a_session_is_made_once(archive: Archive, path: Path) -> None:
    probe = new_probe(archive, "Canvass", NOW)
    first = archive.open_session(probe.id, NOW, rate=60)
    assert (first.session.id, first.session.rate, first.session.began) == ("s1", 60, None)
    archive.close()
    assert same(Archive(path).open_session(probe.id, NOW + 60), first)
    assert len(kept(path, "sessions")) == 1


def test_what_nobody_knows_is_said_to_be_unknown(archive: Archive) -> None:
    archive.commit(None, debrief_of())
    for name in ("p2", "s2", "", "p", "\x1b[31m"):
        with pytest.raises(NotFound, match="redraw list"):
            archive.debrief(name)


def test_a_debrief_has_the_guidelines_and_what_earlier_sessions_tell(archive: Archive) -> None:
    facilitator = {"alias": "İRIS", "organisation": "us", "role": "facilitator"}
    other = {"alias": "Bo", "organisation": "them"}
    for ends, title in (("2026-05-02", "later"), ("2026-05-01", "earlier")):
        sealed = rooms.read_room(
            {**room(title), "pact": {"ends": ends}, "participants": [facilitator, other], "actual": []}, AT
        )
        take_in(archive, sealed.with_session(groups=(("İRIS", "Bo"),)))
    take_in(archive, rooms.read_room({"title": "open", "participants": [facilitator]}, AT))
    found = archive.debrief("p3")
    assert facilitated(found.past) == {"iris": 2}
    assert found.past.pairs == {frozenset(("iris", "bo")): 2}
    assert [title for title, _ in found.past.sovereignty] == ["earlier", "later"]
    assert [guideline.number for guideline in found.guidelines] == [1, 2]
    assert facilitated(archive.debrief("p1").past) == {"iris": 1}, "a session does not count itself"


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_every_text_comes_back_to_the_code_point(archive: Archive, path: Path, text: str) -> None:
    taken = take_in(archive, rooms.read_room(room(text), AT))
    found = Archive(path).debrief(taken.probe.id)
    assert same(found, taken)
    assert found.probe.title == text
    assert found.session.feelings == {text: 2, f"2{text}": 1}
    assert found.amendments[0].reservations == (text, text)
    assert archive.check()[1] == []


@settings(max_examples=30)
@given(ANY)
def test_any_text_at_all_comes_back_to_the_code_point(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logbook.json"
        taken = take_in(Archive(path), rooms.read_room(room(text), AT))
        assert same(Archive(path).debrief("s1"), taken)


def test_guidelines_come_in_the_order_of_their_numbers(archive: Archive) -> None:
    book: tuple[Any, ...] = ()
    for n in range(12):
        book, _ = amending.with_principle(book, f"Principle {n}", None, AT, "s1")
    archive.save(reversed(book))
    assert archive.group_records(Guideline) == book


def test_a_pattern_keeps_the_moments_that_it_rests_on(archive: Archive, path: Path) -> None:
    pattern = Pattern(
        session="s1", number=1, at=AT, group=1, felt=Felt.COMPROMISED, text="p", moments=(2, 1), paper_maps=3
    )
    archive.commit(None, debrief_of(patterns=(pattern,)))
    assert Archive(path).debrief("p1").patterns == (pattern,)


def test_an_open_dissent_session_is_saved_with_the_first_change_in_it(archive: Archive) -> None:
    before = archive.new_debrief(NOW)
    found = opened(before, archive.new_id("sessions"), NOW)
    assert archive.rows("probes") == archive.rows("sessions") == []
    found = archive.with_id(entries.position_rule("autonomy")(found, "ours", NOW))
    assert {each.probe for each in found.dissent} == {found.session.probe} == {found.probe.id}
    archive.commit(before, found)
    again = archive.debrief(found.session.id)
    resumed = opened(again, archive.new_id("sessions"), NOW + 60)
    assert again == resumed
    assert replace(resumed, past=found.past) == found
    assert archive.debrief(found.probe.id).dissent_session == found.session
    assert archive.check()[1] == []


def test_no_open_dissent_session_is_opened_after_the_debrief_has_begun(archive: Archive) -> None:
    probe = new_probe(archive, "x", NOW)
    archive.open_session(probe.id, NOW)
    with pytest.raises(Refused, match="has begun"):
        opened(archive.debrief(probe.id), archive.new_id("sessions"), NOW)
