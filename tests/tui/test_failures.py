"""Whatever goes wrong is one line on standard error, never a traceback."""

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from store.archive.archive import Archive
from store.logbook import listing
from tests.conftest import Shell


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[BaseException], None]]:
    """Make the logbook raise something."""

    def with_(error: BaseException) -> None:
        def entries(*_: object) -> Any:
            raise error

        monkeypatch.setattr(listing, "entries", entries)

    yield with_
    monkeypatch.undo()


@pytest.mark.parametrize("error", [RuntimeError("x"), RecursionError(), MemoryError(), UnicodeError("x")], ids=repr)
def test_a_bug_is_one_line_that_says_how_to_see_more(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None], error: Exception
) -> None:
    broken(error)
    done = redraw("list")
    assert done.code == 1
    assert done.err == (
        f"redraw: Something in Redraw went wrong ({type(error).__name__}): set REDRAW_DEBUG=1 to see where, and report it.\n"
    )


def test_a_failing_system_call_is_one_line(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None]
) -> None:
    broken(OSError(5, "Input/output error", "/some/where"))
    assert redraw("list").sentence == "/some/where: input/output error."


def test_an_interrupt_is_130_and_silent(
    redraw: Shell, filled: Archive, broken: Callable[[BaseException], None]
) -> None:
    broken(KeyboardInterrupt())
    done = redraw("list")
    assert (done.code, done.out, done.err.strip()) == (128 + signal.SIGINT, "", "")
