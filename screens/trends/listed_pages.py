"""The pages that list their findings in words: the rhythm, and the track record."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from screens.trends.page import TrendsData
from screens.trends.panels import CHOSEN, PanelLayout, PanelsPage
from screens.widgets.paragraphs import hung
from store.trends import rhythm, track_record
from store.trends.finding import Finding
from store.trends.overview import Overview


class RhythmPage(PanelsPage):
    """Act, reflect, pause: the counts, and what is out of balance."""

    title = "rhythm"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The counts, then the remarks."""
        return (*rhythm.lines(found.rhythm), *rhythm.remarks(found.rhythm))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a width."""
        counted, remarks = rhythm.lines(data.overview.rhythm), rhythm.remarks(data.overview.rhythm)
        ours = "Of our own debriefs" if any(case.whose for case in data.cases) else "Of the debriefs"
        panels = [
            *_listed(counted, width, self.chosen, 0, ours),
            *_listed(remarks, width, self.chosen, len(counted), "Out of balance"),
        ]
        foot = Content("") if remarks else Content.styled("\nNothing stands out as out of balance.", "bold $accent")
        head = Content.styled("Act intensely, reflect deeply, pause deliberately.\n", "italic")
        return PanelLayout(head, panels, foot)


class RecordPage(PanelsPage):
    """Whose impulse was right, and which patterns recur."""

    title = "record"

    @staticmethod
    def findings(found: Overview) -> tuple[Finding, ...]:
        """The impulses, then the patterns."""
        return (*track_record.impulses(found.cases), *track_record.recurring(found.recurrences))

    def layout_for(self, data: TrendsData, width: int, height: int) -> PanelLayout:
        """The page drawn for a width."""
        findings, again = data.findings[self.title], len(data.overview.recurrences)
        split = len(findings) - again
        panels = [
            *_listed(findings[:split], width, self.chosen, 0, "Positions of dissent that were borne out"),
            *_listed(findings[split:], width, self.chosen, split, "Patterns that recur"),
        ]
        missing = [] if split else ["No debrief has said yet which positions were borne out."]
        missing += [] if again else ["No pattern is marked as seen before."]
        return PanelLayout(Content(""), panels, Content.styled("\n".join(missing), "dim"))


def _listed(findings: Sequence[Finding], width: int, chosen: int, first: int, title: str) -> Iterator[Content]:
    """Some findings below a title; `first` is the place of the first one on the page."""
    for at, each in enumerate(findings, first):
        label, style = ("▸ ", CHOSEN) if at == chosen else ("  ", "")
        text = hung(Content.styled(each.said, style), width - 1, label)
        above = [Content("")] if first else []
        yield Content("\n").join([*above, Content.styled(title, "bold $accent"), text]) if at == first else text
