"""The numbers of guidelines on their way from one archive into another, which has given its own: they are found again by the wording."""

from collections.abc import Callable, Iterable, Sequence

from store.exchange.bundle import Row
from store.model import Guideline, Verdict
from store.session.decisions import with_principle, worded
from store.session.verdicts import found_by, once_worded

Book = tuple[Guideline, ...]


def amended(book: Book, amendments: Iterable[Row]) -> tuple[Book, list[Row]]:
    """The book with what some amendments made or changed, and those with their numbers in it."""
    rows = []
    for row in amendments:
        old = worded(book, row["replaces"] or "") or row["replaces"]
        book, number = with_principle(book, row["principle"], old, row["at"], row["session"])
        rows.append({**row, "guideline": number})
    return book, rows


def known(book: Book, amendments: Iterable[Row]) -> list[Row]:
    """Amendments that change nothing in a book, with their numbers in it; 0 where it never had that wording."""
    found = (once_worded(book, row["principle"]) for row in amendments)
    return [{**row, "guideline": each.number if each else 0} for row, each in zip(amendments, found, strict=False)]


def wordings(book: Iterable[Guideline], session: str, sealed: str | None) -> Callable[[int], str]:
    """What a guideline of a book said when a session judged it, by its number; empty where that isn't known."""
    by_number = {each.number: each for each in book}

    def wording(number: int) -> str:
        found = found_by(by_number[number], session, sealed) if number in by_number else None
        return found.text if found else ""

    return wording


def judged(verdicts: Sequence[Verdict], wording: Callable[[int], str], book: Book | None) -> tuple[Verdict, ...]:
    """Verdicts as they stand here.

    Args:
        verdicts: as they came, with the numbers of the book where they were said.
        wording: what was judged, by those numbers.
        book: ours; None where they are another group's, and keep their numbers.
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
