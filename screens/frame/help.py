"""The help: what F1 says about each screen (what it is, what to do there, what to say to the room), and every key."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.frame.base import BaseScreen
from screens.frame.keys import ENTRY_KEYS, EVERYWHERE, KeyCommand
from screens.widgets.paragraphs import hung
from screens.widgets.pressable import pressed, pressing
from store.phases import Phase


class HelpText(NamedTuple):
    """The help of a screen: its title, and paragraphs with their headings."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]


def _screen(title: str, what: str, to_do: str, *more: tuple[str, str]) -> HelpText:
    return HelpText(title, (("What this is", what), ("What to do here", to_do), *more))


def _step(title: str, does: str, why: str, say: str) -> HelpText:
    """A step of the session in the essay's terms, with what the facilitator can say."""
    return HelpText(title, (("What the room does now", does), ("Why", why), ("What you can say", say)))


_IN_WORDS = {5: "Five", 10: "Ten", 15: "Fifteen", 20: "Twenty"}


def phase_help(phase: Phase, minutes: int) -> HelpText:
    """A phase of so many minutes, in the essay's terms."""
    said = phase.say.replace("{minutes}", _IN_WORDS.get(minutes, str(minutes)))
    return _step(phase.title, phase.does, phase.why, said)


REST_HELP = _screen(
    "Break",
    "A break between two phases, as the agenda has it. The wall says when the room is back.",
    "F8 twice goes on to the next phase, F9 twice goes back. F6 and F7 make the break longer or shorter; nothing goes on by itself.",
)
LOGBOOK_HELP = _screen(
    "The logbook",
    "The logbook: every alliance as a small, time-boxed experiment, and what it taught.",
    "Enter on a probe does what the hint says: it starts a debrief that is due, goes on with an open one, or shows the"
    " probe. Type to find a probe. A debrief belongs within 24 hours of the action: what is due comes first. Before an"
    " action an open dissent session finds out which one would teach the most. A probe past its sunset has lapsed; the"
    " logbook says whether it was debriefed, and its gap: where it landed against what was expected.",
)
REVIEW_HELP = _screen(
    "A probe and its session",
    "A probe with its session, page by page. A past session is as it was left: nothing in it changes any more.",
    "Looking starts nothing: where there was no debrief yet, F4 starts it. Up and down turn the pages. Moments and"
    " patterns stay behind the curtain because they were written for that room: F3 opens it. If a paper map turns up later,"
    " type its moments in on their page; “12: …” rewords one of those, -12 takes it out.",
)
FORM_HELP = _screen(
    "The probe and its pact",
    "The probe: what is done with whom, until when, and what is not for sale.",
    "Fill in what is known; every field can wait. Tab goes to the next field, and a field is saved when you leave it."
    " Help for this field is beside the form, or below it: earlier probes, possible red lines, how a day was read."
    " Days can be typed as you write them: tomorrow, Sat 17 October, 17.10."
    " Lists have one entry a line. Expected placements entered after the action are marked reconstructed.",
)
AGENDA_HELP = _screen(
    "The agenda",
    "The phases with the group's own minutes, questions and breaks, and the times of day that follow from them.",
    "Type a line for what is different and press Enter. “small groups 25” changes the minutes, “mapping What did you see?” the"
    " question, “mapping ?” brings the usual question back. “break 15 after reposition” and “break until 14:20 after reposition”"
    " add a break, “no break after reposition” removes it. “skip decompression” leaves a phase out, and “keep decompression” puts"
    " it back. “skip first decompression, sovereignty” says what Redraw offers to skip when time runs short; it skips nothing by"
    " itself. “start 14:00” says when the session is to begin. “default” brings everything back to the usual plan.",
    ("Next time", "The agenda of the last session that was sealed is the group's plan for the next probe."),
)
GROUPS_LINES = (
    "“2- text # 3 8 p2” is a pattern of group 2 that rests on moments 3 and 8 and on two paper maps. “/word” shows only the moments"
    " with that word, whatever its case and accents: Enter keeps them in sight while you type the pattern, Escape shows all again."
    " “m+ text” adds a moment, “5 groups” mixes five groups."
)
PACT_HELP = _screen(
    "The pact on its page",
    "The pact as it prints: one page that both sides draft together and sign.",
    "Read it aloud, line by line, with both sides looking at the wall. Ctrl+O changes it in the form. What is"
    " missing is beside it or below. Press F4 twice once both sides say yes: from then on it is agreed, and a change to"
    " its terms makes it a draft again. On paper: redraw pact, and the probe's number.",
    (
        "Versions",
        "Each wording that was agreed stays, with who signed it and what changed: F5 and F6 turn to it. Say again what was"
        " agreed, and the agreement is there again. Past its sunset a pact can only be renewed, at the close of its"
        " debrief.",
    ),
)
PRINCIPLES_HELP = _screen(
    "The non-negotiables",
    "The non-negotiables: a concise statement of the principles that the group won't trade, agreed by its members before"
    " it enters an alliance. Without them dilution is invisible until it is irreversible.",
    "A line adds a principle; “3: new wording” rewords the third and “-3” takes it out. Tab goes on to who is"
    " asked, who of them consents, and what is still open. People consent to the present wording: if it changes,"
    " everybody is asked again; with the old wording their answers are there again.",
    (
        "Who agrees",
        "“an, bo” consent, “all but an, bo” are all others who have not answered. “an aside: why” stands aside, “an objects: why”"
        " objects; the reason is kept. -an takes an answer back.",
    ),
    (
        "In force",
        "Press F4 twice to put the draft in force; it keeps for good who had not consented and what was open. The next change"
        " begins a new draft. Nothing that was in force is ever lost: F5 and F6 turn to the earlier revisions, F3 marks what"
        " changed, [−out−] and [+in+].",
    ),
)
RED_LINES_HELP = _step(
    "The red lines",
    "Each red line of the pact is read out. The room says whether it was held, strained or crossed.",
    "Crossing a red line without noticing is how independence erodes. Where a red line was strained, expect moments in"
    " the silent mapping.",
    "“Did this one hold? One word; we come to the reasons later.”",
)
OBSERVER_HELP = _screen(
    "Observe the action",
    "The observer's screen: observers don't lead, they notice. Friction, narrative shifts, synergy that nobody planned,"
    " any sign of autonomy erosion.",
    "Type what you see and press Enter; it gets the present time. Tab, or f: n: s: a: before the text, sets its kind; 14:05,"
    " 3pm or 17 Oct 14:05 before that sets its time; @name says who observed it, for the lines that follow too. You can"
    " paste several lines. If another Redraw has the archive open, the notes are handed to it.",
)
TRENDS_HELP = _screen(
    "Trends",
    "What the probes show together. One case is a case; what repeats here, and not elsewhere, is a lesson.",
    "Type what you want to know, in your own words: “do alliances with parties cost us our voice?” or “party voice”."
    " Name two, such as parties and unions, to compare them; with “not”, the list begins where it happened least. Tab turns to"
    " the matrix of all probes, sovereignty over time, the time of the phases, the rhythm, and the record of impulses and of"
    " patterns that recur. Enter on a line or a figure shows the probes behind it.",
    (
        "How to read a line",
        "“7 of 9, 45 to 94” is a count and the range of its percentage with 95 % confidence (Wilson's interval): the fewer the"
        " cases, the wider. REPEATS means that five cases or more show it, and that chance alone would hardly show any such"
        " line in the whole life of a logbook (Fisher's test, or over all probes the sign test against the opposite, corrected"
        " for the number of counts and of looks). “Watch” marks the ten strongest lines below that: they may be chance. “Part of it” means that"
        " some probes of the line above show the same fact, no more than its others do. Elsewhere means the other probes whose"
        " partner, kind, issue, scope or red lines are known.",
    ),
    (
        "How to read a chart",
        "A probe has the same letter on every page; A is the latest. On the matrix, arrow heads show where each landed from where"
        " it was expected. A bar of sovereignty goes up for a gain and down for a loss; on the line nothing changed; ? means"
        " that nobody said. A bar of time is the median used, ┃ the plan, and the thin line reaches the longest.",
    ),
)
SEARCH_HELP = _screen(
    "Search",
    "Search every text of every probe, and what the group holds across them.",
    "Type any words: a text has to contain them all; words in quotation marks stand together. Enter opens the probe at its page."
    " Patterns, moments, observations, dissent and people were written for one room: they are searched once F3 opens the curtain.",
)
GUIDELINES_HELP = _screen(
    "The guidelines",
    "The guidelines in force, each from lived experience: what it rests on, and whether it worked.",
    "Type words to find a guideline, or a day or month to read what was in force then: “what did we hold in March?”,"
    " 15 March, 15.3. Enter shows every wording with what changed, how it was decided and the patterns below it; Enter"
    " there opens the probe. Moments were written for one room: F3 opens that curtain.",
    (
        "What recurs",
        "Tab turns to the patterns that were seen more than once: where, what was amended against them, whether they still"
        " recur, and whose impulse was right. Enter opens each probe and guideline there. In small groups, Ctrl+B marks a pattern"
        " that was seen before.",
    ),
)
VERDICTS_HELP = _screen(
    "Did it work?",
    "The guidelines that the last debrief added or revised, now that they have met an action.",
    "Read each aloud and ask: did it work? One key records the answer. “Too early” is one too: it comes up again next time. A"
    " guideline that did not work is the next amendment.",
)
IMPULSES_HELP = _screen(
    "Borne out?",
    "The positions from before the action, word for word. Now you know what happened.",
    "Read each aloud: did what happened bear it out? B for yes, N for no; no answer is fine too. Nobody is judged, only what"
    " pulled the room: if autonomy advocates are proven right, that strengthens your red lines; if pragmatists are, your"
    " framework expands.",
)


class HelpScreen(BaseScreen[None], ModalScreen[None]):
    """A page that any of its keys closes again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "dismiss", "Close")]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > VerticalScroll {
        width: 92%; max-width: 110; height: 92%; background: $background; border: round $accent; padding: 0 2;
        border-title-color: $accent; border-title-style: bold; border-subtitle-color: $text-muted;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    HelpScreen Static { height: auto; padding: 0 1 0 0; }
    """

    def __init__(self, about: HelpText, commands: Sequence[KeyCommand]) -> None:
        super().__init__()
        self._about, self._commands = about, commands

    def compose(self) -> ComposeResult:
        with VerticalScroll() as page:
            page.border_title = Content(self._about.title)
            page.border_subtitle = pressing("Escape closes", "escape")
            yield Static(id="page", markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def on_click(self, event: Click) -> None:
        """A click on a key's row does what that key does on the screen below; one on “Escape closes” does that."""
        if key := pressed(event):
            self.dismiss()
            if key != "escape":
                self.app.simulate_key(key)

    def _show(self) -> None:
        self.query_one("#page", Static).update(
            self._text(self.query_one(VerticalScroll).scrollable_content_region.width - 1)
        )

    def _text(self, width: int) -> Content:
        """The keys of the screen first; then what it is about, and below that the keys that are the same everywhere."""
        here = [command.key for command in self._commands]
        lines = [*_keys("Keys here", self._commands, width)]
        for head, paragraph in self._about.paragraphs:
            lines += [Content.styled(head, "bold $accent"), Content(paragraph), Content("")]
        lines += _keys("Keys everywhere", [command for command in EVERYWHERE if command.key not in here], width)
        lines.append(Content.styled("In a field", "bold $accent"))
        lines += [hung(Content(what), width, f"{key:<17}", "bold $accent") for key, what in ENTRY_KEYS]
        return Content("\n").join(lines)


def _keys(head: str, commands: Sequence[KeyCommand], width: int) -> Iterator[Content]:
    yield Content.styled(head, "bold $accent")
    for command in commands:
        said = Content.assemble((f"{command.title}. ", "bold"), command.help)
        yield pressing(hung(said, width, f"{command.key_name:<11}", "bold $accent"), command.key)
    yield Content("")
