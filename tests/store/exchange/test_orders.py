"""Orders and numbers that link to people are made anew in each export without names, and what is referred to is still found."""

import json
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.bundle import Bundle
from store.exchange.incoming.importing import import_file, take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from store.exchange.outgoing.nameless import anonymous, nameless
from store.exchange.outgoing.orders import made_anew, sorted_out
from store.matrix import figures
from store.matrix.in_words import recorded
from store.model import NonNegotiables, Stance
from tests.helpers.builders import AT, NOW, debrief, with_ballots
from tests.helpers.exports import SLUICE, SLUICES, with_room
from tests.helpers.outlets import as_export
from tests.helpers.rooms import ROOM

TIMES = 60


def handed_on(found: Debrief, seed: int) -> Bundle:
    return made_anew(anonymous(Bundle.of(found)), Random(seed))


def roster() -> Debrief:
    """Six of one organisation, the first of whom facilitates, and three of another."""
    people = [f"P{n}" for n in range(6)] + [f"Q{n}/Union" for n in range(3)]
    found = debrief(*people, groups=(("P0", "Q0", "P1"), ("P2", "Q1", "P3"), ("P4", "Q2", "P5")))
    first, *others = found.participants
    return replace(found, participants=(first.but(role="facilitator"), *others))


def test_the_number_of_a_participant_tells_nothing_of_the_roster() -> None:
    places: Counter[int] = Counter()
    for seed in range(TIMES):
        rows = handed_on(roster(), seed).lists["participants"]
        assert [row["number"] for row in rows] == [*range(1, 10)]
        places.update(row["number"] for row in rows if row["role"] == "facilitator")
    assert set(places) == set(range(1, 10)), "anywhere"
    assert max(places.values()) < TIMES / 3


def test_in_a_small_group_the_order_tells_nothing_and_the_group_keeps_its_number() -> None:
    orders = {tuple(map(tuple, handed_on(roster(), seed).sessions[0]["groups"])) for seed in range(TIMES)}
    assert len(orders) > 9
    for groups in orders:
        assert [Counter(group) for group in groups] == [Counter({"Breathers": 2, "Union": 1})] * 3


def test_positions_reservations_observers_and_stances_are_in_another_order_each_time(
    archive: Archive, tmp_path: Path
) -> None:
    said = [{"voice": "Hettie", "pull": "autonomy", "text": f"text {n}"} for n in range(4)]
    amendment = {"principle": "Ask.", "decision": "vote", "reservations": [f"Hettie: {n}" for n in range(4)]}
    file = {**SLUICES, "dissent": said, "amendments": [amendment], "observers": ["Dov", "Hettie", "Colm", "Zoë"]}
    with_room(archive, file)
    aside = tuple(Stance(name="Hettie", reason=f"reason {n}") for n in range(4))
    archive.save([NonNegotiables(number=1, at=AT, principles=("x",), asked=("Hettie",), stands_aside=aside)])
    seen: list[Counter[str]] = [Counter() for _ in range(4)]
    for seed in range(TIMES):
        path = export(archive, (), "json", tmp_path / "out.json", force=True, chance=Random(seed))
        data = json.loads(path.read_text("utf-8"))
        (probe,) = data["probes"]
        orders = (
            [row["text"] for row in probe["dissent"]],
            probe["amendments"][0]["reservations"],
            probe["probe"]["observers"],
            [each["reason"] for each in data["non_negotiables"][0]["stands_aside"]],
        )
        for at, order in enumerate(orders):
            seen[at][str(order)] += 1
        assert [row["number"] for row in probe["dissent"]] == [1, 2, 3, 4]
        assert Counter(probe["probe"]["observers"]) == Counter({SLUICE: 3, "somebody": 1})
    for at, least in enumerate((12, 12, 4, 12)):
        assert len(seen[at]) >= least


def test_patterns_keep_their_numbers_and_rest_on_as_many_moments_by_other_numbers(archive: Archive) -> None:
    whole = Bundle.of(take_in(archive, read_room(ROOM, AT)))
    kept = {row["number"]: row["text"] for row in whole.lists["patterns"]}
    seen = set()
    for seed in range(TIMES):
        found = made_anew(anonymous(whole), Random(seed)).lists["patterns"]
        assert {row["number"]: row["text"] for row in found} == kept
        first, second = (row["moments"] for row in found)
        assert (len(first), len(second)) == (2, 1)
        assert not {*first} & {*second}
        seen.add((tuple(first), tuple(second)))
    assert len(seen) == 3


def test_nobody_foretells_the_order_of_an_export(archive: Archive, tmp_path: Path) -> None:
    archive.commit(None, roster())
    texts = {
        export(archive, (), "json", tmp_path / f"{n}.json").read_bytes().split(b'"participants"')[1] for n in range(9)
    }
    assert len(texts) > 1


def test_an_export_with_names_is_the_same_to_the_byte(archive: Archive, tmp_path: Path) -> None:
    archive.commit(None, roster())
    first, second = (export(archive, (), "json", tmp_path / f"{n}.json", raw=True).read_bytes() for n in (1, 2))
    assert first == second


def brought(archive: Archive, data: bytes) -> list[str]:
    return [each.how for each in import_file(archive, BytesIO(data).read, NOW).probes]


@pytest.mark.parametrize("here", ["nothing", "names", "without names"])
def test_each_export_of_one_probe_is_known_again(tmp_path: Path, here: str) -> None:
    source = Archive(tmp_path / "source.json")
    take_in(source, read_room(ROOM, AT))
    exports = [export(source, (), "json", tmp_path / f"{n}.json", chance=Random(n)).read_bytes() for n in range(4)]
    assert len({*exports}) == 4
    archive = Archive(tmp_path / "here.json")
    if here != "nothing":
        raw = here == "names"
        assert brought(archive, export(source, (), "json", tmp_path / "first.json", raw=raw).read_bytes()) == ["new"]
    assert brought(archive, exports[0]) == (["new"] if here == "nothing" else ["same"])
    for data in exports[1:]:
        assert brought(archive, data) == ["same"]
    again = export(archive, (), "json", tmp_path / "again.json").read_bytes()
    other = Archive(tmp_path / "other.json")
    assert brought(other, exports[0]) == ["new"]
    assert brought(other, again) == ["same"], "what is exported of what came in"
    assert other.check()[1] == []


def test_what_is_sorted_out_is_the_same_however_it_was_shuffled(archive: Archive) -> None:
    whole = Bundle.of(take_in(archive, read_room(ROOM, AT)))
    found = sorted_out(nameless(whole))
    for seed in range(9):
        assert sorted_out(nameless(made_anew(anonymous(whole), Random(seed)))) == found


# ---------------------------------------------------------------------------------------------------------- reconstructed


def late(n: int, of: int = 5) -> Debrief:
    """A debrief for which so many said after the action what they had expected."""
    people = [f"P{n}" for n in range(of)]
    found = with_ballots(debrief(*people, revealed=1), {name: (k, k) for k, name in enumerate(people)})
    found = replace(found, probe=found.probe.but(uid="one of a kind"))
    for at, name in enumerate(people):
        found = with_ballots(found, {name: (9 - at, at)}, 0, reconstructed=at < n)
    return replace(found, placements=tuple(each.but(number=k) for k, each in enumerate(found.placements, 1)))


@pytest.mark.parametrize("n", range(6))
def test_how_many_are_reconstructed_is_a_count_and_no_mark_says_it(archive: Archive, tmp_path: Path, n: int) -> None:
    exported = as_export(late(n))
    assert not any(row["reconstructed"] for row in exported["placements"])
    assert exported["probe"].get("reconstructed") == (n or None)
    source = Archive(tmp_path / "source.json")
    source.commit(None, late(n))
    data = export(source, (), "json", tmp_path / "out.json").read_bytes()
    assert brought(archive, data) == ["new"]
    found = archive.debrief("p1")
    assert figures.figures(found).late == n
    assert recorded(found) == recorded(late(n))
    again = json.loads(export(archive, (), "json", tmp_path / "again.json").read_text("utf-8"))["probes"][0]
    assert again["probe"].get("reconstructed") == (n or None)


@pytest.mark.parametrize("n", [1, 3])
def test_an_export_from_before_that_says_it_at_marks_still_comes_in(archive: Archive, tmp_path: Path, n: int) -> None:
    source = Archive(tmp_path / "source.json")
    source.commit(None, late(n))
    data: dict[str, Any] = json.loads(export(source, (), "json", tmp_path / "out.json").read_text("utf-8"))
    (probe,) = data["probes"]
    del probe["probe"]["reconstructed"]
    for row in [row for row in probe["placements"] if not row["round"]][:n]:
        row["reconstructed"] = True
    assert brought(archive, json.dumps(data).encode()) == ["new"]
    assert figures.figures(archive.debrief("p1")).late == n
    assert brought(archive, export(source, (), "json", tmp_path / "new.json").read_bytes()) == ["same"]


def test_with_names_it_is_said_of_each() -> None:
    whole = Bundle.of(late(2)).seen()
    assert sum(row["reconstructed"] for row in whole.lists["placements"]) == 2
    assert "reconstructed" not in whole.probe


def test_what_too_few_expected_takes_its_count_along(archive: Archive) -> None:
    found = anonymous(Bundle.of(late(2, of=2)))
    assert found.lists["placements"] == []
    assert "reconstructed" not in found.probe
