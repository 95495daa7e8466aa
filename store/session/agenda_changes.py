"""What a typed line has changed in an agenda, in words, so that a misreading is seen at once."""

from collections.abc import Iterator, Sequence

from store.model import Agenda
from store.phases import Phase
from store.words.text import clipped


def changes(before: Agenda, after: Agenda, phases: Sequence[Phase]) -> Iterator[str]:
    """Each change in a few words; nothing if both are the same."""
    titles = {each.name: each.title.casefold() for each in phases}
    for name, title in titles.items():
        of_it = []
        if after.skips(name) != before.skips(name):
            of_it.append("skipped" if after.skips(name) else "kept")
        if after.minutes(name) != before.minutes(name):
            of_it.append(f"{after.minutes(name)} min")
        if after.question(name) != before.question(name):
            of_it.append(f"asks “{clipped(after.question(name), 40)}”")
        if of_it:
            yield f"{title} {', '.join(of_it)}"
        rest = after.breaks.get(name)
        if rest != before.breaks.get(name):
            until = rest and rest.until
            long = f"until {until:%H:%M}" if until else f"of {rest.minutes} min" if rest else ""
            yield f"break {long} after {title}" if rest else f"no break after {title}"
    if after.starts != before.starts:
        yield f"start at {after.starts:%H:%M}" if after.starts else "start when the clock is started"
    if after.spare != before.spare:
        yield f"skip first {', '.join(titles.get(name, name) for name in after.spare) or 'nothing'}"
