"""Opening: who is here, what was agreed, where it was expected to land, whose turn it is to facilitate."""

from collections.abc import Iterable
from typing import Any

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.phase import PhaseScreen
from store import entries, figures, flow, matrix
from store.debrief import Debrief
from store.entries import Rule
from store.names import fold
from store.text import visible


class OpeningScreen(PhaseScreen):
    """The roster on the left, what is read out on the right."""

    name_of_phase = "opening"
    kind = "participants"
    placeholder = "name, organisation, role"

    def body(self) -> Iterable[Any]:
        with Horizontal():
            with VerticalScroll(classes="column scroll", can_focus=False):
                yield Static(id="roster", markup=False)
            with VerticalScroll(classes="column -right scroll", can_focus=False):
                yield Static(id="agreed", markup=False)

    def rule(self) -> Rule:
        return entries.add_participant

    def hint(self) -> str:
        return "a line a person, or paste a list  ·  “Ana, 2”: organisation 2  ·  -Ana: out"

    def count(self, debrief: Debrief) -> str:
        people, organisations = len(debrief.participants), len(debrief.headcount())
        return f"{people} {'person' if people == 1 else 'people'} from {organisations} organisation{'' if organisations == 1 else 's'}"

    def show_body(self, debrief: Debrief) -> None:
        self.query_one("#roster", Static).update(self._roster(debrief))
        self.query_one("#agreed", Static).update("" if self.curtain else self._agreed(debrief))

    def _roster(self, debrief: Debrief) -> Content:
        if self.curtain:
            return Content(f"Curtain drawn. {self.count(debrief)}.")
        lines = [Content.styled(f"In the room: {self.count(debrief)}", "bold")]
        counted = {fold(name): n for name, n in debrief.headcount().items()}
        for number, organisation in enumerate(debrief.organisations, 1):
            here = counted.get(fold(organisation), 0)
            lines.append(Content.assemble((f"{number} {visible(organisation)}", "bold $accent"), f"  {here}"))
            people = []
            for person in debrief.participants:
                if fold(person.organisation) == fold(organisation):
                    role = "" if fold(person.role) == "participant" else f" ({visible(person.role)})"
                    people.append(f"{visible(person.alias)}{role}")
            if people:
                lines.append(Content(f"  {', '.join(people)}"))
        if not debrief.participants:
            lines.append(Content("Nobody is entered yet. Paste the list of names, or type them as they arrive."))
        return Content("\n").join(lines)

    def _agreed(self, debrief: Debrief) -> Content:
        lines = [Content.styled("Red lines", "bold $accent")]
        lines += [Content(f"— {visible(line)}") for line in debrief.probe.pact.red_lines]
        if not debrief.probe.pact.red_lines:
            lines.append(Content("None are recorded: Ctrl+O opens the probe's form."))
        lines += [Content(""), Content.styled("Expected to land", "bold $accent")]
        found = matrix.placed(debrief.expected)
        if found.centre:
            note = ", reconstructed" if any(p.reconstructed for p in debrief.expected) else ""
            x, y = found.centre
            lines.append(
                Content(f"autonomy {figures.number(x)}, benefit {figures.number(y)} ({found.n} placed it{note})")
            )
        else:
            lines.append(Content("Nobody recorded it: Ctrl+O takes it now, marked as reconstructed."))
        if late := flow.lateness(debrief, self.desk.now()):
            lines += [Content(""), Content.styled("When", "bold $accent"), Content(late)]
        lines += [Content(""), Content.styled("Who has facilitated", "bold $accent"), Content(self._rotation(debrief))]
        return Content("\n").join(lines)

    def _rotation(self, debrief: Debrief) -> str:
        done = debrief.past.facilitated
        here = [(done.get(fold(name), 0), name) for name in debrief.names]
        often = ", ".join(f"{visible(name)} {times}×" for times, name in sorted(here, reverse=True) if times)
        never = [visible(name) for times, name in here if not times]
        if not here:
            return "As soon as names are entered: how often each has facilitated."
        return "; ".join(
            part
            for part in (often, f"not yet: {', '.join(never[:8])}{' …' if len(never) > 8 else ''}" if never else "")
            if part
        )


SCREEN = OpeningScreen
