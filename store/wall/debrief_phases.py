"""What the wall shows in the phases of a debrief. Silent mapping shows its question and the count alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from store.debrief import Debrief
from store.matrix import figures, gap, in_words
from store.matrix.shown import ALONE
from store.model import MEASURES
from store.refused import Refused
from store.report.lines import feelings_counted
from store.session import amending, red_lines
from store.wall.shown import NOTHING, Panel, Shown
from store.words import dates
from store.words.numbers import number
from store.words.text import visible

Shows = Callable[[Debrief, bool, Mapping[str, str]], Shown]
"""What a phase shows of a debrief: whether the operator has opened it, and what is typed in the phase's form."""


def _opening(debrief: Debrief, _opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The probe; then, from the first mark on, the red line that is being read: the first that isn't marked."""
    lines = red_lines.read_out(debrief)
    waiting = [at for at, each in enumerate(lines) if each.state is None]
    if waiting and len(waiting) < len(lines):
        at = waiting[0]
        return Shown(asked=False, label=f"Red line {at + 1} of {len(lines)}", sentence=visible(lines[at].text))
    purpose = tuple(map(visible, filter(str.strip, (debrief.probe.pact.purpose,))))
    panels = [Panel("What for", purpose)] if purpose else []
    if lines:
        panels.append(Panel("Red lines", tuple(map(_judged, lines))))
    if expected := _expected(debrief):
        panels.append(Panel("Expected", (expected,)))
    return Shown(sentence=visible(debrief.probe.title), panels=tuple(panels))


def _judged(line: red_lines.JudgedRedLine) -> str:
    state = f" ({line.state})" if line.state else ""
    return f"{red_lines.SIGNS[line.state]} {visible(line.text)}{state}"


def _expected(debrief: Debrief) -> str:
    found = figures.figures(debrief).expected
    if not found.centre:
        return ""
    x, y = map(number, found.centre)
    return f"autonomy {x}, benefit {y}: {found.n} placed it"


def _small_groups(debrief: Debrief, opened: bool, _typed: Mapping[str, str]) -> Shown:
    """Who is in which group, once the operator has opened it and until the first pattern comes; the question before and after."""
    if not opened or debrief.patterns or not debrief.session.groups:
        return NOTHING
    gone = {each.alias for each in debrief.participants if each.left}
    panels = tuple(
        Panel(f"Group {at}", tuple(visible(name) for name in group if name not in gone), short=True)
        for at, group in enumerate(debrief.session.groups, 1)
    )
    return Shown(panels=panels)


def _reposition(debrief: Debrief, _opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The chart and the gap in words, once a round is revealed and while no other is blind; organisations stay off the wall."""
    if debrief.session.revealed < debrief.session.round:
        return NOTHING
    found = replace(
        figures.figures(debrief, debrief.session.revealed), by_organisation={}, partners=None, counts={}, apart=()
    )
    said = in_words.headline(found, debrief.session.round > 1)
    if found.gap is None:
        return Shown(sentence=said, chart=found)
    return Shown(label=said, sentence=gap.in_numbers(found.gap.model_dump()), chart=found)


def _amendments(debrief: Debrief, _opened: bool, typed: Mapping[str, str]) -> Shown:
    """The sentence that is being agreed on, as it is typed where that is opened; otherwise the last one that was entered."""
    if principle := typed.get("principle", "").strip():
        return _old_and_new("As it is being worded", _replaced(debrief, typed.get("replaces", "")), principle)
    if not debrief.amendments:
        return NOTHING
    last = debrief.amendments[-1]
    of = f"Guideline {last.guideline}, " if last.guideline else ""
    return _old_and_new(f"{of}decided by {visible(last.decision)}", last.replaces or "", last.principle)


def _old_and_new(label: str, old: str, new: str) -> Shown:
    if not old.strip():
        return Shown(label=label, sentence=visible(new))
    return Shown(label=label, panels=(Panel("− before", (visible(old),)), Panel("+ now", (visible(new),), main=True)))


def _replaced(debrief: Debrief, typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        found = amending.replaced(debrief.guidelines, typed)
    except Refused:
        return ""
    return found.text if found else typed


_CHANGES = {None: "…", -2: "−2 lost a lot", -1: "−1 lost", 0: "0 as before", 1: "+1 gained", 2: "+2 gained a lot"}


def _sovereignty(debrief: Debrief, _opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The four values as they are set; no note, and no earlier probe."""
    measured = debrief.session.sovereignty
    if not measured:
        return NOTHING
    changes = ((name, measured[name].change if name in measured else None) for name in MEASURES)
    return Shown(panels=tuple(Panel(name, (_CHANGES[change],)) for name, change in changes))


def _decompression(debrief: Debrief, opened: bool, _typed: Mapping[str, str]) -> Shown:
    """The words, where they are opened and said by so many that none is anybody's."""
    if not opened or len(debrief.present) < ALONE:
        return NOTHING
    return Shown(words=tuple((visible(word), n) for word, n in feelings_counted(debrief)))


def _close(debrief: Debrief, opened: bool, _typed: Mapping[str, str]) -> Shown:
    """What was decided, and what comes next; who facilitates is a name, so only where that is opened."""
    decided, following = tuple(_decided(debrief)), tuple(_following(debrief, opened))
    if not (decided or following):
        return NOTHING
    panels = (Panel("What was decided", decided), Panel("What comes next", following))
    return Shown(panels=tuple(each for each in panels if each.lines))


def _decided(debrief: Debrief) -> Iterator[str]:
    for amendment in debrief.amendments:
        lead = f"{amendment.guideline}. " if amendment.guideline else ""
        yield f"{lead}{visible(amendment.principle)}"
    closing = debrief.session.closing
    if closing.sunset:
        yield f"The alliance {'is ' * (closing.sunset == 'renew')}{dates.sunset_in_words(closing.sunset, closing.renewed_until)}."


def _following(debrief: Debrief, opened: bool) -> Iterator[str]:
    closing = debrief.session.closing
    if closing.rhythm:
        yield f"We {dates.rhythm_in_words(closing.rhythm, closing.paused_until)}."
    if opened and closing.next_facilitator.strip():
        yield f"{visible(closing.next_facilitator)} facilitates next."


SHOWS: Mapping[str, Shows] = {
    "opening": _opening,
    "small_groups": _small_groups,
    "reposition": _reposition,
    "amendments": _amendments,
    "sovereignty": _sovereignty,
    "decompression": _decompression,
    "close": _close,
}
