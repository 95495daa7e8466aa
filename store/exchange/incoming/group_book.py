"""What our group holds across probes while probes come in: they find their guidelines and principles in it, or add to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.archive.archive import Archive
from store.exchange.bundle import Bundle
from store.exchange.incoming.reading import UNNUMBERED, GroupRows
from store.model import Amendment, Guideline, NonNegotiables, Row, Verdict
from store.probe.non_negotiables import quoted
from store.session.decisions import with_principle, worded
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
        self._guidelines, self._revisions = archive.guidelines(), archive.non_negotiables()
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
        rows: Sequence[Row] = bundle.lists[Amendment.table]
        if joins:
            self._guidelines, rows = amended(self._guidelines, rows)
        else:
            rows = known(self._guidelines, rows)
        return Bundle(bundle.probe, bundle.sessions, {**bundle.lists, Amendment.table: rows})

    def settle(self, probes: Iterable[Fresh], theirs: GroupRows) -> list[Guideline | NonNegotiables]:
        """Have probes quote our revisions and judge our guidelines, now that all that their group holds is known.

        Returns:
            Our records that have changed by all that came in.
        """
        guidelines = tuple(map(Guideline.model_validate, theirs[Guideline.table]))
        revisions = {row["number"]: NonNegotiables.model_validate(row) for row in theirs[NonNegotiables.table]}
        for fresh in probes:
            if fresh.quotes in revisions:
                self._quote(fresh.probe, revisions[fresh.quotes])
            if fresh.was is not None:
                self._judge(fresh, guidelines if fresh.was else (), fresh.was)
        return [record for record in self._all if record not in self._before]

    def _quote(self, probe: Row, revision: NonNegotiables) -> None:
        if revision.number == UNNUMBERED:
            revision = revision.but(source=probe["id"])
        self._revisions, probe["statement"] = quoted(self._revisions, revision)

    def _judge(self, fresh: Fresh, theirs: Sequence[Guideline], was: Sequence[str]) -> None:
        ours = None if fresh.probe.get("origin") else self._guidelines
        for at, row in enumerate(fresh.sessions):
            if verdicts := tuple(map(Verdict.model_validate, row["verdicts"])):
                found = judged(verdicts, wordings(theirs, was[at] if was else "", row["sealed"]), ours)
                fresh.sessions[at] = {**row, "verdicts": [each.model_dump(mode="json") for each in found]}


def amended(book: tuple[Guideline, ...], amendments: Iterable[Row]) -> tuple[tuple[Guideline, ...], list[Row]]:
    """A book with what some amendments added or changed, and the amendments with their numbers in it."""
    rows = []
    for row in amendments:
        old = worded(book, row["replaces"] or "") or row["replaces"]
        book, number = with_principle(book, row["principle"], old, row["at"], row["session"])
        rows.append({**row, "guideline": number})
    return book, rows


def known(book: tuple[Guideline, ...], amendments: Iterable[Row]) -> list[Row]:
    """Amendments that change nothing in a book, with their numbers in it; 0 where it never had that wording."""
    found = ((row, once_worded(book, row["principle"])) for row in amendments)
    return [{**row, "guideline": each.number if each else 0} for row, each in found]


def wordings(book: Iterable[Guideline], session: str, sealed: str | None) -> Callable[[int], str]:
    """What a guideline of a book said when a session judged it, by its number; empty where nobody knows."""
    by_number = {each.number: each for each in book}

    def wording(number: int) -> str:
        found = found_by(by_number[number], session, sealed) if number in by_number else None
        return found.text if found else ""

    return wording


def judged(
    verdicts: Sequence[Verdict], wording: Callable[[int], str], book: tuple[Guideline, ...] | None
) -> tuple[Verdict, ...]:
    """Verdicts with the numbers that they have here.

    Args:
        verdicts: with the numbers of the book where they were given.
        wording: what was judged, by those numbers.
        book: ours; None where the verdicts are another group's, and keep their numbers.
    """
    found = []
    for each in verdicts:
        text = wording(each.guideline) or each.wording
        if book is None:
            found.append(each.but(wording=text))
        elif ours := once_worded(book, text):
            found.append(each.but(guideline=ours.number, wording=""))
        else:
            found.append(each.but(guideline=0, wording=text))
    return tuple(found)
