"""What records say of one another by number: patterns rest on moments, amendments on patterns, debriefs speak of guidelines."""

from collections.abc import Iterator

from store.model import Amendment, Guideline, Moment, NonNegotiables, Pattern, Probe, Record, RecurringPattern, Session

Place = tuple[str, int]
"""A session and a number in it."""


class References:
    """The numbers by which the records of an archive name others, and what there is to be named.

    Nothing is missed where something was left out on purpose: moments in a record that came without them, sessions that stayed
    where a file came from. The guidelines that another group's debriefs speak of stand in that group's book.
    """

    def __init__(self) -> None:
        self._moments: set[Place] = set()
        self._patterns: set[Place] = set()
        self._guidelines = {0}
        self._revisions: set[int] = set()
        self._probe_of: dict[str, str] = {}
        self._with_moments: set[str] = set()
        self._foreign: set[str] = set()
        self._rests: list[tuple[str, str, Place]] = []
        self._book: list[tuple[str, str, int]] = []
        self._quotes: list[tuple[str, int]] = []

    def add(self, where: str, record: Record) -> None:
        """Keep in mind what a record is and what it names; `where` is how it is called in a sentence."""
        match record:
            case Probe():
                if record.origin or record.conflicts_with:
                    self._foreign.add(record.id)
                elif record.statement is not None:
                    self._quotes.append((where, record.statement))
            case Session():
                self._probe_of[record.id] = record.probe
                self._book += [(where, record.id, each.guideline) for each in record.verdicts]
            case Moment():
                self._moments.add((record.session, record.number))
                if not record.added_later:
                    self._with_moments.add(record.session)
            case Pattern():
                self._patterns.add((record.session, record.number))
                self._rests += [(where, "moment", (record.session, number)) for number in record.moments]
            case Amendment():
                self._rests += [(where, "pattern", (record.session, number)) for number in record.because]
                self._book.append((where, record.session, record.guideline))
            case RecurringPattern():
                self._rests += [(where, "pattern", (each.session, each.pattern)) for each in record.seen]
            case Guideline():
                self._guidelines.add(record.number)
            case NonNegotiables():
                self._revisions.add(record.number)

    def missing(self) -> Iterator[str]:
        """A sentence for each number under which nothing stands."""
        for where, what, (session, number) in self._rests:
            known = self._moments if what == "moment" else self._patterns
            here = session in (self._with_moments if what == "moment" else self._probe_of)
            if here and (session, number) not in known:
                yield f"{where}: {session} has no {what} {number}."
        for where, session, number in self._book:
            probe = self._probe_of.get(session)
            if probe is not None and probe not in self._foreign and number not in self._guidelines:
                yield f"{where}: there is no guideline {number}."
        for where, number in self._quotes:
            if number not in self._revisions:
                yield f"{where}: there is no revision {number} of the non-negotiables."
