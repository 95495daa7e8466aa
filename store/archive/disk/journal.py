"""The journal's lines: the saves since the archive's file was last written, one per line, in one chain.

A line is `SEQUENCE DIGEST CONTENT`. The digest covers the previous line's digest, the sequence and the content, so a line is
valid only in its place after the lines it was written after. Line 0 is the header. It names, by SHA-256, the archive files that
the lines can be replayed onto.

After the last line the file may be filled with blanks that later lines overwrite. Readers ignore them.

A line holds whole documents, never differences. Replaying all lines onto a file that already contains some of them gives the
same result as replaying only the rest. Recovery relies on this.
"""

import hashlib
import json
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from store.words.json_text import encoded

VERSION = 1

CODEC = "plain"
"""How documents are written; a journal that says otherwise is a newer version's, and refused."""

BLANK = b" \0"
"""What may follow the last line: spaces, and zeros where a power cut came before the spaces reached the disk."""

NOTHING = ""
"""The hash of a missing file."""

_DIGITS = 32
_LONGEST_NUMBER = 18
_PARTS = 3


class Damaged(ValueError):
    """The journal can't be read: an invalid line precedes a valid one, or the header is invalid."""


def digest(before: str, sequence: int, content: bytes) -> str:
    """The digest of a line, in hexadecimal."""
    found = hashlib.sha256(b"%b %d " % (before.encode(), sequence))
    found.update(content)
    return found.hexdigest()[:_DIGITS]


class Chain(NamedTuple):
    """The end of a journal: the number of the next line, and the digest it follows."""

    sequence: int = 0
    last: str = ""

    def line(self, content: bytes) -> tuple[bytes, "Chain"]:
        """The line for `content`, and the chain after it."""
        found = digest(self.last, self.sequence, content)
        return b"%d %b %b\n" % (self.sequence, found.encode(), content), Chain(self.sequence + 1, found)

    def read(self, line: bytes) -> tuple[bytes, "Chain"] | None:
        """The content of a line (without its newline) and the chain after it; None if it isn't the next line."""
        parts = line.split(b" ", 2)
        if len(parts) != _PARTS or parts[0] != b"%d" % self.sequence:
            return None
        found = digest(self.last, self.sequence, parts[2])
        return (parts[2], Chain(self.sequence + 1, found)) if parts[1] == found.encode() else None


def header(bases: Iterable[str]) -> bytes:
    """The content of the first line."""
    return encoded({"journal": VERSION, "bases": list(bases), "codec": CODEC}).encode()


def mark(base: str) -> bytes:
    """The content of a line that says the archive file with this hash contains everything before the line."""
    return encoded({"checkpoint": base}).encode()


class Read:
    """What was read from a journal."""

    def __init__(self) -> None:
        self.bases: list[str] = []
        self.changes: list[dict[str, Any]] = []
        self.good = 0
        """The number of valid bytes. Anything after them is torn or blank."""
        self.chain = Chain()
        self.torn = b""
        """What followed the valid lines, without trailing blanks. If lines were skipped, the whole journal."""
        self.left_out: list[int] = []
        """The skipped lines, from 1: unreadable ones between readable ones."""
        self._lines = 0

    def follow(self, data: bytes, salvage: bool = False) -> None:
        """Read what follows the valid bytes, as far as it is valid. The rest is torn.

        Args:
            salvage: whether to skip a line that can't be read and go on where lines form a chain again.

        Raises:
            Damaged: valid lines follow an invalid one, so this isn't a torn end.
        """
        start = 0
        while (end := data.find(b"\n", start)) >= 0:
            self._lines += 1
            found = self.chain.read(data[start:end])
            if found is None:
                if not any(_stated(line) for line in data[start:].split(b"\n")[1:]):
                    self._lines -= 1
                    break  # no other line was begun, so this one may not have been saved completely
                if not salvage:
                    raise Damaged(f"line {self._lines} can't be read")
                self.left_out.append(self._lines)
                self.chain = _stated(data[start:end]) or Chain(-1)  # which no line continues
                self.good += end + 1 - start
                start = end + 1
                continue
            content, self.chain = found
            try:
                self._take(content)
            except Damaged:
                raise
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                if not salvage:
                    raise Damaged(f"line {self._lines} says nothing known") from error
                self.left_out.append(self._lines)
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
            self.bases.append(str(found["checkpoint"]))
        else:
            _refuse_shapeless(found)
            self.changes.append(found)


def _refuse_shapeless(content: dict[str, Any]) -> None:
    """Raise where a line's content isn't what `Changes.of` takes, though its place in the chain is right."""
    dropped, tables = content.get("drop", []), content.get("tables", {})
    if not all(isinstance(name, str) for name in dropped) or not content.keys() <= {"drop", "tables", "values"}:
        raise ValueError("no changes")
    for id, document in chain.from_iterable(documents.items() for documents in tables.values()):
        int(id)
        if not (document is None or isinstance(document, dict)):
            raise ValueError("no document")
    content.get("values", {}).items()


def _stated(line: bytes) -> Chain | None:
    """The chain after a line according to the line itself."""
    parts = line.split(b" ", 2)
    if len(parts) != _PARTS or not parts[0].isdigit() or len(parts[0]) > _LONGEST_NUMBER or len(parts[1]) != _DIGITS:
        return None
    return Chain(int(parts[0]) + 1, parts[1].decode("latin-1"))


def read(data: bytes, salvage: bool = False) -> Read:
    """Read a journal from its first byte; see `Read.follow`.

    Raises:
        Damaged: see `Read.follow`, or it isn't a journal. An empty or torn first line is no damage, since nothing was saved in it.
    """
    found = Read()
    found.follow(data, salvage)
    if found.left_out:
        found.torn = data.rstrip(BLANK)
    return found
