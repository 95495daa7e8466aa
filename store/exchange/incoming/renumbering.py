"""Ids and numbers on the way from one archive into another, which gives its own. Guidelines are found again by their wording."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from store.exchange.bundle import Bundle, Row
from store.model import Guideline, Probe, Verdict
from store.session.decisions import with_principle, worded
from store.session.verdicts import found_by, once_worded

Book = tuple[Guideline, ...]


def renamed(bundle: Bundle, id: str, sessions: Mapping[str, str], **probe: object) -> Bundle:
    """The probe under other ids, with some of its own fields changed."""

    def moved(row: Row) -> Row:
        return {**row, "session": sessions[row["session"]]} if "session" in row else {**row, "probe": id}

    return Bundle(
        Probe.model_validate({**bundle.probe, **probe, "id": id}).row(),
        [{**row, "id": sessions[row["id"]], "probe": id} for row in bundle.sessions],
        {name: list(map(moved, rows)) for name, rows in bundle.lists.items()},
    )


def amended(book: Book, amendments: Iterable[Row]) -> tuple[Book, list[Row]]:
    """A book with what some amendments added or changed, and the amendments with their numbers in it."""
    rows = []
    for row in amendments:
        old = worded(book, row["replaces"] or "") or row["replaces"]
        book, number = with_principle(book, row["principle"], old, row["at"], row["session"])
        rows.append({**row, "guideline": number})
    return book, rows


def known(book: Book, amendments: Iterable[Row]) -> list[Row]:
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


def judged(verdicts: Sequence[Verdict], wording: Callable[[int], str], book: Book | None) -> tuple[Verdict, ...]:
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
