"""Saving the session in hand as a copy elsewhere, and what is said at the end of all that the archive has not got."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.frame.base import Host
from screens.frame.place import PlaceScreen
from screens.frame.question import ask
from store.refused import Refused
from store.words.text import clipped, visible

if TYPE_CHECKING:  # the logbook is drawn before the models are needed
    from store.debrief import Debrief


class Copying(Host):
    """The app as far as it keeps what can't be saved."""

    path: Path
    """The archive."""

    _copied: tuple[Debrief, Path] | None = None
    """What was in hand when the last copy was written, and where that is."""

    @property
    def copy(self) -> Path | None:
        """The file that has all of the debrief in hand, if one was written."""
        return self._copied[1] if self._copied and self._copied[0] is self.live.debrief else None

    def action_copy_session(self) -> None:
        """Ask for a place, and save the debrief in hand there."""
        if not isinstance(self.screen, PlaceScreen):
            self._ask_where()

    def _ask_where(self, then: Callable[[], object] | None = None) -> None:
        if not hasattr(self, "live") or not hasattr(self.live, "debrief"):
            self.notify("There is no session to copy: open a probe first.", markup=False)
            return
        from store.exchange.outgoing.session_copy import offered

        def done(written: bool | None) -> None:
            if then is not None:
                then()
            elif written and self.copy:
                self.notify(
                    f"A copy is in {visible(str(self.copy))}. {_brings_in(self.copy)}", markup=False, timeout=20
                )

        asked = "Where should the copy of this session go? It holds everything, also names and blind ballots, and only you can read it."
        found = offered(self.live.archive, self.live.debrief)
        self.push_screen(PlaceScreen(asked, str(found[0]) if found else "", self._write_copy), done)

    def _write_copy(self, place: str) -> str:
        """Save the debrief in hand as a copy; what hinders it, as a sentence."""
        from store.exchange.outgoing.session_copy import offered, save_copy

        path = Path(place).expanduser().absolute()
        if path.is_dir():
            names = [each.name for each in offered(self.live.archive, self.live.debrief)]
            path /= names[0] if names else "redraw-copy.json"
        debrief = self.live.debrief
        try:
            save_copy(self.live.archive, debrief, path)
        except Refused as why:
            return visible(str(why))
        self._copied = debrief, path
        return ""

    def copy_somewhere(self) -> None:
        """Save the debrief in hand as a copy in the first place that takes it, where nobody can be asked any more."""
        from store.exchange.outgoing.session_copy import offered

        next((path for path in offered(self.live.archive, self.live.debrief) if not self._write_copy(str(path))), None)

    def quit(self) -> None:
        self.keep_typed()
        self.live.keep_drafts()
        if self._all_there():
            self.exit()
            return
        status = self.live.status
        answers: list[tuple[str, Callable[[], object] | None]] = [("Stay, and try again", None)]
        if (status.unsaved or status.displaced) and self.copy is None:
            answers.append(("Save this session as a copy elsewhere", lambda: self._ask_where(self.quit)))
        self.clear_notifications()  # the question says all of it, and a notice would lie over its answers
        answers.append((f"Quit{self._lost_by_quitting()}", lambda: self.exit(return_code=int(not self._all_there()))))
        ask(self, self._not_saved(), *answers)

    def _all_there(self) -> bool:
        """Whether the archive has everything; tries once more to save what it has not."""
        self.live.retry()
        status = self.live.status
        return not (status.unsaved or status.unkept or status.displaced)

    def _lost_by_quitting(self) -> str:
        lost = [self.live.unsaved] if self.live.unsaved and self.copy is None else []
        lost += ["what was typed and not entered"] if self.live.status.unkept else []
        return f", and lose {' and '.join(lost)}" if lost else ""

    def _not_saved(self) -> str:
        """What the archive has not got, and why, for the question before one quits."""
        status, unsaved = self.live.status, self.live.unsaved
        where = f"in the archive, but in {clipped(str(self.copy), 200)}" if self.copy else "saved"
        said = [f"{_begun(unsaved)} {_is(unsaved)} not {where}."] if unsaved else []
        return "\n\n".join(filter(None, [*said, *map(visible, (status.unsaved, status.displaced, status.unkept))]))

    def last_account(self) -> str:
        """What the archive has not got now that Redraw is left, in one line; empty where it has all."""
        unsaved, unkept = self.live.unsaved, self.live.status.unkept
        said = []
        if unsaved and self.copy:
            said.append(
                f"{_begun(unsaved)} {_is(unsaved)} not in {self.path} but in {self.copy}. {_brings_in(self.copy)}"
            )
        elif unsaved:
            said.append(
                f"{_begun(unsaved)} could not be saved and {_is(unsaved)} lost. What was saved before is in {self.path}."
            )
        elif self.live.status.displaced and self.copy:
            said.append(f"A copy is in {self.copy}. {_brings_in(self.copy)}")
        if unkept:
            said.append("What was typed and not entered could not be kept.")
        return visible(" ".join(said))


def _begun(what: str) -> str:
    return what[:1].upper() + what[1:]


def _is(what: str) -> str:
    return "are" if what.endswith("entries") else "is"


def _brings_in(copy: Path) -> str:
    return f"“redraw import {visible(str(copy))}” brings in what it holds."
