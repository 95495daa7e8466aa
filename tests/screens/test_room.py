"""What the room needs to see first in each phase, and that lines which go on hang below where they began."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.widgets.panel import Panel
from screens.widgets.paragraphs import KEPT, below, hung, report_lines
from screens.widgets.wall_lists import cloud
from store.phases import phase
from store.report.lines import Line
from tests.helpers.posters import posters
from tests.helpers.rooms import NOW, ROOM, room, taken_in
from tests.helpers.stage import Stage, begun
from tests.helpers.sweeps import swept

LONG = "nobody who was there says to anybody who was not what was said at the table before the bell"


def rows_of(stage: Stage, selector: str) -> list[str]:
    """The rows of one widget as they are drawn."""
    return str(stage.get(selector, Static).visual).split("\n")


def hangs(rows: list[str], label: str) -> bool:
    """Whether the row that begins with a label goes on below the text behind it."""
    at = next(at for at, row in enumerate(rows) if row.startswith(label))
    following = rows[at + 1]
    return len(following) - len(following.lstrip()) == len(label)


def test_a_kept_blank_breaks_no_line() -> None:
    drawn = hung(Content(f"Harrowmere Trust 7,{KEPT}5  (5)"), 20, "A ").plain.split("\n")
    assert drawn == ["A Harrowmere Trust", "  7, 5  (5)"]


def test_letters_of_two_cells_are_wrapped_by_their_cells_and_hang() -> None:
    text = "日本語" * 9
    for drawn in (f"  1 {below(text, 24, 4)}", report_lines([Line(text, lead="  1 ")], 24).plain):
        first, *rest = drawn.split("\n")
        assert first.startswith("  1 日本")
        assert all(row.startswith("    ") and row[4] in text for row in rest)
        assert max(map(cell_len, (first, *rest))) <= 24
        assert "".join(row[4:] for row in (first, *rest)) == text


@pytest.mark.parametrize(
    "text",
    ["we 🙂 said it all, and the Trust only nodded " * 3, "自分たちの言葉で" * 20, "a  b " * 30],
    ids=["emoji", "no blanks", "more blanks"],
)
def test_a_text_in_any_script_hangs_below_its_beginning(text: str) -> None:
    for drawn in (f"  7 {below(text.strip(), 40, 4)}", report_lines([Line(text.strip(), lead="  7 ")], 40).plain):
        rows = drawn.split("\n")
        assert len(rows) > 1
        assert all(cell_len(row) <= 40 for row in rows), "or the screen would break it once more, at its edge"
        assert all(row.startswith("    ") and row[4] != " " for row in rows[1:])
        assert "".join(drawn.split()) == "7" + "".join(text.split())


async def test_the_red_lines_are_the_first_to_be_read_out(path: Path) -> None:
    pact = ROOM["pact"] | {"red_lines": [LONG, "never without the nightshift"]}
    taken_in(path, room(pact=pact))
    async with begun(path) as stage:
        await stage.until("Red lines", "never without the nightshift")
        assert hangs(rows_of(stage, "#red-lines"), "— ")
        assert [each.title for each in stage.get("#agreed", Widget).query(Panel) if each.display] == [
            "Red lines",
            "Expected to land",
            "When",
            "Turn to facilitate",
        ]
        roster = rows_of(stage, "#roster")
        assert all(row.startswith(("  ", "1 ", "2 ", "3 ")) for row in roster), roster


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_the_help_hangs_what_a_key_does_beside_the_key(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("f1")
        assert hangs(rows_of(stage, "#page"), f"{'F2':<11}")
        for size in ((120, 40), (200, 60)):
            await stage.press("escape")
            await stage.resize(*size)
            await stage.press("f1")
            page = stage.get("#page", Static)
            await stage.until(lambda page=page: page.size.width > 90)  # type: ignore[misc]
            await stage.settle()
            rows = rows_of(stage, "#page")
            for head in ("Keys here", "Keys everywhere"):
                at = rows.index(head)
                assert max(map(len, rows[at : rows.index("", at)])) <= page.size.width, "no row is wrapped once more"
        await stage.press("escape")
    said = phase("silent_mapping").why
    assert "Until somebody opens the curtain" in said


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_the_evidence_for_an_amendment_is_in_sight(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("amendments")
        await stage.until("1 − lanyards decide", "2 + loudness is shared")


@pytest.mark.usefixtures("live")
async def test_the_close_asks_for_nothing_that_nobody_has_to_say(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.until("At the sunset", "What was learned", "What we do differently", "Sovereignty", "Borne out")
        assert not stage.has("Renewed until")
        assert not stage.has("No amendment")
        await stage.press("right", "right")
        await stage.until("Renewed until", "Decided by")
        assert stage.reads("#room") == "9 people, 3 moments, 2 patterns"


async def test_words_of_decompression_are_large_and_fill_the_width(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="decompression")
    async with begun(path, size=(120, 40)) as stage:
        await stage.until(lambda: set(posters([row.strip("│") for row in stage.rows()])) == {"jittery 2", "elated"})
        await stage.press("f3")
        await stage.until("Curtain drawn", "3 words")
        assert list(posters(stage.rows())) == ["3 words"], "how many, and none of them"


def test_more_words_than_large_letters_have_room_for_are_all_there() -> None:
    words = [f"word-{n}" for n in range(10, 40)]
    drawn = cloud([(word, 1) for word in words], 76, 12)
    assert drawn.plain.split() == words
    assert len(drawn.split("\n")) <= 12


@pytest.mark.parametrize("size", [(120, 40), *swept((200, 60))])
async def test_every_question_of_sovereignty_is_in_sight(path: Path, size: tuple[int, int]) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="sovereignty")
    async with begun(path, size=size) as stage:
        await stage.until("If the ally withdraws", "If the coalition adopts", "turnout", "138")
