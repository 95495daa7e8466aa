"""What the hall may see of a phase: the wall view for the projector, the curtain over the work, the mask over what is typed."""

from abc import abstractmethod
from typing import ClassVar

from textual.reactive import reactive

from screens.frame.entry_line import EntryScreen
from screens.frame.hint_line import BETWEEN
from screens.frame.wall import Wall, WallContent
from screens.widgets.entry_field import PlainInput
from screens.widgets.fields import TextLines
from store.debrief import Debrief


class WallAndCurtain(EntryScreen):
    """A screen that turns into the wall view and draws a curtain. Nothing private is ever on the wall."""

    kind: ClassVar[str] = ""
    """What is entered here, as `store.entries` calls it; empty where nothing is entered line by line."""

    wall: reactive[bool] = reactive(False, init=False)
    curtain: reactive[bool] = reactive(False, init=False)

    _hide: bool | None = None
    """Whether Ctrl+G hid what is typed or showed it; None while it has decided nothing."""

    # ---------------------------------------------------------------------------------------------- what phases add

    @property
    def debrief(self) -> Debrief:
        return self.live.debrief

    def show_body(self, debrief: Debrief) -> None:
        """Draw the phase's own view."""

    def count(self, debrief: Debrief) -> str:
        """What the wall may say of the phase: numbers only."""
        return ""

    def public(self, debrief: Debrief, columns: int, rows: int) -> WallContent | None:
        """What the wall shows beside the clock, in so many columns and rows; None until the room has revealed it."""
        return None

    def mask(self) -> str:
        """What of the typed text is hidden off the wall, as `PlainInput.mask` says."""
        return "all" if self.curtain else ""

    def hides(self) -> bool:
        """Whether there is anything behind the curtain."""
        return True

    @abstractmethod
    def draw_clock(self) -> None:
        """Draw the clock that is in sight now, on the wall or beside the work."""

    # ------------------------------------------------------------------------------------------------------- drawing

    def in_public(self) -> bool:
        return self.wall

    def standing_hint(self) -> str:
        hidden = "curtain drawn: F3 opens it" if self.curtain and self.hides() and not self.wall else ""
        return BETWEEN.join(filter(None, (super().standing_hint(), hidden)))

    def show_wall(self, debrief: Debrief) -> None:
        """Draw what the wall shows."""
        wall = self.query_one(Wall)
        shown = self.public(debrief, *wall.room) if self.wall else None
        self.set_class(shown is not None, "-public")
        wall.show(shown, self.count(debrief))

    def watch_wall(self) -> None:
        """Show the wall view or the work; a sentence on one is not for the other."""
        if not self.armed:
            self.sentence = ""
        self.query_one("#wall").display = self.wall
        self.query_one("#work").display = not self.wall
        self.set_class(self.wall, "-wall")
        self.show_wall(self.debrief)
        self.draw_clock()
        self.refresh_hint()  # the hint speaks of the curtain off the wall only
        self.set_mask(changed=True)
        if self.kind:
            self.set_focus(self.field)

    def watch_curtain(self) -> None:
        """Draw the curtain or open it."""
        self.set_class(self.curtain, "-curtain")
        self.set_mask(changed=True)
        self.show_wall(self.debrief)
        self.show_body(self.debrief)
        self.say("")

    def set_mask(self, changed: bool = False) -> None:
        """Hide what is typed, or show it; where the wall or the curtain has `changed`, Ctrl+G no longer shows it."""
        if changed:
            self._hide = self._hide or None
        chosen = None if self._hide is None else "all" if self._hide else ""
        mask = chosen if chosen is not None else "all" if self.wall else self.mask()
        for field in self.query(PlainInput):
            field.mask = mask
        for area in self.query(TextLines):
            area.mask = mask

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_wall(self) -> None:
        self.wall = not self.wall

    def action_curtain(self) -> None:
        """Draw the curtain or open it; on the wall it is always drawn."""
        if self.wall:
            self.say("The wall shows nothing private: F2 leaves the wall view, F3 then opens the curtain.")
            return
        if self.curtain and not self.hides():
            self.say("What is entered stays blind until F4 reveals it; Ctrl+G shows what is being typed.")
            return
        self.curtain = not self.curtain

    def out_of_sight(self, what: str) -> bool:
        """Whether the curtain or the wall hides `what` is private, such as `moments`; if so, say how to see it."""
        hidden = self.curtain or self.wall
        if hidden:
            self.say(f"The {what} stay behind the curtain: F3 opens it, off the wall.", wrong=True)
        return hidden

    def action_hide(self) -> None:
        self._hide = not any(field.mask for field in self.query(PlainInput))
        self.set_mask()
        self.show_body(self.debrief)
