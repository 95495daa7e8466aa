"""What the room judges: the red lines, the guidelines of the last debrief, the positions of the open dissent session."""

from typing import Any

from textual.content import Content

from screens.frame.help_texts import IMPULSES_HELP, RED_LINES_HELP, VERDICTS_HELP
from screens.frame.keys import ACT, IMPULSES, LOOK_BACK, RED_LINES, VERDICTS
from screens.judging.base import Judged, JudgingScreen, keys_of
from screens.widgets.paragraphs import hung
from store.debrief import Debrief
from store.session import decisions, impulses, red_lines, verdicts
from store.words.text import visible

BORNE_OUT, NOT = "borne out", "not"


class RedLinesScreen(JudgingScreen):
    """The red lines of the pact, in its order: held, strained or crossed."""

    tones = {"held": "success", "strained": "warning", "crossed": "error"}
    signs = red_lines.SIGNS
    commands = RED_LINES
    help_text = RED_LINES_HELP
    BINDINGS = keys_of(RED_LINES, tones, leave=ACT.key)
    title_of_page = "Red lines"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(line.text, line.text, line.state, "no longer in the pact" if line.gone else "")
            for line in red_lines.read_out(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return red_lines.in_words(debrief)

    def judge(self, debrief: Debrief, key: Any, state: Any) -> Debrief:
        return red_lines.mark(debrief, key, state)


def red_line(line: red_lines.JudgedRedLine, width: int) -> Content:
    """A red line with what became of it, for lists: a sign, a word and a colour."""
    said = f"{red_lines.SIGNS[line.state]} {line.state}: " if line.state else "— "
    gone = "  (no longer in the pact)" if line.gone else ""
    style = RedLinesScreen.style(line.state)
    return hung(Content.assemble(visible(line.text), (gone, "dim")), width, said, style)


class DidItWorkScreen(JudgingScreen):
    """The guidelines that the last debrief added or revised; what it is too early to say comes up again next time."""

    tones = {"yes": "success", "partly": "warning", "no": "error", "too early": "accent"}
    signs = verdicts.SIGNS
    commands = VERDICTS
    help_text = VERDICTS_HELP
    BINDINGS = keys_of(VERDICTS, tones, leave=LOOK_BACK.key)
    title_of_page = "Did it work?"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        return tuple(
            Judged(each.number, each.text, each.worked, f"guideline {each.number}") for each in verdicts.asked(debrief)
        )

    def in_words(self, debrief: Debrief) -> str:
        return verdicts.in_words(debrief)

    def judge(self, debrief: Debrief, key: Any, state: str | None) -> Debrief:
        return verdicts.say(debrief, key, state)


class BorneOutScreen(JudgingScreen):
    """The positions word for word as they were said, with the pull that each voices and nobody's name."""

    tones = {BORNE_OUT: "success", NOT: "warning"}
    signs = {BORNE_OUT: "✓", NOT: "✗", None: "·"}
    commands = IMPULSES
    help_text = IMPULSES_HELP
    BINDINGS = keys_of(IMPULSES, tones, leave=LOOK_BACK.key)
    title_of_page = "Borne out?"

    def judged(self, debrief: Debrief) -> tuple[Judged, ...]:
        states = {True: BORNE_OUT, False: NOT, None: None}
        return tuple(
            Judged(each.number, each.text, states[each.borne_out], f"for {each.pull}") for each in debrief.dissent
        )

    def in_words(self, debrief: Debrief) -> str:
        return next(impulses.lines(debrief), "")

    def judge(self, debrief: Debrief, key: Any, state: str | None) -> Debrief:
        return decisions.bear_out(debrief, key, None if state is None else state == BORNE_OUT)
