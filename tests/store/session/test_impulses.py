"""Which positions of dissent were borne out, and the running record of autonomy and benefit advocates."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.debrief import Debrief, EarlierDebrief, GroupHistory
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import PULLS, Dissent
from store.refused import Refused
from store.report import debrief_report
from store.session import flow, impulses
from store.session.decisions import bear_out
from store.session.impulses import lines, record, tally
from tests.helpers.builders import AT, NOW, a_property, ready_to_seal


def said(*positions: tuple[str, bool | None]) -> tuple[Dissent, ...]:
    return tuple(
        Dissent(probe="p1", number=n, pull=pull, text=f"position {n}", borne_out=borne)  # type: ignore[arg-type]
        for n, (pull, borne) in enumerate(positions, 1)
    )


def with_dissent(*positions: tuple[str, bool | None], **fields: object) -> Debrief:
    return replace(ready_to_seal("Ana", **fields), dissent=said(*positions))


def test_the_room_says_of_each_position_whether_it_was_borne_out() -> None:
    found = with_dissent(("autonomy", None), ("benefit", None), ("autonomy", None))
    assert list(impulses.lines(found)) == ["3 positions of dissent, nothing said yet"]
    found = bear_out(bear_out(found, 1, True), 2, False)
    assert [each.borne_out for each in found.dissent] == [True, False, None]
    assert tally(found.dissent) == {"autonomy": (1, 1), "benefit": (0, 1)}
    assert next(impulses.lines(found)) == "borne out: 1 of 1 for autonomy, none of 1 for benefit; 1 not said"
    assert bear_out(found, 1, None).dissent[0].borne_out is None


def test_only_a_live_debrief_says_so_and_only_of_what_was_said() -> None:
    found = with_dissent(("autonomy", None))
    with pytest.raises(Refused, match="choose another"):
        bear_out(found, 2, True)
    with pytest.raises(Refused, match="sealed"):
        bear_out(found.with_session(sealed=AT), 1, True)
    with pytest.raises(Refused, match="answer this in the debrief"):
        bear_out(found.with_session(kind="dissent", phase="positions"), 1, True)


def test_the_record_counts_positions_and_the_probes_that_they_are_from_with_an_interval() -> None:
    runs = record([{"autonomy": (3, 4), "benefit": (1, 3)}, {}, {"autonomy": (1, 2)}])
    assert [str(run) for run in runs] == [
        "autonomy: borne out in 4 of 6 positions over 2 probes (30 to 90 of 100)",
        "benefit: borne out in 1 of 3 positions over 1 probe (6 to 79 of 100)",
    ]
    assert (
        str(record([{"benefit": (0, 2)}])[0])
        == "benefit: borne out in none of 2 positions over 1 probe (0 to 66 of 100)"
    )
    assert [str(run) for run in record([{"autonomy": (1, 1), "benefit": (0, 1)}])] == [
        "autonomy: one case, borne out",
        "benefit: one case, not borne out",
    ]
    assert record([]) == ()


@a_property
@given(
    st.lists(st.lists(st.tuples(st.sampled_from(PULLS), st.sampled_from([True, False, None])), max_size=6), max_size=6)
)
def test_the_record_adds_up(probes: list[list[tuple[str, bool | None]]]) -> None:
    runs = {run.pull: run for run in record(tally(said(*each)) for each in probes)}
    for pull in PULLS:
        spoken = [borne for each in probes for of, borne in each if of == pull and borne is not None]
        if spoken:
            assert (runs[pull].count, runs[pull].of) == (sum(spoken), len(spoken))
            assert runs[pull].probes == sum(any(p == pull and b is not None for p, b in each) for each in probes)
        else:
            assert pull not in runs


def test_the_seal_keeps_the_tally_and_the_next_session_reads_it() -> None:
    sealed = flow.seal(with_dissent(("autonomy", True), ("autonomy", None), ("benefit", False)), NOW)
    assert sealed.session.impulses == {"autonomy": (1, 1), "benefit": (0, 1)}
    past = GroupHistory(debriefs=(EarlierDebrief("s1", "p1", "Bus", AT, impulses=sealed.session.impulses),))
    following = replace(with_dissent(("benefit", True)), past=past)
    assert [(run.count, run.of, run.probes) for run in record(each.impulses for each in past.debriefs)] == [
        (1, 1, 1),
        (0, 1, 1),
    ]
    assert list(lines(following)) == [
        "borne out: 1 of 1 for benefit",
        "autonomy: one case, borne out",
        "benefit: borne out in 1 of 2 positions over 2 probes (9 to 91 of 100)",
    ]
    assert "  pulls: benefit: borne out in 1 of 2 positions over 2 probes" in debrief_report.as_text(following, NOW)


def test_a_room_file_may_say_it_and_another_groups_record_is_not_ours(path: Path) -> None:
    file = {
        "title": "Bus",
        "participants": [{"alias": "Ana", "organisation": "Ours"}],
        "dissent": [
            {"voice": "", "pull": "autonomy", "text": "they leave", "borne_out": True},
            {"voice": "", "pull": "benefit", "text": "pay"},
        ],
        "close": {"sunset": "lapse", "rhythm": "pause"},
    }
    archive = Archive(path)
    take_in(archive, read_room(file, AT))
    theirs = read_room(file, AT)
    take_in(archive, replace(theirs, probe=theirs.probe.but(origin="Tidewater")))
    runs = record(each.impulses for each in archive.new_debrief(NOW).past.debriefs)
    assert [(run.pull, run.count, run.of) for run in runs] == [("autonomy", 1, 1)]
    assert "they leave  (✓ borne out)" in debrief_report.as_text(archive.debrief("p1"), NOW)
