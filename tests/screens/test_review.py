"""A past session as panels: the list of its pages, its lists in columns, the matrix beside what it was in short; nothing is cut."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import OptionList, Static

from screens.frame.following import MARKED_FOR
from screens.review import ReviewScreen
from screens.widgets.column_page import ColumnPage, height_of
from screens.widgets.columns import GAP, across, shared
from screens.widgets.paragraphs import FRESH
from store.report.debrief_report import sections
from tests.helpers.rooms import NOW, PEOPLE, ROOM, closed
from tests.helpers.stage import Stage, staged
from tests.helpers.sweeps import swept

MANY = [
    {"felt": "strengthened", "text": f"the {n}th of them went round the gate and came back singing"} for n in range(24)
]


async def to_review(stage: Stage, page: str = "") -> None:
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "as it was left")
    if page:
        stage.turn_to(page)
        await stage.settle()


def columns_of(stage: Stage) -> list[Content]:
    """The texts that stand side by side on the page."""
    texts = [each for each in stage.screen.query("#columns > Static").results(Static) if each.display]
    return [each.visual for each in texts if each.id != "beside" and isinstance(each.visual, Content)]


def prompt(stage: Stage, title: str) -> Content:
    drawn = stage.get("#pages", OptionList).get_option(title).prompt
    assert isinstance(drawn, Content)
    return drawn


async def test_the_list_of_pages_says_how_much_is_on_each_and_what_waits_behind_the_curtain(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await to_review(stage)
        await stage.until("Who was there 9", "Moments ▒ 3", "Patterns ▒ 2", "Amendments 1", "In short", "1 of 12")
        await stage.press("f3")
        await stage.until("Moments 3", "Patterns 2")
        assert "▒" not in stage.flat()


async def test_an_empty_page_is_dim_in_the_list_and_says_what_is_kept_there(path: Path) -> None:
    closed(path, observations=None)
    async with staged(path) as stage:
        await to_review(stage, "Observations")
        await stage.until("Nothing was recorded.", "What observers note during the action is kept here.", "5 of 12")
        assert [span.style for span in prompt(stage, "Observations").spans] == ["dim"]
        assert "Probe" not in [
            prompt(stage, "Probe").plain[span.start : span.end] for span in prompt(stage, "Probe").spans
        ]


async def test_what_is_entered_counts_in_the_list_at_once(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await to_review(stage, "Moments")
        await stage.press("tab")
        assert not stage.get("#pages", OptionList).has_class("-focused")
        await stage.enter("found in a coat")
        await stage.until("Moments ▒ 4", "4 moments wait behind the curtain. F3 opens it.")
        await stage.press("escape")
        await stage.until(lambda: stage.get("#pages", OptionList).has_class("-focused"))


@pytest.mark.parametrize("size", [(80, 24), *swept((80, 20), (100, 30), (120, 40), (200, 60))])
async def test_the_matrix_stands_beside_what_the_session_was_in_short(path: Path, size: tuple[int, int]) -> None:
    closed(path)
    async with staged(path, size=size) as stage:
        await to_review(stage)
        await stage.until("In short", "● actual 5, 5", "○ expected 6, 5", "What was learned", "10┤")
        rows = stage.rows()
        learned = next(at for at, row in enumerate(rows) if "What was learned" in row)
        assert sum("┤" in row for row in rows) == 11, "it is whole above the fold"
        assert "┤" in rows[learned + 1] or "┤" in rows[learned + 2], "it stands beside the words"


async def test_without_room_for_a_matrix_the_words_stand_alone(path: Path) -> None:
    closed(path)
    async with staged(path, size=(60, 18)) as stage:
        await to_review(stage)
        await stage.until("─In short 1 of 12─", "─Pages─", "What was learned")
        assert "┤" not in stage.flat()
        assert not any("│" in row for row in stage.rows()), "only the lines with the titles are left of the borders"


async def test_a_round_of_too_few_has_no_matrix_beside_the_words(path: Path) -> None:
    closed(path, actual=[{"by": name, "autonomy": 2, "benefit": 8} for name in PEOPLE[:2]])
    async with staged(path, size=(120, 40)) as stage:
        await to_review(stage)
        assert "┤" not in stage.flat()


async def test_moments_stand_in_columns_where_there_is_room(path: Path) -> None:
    closed(path, moments=MANY, patterns=None, amendments=None)
    async with staged(path) as stage:
        await to_review(stage, "Moments")
        await stage.press("f3")
        for size, n in (((60, 18), 1), ((80, 24), 1), ((120, 40), 2), ((200, 60), 3)):
            await stage.resize(*size)
            await stage.settle()
            found = columns_of(stage)
            assert len(found) == n, size
            words = " ".join(" ".join(column.plain.split()) for column in found)
            assert words == " ".join(f"{at + 1} + {each['text']}" for at, each in enumerate(MANY)), "in their order"


async def test_what_was_sought_is_marked_and_in_sight_in_its_column(path: Path) -> None:
    many = [*MANY[:23], {"felt": "compromised", "text": "the tannoy was gone"}]
    closed(path, moments=many, patterns=None, amendments=None)
    async with staged(path, size=(120, 20)) as stage:
        await stage.press("ctrl+f")
        await stage.until("texts. Type any words")
        await stage.press("f3")
        await stage.type("tannoy")
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "24 − the tannoy was gone")
        _, second = columns_of(stage)
        assert [second.plain[span.start : span.end] for span in second.spans if "reverse" in str(span.style)] == [
            "tannoy"
        ]


async def test_a_moment_that_was_just_entered_is_marked_in_the_last_column_and_in_sight(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MARKED_FOR
    monkeypatch.setattr("screens.frame.following.MARKED_FOR", 20.0)
    closed(path, moments=MANY, patterns=None, amendments=None)
    async with staged(path, size=(120, 20)) as stage:
        await to_review(stage, "Moments")
        await stage.press("f3", "tab")
        await stage.enter("a late one")
        await stage.until("25 − a late one (added later)")
        first, second = columns_of(stage)
        assert [second.plain[span.start : span.end].strip() for span in second.spans if span.style == FRESH] == [
            "25 − a late one (added later)"
        ]
        assert not [span for span in first.spans if span.style == FRESH]


@pytest.mark.parametrize("size", [(120, 40), *swept((60, 18), (80, 24), (200, 60))])
async def test_no_page_loses_a_word_or_runs_out_of_its_panel(path: Path, size: tuple[int, int]) -> None:
    said = [
        {"voice": name, "pull": pull, "text": f"{name} would rather wait {'and wait ' * 9}"}
        for name in PEOPLE
        for pull in ("autonomy", "benefit")
    ]
    seen = [
        {"at": "2026-11-07T11:00:00+00:00", "kind": "friction", "by": "Tilda", "text": "two stewards, one megaphone"}
    ]
    closed(path, dissent=said, observations=seen, moments=[*ROOM["moments"], *MANY])
    async with staged(path, size=size) as stage:
        await to_review(stage)
        await stage.press("f3")
        for section in sections(stage.debrief, NOW):
            if section.title in ("Matrix", "Proposals"):  # a chart is as large as there is room
                continue
            stage.turn_to(section.title)
            await stage.settle()
            page = stage.get("#page", ColumnPage)
            room = page.scrollable_content_region.width
            parts = [
                *columns_of(stage),
                *([below] if isinstance(below := stage.get("#below", Static).visual, Content) else []),
            ]
            words = " ".join(" ".join(part.plain.split()) for part in parts)
            if section.lines:
                for line in section.lines:
                    assert " ".join(line.text.split()) in words or " ".join(line.text.split()[:6]) in words, (
                        section.title
                    )
            for part in columns_of(stage):
                assert max(len(row) for row in part.plain.split("\n")) <= min(room, 100), section.title
            beside = [each for each in page.query("#columns > Static").results(Static) if each.display]
            assert sum(each.size.width for each in beside) <= room + GAP, section.title


@pytest.mark.parametrize("n", [1, 2, 3])
def test_no_other_way_to_share_entries_out_over_columns_is_lower(n: int) -> None:
    for heights in ([1] * 7, [3, 1, 1, 1, 4], [9, 1, 1], [1, 1, 9], [2, 5, 2, 2, 6, 1], [4], []):
        for between in (0, 1):
            found = shared(heights, n, between)
            assert [at for share in found for at in share] == [*range(len(heights))]
            assert len(found) <= n
            assert _lowest([heights[share.start : share.stop] for share in found], between) == min(
                _lowest([heights[a:b] for a, b in pairwise((0, *cuts, len(heights)))], between)
                for k in range(n)
                for cuts in combinations(range(1, max(1, len(heights))), k)
            )


def _lowest(shares: list[list[int]], between: int) -> int:
    return max((sum(share) + between * (len(share) - 1) for share in shares if share), default=0)


def test_columns_fit_and_are_as_wide_as_they_have_to_be() -> None:
    for width in range(20, 200):
        for least in (24, 44):
            n, each = across(20, width, least)
            assert n * each + GAP * (n - 1) <= width
            assert n == 1 or each >= least
    assert across(1, 200, 24) == (1, 200)
    assert height_of(Content("one\ntwo")) == 2
