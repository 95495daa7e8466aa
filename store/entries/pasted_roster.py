"""A roster that is pasted in several lines: a list, or a table whose heading names its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.debrief import Debrief
from store.entries.roster import add_participant, read_participant, same_organisation
from store.model import Participant
from store.refused import Refused
from store.words import headings, table
from store.words.names import fold
from store.words.numbers import counted
from store.words.text import clipped, lines_of

MANY = 12
"""More people than these are said before they go in."""

_ADDRESS = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+\.\w{2,}\s*[>)\]]")
"""An address behind a name, as in mail: “Ana Lopes <ana@example.org>”."""

_PRIVATE = re.compile(
    r"[^\s@]+@[^\s@]+\.\w{2,}|\+?\d[\d ()/.-]{6,}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T,]+\d{1,2}[:.]\d{2}.*)?|\d{1,2}:\d{2}.*"
)
"""An e-mail address, a telephone number or a time: where one stands, the columns of a row without a heading can't be known."""

_UNPLACED = "Which column is which can't be told: paste these rows with their heading, or without addresses and times."


@dataclass
class PastedRoster:
    """What a paste holds.

    Attributes:
        lines: a line for each person who isn't here yet, as it would be typed.
        organisations: how many different organisations they belong to.
        here: how many are in the roster already.
        headings: how many heading rows were left out.
        columns: the headings of the columns that were left out.
        wrong: what isn't understood, each with what refuses it.
    """

    lines: list[str] = field(default_factory=list)
    organisations: int = 0
    here: int = 0
    headings: int = 0
    columns: list[str] = field(default_factory=list)
    wrong: list[tuple[str, Refused]] = field(default_factory=list)

    def in_words(self, quoted: bool = True) -> str:
        """The paste in one sentence without its full stop; with the lines that aren't understood where they may be `quoted`."""
        n, wrong = len(self.lines), [line for text, _ in self.wrong for line in lines_of(text)]
        people = f"{counted(n, 'person')} of {counted(self.organisations, 'organisation')}"
        said = [people if n else "Nobody new"]
        if self.here:
            said.append(f"{self.here} here already")
        if self.headings:
            said.append(f"{counted(self.headings, 'heading')} left out")
        if self.columns:
            said.append(f"{counted(len(self.columns), 'column')} left out ({', '.join(self.columns)})")
        if wrong:
            which = f": {', '.join(f'“{clipped(line, 30)}”' for line in wrong[:2])}{' …' if len(wrong) > 2 else ''}"
            said.append(f"{counted(len(wrong), 'line')} not understood{which if quoted else ''}")
        return "; ".join(said)


def read_roster(text: str, debrief: Debrief) -> PastedRoster:
    """Read a paste of several lines.

    In a list each line is read as if it was typed, but a dash or a number in front is a bullet. In a table the columns stand in any
    order, and those that aren't known are left out. Whoever is in the roster already is only counted.
    """
    found, unplaced, here = PastedRoster(), list[str](), set[str]()
    known: dict[headings.Column, int] = {}
    delimiter, room = "", debrief
    rows = list(table.rows(lines_of(text)))
    for line in _without_numbers(rows):
        cells = [*map(table.trimmed, table.cells(line))]
        if not any(cells):  # an empty row of a spreadsheet
            continue
        if columns := headings.columns(cells):
            known = columns
            delimiter = next((each for each in table.DELIMITERS if len(table.cells(line, each)) > 1), ",")
            found.headings += 1
            kept = {known[each] for each in ("name", "first", "surname", "organisation", "role") if each in known}
            left_out = (clipped(cell, 20) for at, cell in enumerate(cells) if cell and at not in kept)
            found.columns += [each for each in left_out if each not in found.columns]
            continue
        if known:
            row = _by_columns([*map(table.trimmed, table.cells(line, delimiter))], known)
        elif any(map(_PRIVATE.fullmatch, cells)):
            unplaced.append(line)
            continue
        else:
            row = [_ADDRESS.sub("", each).strip() for each in cells]
            while "\t" in line and len(row) > 2 and not row[0]:  # an empty first column
                del row[0]
        try:
            person = next((each for each in room.participants if fold(each.alias) == fold(row[0])), None)
            if person is not None and _same(person, row):
                here.add(person.alias)
                continue
            typed = table.line_of(row)
            room = add_participant(room, *read_participant(typed, room))
            found.lines.append(typed)
        except Refused as why:
            found.wrong.append((line if row == cells and not known else table.line_of(row), why))
    found.here = len(here)
    new = room.participants[len(debrief.participants) :]
    found.organisations = len({fold(each.organisation) for each in new})
    if unplaced:
        found.wrong.append(("\n".join(unplaced), Refused(_UNPLACED)))
    return found


def _same(person: Participant, row: Sequence[str]) -> bool:
    return len(row) < 2 or not row[1] or same_organisation(person.organisation, row[1])


def _by_columns(cells: Sequence[str], known: dict[headings.Column, int]) -> list[str]:
    """Name, organisation and role in a row of a table, without empty ones at the end."""
    organisation, role = (
        cells[known[each]] if each in known and known[each] < len(cells) else "" for each in ("organisation", "role")
    )
    name = _ADDRESS.sub("", headings.name_in(cells, known)).strip()
    row = [name, organisation, role]
    while len(row) > 1 and not row[-1]:
        del row[-1]
    return row


def _without_numbers(rows: Sequence[str]) -> Sequence[str]:
    """Rows without a first column that only counts them: 1, 2, 3 …, each before somebody else."""
    cells = [table.cells(row) for row in rows]
    if len(rows) < 2 or any(len(row) < 3 or not row[0].isdecimal() for row in cells):
        return rows
    first = int(cells[0][0])
    counts = all(int(row[0]) == at for at, row in enumerate(cells, first))
    others = len({fold(row[1]) for row in cells}) == len(rows)
    return [table.line_of(row[1:]) for row in cells] if counts and others else rows
