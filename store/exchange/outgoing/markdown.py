"""An export as a document: its probes one after another, and the alliance guidelines where they were asked for."""

from collections.abc import Iterator

from store.exchange.outgoing.export import Contents
from store.exchange.outgoing.markdown_guidelines import guidelines
from store.exchange.outgoing.markdown_probe import probe, title
from store.exchange.outgoing.markdown_text import bullets, document, inline, linked

NAMELESS = (
    "Names, moments and observations were left out: people stand here as their organisations, and as somebody where fewer"
    " than three of theirs were in the room. Sentences are as they were written, and where one mentions somebody it does so"
    " still: read it through before you hand it on."
)
RAW = "With names, moments and observations, as they were entered: for the group itself."


def file(contents: Contents) -> Iterator[bytes]:
    """The document."""
    parts: list[str] = []
    several = len(contents.ids) > 1
    links: list[str] = []
    chapters: list[str] = []
    for at, (bundle, rounds) in enumerate(contents.measured(), 1):
        debrief = bundle.debrief(contents.guidelines)
        links.append(linked(at, title(debrief)))
        chapters += probe(debrief, rounds, at if several else None)
    if several:
        whose = f" of {inline(contents.group)}" if contents.group else ""
        parts += [f"# {len(contents.ids)} probes{whose}", bullets(links)]
    parts += chapters
    if contents.with_guidelines:
        heading = "##" if contents.ids else "#"
        parts += guidelines(
            contents.group, contents.guidelines, contents.deciders(), contents.debriefs(), contents.now, heading
        )
    elif not contents.ids:
        parts.append("# No probes\n\nThe logbook is empty.")
    yield document([*parts, "---", f"*{RAW if contents.raw else NAMELESS}*"]).encode("utf-8", "replace")
