"""Where the fields of the probe's form stand: which of them is in sight, in how many columns, and how high."""

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import TextArea

from screens.probe.form import ProbeForm
from store.probe.form import FIELDS, SECTIONS
from tests.helpers.stage import Stage, staged
from tests.screens.test_drafts import opened, probe


def _top(stage: Stage, field: str) -> int:
    return stage.get(f"#{field}", TextArea).region.y


async def test_a_field_is_in_sight_as_soon_as_one_is_in_it(path: Path) -> None:
    probe(path)
    async with staged(path) as stage:
        await opened(stage, "ctrl+o", ProbeForm)
        page = stage.get("#fields", VerticalScroll)
        places = []
        for _ in range(2):
            for each in FIELDS:
                stage.screen.set_focus(stage.screen.query_one(f"#{each.id}"))
                await stage.settle()
                assert page.scroll_offset.y == page.scroll_target_y, each
                assert page.region.contains_region(stage.screen.query_one(f"#{each.id}").region), each
                places.append(page.scroll_offset.y)
        assert places[: len(FIELDS)] == places[len(FIELDS) :], "the same keys, the same place"


async def test_a_field_grows_with_its_text_and_stays_in_sight(path: Path) -> None:
    probe(path)
    async with staged(path) as stage:
        await opened(stage, "ctrl+o", ProbeForm)
        await stage.focus("#messaging")
        area, below = stage.get("#messaging", TextArea), stage.get("#signatures", TextArea)
        was, apart = area.size.height, below.virtual_region.y
        await stage.type("one\ntwo\nthree\nfour\nfive")
        assert area.size.height == 5 > was
        assert below.virtual_region.y == apart  # in its own row
        assert stage.has("five")
        await stage.press(*["backspace"] * len("\nthree\nfour\nfive"))
        assert area.size.height == max(was, 2)


@pytest.mark.sweep
async def test_a_wide_terminal_has_the_sections_in_two_columns(path: Path) -> None:
    probe(path)
    async with staged(path, size=(120, 24)) as stage:
        await opened(stage, "ctrl+o", ProbeForm)
        for columns, of in ((120, 1), (200, 2), (169, 1), (170, 2), (80, 1)):
            await stage.resize(columns, 24)
            panels = list(stage.screen.query(".section"))
            assert len(panels) == len(SECTIONS)
            assert len({each.region.x for each in panels}) == of, columns
            assert all(each.region.height == sum(row.region.height for row in each.children) + 2 for each in panels)
