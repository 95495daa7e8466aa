"""Opening: who is here, what was agreed, where it was expected to land, whose turn it is to facilitate."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from screens.frame.keys import ACT
from screens.frame.question import ask
from screens.frame.refusals import with_remedies
from screens.judging import RedLinesScreen, red_line
from screens.phases.base import PhaseScreen, panel
from screens.widgets.cards import Card, flowing
from screens.widgets.entry_field import Refusal, Refusals
from screens.widgets.panel import Panel
from screens.widgets.paragraphs import KEPT, hung
from screens.widgets.record_lists import marked
from store import entries
from store.debrief import Debrief
from store.matrix import figures, in_words
from store.model import Participant
from store.probe import rotation
from store.session import flow, red_lines
from store.wall import counts
from store.words import numbers
from store.words.names import fold
from store.words.text import clipped, lines_of, visible

WITH_CARDS = 110
"""Columns from which the people of each organisation stand on a card."""

_CARD = 32
"""The least columns of a card."""

_AGREED = {
    "red-lines": "Red lines",
    "expected": "Expected to land",
    "when": "When",
    "where": "Where",
    "turn": "Turn to facilitate",
}
"""What is read aloud first, by the ids of its parts."""


class OpeningScreen(PhaseScreen):
    """The roster by organisation, in cards where there is room; beside it what is read aloud."""

    name_of_phase = "opening"
    kind = "participants"
    BINDINGS = [ACT.binding("Red lines")]
    placeholder = "name, organisation or its number, role"

    _offered = ""
    """A long paste of which was said whom it holds; it goes in when it is entered again."""

    def body(self) -> ComposeResult:
        with Horizontal():
            yield panel("roster", title="In the room", classes="wider -focused")
            with VerticalScroll(id="agreed", classes="narrower", can_focus=False):
                for id, title in _AGREED.items():
                    yield panel(id, title=title, classes="auto")

    def take(self, text: str) -> Refusals:
        """Take a line, or a paste of several as a whole."""
        text, before = text.strip("\r\n"), self.debrief.participants
        if self.editing:
            refused = super().take(text)
        else:
            refused = self._take_line(text) if len(lines_of(text)) < 2 else self._take_paste(text)
        if not refused:
            self._say_renamed(before)
        return refused

    def _say_renamed(self, before: Sequence[Participant]) -> None:
        """Say that a name was edited, and how far that goes."""
        was = {each.number: each.alias for each in before}
        now = [(was[each.number], each.alias) for each in self.debrief.participants if each.number in was]
        if (names := [pair for pair in now if pair[0] != pair[1]]) and self.in_sight():
            old, new = (clipped(name, 30) for name in names[0])
            self.say(f"{old} is {new} now, everywhere in this probe. Ctrl+T undoes that.")

    def _take_line(self, text: str) -> Refusals:
        """Ask before somebody is taken out on whom something hangs; correct in place whoever is entered once more."""
        name = entries.leaver(self.debrief, text)
        if name and (hangs := entries.hangs_on(self.debrief, name)):
            if self.in_public():
                why = "The names are behind the curtain: F3 opens it, off the wall. Then press Enter."
                return (Refusal(text, why, why),)
            self._ask_about(name, hangs)
            return ()
        if again := entries.entered_again(self.debrief, text):
            return self._correct(again, text)
        refused = super().take(text)
        if name and not refused and self.in_sight():
            self.say(f"{clipped(name, 40)} is out of the roster. Ctrl+T undoes that.")
        return refused

    def _take_paste(self, text: str) -> Refusals:
        """A table has a heading, and the dashes of a list are bullets. Many people are first said, and then go in."""
        found = entries.read_roster(text, self.debrief)
        said = found.in_words(quoted=not self.in_public())
        if len(found.lines) > entries.MANY and text != self._offered:
            self._offered = text
            return (Refusal(text, f"{said}. Enter takes them in, Escape leaves them out."),)
        self._offered = ""
        refused = [*self.enter(self.rule(), "\n".join(found.lines)), *with_remedies(found.wrong)]
        self.say(f"{said}.")
        if refused:
            first, counts = refused[0], found.in_words(quoted=False)
            refused[0] = first._replace(sentence=f"{counts}. {first.sentence}")
        return tuple(refused)

    def typed(self, value: str) -> None:
        super().typed(value)
        if self.field.value != self._offered:
            self._offered = ""

    def refuse(self, why: str, in_public: str = "") -> None:
        if self._offered:
            self.say(why)
        else:
            super().refuse(why, in_public)

    def rule(self) -> entries.Rule:
        return entries.roster_rule

    def hint(self) -> str:
        if n := len(entries.awaited(self.debrief)):
            return f"a line a person, or paste a list  ·  +: the {n} who are known  ·  -Ana: out"
        return "a line a person, or paste a list  ·  -Ana: out  ·  “2: …” renames 2"

    def _ask_about(self, name: str, hangs: entries.HangsOn) -> None:
        """Ask what becomes of somebody, and of what there is of them."""
        there = ", ".join((*hangs.said, *hangs.holds, *hangs.before))
        asked = [
            clipped(name, 200),
            f"There is: {there}." if there else "",
            f"What was agreed stays as it is: {', '.join(hangs.agreed)}." if hangs.agreed else "",
        ]
        blind = any(
            fold(each.by) == fold(name) and each.round > self.debrief.session.revealed
            for each in self.debrief.placements
        )
        answers: list[tuple[str, Callable[[], object]]] = [
            (
                f"{clipped(name, 40)} has left: all of it stays, and the roster says so",
                lambda: self.attempt(lambda debrief, _: entries.has_left(debrief, name)),
            )
        ]
        if not hangs.said and not hangs.holds:
            answers.append(
                (
                    "Entered by mistake: out of the roster, and all of it stays under that name",
                    lambda: self.attempt(lambda debrief, _: entries.remove_participant(debrief, name)),
                )
            )
        elif not hangs.said and not hangs.before:
            answers.append(("Entered by mistake: out of the roster", lambda: self._take_out(name, kept=True)))
        if hangs.said or hangs.before:
            mistake = "Entered by mistake, or not to be named" if len(answers) < 2 else "Not to be named"
            goes = "; the blind ballot goes" if blind else ""
            answers += [
                (
                    f"{mistake}: out of the roster, and what they said stays as somebody's{goes}",
                    lambda: self._take_out(name, kept=True),
                ),
                (
                    "Out of the roster, and what they said in this probe is removed",
                    lambda: self._take_out(name, kept=False),
                ),
            ]
        ask(self.app, "\n\n".join(filter(None, asked)), *answers, ("The roster stays as it is", None))

    def _take_out(self, name: str, kept: bool) -> None:
        before = self.debrief
        if self.attempt(lambda debrief, _: entries.take_out_person(debrief, name, kept=kept)):
            was = {each.number: each.moments for each in before.patterns}
            poorer = [str(each.number) for each in self.debrief.patterns if each.moments != was[each.number]]
            rests = f" Rests on fewer moments: pattern {', '.join(poorer)}." if poorer else ""
            if self.in_sight():
                self.say(f"{clipped(name, 40)} is out of the roster.{rests} Ctrl+T undoes that.")

    def _correct(self, again: Participant, text: str) -> Refusals:
        old = self.debrief.organisation_of(again.alias)
        refused = self.enter(lambda debrief, _, now: entries.corrected(debrief, again, now), text)
        if not refused:
            was = "" if fold(old) == fold(again.organisation) else f", and no longer with {clipped(old, 30)}"
            said = f"{clipped(again.alias, 40)} is with {clipped(again.organisation, 30)}{was}. Ctrl+T undoes that."
            self.say(said if self.in_sight() else "")
        return refused

    def lead(self) -> str:
        return "out ›" if entries.takes_out(self.so_far) else "known ›" if self.so_far.lstrip()[:1] == "+" else "›"

    def entered(self, text: str) -> None:
        """Say that a role is new, because it may be mistyped; in public say nothing."""
        role = self.debrief.participants[-1].role if self.debrief.participants else ""
        if role and fold(role) in fold(text) and role not in entries.ROLES and not self.in_public():
            self.say(f"“{clipped(role, 30)}” is a new role. Known are {', '.join(entries.ROLES[:6])} … Up edits it.")

    def new_minute(self) -> None:
        self.show_work(self.debrief)

    def show_body(self, debrief: Debrief) -> None:
        cards = self.bordered and self.size.width >= WITH_CARDS
        box = self.query_one("#roster-box", Panel)
        box.set_class(cards, "-ruled")
        people, _, organisations = counts.count(debrief).partition(" from ")
        _, comma, left = organisations.partition(", ")
        box.name_it("In the room", counts.count(debrief), f"{people}{comma}{left}", focused=True)
        self.draw("roster", partial(self._roster, debrief, cards))
        self._show_red_lines(debrief)
        self._show_part("expected", self._expected(debrief))
        self._show_part("when", filter(None, (flow.lateness(debrief, self.live.now()),)))
        self._show_part("where", filter(None, (visible(debrief.probe.debrief_place.strip()),)))
        said = rotation.suggestions(debrief, "facilitator") if debrief.participants else ()
        self._show_part("turn", said or ("Once names are entered: how often each has.",))

    def _roster(self, debrief: Debrief, bordered: bool, width: int) -> Content:
        parts = [self._people(debrief, bordered, width)] if debrief.organisations else []
        if not debrief.participants:
            parts.append(Content("Nobody is entered yet. Paste the list of names, or type them as they arrive."))
        if awaited := entries.awaited(debrief):
            known = Card(
                Content.styled("Known, not entered yet", "bold $accent"),
                [
                    Content.assemble(
                        (visible(each), "bold"), f": {', '.join(visible(n) for n, of in awaited if of == each)}"
                    )
                    for each in dict.fromkeys(of for _, of in awaited)
                ],
                Content.styled("+ enters all, “+an, bo” two", "dim"),
            )
            parts.append(flowing([known], width, _CARD, bordered))
        return Content("\n").join(parts)

    def _people(self, debrief: Debrief, bordered: bool, width: int) -> Content:
        """The people by organisation; a line each, if all cards are in sight then."""
        if bordered:
            drawn = flowing([*self._organisations(debrief, apart=True)], width, _CARD)
            if drawn.plain.count("\n") < self.query_one("#roster-box").size.height:
                return drawn
        return flowing([*self._organisations(debrief)], width, _CARD, bordered)

    def _organisations(self, debrief: Debrief, apart: bool = False) -> Iterator[Card]:
        """Each organisation with its number, which can be typed in its place, and its people."""
        counted = {fold(name): n for name, n in debrief.headcount(debrief.present).items()}
        for number, organisation in enumerate(debrief.organisations, 1):
            theirs = [each for each in debrief.participants if fold(each.organisation) == fold(organisation)]
            people = [marked(Content(_with_role(each)), each in self.fresh) for each in theirs]
            yield Card(
                Content.assemble((f"{number} {visible(organisation)}", "bold $accent")),
                people if apart or not people else [Content(", ").join(people)],
                Content.styled(str(counted.get(fold(organisation), 0)), "bold"),
            )

    def _show_part(self, id: str, lines: Iterable[str]) -> None:
        """Show one part of what was agreed; one without a line takes no room."""
        said = [*lines]
        self.query_one(f"#{id}-box").display = bool(said)
        self.draw(id, lambda width: (hung(Content(line), width, "") for line in said))

    def _show_red_lines(self, debrief: Debrief) -> None:
        lines = red_lines.read_out(debrief)
        there = bool(debrief.probe.pact.red_lines)
        judged = [Content(red_lines.in_words(debrief))] if debrief.session.red_lines else []
        keys = (f"{ACT.key_name} reads them out", ACT.key_name) if there and not judged else ()
        self.name_panel("red-lines", _AGREED["red-lines"], *keys)
        none = [] if there else [Content("None are recorded: Ctrl+O opens the probe's form.")]
        self.draw(
            "red-lines",
            lambda width: Content("\n").join([*judged, *(red_line(each, width) for each in lines), *none]),
        )

    def unready(self) -> str:
        n = red_lines.unmarked(self.debrief)
        nobody = "" if self.debrief.participants else "nobody is on the roster"
        return ", ".join(filter(None, (nobody, f"{numbers.counted(n, 'red line')} not marked (F4)" if n else "")))

    def _expected(self, debrief: Debrief) -> Iterable[str]:
        found = figures.figures(debrief).expected
        if not found.centre:
            few = f"{found.n} recorded it, too few to be shown" if found.n else "Nobody recorded it"
            return (f"{few}: Ctrl+O takes it now, marked as reconstructed.",)
        x, y = map(numbers.number, found.centre)
        return (f"autonomy {x}, benefit {y} ({found.n} placed it)", in_words.recorded(debrief))

    def action_act(self) -> None:
        if red_lines.read_out(self.debrief):
            self.app.push_screen(RedLinesScreen())
        else:
            self.say("The pact has no red lines to read out: Ctrl+O opens the probe's form.")


def _with_role(person: Participant) -> str:
    role = "" if fold(person.role) == "participant" else f" ({visible(person.role)})"
    left = " (left)" if person.left else ""
    return f"{visible(person.alias)}{role}{left}".replace(" ", KEPT)
