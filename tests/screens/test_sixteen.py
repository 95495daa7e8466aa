"""In the sixteen colours of old terminals everything on the main screens can be read, dark and light."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment

from tests.helpers.stage import Stage, begun
from tests.helpers.sweeps import swept
from tui.theme import themes_for

XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
VGA = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
"""The sixteen as xterm and as the console of a PC show them."""

READABLE = 3.0
"""The least contrast of large or bold text by WCAG 2.2, 1.4.3."""


def luminance(colour: str) -> float:
    """The relative luminance of a colour, by WCAG."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, other: int) -> float:
    """The least contrast of two of the sixteen on both kinds of terminal."""
    found = []
    for palette in (XTERM.split(), VGA.split()):
        low, high = sorted((luminance(palette[one]), luminance(palette[other])))
        found.append((high + 0.05) / (low + 0.05))
    return min(found)


def drawn(stage: Stage) -> Iterator[tuple[str, int, int]]:
    """Every piece of text on the screen with the colour and the ground that a terminal of sixteen is sent."""

    def sent(colour: Color | None) -> int:
        assert colour is not None
        return colour.downgrade(ColorSystem.STANDARD).number or 0

    for strip in stage.screen._compositor.render_strips():
        for line_filter in stage.app._filters:
            strip = strip.apply_filter(line_filter, stage.screen.background_colors[1])
        piece: Segment
        for piece in strip:
            if piece.style and any(map(str.isalnum, piece.text)):
                pair = sent(piece.style.color), sent(piece.style.bgcolor)
                yield piece.text, *(reversed(pair) if piece.style.reverse else pair)


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("light", [*swept(False, True)], ids=["dark", "light"])
async def test_live_placeholders_and_all_other_text_can_be_read(path: Path, light: bool) -> None:
    async with begun(path, size=(100, 30)) as stage:
        theme = themes_for("standard")[light]
        stage.app.register_theme(theme)
        stage.app.theme = theme.name
        for phase in ("opening", "amendments", "sovereignty", "close"):
            await stage.go(phase)
            _assert_readable(stage, phase)
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until("LIVE 1", "type to find")
        _assert_readable(stage, "logbook")
        for key in ("f8", "ctrl+f", "f7"):
            await stage.press(key)
            _assert_readable(stage, key)
            await stage.press("escape")


def _assert_readable(stage: Stage, where: str) -> None:
    for text, ink, ground in drawn(stage):
        assert contrast(ink, ground) >= READABLE, (where, text, ink, ground)


@pytest.mark.parametrize("depth", ["standard", "truecolor"])
def test_without_colours_the_ground_alone_shows_what_is_highlighted(
    monkeypatch: pytest.MonkeyPatch, depth: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for theme in themes_for(depth):
        for name in ("block-cursor-background", "block-cursor-blurred-background"):
            ground, around = (Color.parse(each).get_truecolor() for each in (theme.variables[name], theme.background))
            assert abs(sum(ground) - sum(around)) > 3 * 40
