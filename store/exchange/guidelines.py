"""The alliance guidelines as a document of their own: what is in force, where it comes from, and how it was worded before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from store.debrief import Debrief
from store.exchange.in_markdown import amendment, title
from store.exchange.markdown import inline, quoted
from store.model import Guideline, Version
from store.words.dates import day


def guidelines(
    group: str, found: Sequence[Guideline], sessions: Mapping[str, Debrief], heading: str = "#"
) -> Iterator[str]:
    """The blocks of the document.

    Args:
        group: whose guidelines these are; may be empty.
        found: them.
        sessions: the debriefs that decided them, by the ids of their sessions, with or without names.
        heading: the signs before the title.
    """
    yield f"{heading} Alliance guidelines" + (f" of {inline(group)}" if group.strip() else "")
    if not found:
        yield "There are none yet: the first debrief that adds one begins them."
        return
    last = max((version.since for each in found for version in each.history if version.since), default="")
    count = f"{len(found)} principle{'' if len(found) == 1 else 's'}"
    yield f"{count} in force" + (f", last changed on {_day(last)}." if last else ".")
    yield "\n".join(f"{each.number}. {inline(each.text)}" for each in found)
    yield f"{heading}# Where they come from"
    for each in found:
        yield f"{heading}## Guideline {each.number}"
        yield from _lineage(each, sessions)


def _lineage(found: Guideline, sessions: Mapping[str, Debrief]) -> Iterator[str]:
    for at in range(len(found.history) - 1, -1, -1):
        version = found.history[at]
        debrief = sessions.get(version.session or "")
        in_force = at == len(found.history) - 1
        yield ("**In force**" if in_force else "**Before that**") + _whence(version, debrief)
        made = debrief and next(
            (each for each in debrief.amendments if each.guideline == found.number and each.principle == version.text),
            None,
        )
        if debrief and made:
            yield from amendment(debrief, made)
        else:
            yield quoted(version.text)


def _whence(version: Version, debrief: Debrief | None) -> str:
    since = f" since {_day(version.since)}" if version.since else ", from before these records"
    return since + (f", from “{inline(title(debrief))}”" if debrief else "")


def _day(stamp: str) -> str:
    found: date = datetime.fromisoformat(stamp).date()
    return day(found)
