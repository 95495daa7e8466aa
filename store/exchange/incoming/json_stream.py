"""Reading a large JSON object member by member, so that memory holds little of it at once."""

import codecs
import json
import math
from collections.abc import Callable, Collection, Iterator
from typing import Any

from store.refused import Refused
from store.words.json_text import unrepeated
from store.words.text import clipped, encoding_of

PIECE = 1 << 20
"""Bytes to read at once."""

_BLANK = " \t\n\r"
_NUMBER = "0123456789.eE+-"
_OTHER = '["-0123456789'
"""What JSON other than an object begins with. It may be large, so it is refused without reading it to its end."""

LARGEST = 1 << 25
"""The most characters that one value, a probe or a list, may have: no group has written a tenth of that."""


def finite(number: str) -> float:
    """A number as JSON's decoder takes it; ValueError for an infinity or NaN, which would stop a clock."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is no number to count with")
    return value


_decode = json.JSONDecoder(object_pairs_hook=unrepeated, parse_float=finite, parse_constant=finite).raw_decode


def members(
    read: Callable[[int], bytes], by_element: Collection[str], progress: Callable[[int], None] | None = None
) -> Iterator[tuple[str, int | None, Any]]:
    """The members of an object, in their order, as name, None and value.

    Args:
        read: gives up to so many more bytes; none at the end.
        by_element: names whose list comes element by element: as name, place from 0, and element. An empty list comes whole.
        progress: is told how many bytes have been read.

    Raises:
        Refused: it is not UTF-8 or UTF-16, not JSON, no object, ends too early, or a name is there twice; it says where.
    """
    text = _Text(read, progress)
    if text.peek() != "{":
        if not text.peek():
            raise Refused("The file is not JSON (there is nothing in it): export it again.")
        if text.peek() not in _OTHER:
            text.value()  # says what is wrong with it
        raise Refused("The file holds no room: it should be an object with a title, participants, moments and so on.")
    text.take("{")
    seen: set[str] = set()
    while text.peek() != "}":
        if seen:
            text.take(",")
        name = text.value() if text.peek() == '"' else text.take('"')
        if name in seen:
            raise Refused(f"Fix the file at {clipped(name, 60)}: that name is there twice.")
        seen.add(name)
        text.take(":")
        if name in by_element and text.peek() == "[":
            yield from _elements(text, name)
        else:
            text.within = name
            yield name, None, text.value()
            text.within = ""
    text.take("}")
    text.end()


def _elements(text: "_Text", name: str) -> Iterator[tuple[str, int | None, Any]]:
    text.take("[")
    at = 0
    while text.peek() != "]":
        if at:
            text.take(",")
        text.within = f"{name}.{at}"
        yield name, at, text.value()
        at += 1
    text.take("]")
    text.within = ""
    if not at:
        yield name, None, []


class _Text:
    """The text of a file from the present place on, as far as it has been fetched."""

    def __init__(self, read: Callable[[int], bytes], progress: Callable[[int], None] | None) -> None:
        self._read, self._progress = read, progress
        self._decoder: codecs.IncrementalDecoder | None = None
        self._text, self._at = "", 0
        self._before = 0  # characters before the text
        self._bytes = 0
        self._ended = False
        self.within = ""
        """The member that is being read, for sentences about errors."""

    def _more(self) -> bool:
        """Fetch as much again as we hold, and at least a piece; False at the end."""
        if self._ended:
            return False
        data = self._read(max(PIECE, len(self._text) - self._at))
        self._bytes += len(data)
        self._ended = not data
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(encoding_of(data))()
        try:
            fresh = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise Refused("The file is not UTF-8 or UTF-16 text: export it again, or save it as UTF-8.") from error
        self._before += self._at
        self._text, self._at = self._text[self._at :] + fresh, 0
        if self._progress is not None:
            self._progress(self._bytes)
        return True

    def peek(self) -> str:
        """The next character that isn't blank; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _BLANK:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """Skip a character that has to come next."""
        if self.peek() != wanted:
            raise self._wrong(f"expecting {wanted}", self._at)
        self._at += 1
        return wanted

    def value(self) -> Any:
        """The next value."""
        self.peek()
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except RecursionError as error:
                raise Refused(f"The file is nested too deeply{self._place()} to be one of Redraw's.") from error
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LARGEST:
                    raise Refused(f"The file is too large{self._place()} to be one of Redraw's.") from error
                if self._more():
                    continue
                raise self._wrong(error.msg[:1].lower() + error.msg[1:], error.pos) from error
            except ValueError as error:
                raise Refused(f"The file is not JSON ({error}): export it again, or fix it there.") from error
            following = self._text[end : end + 1]
            if (not following or following in _NUMBER) and self._more():  # a number could go on
                continue
            self._at = end
            return found

    def end(self) -> None:
        """Check that nothing follows."""
        if self.peek():
            raise self._wrong("there is more after its end", self._at)

    def _place(self) -> str:
        return f" at {self.within}" if self.within else ""

    def _wrong(self, what: str, at: int) -> Refused:
        if self._ended and (at >= len(self._text.rstrip(_BLANK)) or what.startswith("unterminated")):
            return Refused(f"The file is not JSON (it ends too early{self._place()}): it isn't whole, export it again.")
        where = f"{what}, at character {self._before + at + 1}{self._place()}"
        return Refused(f"The file is not JSON ({where}): export it again, or fix it there.")
