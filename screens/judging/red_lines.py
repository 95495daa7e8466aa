"""The red lines, one after the other, large enough for a room: held, strained or crossed."""

from collections.abc import Hashable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from screens.frame.help_texts import RED_LINES_HELP
from screens.frame.keys import RED_LINES
from screens.judging.base import Judged, JudgingScreen, keys_of
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.model import HELD
from store.session import red_lines
from store.session.red_lines import SIGNS, JudgedRedLine
from store.words.text import visible

STYLES = {"held": "bold $success", "strained": "bold $warning", "crossed": "bold $error", None: "dim"}


def red_line(line: JudgedRedLine, width: int) -> Content:
    """A red line with what became of it, for lists: a sign, a word and a colour."""
    said = f"{SIGNS[line.state]} {line.state}: " if line.state else "— "
    gone = "  (no longer in the pact)" if line.gone else ""
    return hung(Content.assemble(visible(line.text), (gone, "dim")), width, said, STYLES[line.state])


class RedLinesScreen(JudgingScreen):
    """The red lines of the pact, in its order."""

    commands = RED_LINES
    help_text = RED_LINES_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(RED_LINES, HELD),
        Binding("f4", "leave", "Done", show=False, priority=True),
    ]
    title_of_page = "Red lines"
    states = HELD
    signs = SIGNS  # type: ignore[assignment]
    colours = STYLES
    frames = {"held": "-good", "strained": "-fair", "crossed": "-bad"}

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(line.text, line.text, line.state, "no longer in the pact" if line.gone else "")
            for line in red_lines.read_out(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return red_lines.in_words(debrief)

    def judge(self, debrief: Debrief, key: Hashable, state: str | None) -> Debrief:
        return red_lines.mark(debrief, str(key), state)  # type: ignore[arg-type]
