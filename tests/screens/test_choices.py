"""A choice of a few words: every one can be read at every width, and typed, clicked or taken back."""

from pathlib import Path

import pytest
from textual.widgets import Static

from screens.widgets.fields import ChoiceField
from store.model import Change
from tests.helpers.rooms import NOW, room, taken_in
from tests.helpers.stage import Stage, begun

CAPACITY, SKILLS = "decision-making capacity", "skills"


def measured(stage: Stage) -> dict[str, int]:
    """The measures as the archive has them."""
    return {name: said.change for name, said in stage.saved.session.sovereignty.items()}


def in_sight(stage: Stage, choice: ChoiceField) -> str:
    """What the terminal receives where a choice is drawn."""
    rows = stage.rows()[choice.region.y : choice.region.bottom]
    return " ".join(row[choice.region.x : choice.region.right] for row in rows)


@pytest.mark.sweep
@pytest.mark.parametrize("phase", ["amendments", "sovereignty", "close"])
async def test_no_word_of_a_choice_is_cut_at_any_width(path: Path, phase: str) -> None:
    taken_in(path, room(), began=NOW - 60, phase=phase)
    async with begun(path, size=(80, 40)) as stage:
        for width in range(60, 201):
            await stage.resize(width, 40)
            await stage.settle()
            choices = list(stage.screen.query(ChoiceField))
            assert choices
            for choice in choices:
                drawn = in_sight(stage, choice)
                at = -1
                for word in choice.words:  # each whole and in its order, with the cells for its brackets
                    at = max(drawn.find(f" {word} ", at + 1), drawn.find(f"[{word}]", at + 1))
                    assert at >= 0, (width, choice.id, word, drawn)


async def test_the_states_of_a_judgement_are_whole_at_the_smallest_width(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="opening")
    async with begun(path, size=(60, 18)) as stage:
        await stage.press("f4")
        await stage.until(lambda: stage.screen.query("#states"))
        assert all(word in stage.flat() for word in ("held", "strained", "crossed"))
        assert stage.get("#states", Static).region.width >= len(str(stage.get("#states", Static).visual))


TYPED = {
    "-2": -2, "−2": -2, "-1": -1, "0": 0, "1": 1, "+1": 1, "2": 2, "+2": 2, "２": 2, "－２": -2, "2-2": -2, "-22": 2,
    "+": 1, "-": -1,
}  # fmt: skip


@pytest.mark.sweep
async def test_the_digits_that_one_types_set_a_measure(path: Path) -> None:
    taken_in(path, room(sovereignty=None), began=NOW - 60, phase="sovereignty")
    async with begun(path) as stage:
        for keys, change in TYPED.items():
            await stage.type(keys)
            assert measured(stage) == {CAPACITY: change}, keys
            await stage.press("delete")
            assert measured(stage) == {}


async def test_a_number_off_the_scale_sets_nothing(path: Path) -> None:
    taken_in(path, room(sovereignty={CAPACITY: {"change": 1, "note": ""}}), began=NOW - 60, phase="sovereignty")
    async with begun(path) as stage:
        await stage.type("39")
        assert measured(stage) == {CAPACITY: 1}


async def test_delete_clears_a_measure_and_a_note_typed_beside_it_stays_in_its_field(path: Path) -> None:
    said = {CAPACITY: {"change": 1, "note": "we decide"}, SKILLS: {"change": -2, "note": ""}}
    taken_in(path, room(sovereignty=said), began=NOW - 60, phase="sovereignty")
    async with begun(path) as stage:
        await stage.press("delete")
        await stage.until(lambda: measured(stage) == {SKILLS: -2})
        assert "we decide" in stage.text()
        await stage.type("2")
        await stage.until(lambda: stage.saved.session.sovereignty[CAPACITY] == Change(change=2, note="we decide"))


@pytest.mark.sweep
async def test_a_click_chooses_the_word_that_it_points_at(path: Path) -> None:
    taken_in(path, room(sovereignty=None), began=NOW - 60, phase="sovereignty")
    async with begun(path) as stage:
        choice = stage.get(f"#{SKILLS}", ChoiceField)
        for word, change in (("−2", -2), ("0", 0), ("+2", 2)):
            x = in_sight(stage, choice).index(word)
            await stage.pilot.click(f"#{SKILLS}", offset=(x, 0))
            assert measured(stage) == {SKILLS: change}


@pytest.mark.sweep
async def test_a_click_finds_a_word_in_the_second_row(path: Path) -> None:
    taken_in(path, room(), began=NOW - 60, phase="amendments")
    async with begun(path, size=(120, 40)) as stage:
        choice = stage.get("#decision", ChoiceField)
        assert choice.region.height == 2
        x = stage.rows()[choice.region.y + 1].index("vote") - choice.region.x
        await stage.pilot.click("#decision", offset=(x, 1))
        await stage.until(lambda: choice.word == "vote")
        await stage.press("delete")
        assert choice.word is None
