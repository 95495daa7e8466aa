"""The terminal as people have it: any byte and any key report, the size that it really has, signals, and its end.

This works around limits of Textual 8.2.8. Its input thread decodes strictly, so one broken byte in a paste (say from a
Latin-1 file) raises; here such a byte becomes a lone surrogate, as in Python's file names (PEP 383). Its parser takes
an escape character inside a bracketed paste for the start of a key, and drops NUL; here both pass through the parser in
disguise, as lone surrogates that no byte decodes to. It reads on for ever at the end of input, waits for ever to write to a
terminal that is gone, and leaves the terminal as it is when a signal ends it.
"""

import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from typing import Any, Protocol, cast

from textual import events
from textual.app import App
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


class Ended(Protocol):
    """The app as the driver knows it."""

    def end_by(self, number: int) -> None:
        """Keep everything, and end as that signal asks."""


_ENDING = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
"""The signals that end Redraw in its own way: it keeps everything, gives the terminal back, exits with 128 + the signal."""

_LOOK = 0.1
"""Seconds between two looks at whether reading is to stop, and at whether a lone Escape was a key."""


def lenient_driver() -> type[Driver] | None:
    """The driver for this platform; None where Textual's own will do."""
    if sys.platform == "win32":
        return None
    from textual.drivers import _writer_thread, linux_driver

    from tui.keyboard import ASK_FOR_ALTERNATE_KEYS, KeyParser

    class Writer(_writer_thread.WriterThread):
        """Textual's writer, which goes on taking what is written when the terminal is gone."""

        def run(self) -> None:
            try:
                super().run()
            except OSError:
                # What Python still holds for it would fail again at exit, and change the exit status.
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._file.fileno())
                super().run()

    class LenientDriver(linux_driver.LinuxDriver):
        """Textual's driver, made to withstand what terminals and systems do."""

        def __init__(self, app: App[Any], **named: Any) -> None:
            super().__init__(app, **named)
            cast(Any, linux_driver).WriterThread = Writer

        def start_application_mode(self) -> None:
            for name in _ENDING:
                number = getattr(signal, name)
                self._loop.add_signal_handler(number, cast(Ended, self._app).end_by, number)
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.write(ASK_FOR_ALTERNATE_KEYS)

        def _disable_mouse_support(self) -> None:
            super()._disable_mouse_support()
            if self._mouse_pixels:
                self.write("\x1b[?1016l")

        def run_input_thread(self) -> None:
            parser, decoder = KeyParser(self._debug), PasteDecoder()
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(_LOOK):
                        try:
                            data = os.read(self.fileno, 4096)
                        except OSError:  # on Linux, once nobody has the other end of the terminal
                            data = b""
                        if not data:
                            self._loop.call_soon_threadsafe(cast(Ended, self._app).end_by, signal.SIGHUP)
                            return
                        parser = self._read(parser, decoder.decode(data))
                    for event in parser.tick():
                        self.process_message(event)

        def _read(self, parser: KeyParser, text: str) -> KeyParser:
            """Pass on what a parser reads in a text; a text that breaks it is dropped, and a new one takes its place."""
            try:
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
            except Exception:
                return KeyParser(self._debug)
            return parser

        def process_message(self, message: Message) -> None:
            if isinstance(message, events.Paste):
                message = events.Paste(undisguised(message.text))
            super().process_message(message)

    return LenientDriver
