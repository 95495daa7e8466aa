"""One rule for all input: it acts on a screen that stands, or not at all; and a fault in what it sets off doesn't end the session.

Screens are put up and taken down while keys come in, and Textual 8.2.8 passes each one on at once. Here a key, a click or a paste
waits until the screen on top is there and the one before it is gone. What is still on its way to a screen that was left is
dropped. Every message to the app, a screen or a widget passes through here, so no screen needs a guard of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual import messages
from textual._callback import invoke
from textual._context import active_message_pump
from textual.command import CommandPalette
from textual.errors import NoWidget
from textual.events import Event, InputEvent, Key, Paste, ScreenResume
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import active_worker

from store.words.text import visible
from tui.fault import Faults

SETTLED_WITHIN = 2.0
"""Seconds that a key waits for what was typed before it; in practice it takes a few milliseconds."""

STANDS_WITHIN = 10.0
"""Seconds that a key waits for the screen that it goes to; after that it is dropped."""


class Guard(Faults):
    """The app as far as it keeps input and screens in step."""

    _up = False
    """Whether the first screen has stood."""

    _standing: Screen[Any] | None = None
    """The last screen that was seen to stand."""

    # ------------------------------------------------------------------------------------------------- keys in their turn

    async def on_event(self, event: Event) -> None:
        """Let keys that do something act in their turn, however fast they come.

        Textual runs a binding at once, although letters that were typed before it may still wait in the queue of their
        field, and it reads on before what a key has set off is done.
        """
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        acts = isinstance(event, Key) and not event.is_printable
        if acts:
            await self._settled()
        if not await self._stands():
            return
        if isinstance(event, Paste) and isinstance(self.screen, CommandPalette):
            event = Paste(visible(event.text))  # the palette's field is Textual's own, and would show it as it is
        await super().on_event(event)
        if acts:
            await self._settled()

    async def _stands(self) -> bool:
        """Wait until screens that were left are gone and the one on top is there; False if it doesn't come."""
        await self._flush_next_callbacks()  # that is where Textual takes screens down
        if not self.screen_stack:
            return False
        if self.screen is self._standing:
            return True
        screen = self.screen
        if await _heard((screen,), STANDS_WITHIN) and screen.is_attached:
            self._standing = screen
        return self._standing is screen

    async def _settled(self) -> None:
        """Wait until the focused widget and its ancestors have handled what was sent to them."""
        if self.screen_stack:
            above = self.focused.ancestors_with_self if self.focused else [self.screen]
            await _heard([node for node in above if node is not self], SETTLED_WITHIN)

    async def _dispatch_action(self, namespace: Any, action_name: str, params: Any) -> bool:
        """Run an action of the app or of the screen on top; one of a screen that was left meanwhile does nothing."""
        if namespace is not self and self._left(namespace):
            return True
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except Exception as error:
            self._handle_exception(error)
            return True

    # --------------------------------------------------------------------------------- messages to screens and widgets

    def _register_child(self, parent: Any, child: Widget, before: int | None, after: int | None) -> None:
        """Put a screen or a widget up; all that is sent to it passes through `_guarded`."""
        child._dispatch_message = partial(self._guarded, child, child._dispatch_message)  # type: ignore[method-assign]
        super()._register_child(parent, child, before, after)

    async def _guarded(
        self, pump: MessagePump, dispatch: Callable[[Message], Awaitable[None]], message: Message
    ) -> None:
        if _acts(message) and self._left(pump):
            return
        if isinstance(message, messages.InvokeLater):  # the screen on top then calls it, whoever sent it
            message.callback = partial(self._if_there, pump, message.callback)
        try:
            await dispatch(message)
        except NoWidget:
            pass  # a click where the terminal was larger a moment ago
        except Exception as error:
            self._handle_exception(error)
        else:
            self._up = self._up or isinstance(message, ScreenResume)

    async def _if_there(self, pump: MessagePump, callback: Callable[[], object]) -> None:
        if not self._left(pump):
            try:
                await invoke(callback)
            except Exception as error:
                self._handle_exception(error)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if not self._up:
                raise
            self._handle_exception(error)

    def _left(self, pump: Any) -> bool:
        """Whether a screen, or that of a widget, is being taken down."""
        while pump is not None:
            if pump is self:
                return False
            if pump._pruning or pump._closing:
                return True
            if isinstance(pump, Screen):
                return pump not in self._screen_stack
            pump = pump._parent
        return True

    # ------------------------------------------------------------------------------------------------------- faults

    def _handle_exception(self, error: Exception) -> None:
        """Survive a fault; only one before the first screen stands ends Redraw."""
        worker = active_worker.get(None)
        pump: Any = worker.node if worker else active_message_pump.get(self)
        if not self._up:
            super()._handle_exception(error)
        elif self._running and self.screen_stack and not self._left(pump):
            self.survive(error)
            if isinstance(pump, Widget) and not pump.screen.is_mounted and pump.screen is self.screen:
                self.pop_screen()  # it could not be put up
                if len(self._screen_stack) == 1:
                    self.live.leave()
        # Otherwise Redraw or the screen is being left: it fails for want of widgets that are gone already.


def _acts(message: Message) -> bool:
    """Whether a message is what somebody did, or what came of it, rather than Textual's own upkeep."""
    if isinstance(message, Event):
        return isinstance(message, InputEvent | Paste)
    return type(message).__module__ != messages.__name__


async def _heard(nodes: Any, seconds: float) -> bool:
    """Wait until each of these has handled what was sent to it, or is taken down; False if that takes longer than `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    for node in nodes:
        heard = asyncio.Event()
        if not node.call_later(heard.set):
            continue
        task = node._task
        waits = [asyncio.ensure_future(heard.wait()), *((task,) if task is not None else ())]
        done, _ = await asyncio.wait(waits, timeout=end - loop.time(), return_when=asyncio.FIRST_COMPLETED)
        waits[0].cancel()
        if not done:
            return False
    return True
