"""The probes behind a finding, in a panel beside the list that the finding is in."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import islice

from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from screens.trends.page import TrendsData
from screens.widgets.panel import titled
from screens.widgets.paragraphs import hung
from store.trends.finding import Finding
from store.words.text import clipped

SIGNS = "●○◌"
"""The signs of the parts of a finding, the first of which it is about; later ones have the last."""

SOON = 0.05
"""Seconds until the panel follows what is chosen."""


def sign(part: int) -> str:
    """The sign of a part of a finding, by its place."""
    return SIGNS[min(part, len(SIGNS) - 1)]


class BehindPane(Static):
    """A finding in a sentence, and its probes below that, latest first; as many as there is room for."""

    class Resized(Message):
        """It has another size, or appears."""

    def __init__(self) -> None:
        super().__init__(classes="behind", markup=False)
        titled(self, "Behind it")

    _drawn: object = None
    _later: Timer | None = None

    @property
    def waits(self) -> bool:
        """Whether it is to be drawn in a moment."""
        return self._later is not None

    def soon(self, draw: Callable[[], None]) -> None:
        """Have it drawn in a moment, and only once for all that is chosen until then: the keys don't wait for it."""
        if self._later is None:
            self._later = self.set_timer(SOON, partial(self._now, draw))

    def _now(self, draw: Callable[[], None]) -> None:
        self._later = None
        if self.display:
            draw()

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def put(self, said: Content, finding: Finding | None = None, data: TrendsData | None = None) -> None:
        """Show a sentence, and the probes of a finding where there is one."""
        width, height = self.content_size
        if not width or (drawn := (said, finding, data, width, height)) == self._drawn:
            return
        self._drawn = drawn
        lines = [hung(said, width, "")]
        probes = ""
        if finding is not None and data is not None:
            probes = str(sum(len(those) for _, those in finding.parts) or "")
            room = height - lines[0].plain.count("\n") - 2
            n = sum(len(those) + 1 for _, those in finding.parts if those)
            listed = [*islice(_listed(finding, data, width), max(0, room if n <= room else room - 1))]
            if n > room:
                listed.append(Content.styled(f"… {n - len(listed)} more lines: Enter", "dim"))
            lines += [Content(""), *listed] if room > 1 else []
        self.border_subtitle = Content(probes)
        self.update(Content("\n").join(lines), layout=False)


def _listed(finding: Finding, data: TrendsData, width: int) -> Iterator[Content]:
    """Each part of a finding, and below it its probes with their signs, their titles, and their day or what there is to note."""
    known = {case.probe: case for case in data.cases}
    for at, (name, probes) in enumerate(finding.parts):
        if probes:
            yield Content.styled(f"{sign(at)} {name}  {len(probes)}", "bold" if at == 0 else "dim")
        for id in reversed(probes):
            if (case := known.get(id)) is None:
                continue
            note = finding.notes.get(id, "") if finding.head else f"{date.fromisoformat(case.day):%b %Y}"
            note = note if len(note) < width // 2 else ""
            theirs = f"{clipped(case.whose, 12)}: " if case.whose else ""
            room = max(6, width - 4 - (len(note) + 1 if note else 0))
            title = Content(clipped(f"{theirs}{case.title}", room)).truncate(room, ellipsis=True, pad=True)
            yield Content.assemble(
                (f"  {data.letters[id]} ", "bold $accent"), title, (f" {note}" if note else "", "dim")
            )
