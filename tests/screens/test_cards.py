"""Cards and panels: what belongs together stands together, at every size whole, and it is plain where one types."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.widget import Widget

from screens.widgets.cards import Card, flowing
from screens.widgets.columns import across, beside
from screens.widgets.fitted import Fitted
from screens.widgets.large_text import BigDigits
from screens.widgets.panel import Panel
from tests.helpers.dissenting import kept
from tests.helpers.rooms import NOW, PEOPLE, ROOM, room, taken_in
from tests.helpers.stage import Stage, begun
from tests.helpers.sweeps import swept

LONG = "nobody who was there says to anybody who was not what was said at the table before the bell"


def words(drawn: Content) -> list[str]:
    """The words of cards, without the borders."""
    return sorted("".join(" " if sign in "│╭╮╰╯─" else sign for sign in drawn.plain).split())


def cards(*texts: str, title: str = "Group 1", note: str = "ready ✓") -> list[Card]:
    return [Card(Content(title), [Content(text)], Content(note)) for text in texts]


@given(st.integers(1, 14), st.integers(24, 200), st.booleans())
def test_cards_stay_in_their_width_and_leave_nothing_out(n: int, width: int, bordered: bool) -> None:
    drawn = flowing(cards(*([LONG] * n)), width, 26, bordered)
    assert all(line.cell_length <= width for line in drawn.split("\n"))
    assert words(drawn) == sorted([*["Group", "1", "ready", "✓"], *LONG.split()] * n)


def test_cards_of_a_row_are_equally_high_and_rows_evenly_filled() -> None:
    drawn = flowing(cards("Ana", LONG, "Ana", "Ana"), 90, 26).plain.split("\n")
    assert [line.count("╭") for line in drawn if "╭" in line] == [2, 2], "and not three and one"
    assert [line.count("╰") for line in drawn if "╰" in line] == [2, 2]


def test_a_title_that_is_too_long_for_the_border_stands_inside() -> None:
    drawn = flowing(cards("Ana", title=LONG), 40, 26).plain.split("\n")
    assert set(drawn[0]) == set("╭─╮")
    assert drawn[1].startswith("│ nobody who was there")
    assert "ready ✓" in drawn[-1]


def test_entries_in_columns_are_read_across() -> None:
    assert across(5, 100, 30) == (3, 32)
    drawn = beside([Content(f"entry {n}") for n in range(4)], 2, 10).plain.split("\n")
    assert [line.split() for line in drawn] == [["entry", "0", "entry", "1"], ["entry", "2", "entry", "3"]]


async def test_where_rows_are_short_the_titles_line_is_all_there_is_of_a_panel(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="small_groups")
    async with begun(path) as stage:
        await stage.until("Moments ─", " 3 ─")
        assert not any(set("╭╮╰╯") & set(row) for row in stage.rows())
        await stage.resize(120, 40)
        await stage.until("╭─ Moments ─", " 3 ─╯", "╭─ Group 1 · ")
        assert stage.panel("#moments-box") == "Moments 3"


async def test_the_people_of_an_organisation_stand_on_its_card(path: Path) -> None:
    taken_in(path, ROOM)
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("─ 1 Breathers of Pellan ─", "─ 2 Harrowmere Trust ─", "─ 3 Cold-Chain League ─")
        assert stage.panel("#roster-box") == "In the room 9 people from 3 organisations"
        rows = stage.get("#roster", Fitted).drawn.plain.split("\n")
        alone = [[part.strip() for part in row.split("│") if part.strip()] for row in rows]
        assert all(any(name in part for parts in alone for part in parts) for name in PEOPLE)
        assert "Ayzel, " not in stage.reads("#roster"), "a line each, where there is room"


async def test_while_people_write_the_clock_is_larger_and_the_moments_stand_in_columns(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="silent_mapping")
    async with begun(path, size=(120, 40)) as stage:
        await stage.press("f2", "f3")
        await stage.until("the tannoy was ours until dawn")
        assert stage.get("#digits", BigDigits).size.height == 10
        first = stage.get("#moments", Fitted).drawn.plain.split("\n")[0]
        assert "1 + the tannoy" in first
        assert "2 − a lanyard" in first


async def test_a_word_after_a_slash_leaves_the_moments_that_have_it(path: Path) -> None:
    taken_in(path, room(patterns=None, amendments=None), began=NOW - 600, phase="small_groups")
    async with begun(path) as stage:
        before = stage.saved
        await stage.type("/LÁNYARD")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 1 of 3", "Escape shows all")
        assert stage.reads("#moments") == "2 − a lanyard decided who may speak"
        drawn = stage.get("#moments", Fitted).drawn
        assert [drawn.plain[each.start : each.end] for each in drawn.spans if "underline" in str(each.style)] == [
            "lanyard"
        ]
        await stage.press("enter")
        await stage.type("1- they decide # 2")
        await stage.until(lambda: stage.reads("#moments") == "▸ 2 − a lanyard decided who may speak")
        assert (stage.saved.moments, stage.saved.patterns) == (before.moments, before.patterns)
        await stage.press("enter")
        await stage.until(lambda: stage.saved.patterns[0].moments == (2,))
        assert stage.panel("#moments-box") == "Moments 3", "another pattern is about something else"


async def test_escape_and_an_empty_line_show_all_moments_again(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="small_groups")
    async with begun(path) as stage:
        await stage.type("/nothing of that")
        await stage.until("No moment has these words.")
        await stage.press("escape")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 3")
        await stage.type("/lanyard")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 1 of 3")
        await stage.press("ctrl+u")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 3")
        await stage.type("/lanyard")
        await stage.press("f8")
        await stage.until("F8 again: on to reposition")
        assert "not entered" not in stage.hint, "there is nothing to enter"


async def test_behind_the_curtain_what_is_sought_shows_nothing(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="small_groups")
    async with begun(path) as stage:
        await stage.press("f3")
        await stage.until("Curtain drawn")
        await stage.type("/lanyard")
        assert not stage.has("lanyard")
        assert not stage.has("1 of 3")


async def test_the_group_that_is_typed_for_is_marked_on_its_card(path: Path) -> None:
    taken_in(path, ROOM, began=NOW - 600, phase="small_groups")
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("─ Group 2 · ")

        def accented() -> list[str]:
            drawn = stage.get("#groups", Fitted).drawn
            return [drawn.plain[each.start : each.end] for each in drawn.spans if each.style == "bold $accent"]

        assert accented() == []
        await stage.type("2- so")
        await stage.until(lambda: accented() == ["Group 2"])
        await stage.press("escape")
        await stage.until(lambda: accented() == [])


async def test_a_position_goes_into_the_panel_that_has_the_focus(path: Path) -> None:
    kept(path, "positions")
    async with begun(path) as stage:

        def focused() -> list[str]:
            return [each.title for each in stage.screen.query(Panel) if each.has_class("-focused")]

        await stage.until(lambda: focused() == ["Autonomy"])
        await stage.press("tab")
        assert focused() == ["Benefit"]
        await stage.type("a> ours")
        await stage.until(lambda: focused() == ["Autonomy"])


async def test_proposals_stand_on_cards_under_their_letters_and_are_placed_beside_a_bar(path: Path) -> None:
    kept(path, "placing")
    async with begun(path, size=(120, 40)) as stage:
        await stage.until("4 of 4 ━━━━━━━━━━━━━━━━━━━━ ✓ Weekend canvass in one stairwell")
        await stage.enter("Zed 1 2")
        await stage.until("5 of 5 ━━━━━━━━━━━━━━━━━━━━ ✓ Weekend", "4 of 5 ━━━━━━━━━━━━━━━━──── Advice")
        await stage.go("proposals")
        await stage.press("f3")  # placing has drawn the curtain
        await stage.until("╭─ A ─", "╭─ B ─", "╭─ C ─", "Weekend canvass in one stairwell")


def _whole(stage: Stage, selector: str, texts: list[str]) -> bool:
    said = stage.reads(selector).replace("│ ", "").replace(" │", "")
    return all(" ".join(text.split()) in said for text in texts)


@pytest.mark.parametrize("size", [(60, 18), *swept((80, 24), (100, 30), (120, 40), (200, 60))], ids=str)
async def test_at_every_size_every_text_is_whole(path: Path, size: tuple[int, int]) -> None:
    moments = [{"felt": "strengthened", "text": f"{n} {LONG}"} for n in range(5)]
    patterns = [{"group": 1, "felt": "compromised", "text": LONG, "from": [1, 2]}]
    pact = ROOM["pact"] | {"red_lines": [LONG]}
    taken_in(path, room(moments=moments, patterns=patterns, amendments=None, pact=pact), began=NOW - 600)
    async with begun(path, size=size) as stage:
        await stage.until(lambda: _whole(stage, "#red-lines", [LONG]))
        await stage.go("small_groups")
        await stage.until(lambda: _whole(stage, "#patterns", [LONG]))
        assert all(name in stage.reads("#groups") for name in PEOPLE)
        for id in ("groups", "patterns", "moments"):
            text = stage.get(f"#{id}", Fitted)
            assert all(line.cell_length <= text.content_size.width for line in text.drawn.split("\n")), id
            box = stage.get(f"#{id}-box", Widget)
            assert box.size.height > 1
