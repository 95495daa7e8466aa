"""The README's pictures: they can be drawn anew, are whole, and show what is typed."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.pictures.__main__ import COLOURS, HERE, SECONDS, STILLS, film, looks
from tests.pictures.drawing import still
from tests.pictures.film import Film

README = Path(__file__).parents[2] / "README.md"


def test_every_picture_of_the_readme_is_there_and_whole() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert shown
    for each in shown:
        assert ElementTree.parse(README.parent / each).getroot().tag.endswith("svg")


def test_a_picture_holds_the_text_and_not_as_markup() -> None:
    row = (Segment("a <b> & “c”  ", Style.parse("bold red")), Segment("█│⣿漢", Style.parse("reverse")))
    found = ElementTree.fromstring(still((row, row), "a <title>"))
    texts = [each.text for each in found.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["a <b> & “c”", "漢"], "once, though two rows show it"
    assert len(found.findall("{http://www.w3.org/2000/svg}use")) == 2


def test_a_film_shows_each_frame_for_its_time_and_one_frame_where_nothing_moves() -> None:
    frames = [((Segment(text),),) for text in "abb"]
    made = Film()
    for each in frames:
        made.add(each, 1.0)
    made.poster()
    made.lasts(30)
    assert made.seconds == [10.0, 20.0]
    styles = ElementTree.fromstring(made.svg("two frames")).find("{http://www.w3.org/2000/svg}style")
    assert styles is not None
    assert "33.3333%{transform:translateX(-33px)}" in (styles.text or "")
    assert "animation:film 30.0s step-end infinite;transform:translateX(-33px)" in (styles.text or "")


@pytest.fixture
def _kept_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.setenv(name, "")


@pytest.mark.sweep
@pytest.mark.usefixtures("_kept_environment")
async def test_the_film_can_be_made_anew() -> None:
    made, stills = await film()
    assert made.length == pytest.approx(SECONDS)
    assert set(STILLS) <= set(stills)
    drawn = made.svg("a debrief")
    for told in ("we closed lane 4", "whoever holds the rota", "We write the rota", "sunset 9 November"):
        assert told in drawn
    assert len(drawn) < 1_000_000
    assert (HERE / "debrief.svg").stat().st_size < 1_000_000


@pytest.mark.sweep
@pytest.mark.usefixtures("_kept_environment")
@pytest.mark.parametrize("colours", COLOURS)
async def test_every_screen_can_be_drawn_to_be_looked_at(tmp_path: Path, colours: str) -> None:
    await looks(tmp_path, (80, 24), colours)
    assert len(os.listdir(tmp_path)) > 80
