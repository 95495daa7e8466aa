"""Lenient terminal input: a paste arrives as it is, and no byte in it ends the program.

This works around two limits of Textual 8.2.8. Its input thread decodes strictly, so one broken byte in a paste (say from a
Latin-1 file) raises; here such a byte becomes a lone surrogate, as in Python's file names (PEP 383). And its parser takes
an escape character inside a bracketed paste for the start of a key, and drops NUL; here both pass through the parser in
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
_UNDISGUISE = {0xDC1B: "\x1b", 0xDC00: "\x00"}


class PasteDecoder:
    """Decodes what the terminal sends, and disguises escape and NUL inside bracketed pastes."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._pasting = False
        self._held = ""
        self._before = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        """The text of `data`. In a paste, the start of a possible end mark waits for the bytes that follow."""
        text, self._held = self._held + self._decoder.decode(data, final), ""
        parts: list[str] = []
        while text:
            part, text = self._pasted(text, final) if self._pasting else self._typed(text)
            parts.append(part)
        return "".join(parts)

    def _typed(self, text: str) -> tuple[str, str]:
        """The text up to and including the mark that begins a paste, unchanged, and the rest.

        Nothing may wait here, because the first character of the mark is a key of its own, Escape. So the text is passed on,
        and the end of it that could be the start of a mark is remembered.
        """
        read = self._before + text
        end = read.find(BEGIN) + len(BEGIN) - len(self._before)
        if BEGIN in read:
            self._pasting, self._before = True, ""
            return text[:end], text[end:]
        self._before = read[1 - len(BEGIN) :]
        return text, ""

    def _pasted(self, text: str, final: bool) -> tuple[str, str]:
        """The pasted text in disguise, with its end mark if that has arrived, and the rest."""
        before, found, rest = text.partition(END)
        if found:
            self._pasting = False
        elif not final:
            kept = max((n for n in range(1, len(END)) if before.endswith(END[:n])), default=0)
            before, self._held = before[: len(before) - kept], before[len(before) - kept :]
        return before.translate(_DISGUISE) + found, rest


def undisguised(text: str) -> str:
    """Pasted text with its escape and NUL characters back."""
    return text.translate(_UNDISGUISE)


def lenient_driver() -> type[Driver] | None:
    """The driver for this platform; None where Textual's own will do."""
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    class LenientDriver(linux_driver.LinuxDriver):
        """Textual's driver with a decoder that accepts every byte."""

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
                message = events.Paste(undisguised(message.text))
            super().process_message(message)

    return LenientDriver
