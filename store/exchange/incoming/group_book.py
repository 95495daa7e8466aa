"""What our group holds across probes while probes come in: they find their guidelines and principles in it, or add to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.archive.archive import Archive
from store.exchange.bundle import Bundle
from store.exchange.incoming.reading import UNNUMBERED, GroupRows
from store.model import Amendment, Guideline, NonNegotiables, Row, Verdict
from store.probe.non_negotiables import quoted
from store.session.amending import with_principle, worded
from store.session.verdicts import found_by, once_worded


@dataclass(frozen=True, slots=True)
class Fresh:
    """A probe that isn't saved yet; its lists are among the lines that will be.

    `quotes` is the revision of its group's non-negotiables that it quotes, where that is ours. `was` are the ids that its
    sessions have in the file; None where its verdicts have our numbers already.
    """

    probe: Row
    sessions: list[Row]
    lines: Mapping[str, slice]
    quotes: int | None = None
    was: Sequence[str] | None = ()


class GroupBook:
    """The guidelines and the non-negotiables of an archive, as they will be once the import is saved."""

    def __init__(self, archive: Archive) -> None:
        self._guidelines, self._revisions = archive.group_records(Guideline), archive.group_records(NonNegotiables)
        self._before = self._all

    @property
    def _all(self) -> tuple[Guideline | NonNegotiables, ...]:
        return *self._guidelines, *self._revisions

    def __bool__(self) -> bool:
        return bool(self._before)

    def numbered(self, bundle: Bundle, joins: bool) -> Bundle:
        """A probe of our own group, its amendments with the numbers of the guidelines that have their wording.

        What they amend joins our book only if the probe itself joins ours.
        """
        rows = []
        for row in bundle.lists[Amendment.table]:
            if joins:
                old = worded(self._guidelines, row["replaces"] or "") or row["replaces"]
                self._guidelines, number = with_principle(
                    self._guidelines, row["principle"], old, row["at"], row["session"]
                )
            else:
                had = once_worded(self._guidelines, row["principle"])
                number = had.number if had else 0  # of none
            rows.append({**row, "guideline": number})
        return Bundle(bundle.probe, bundle.sessions, {**bundle.lists, Amendment.table: rows})

    def settle(self, probes: Iterable[Fresh], theirs: GroupRows) -> list[Guideline | NonNegotiables]:
        """Have probes quote our revisions and judge our guidelines, now that all that their group holds is known.

        Returns:
            Our records that have changed by all that came in.
        """
        guidelines = {row["number"]: Guideline.model_validate(row) for row in theirs[Guideline.table]}
        revisions = {row["number"]: NonNegotiables.model_validate(row) for row in theirs[NonNegotiables.table]}
        for fresh in probes:
            if fresh.quotes in revisions:
                self._quote(fresh.probe, revisions[fresh.quotes])
            for at, row in enumerate(fresh.sessions if fresh.was is not None else ()):
                session = fresh.was[at] if fresh.was else None
                found = [self._judged(fresh.probe, row, each, session, guidelines) for each in row["verdicts"]]
                fresh.sessions[at] = {**row, "verdicts": found}
        return [record for record in self._all if record not in self._before]

    def _quote(self, probe: Row, revision: NonNegotiables) -> None:
        if revision.number == UNNUMBERED:
            revision = revision.but(source=probe["id"])
        self._revisions, probe["statement"] = quoted(self._revisions, revision)

    def _judged(self, probe: Row, session: Row, verdict: Row, was: str | None, theirs: Mapping[int, Guideline]) -> Row:
        """A verdict with the number that it has here; where it is another group's it keeps its number.

        `was` is the id of the session in the file; None where `theirs`, the book of the file, is not the one that was judged.
        """
        found = Verdict.model_validate(verdict)
        wording = None
        if was is not None and found.guideline in theirs:
            wording = found_by(theirs[found.guideline], was, session["sealed"])
        text = wording.text if wording else found.wording
        ours = once_worded(self._guidelines, text)
        if probe.get("origin"):
            found = found.but(wording=text)
        elif ours:
            found = found.but(guideline=ours.number, wording="")
        else:
            found = found.but(guideline=0, wording=text)
        return found.model_dump(mode="json")
