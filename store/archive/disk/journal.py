"""The journal's lines: what was saved since the archive's file was last written, each line one save, in one chain.

A line is `SEQUENCE DIGEST CONTENT`. The digest covers the digest of the line before it, the sequence and the content, so
that a line is good only in its place, after the lines that it was written after. Line 0 is the header: it names the
archive's files, by their SHA-256, that the lines can be put upon.

Behind the last line the file may be filled ahead with blanks, for the lines to come to be written over; they count as nothing.

A line holds whole documents, never differences. To put all lines upon a file in which some are contained already gives the
same as to put on only the rest; recovery relies on that.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from store.words.json_text import encoded

VERSION = 1

CODEC = "plain"
"""How documents are written; a journal that says otherwise is a newer version's, and refused."""

BLANK = b" \0"
"""What may stand behind the last line: spaces, and the zeros that a power cut leaves where they were not on the disk yet."""

NOTHING = ""
"""Stands for the hash of a file that isn't there."""

_DIGITS = 32
_LONGEST_NUMBER = 18
_PARTS = 3


class Damaged(ValueError):
    """The journal can't be read: a line that isn't good stands before one that is, or the header isn't one."""


def digest(before: str, sequence: int, content: bytes) -> str:
    """The digest of a line, hexadecimal."""
    return hashlib.sha256(b"%b %d %b" % (before.encode(), sequence, content)).hexdigest()[:_DIGITS]


class Chain(NamedTuple):
    """Where a journal stands: the next line's number, and the digest that it follows."""

    sequence: int = 0
    last: str = ""

    def line(self, content: bytes) -> tuple[bytes, "Chain"]:
        """The line for some content, and the chain after it."""
        found = digest(self.last, self.sequence, content)
        return b"%d %b %b\n" % (self.sequence, found.encode(), content), Chain(self.sequence + 1, found)

    def read(self, line: bytes) -> tuple[bytes, "Chain"] | None:
        """The content of a line, which is without its newline, and the chain after it; None if it isn't the next one."""
        parts = line.split(b" ", 2)
        if len(parts) != _PARTS or parts[0] != b"%d" % self.sequence:
            return None
        found = digest(self.last, self.sequence, parts[2])
        return (parts[2], Chain(self.sequence + 1, found)) if parts[1] == found.encode() else None


def header(bases: Iterable[str]) -> bytes:
    """The content of the first line."""
    return encoded({"journal": VERSION, "bases": list(bases), "codec": CODEC}).encode()


def mark(base: str) -> bytes:
    """The content of a line that says: the archive's file with this hash holds all that came before."""
    return encoded({"checkpoint": base}).encode()


class Read:
    """What a journal holds."""

    def __init__(self) -> None:
        self.bases: list[str] = []
        self.changes: list[dict[str, Any]] = []
        self.good = 0
        """Bytes that are good; what comes after is torn, or blank."""
        self.chain = Chain()
        self.torn = b""
        """What stood after the good lines, but for the blanks at its end; where lines were left out, all that there was."""
        self.left_out = 0
        """Lines that could not be read, between others that could."""

    def follow(self, data: bytes, salvage: bool = False) -> None:
        """Take in what stands after the good bytes, as far as it is good; the rest is torn.

        Args:
            salvage: whether to leave out a line that can't be read, and go on with those that follow well upon another.

        Raises:
            Damaged: good lines come after one that isn't: that is no torn end.
        """
        start = 0
        while (end := data.find(b"\n", start)) >= 0:
            found = self.chain.read(data[start:end])
            if found is None:
                if not self._goes_on(data[start:]):
                    break
                if not salvage:
                    raise Damaged(f"line {self.chain.sequence + 1} can't be read")
                self.left_out += 1
                self.chain = _stated(data[start:end]) or Chain(-1)  # upon which nothing follows
                self.good += end + 1 - start
                start = end + 1
                continue
            content, self.chain = found
            self._take(content)
            self.good += end + 1 - start
            start = end + 1
        self.torn = data[start:].rstrip(BLANK)

    def _take(self, content: bytes) -> None:
        found = json.loads(content)
        if self.chain.sequence == 1:
            if not isinstance(found, dict) or found.get("journal") != VERSION:
                raise Damaged("its first line isn't a header that this version knows")
            if found["codec"] != CODEC:
                raise Damaged(f"written as {found['codec']}, not as {CODEC}")
            self.bases = list(found["bases"])
        elif "checkpoint" in found:
            self.bases.append(found["checkpoint"])
        else:
            self.changes.append(found)

    @staticmethod
    def _goes_on(data: bytes) -> bool:
        """Whether after the first line of `data` another was begun: then that first one had been saved before."""
        return any(_stated(line) is not None for line in data.split(b"\n")[1:])


def _stated(line: bytes) -> Chain | None:
    """The chain after a line, as the line itself has it."""
    parts = line.split(b" ", 2)
    if len(parts) != _PARTS or not parts[0].isdigit() or len(parts[0]) > _LONGEST_NUMBER or len(parts[1]) != _DIGITS:
        return None
    return Chain(int(parts[0]) + 1, parts[1].decode("latin-1"))


def read(data: bytes, salvage: bool = False) -> Read:
    """Read a journal from its first byte; see `Read.follow`.

    Raises:
        Damaged: see there; or it isn't a journal. An empty or torn first line is no damage: then nothing was saved in it.
    """
    found = Read()
    found.follow(data, salvage)
    if found.left_out:
        found.torn = data.rstrip(BLANK)
    return found
