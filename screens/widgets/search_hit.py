"""Marks what a search has found on the page that it opened."""

from collections.abc import Callable, Sequence

from textual.content import Content

from store.logbook.search import Sought, spans


def marked(
    lines: Sequence[str], draw: Callable[[Sequence[str]], Content], sought: Sought
) -> tuple[Content, int | None]:
    """The lines of a page as `draw` draws them, every word that was typed underlined, and reversed in the record itself.

    Also the row in which that record has the first of them; None where it isn't on the page.
    """
    page, row = draw(lines), None
    at = sought.line_in(lines)
    start, stop = (0, 0) if at is None else (len(draw(lines[:at])), len(draw(lines[: at + 1])))
    for first, last in reversed(spans(page.plain, sought.typed)):
        here = start <= first < stop
        page = page.stylize("bold reverse" if here else "bold underline", first, last)
        row = page.plain.count("\n", 0, first) if here else row
    return page, row
