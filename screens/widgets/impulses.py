"""Whose impulse was right until now: counts over the probes, nobody's words and nobody's name."""

from textual.content import Content
from textual.widgets import Static

from store.debrief import Debrief
from store.session import impulses


class RunningRecord(Static):
    """The running record of autonomy and benefit advocates; takes no room while there is none."""

    DEFAULT_CSS = "RunningRecord { height: auto; max-height: 4; color: $text-muted; }"

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, debrief: Debrief) -> None:
        """Draw the counts from earlier debriefs."""
        runs = impulses.record(each.impulses for each in debrief.past.debriefs)
        self.display = bool(runs)
        lines = [Content(str(run)).stylize("bold", 0, len(run.pull)) for run in runs]
        self.update(Content("\n").join(lines))
