"""A list that draws only the lines in sight, so that nobody who types has to wait for it, however long it is."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Item = TypeVar("Item")


class Heading(NamedTuple):
    """A line above the items that it counts; without a title a blank one. It can't be highlighted or chosen, and at last an item has
    to follow it."""

    title: str = ""
    n: int = 0


class LineList(ScrollView, Generic[Item], can_focus=False):
    """Items, a line each; one is highlighted, and a click chooses. The screen brings the keys.

    Attributes:
        items: what is listed, with the headings; the items have to be hashable.
        draw: makes the line of an item, which is cut off at the right edge. Until the width or the theme changes, each item
            is drawn only once.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--line", "lines--highlighted", "lines--hovered", "lines--heading"}
    DEFAULT_CSS = """
    LineList { color: $foreground; overflow-x: hidden; text-wrap: nowrap; text-overflow: clip; }
    LineList > .lines--heading { color: $text-muted; text-style: bold; }
    LineList > .lines--hovered { background: $block-hover-background; }
    LineList > .lines--highlighted {
        color: $foreground;
        background: $block-cursor-blurred-background;
        text-style: $block-cursor-blurred-text-style;
    }
    """

    virtual_size = Reactive(Size(0, 0))  # without laying out the whole screen: one more line moves nothing else
    highlighted: reactive[int | None] = reactive(None)
    hovered: reactive[int | None] = reactive(None)

    class Highlighted(Message):
        """Another line is highlighted."""

    class Resized(Message):
        """It has another width, so what stands above its columns may have to be drawn anew."""

    class Chosen(Message):
        """An item was clicked; it is highlighted."""

    def __init__(self, draw: Callable[[Item], Content], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: Sequence[Any] = ()  # of Item or Heading: nearly all lists have no headings
        self.draw = draw
        self._strips: LRUCache[Any, Strip] = LRUCache(1024)
        self._drawn_width = 0

    @property
    def item(self) -> Item | None:
        """What is highlighted."""
        return None if self.highlighted is None else self.items[self.highlighted]

    def forget(self) -> None:
        """Draw every line again, because what is drawn for an item has changed."""
        self._strips.clear()
        self.refresh()

    def put(self, items: Sequence[Item | Heading], highlighted: int) -> None:
        """List other items, with one of them highlighted."""
        if items != self.items:
            self.highlighted = self.hovered = None
            self.items = items
            self.virtual_size = Size(self.scrollable_content_region.width, len(items))
            self._scroll_update(self.virtual_size)
            self.scroll_to(y=0, animate=False)
            self.refresh()
        self.highlighted = highlighted

    def move(self, by: int) -> None:
        """Highlight the line so many lines further down, or up, past headings; at the ends of the list it stays."""
        at = min(max((self.highlighted or 0) + by, 0), len(self.items) - 1)
        while by < 0 and at > 0 and self._heads(at):
            at -= 1
        self.highlighted = at

    def _heads(self, at: int) -> bool:
        return isinstance(self.items[at], Heading)

    def validate_highlighted(self, at: int | None) -> int | None:
        if at is None or not self.items:
            return None
        at = min(max(at, 0), len(self.items) - 1)
        while self._heads(at):
            at += 1
        return at

    def watch_highlighted(self, at: int | None) -> None:
        if at is not None:
            above = int(at > 0 and self._heads(at - 1))  # the heading of what is highlighted is in sight too
            self.scroll_to_region(Region(0, at - above, 1, 1 + above), force=True, animate=False, immediate=True)
            self.post_message(self.Highlighted())

    def render_line(self, y: int) -> Strip:
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        marked = {self.hovered: ["lines--hovered"], self.highlighted: ["lines--highlighted"]}.get(at, [])
        item = self.items[at] if at < len(self.items) else None
        style = self.get_visual_style("lines--line", *(["lines--heading"] if isinstance(item, Heading) else marked))
        if item is None:
            return Strip.blank(width, style.rich_style)
        key = (item, width, style)
        strip = self._strips.get(key)
        if strip is None:
            line = self.draw(item) if not isinstance(item, Heading) else Content(f"{item.title}  {item.n or ''}")
            drawn = Visual.to_strips(self, line, width, 1, style)
            strip = self._strips[key] = Strip.join(drawn).adjust_cell_length(width, style.rich_style)
        return strip

    def on_resize(self) -> None:
        """Lines can look different at another width; more or fewer rows show them as they are."""
        if (width := self.scrollable_content_region.width) != self._drawn_width:
            self._drawn_width = width
            self._strips.clear()
        self.refresh()
        self.post_message(self.Resized())

    def notify_style_update(self) -> None:
        """Another theme has other colours."""
        self._strips.clear()
        super().notify_style_update()

    def _under(self, event: events.MouseEvent) -> int | None:
        place = event.get_content_offset(self)
        at = -1 if place is None else self.scroll_offset.y + place.y
        return at if 0 <= at < len(self.items) and not self._heads(at) else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = self._under(event)

    def on_leave(self) -> None:
        self.hovered = None

    def on_click(self, event: events.Click) -> None:
        if (at := self._under(event)) is not None:
            self.highlighted = at
            self.post_message(self.Chosen())
