"""What forty people read from the back of a hall: the time, the question, the count, and what came to light."""

from pathlib import Path

import pytest
from textual.widgets import Static

from screens.widgets.entry_field import HIDDEN
from screens.widgets.large_text import BigDigits, Poster, big
from tests.helpers.dissenting import kept
from tests.helpers.rooms import NOW, ORGANISATIONS, ROOM, room, taken_in
from tests.helpers.stage import FakeClock, Stage, begun
from tests.helpers.sweeps import swept


def height_of_digits(stage: Stage) -> int:
    """How many rows the digits of the wall have."""
    shown = stage.get("#wall-digits", BigDigits)
    return len(big(shown.text, *shown.content_size))


@pytest.mark.parametrize(
    ("size", "rows"),
    [
        ((80, 24), 3),
        pytest.param((120, 40), 5, marks=pytest.mark.sweep),
        pytest.param((200, 60), 7, marks=pytest.mark.sweep),
    ],
)
async def test_after_the_reveal_the_wall_shows_matrix_and_gap_beside_large_digits(
    path: Path, size: tuple[int, int], rows: int
) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="reposition")
    async with begun(path, size=size) as stage:
        await stage.press("f2")
        await stage.until("Where did it land?")
        assert "●" not in stage.text()
        await stage.press("f4", "f4")
        await stage.until("−3 autonomy, +2 benefit", "● actual", "autonomy preserved →")
        assert stage.reads("#wall-told").startswith("3 of 3 placed it lower on autonomy")
        assert (size == (200, 60)) == stage.has("the middle half", "9 of 9 have placed"), (
            "all of it where there is room"
        )
        assert height_of_digits(stage) >= rows
        assert [name for name in ORGANISATIONS if name in stage.flat()] == []
        await stage.press("f2", "f3", "f2")
        await stage.until("● actual")


@pytest.mark.parametrize("size", [(80, 24), *swept((90, 32)), (120, 40)])
async def test_an_hour_over_time_is_read_beside_the_work(path: Path, size: tuple[int, int]) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="small_groups")
    clock = FakeClock()
    async with begun(path, clock, size, start=True) as stage:
        for minutes, shown in ((28, "+13:00"), (92, "+105:00")):
            stage.later(minutes * 60)
            await stage.until(lambda shown=shown: stage.digits == shown)  # type: ignore[misc]
            digits = stage.get("#digits", BigDigits)
            # as large digits, once the layout has made room for a longer time, and not as plain text
            await stage.until(lambda of=digits: len(big(of.text, *of.content_size)) in (3, 5, 7))  # type: ignore[misc]
            assert len(big(digits.text, *digits.content_size)[0]) <= digits.content_size.width
            await stage.until("TIME IS UP", "min over" if size == (80, 24) else "with +1 min")


async def test_the_question_is_whole_where_there_is_little_room(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="silent_mapping")
    async with begun(path) as stage:
        await stage.press("f2")
        await stage.until(lambda: stage.reads("#prompt").endswith("When did it feel compromised?"))
        assert stage.get("#prompt", Static).region.height == 2
        await stage.until("compromised?", "session ends")


@pytest.mark.usefixtures("live")
async def test_the_wall_tells_why_the_clock_refuses(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("f2", *["f7"] * 6)
        await stage.until("No time is left to take")
        await stage.press("f3", "f2")
        await stage.until(lambda: stage.hint.startswith("a line a person"))


@pytest.mark.usefixtures("live")
async def test_no_sign_of_a_poster_is_taken_for_markup(path: Path) -> None:
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f2")
        stage.get("#wall-prompt", Poster).text = "array[/0] [click=app.exit]go[/]"
        await stage.until("array[/0] [click=app.exit]go[/]")


@pytest.mark.parametrize("phase", ["reposition", "placing"])
async def test_a_ballot_that_was_not_entered_stays_hidden_at_the_reveal(path: Path, phase: str) -> None:
    if phase == "placing":
        kept(path, phase)
    else:
        taken_in(path, room(), began=NOW - 60, phase=phase)
    async with begun(path) as stage:
        await stage.until(lambda: stage.phase == phase)
        await stage.press("f3")
        await stage.type("Zoe 9 8")
        await stage.press("f4", "f4")
        await stage.until(lambda: stage.debrief.session.revealed == 1)
        await stage.until(f"Zoe {HIDDEN} {HIDDEN}")
        await stage.press("f3", "f3", "f2", "f2")
        await stage.until(f"Zoe {HIDDEN} {HIDDEN}")
        await stage.press("ctrl+g")
        await stage.until("Zoe 9 8")  # only who asks for it sees it
