"""Where one or two have placed is shown, sealed into figures or exported nowhere (DESIGN.md, rules of the room)."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.incoming.importing import import_file
from store.exchange.outgoing.export import export
from store.exchange.outgoing.json_document import as_json
from store.matrix import figures, proposals
from store.model import Choice, Closing, Mark, Proposal
from store.session import dissent, flow
from tests.conftest import Shell
from tests.helpers.adversary import found_out
from tests.helpers.builders import AT, NOW, debrief, ready_to_seal, with_ballots
from tests.helpers.exports import out
from tests.helpers.outlets import everything

PEOPLE = ("Ana", "Bo", "Cem", "Dilys", "Ged")


def proposal(number: int, people: int) -> Proposal:
    """A proposal that so many have placed at 9, 1."""
    marks = tuple(Mark(by=name, autonomy=9, benefit=1) for name in PEOPLE[:people])
    return Proposal(probe="p1", number=number, title=f"Proposal {number}", placements=marks)


def before(*placed: int, **session: Any) -> Debrief:
    """An open dissent session with proposals that so many have placed."""
    found = debrief(*PEOPLE, **{"kind": "dissent", "phase": "choice", **session})
    closing = Closing(reason="None of them yet.")
    return replace(found, proposals=tuple(map(proposal, range(1, 9), placed))).with_session(closing=closing)


def sealed_unseen(people: int) -> Debrief:
    return dissent.seal(before(people, people), NOW)


def revealed_by_few(people: int) -> Debrief:
    return before(people, revealed=1)


def beside_one_of_more(people: int) -> Debrief:
    return before(5, people, revealed=1)


def expected_by_few(people: int) -> Debrief:
    found = with_ballots(ready_to_seal(*PEOPLE, revealed=1), dict.fromkeys(PEOPLE[:people], (9, 1)), 0)
    return flow.seal(with_ballots(found, {name: (n, n) for n, name in enumerate(PEOPLE)}), NOW)


def in_a_room_of_few(people: int) -> Debrief:
    found = with_ballots(ready_to_seal(*PEOPLE[:people], revealed=1), dict.fromkeys(PEOPLE[:people], (9, 1)))
    return flow.seal(with_ballots(found, {name: (n, n) for n, name in enumerate(PEOPLE)}, 0), NOW)


WAYS = (sealed_unseen, revealed_by_few, beside_one_of_more, expected_by_few, in_a_room_of_few)


@pytest.mark.parametrize("people", [1, 2])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nobody_is_shown_alone_or_in_a_pair(way: Any, people: int) -> None:
    found = way(people)
    assert found.session.gap is None
    said = "\n".join(everything(found))
    if way is not beside_one_of_more:  # in which five stand at one place
        assert found_out(found, lambda room: tuple(everything(room))) == {}
        assert "9, 1" not in said
        assert "| 9 | 1 |" not in said


@pytest.mark.parametrize("people", [1, 2])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nor_in_any_file_or_answer(way: Any, people: int, redraw: Shell, path: Path, tmp_path: Path) -> None:
    found = way(people)
    archive = Archive(path)
    archive.commit(None, found)
    for form in ("md", "csv", "json"):
        for raw in (False, True):
            text = out(archive, tmp_path, form, raw=raw)
            alone = text.count('"autonomy": 9, "benefit": 1') + text.count(",9,1") + text.count("| 9 | 1 |")
            most = {"md": 1, "csv": 5, "json": 5}[form]  # those of the proposal that five have placed
            assert alone == (most if way is beside_one_of_more else 0)
    archive.close()
    if way is not beside_one_of_more:
        for command in (
            ["matrix", "p1"],
            ["list"],
            ["list", "--json"],
            ["show", "p1"],
            ["trends"],
            ["trends", "--json"],
        ):
            said = redraw(*command).out
            assert said
            assert "9, 1" not in said
        shown = json.loads(redraw("matrix", "p1", "--json").out)
        assert shown["gap"] is None
        assert {shown["expected"]["autonomy"]["median"], shown["actual"]["autonomy"]["median"]} <= {None, 2.0}


def test_what_is_shown_to_oneself_has_what_one_or_two_expected() -> None:
    whole = as_json(expected_by_few(2))
    assert [row["by"] for row in whole["placements"] if not row["round"]] == ["Ana", "Bo"]


@pytest.mark.parametrize(("people", "revealed"), [(0, 0), (1, 0), (2, 0), (3, 1)])
def test_the_seal_of_an_open_dissent_session_reveals_what_three_have_placed(people: int, revealed: int) -> None:
    found = dissent.seal(before(people), NOW)
    assert found.session.revealed == revealed
    assert proposals.revealed(found) == bool(revealed)
    said = "\n".join(everything(found))
    assert ("too few to be shown" in said) == (people in (1, 2))


def test_a_proposal_that_few_have_placed_says_so_beside_the_others() -> None:
    said = "\n".join(everything(beside_one_of_more(1)))
    assert "1 placed, too few to be shown" in said
    assert "9, 1 · 5 placed" in said


@pytest.mark.parametrize(
    ("expected", "actual", "paired", "kept", "kept_paired"),
    [
        (3, 3, 3, True, True),
        (2, 5, 3, False, False),
        (5, 2, 3, False, False),
        (5, 5, 2, True, False),
        (5, 5, 4, True, False),
        (5, 5, 5, True, True),
    ],
)
def test_an_import_keeps_no_gap_of_one_or_two(
    path: Path, tmp_path: Path, expected: int, actual: int, paired: int, kept: bool, kept_paired: bool
) -> None:
    names = [f"P{n}" for n in range(5)]
    found = with_ballots(ready_to_seal(*names, revealed=1), dict.fromkeys(names, (6, 6)), 0)
    sealed = flow.seal(with_ballots(found, dict.fromkeys(names, (4, 5))), NOW)
    source = Archive(tmp_path / "source.json")
    source.commit(None, sealed)
    data = json.loads(export(source, (), "json", tmp_path / "out.json", raw=True).read_text("utf-8"))
    (probe,) = data["probes"]
    rows = probe["placements"]
    few = {0: expected, 1: actual}
    probe["placements"] = [row for row in rows if row["number"] <= few[row["round"]]]
    probe["sessions"][0]["gap"]["paired"]["n"] = paired
    archive = Archive(path)
    import_file(archive, BytesIO(json.dumps(data).encode()).read, NOW)
    gap = archive.debrief("p1").session.gap
    assert (gap is not None) == kept
    assert (gap is not None and gap.paired is not None) == kept_paired


def test_a_gap_that_a_record_kept_of_two_is_told_by_no_figure() -> None:
    names = PEOPLE
    found = with_ballots(debrief(*names, revealed=1, sealed=AT), {f"others {n}": (n, n) for n in range(5)}, 0)
    found = with_ballots(found, {name: (n, 5) for n, name in enumerate(names)})
    gap = figures.figures(found).gap
    assert gap is not None
    shift = {"median": 1.0, "lower": 0, "same": 0, "higher": 2}
    kept = gap.model_validate({**gap.model_dump(), "paired": {"n": 2, "autonomy": shift, "benefit": shift}})
    assert figures.figures(found.with_session(gap=kept)).gap == gap


# ------------------------------------------------------------------------------------------- beside a proposal that is chosen


def chosen(*changed: str, late: int = 0) -> Debrief:
    """A debrief whose expectation is the proposal that five have placed; some have changed theirs since, or are late."""
    told = dict.fromkeys(PEOPLE, (9, 1)) | dict.fromkeys(changed, (0, 0))
    told |= {f"Late {n}": (0, 10) for n in range(late)}
    found = with_ballots(
        replace(debrief(*PEOPLE, revealed=1), proposals=(proposal(1, 5),)), told, 0, reconstructed=True
    )
    return replace(found, probe=found.probe.but(choice=Choice(proposal=1, at=AT)))


@pytest.mark.parametrize(
    ("changed", "late", "n", "centre"),
    [
        ((), 0, 5, (9, 1)),
        ((), 1, 5, (9, 1)),
        ((), 2, 5, (9, 1)),
        ((), 3, 8, (9, 1)),
        (("Ana",), 0, 5, (9, 1)),
        (("Ana", "Bo"), 1, 5, (9, 1)),
        (("Ana", "Bo", "Cem"), 0, 5, (0, 0)),
    ],
)
def test_one_or_two_who_expect_otherwise_than_they_chose_do_not_count(
    changed: tuple[str, ...], late: int, n: int, centre: tuple[int, int]
) -> None:
    found = chosen(*changed, late=late)
    shown = figures.figures(found)
    assert (shown.expected.n, shown.expected.centre, shown.late) == (n, centre, n)


# ------------------------------------------------------------------------------------- beside how the same people moved


@pytest.mark.parametrize(
    ("same", "absent", "told", "from_all"),
    [(9, 0, True, False), (9, 1, False, False), (9, 2, False, False), (9, 3, True, False), (10, 1, True, True)],
)
def test_how_the_same_people_moved_tells_nobody_s_expectation_who_is_not_there(
    same: int, absent: int, told: bool, from_all: bool
) -> None:
    people = [f"P{n}" for n in range(same)]
    before = {name: (n, 0) for n, name in enumerate(people)} | {f"Absent {n}": (10, 10 - n) for n in range(absent)}
    found = with_ballots(with_ballots(debrief(*people, revealed=1), before, 0), dict.fromkeys(people, (5, 5)))
    shown = figures.figures(found)
    assert shown.gap is not None
    assert (shown.gap.paired is not None) == told == (shown.way is not None)
    if shown.way is not None:
        assert shown.way[0] == (shown.expected.centre if from_all else ((same - 1) / 2, 0))
