"""The terminal's input, made lenient: whatever is pasted arrives as it is, and no byte of it ends the program.

Two limits of Textual 8.2.8 are mended here. Its input thread decodes strictly, so that one broken byte in a paste (say from a
Latin-1 file) raises; here such a byte becomes a lone surrogate, as in Python's file names (PEP 383). And its parser takes
an escape character inside a bracketed paste for the beginning of a key, and drops NUL; here both cross the parser in
disguise, as lone surrogates that no byte decodes to.
"""

import sys
from codecs import getincrementaldecoder
from typing import Any

from textual import events
from textual.driver import Driver
from textual.message import Message

BEGIN, END = "\x1b[200~", "\x1b[201~"
_DISGUISE = {0x1B: "\udc1b", 0x00: "\udc00"}
_TRUE_FACE = {0xDC1B: "\x1b", 0xDC00: "\x00"}


class PasteDecoder:
    """Decodes what the terminal sends; inside bracketed pastes escape and NUL are disguised."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._pasting = False
        self._held = ""
        self._before = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of `data`. In a paste the beginning of what may be the end mark waits for the bytes that follow."""
        text, self._held = self._held + self._decoder.decode(data, final), ""
        parts: list[str] = []
        while text:
            part, text = self._pasted(text, final) if self._pasting else self._typed(text)
            parts.append(part)
        return "".join(parts)

    def _typed(self, text: str) -> tuple[str, str]:
        """What goes on as it is, the mark with which a paste begins included, and the rest.

        Nothing may wait here: the beginning of the mark is a key of its own, Escape. So of what has gone on already as much is
        kept as can be the beginning of a mark.
        """
        read = self._before + text
        end = read.find(BEGIN) + len(BEGIN) - len(self._before)
        if BEGIN in read:
            self._pasting, self._before = True, ""
            return text[:end], text[end:]
        self._before = read[1 - len(BEGIN) :]
        return text, ""

    def _pasted(self, text: str, final: bool) -> tuple[str, str]:
        """What is pasted, in disguise, with the mark at its end if that has come; and the rest."""
        before, found, rest = text.partition(END)
        if found:
            self._pasting = False
        elif not final:
            kept = max((n for n in range(1, len(END)) if before.endswith(END[:n])), default=0)
            before, self._held = before[: len(before) - kept], before[len(before) - kept :]
        return before.translate(_DISGUISE) + found, rest


def true_face(text: str) -> str:
    """Pasted text with escape and NUL as they were."""
    return text.translate(_TRUE_FACE)


def lenient_driver() -> type[Driver] | None:
    """The driver for this platform; None where Textual's own needs no help."""
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    class LenientDriver(linux_driver.LinuxDriver):
        """Textual's driver with a decoder that refuses no byte."""

        def run_input_thread(self) -> None:
            module: Any = linux_driver
            strict = module.getincrementaldecoder
            module.getincrementaldecoder = lambda _: PasteDecoder
            try:
                super().run_input_thread()
            finally:
                module.getincrementaldecoder = strict

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message = events.Paste(true_face(message.text))
            super().process_message(message)

    return LenientDriver
