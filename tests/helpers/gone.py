"""A room in which everything that can be said is taken back once and mended once, and where each of it stands.

Whatever is said has a marker that stands nowhere else. `SAID` has, for each phase, how it is entered, taken back and mended.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from string import ascii_lowercase

from store import entries
from store.entries import Rule
from store.live.live import Live
from store.model import MEASURES, Felt
from store.probe import form
from store.session import decisions
from store.session.amending import AmendmentForm, amend, take_back_amendment

_numbers = count()
_MARKERS = re.compile(b"zq[a-z]{3}")
_WORDS = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]


def marker() -> str:
    """A word that stands nowhere else."""
    return f"zq{_WORDS[next(_numbers)]}"


Act = Callable[[Live, str], object]


@dataclass(frozen=True)
class Saying:
    """A way to say something: how it is entered, taken back, and mended to something without its marker.

    `trace` gives what tells in a file that it was said. `single` is whether it is said in one place, over what was there.
    """

    phase: str
    what: str
    enter: Act
    take_back: Act
    mend: Act
    trace: Callable[[str], str] = str
    single: bool = False


def type_in(live: Live, rule: Rule, *lines: str) -> None:
    """Enter lines, none of which may be refused."""
    for line in lines:
        refused = live.enter(rule, line, live.debrief.session.phase)
        assert not refused, (line, refused)
    assert not live.status.unsaved


def lines(phase: str, kind: str, rule: Rule, form: str, plain: str, again: str = "") -> Saying:
    """A kind of entry that has a number, as it is typed; again with a number, where its line would mean something else."""

    def named(live: Live, said: str) -> str:
        number = next(each.number for each in getattr(live.debrief, kind) if said in json.dumps(each.row()))
        return chr(64 + number) if kind == "proposals" else str(number)

    numbered = entries.numbered_rule(kind, rule)
    return Saying(
        phase,
        kind,
        lambda live, said: type_in(live, rule, form.format(said)),
        lambda live, said: type_in(live, numbered, f"-{named(live, said)}"),
        lambda live, said: type_in(live, numbered, f"{named(live, said)}: {again or plain}"),
    )


def saved(phase: str, what: str, put: Callable[[Live, str], object]) -> Saying:
    """A field that is saved as one types."""
    return Saying(
        phase, what, put, lambda live, _: put(live, ""), lambda live, _: put(live, "plain words"), single=True
    )


def _field(id: str, template: str = "{}") -> Saying:
    at = next(each for each in form.FIELDS if each.id == id)

    def put(live: Live, text: str) -> None:
        full = template.format(text) if text else ""
        live.change(lambda debrief, now: form.put(debrief, at, full, now))

    return saved("the form", id, put)


def _closing(name: str) -> Saying:
    return saved(
        "close", name, lambda live, text: live.change(lambda debrief, _: decisions.close_with(debrief, **{name: text}))
    )


# --------------------------------------------------------------------------------------------------- whatever isn't a line


def _amend(live: Live, said: str) -> None:
    with_name = f"{said}: too late" if said != "plain" else ""
    typed = AmendmentForm(principle=f"we say {said}", because="1", reservations=with_name)
    live.change(lambda debrief, now: amend(debrief, typed, now), "amendments")


def _take_back_amendment(live: Live, said: str) -> None:
    if live.steps.last("amendments") is not None:
        live.steps.take_back("amendments")
    while said in str(live.debrief.amendments):
        live.change(lambda debrief, _: take_back_amendment(debrief))


def _mend_amendment(live: Live, said: str) -> None:
    _take_back_amendment(live, said)
    _amend(live, "plain")


def _join(live: Live, name: str) -> None:
    """Somebody comes, says something in each phase and holds what one can hold."""
    type_in(live, entries.roster_rule, f"{name}, Kettle, observer")
    type_in(live, entries.moment_rule(Felt.STRENGTHENED), f"@{name} + what they wrote")
    type_in(live, entries.ballot_rule, f"{name} 9 8")
    type_in(live, entries.observation_rule(), f"@{name} f: what they saw")
    type_in(live, entries.position_rule("autonomy"), f"@{name} a> what they feared")
    live.change(decisions.mix_groups)
    live.change(lambda debrief, _: decisions.close_with(debrief, decided_by=f"Ada and {name}"))


def _leave(kept: bool) -> Act:
    return lambda live, name: live.change(lambda debrief, _: entries.take_out_person(debrief, name, kept=kept))


_voters = (f"Voter{letter}" for letter in "ABCDEFGHIJ")
_who: dict[str, str] = {}


def _ballot(live: Live, said: str) -> None:
    _who[said] = name = next(_voters)
    type_in(live, entries.roster_rule, f"{name}, Kettle")
    type_in(live, entries.ballot_rule, f"{name} 9 8")


def _place(live: Live, said: str) -> None:
    type_in(live, entries.placing_rule(1), f"A: {said} 9 8")


def _take_back_place(live: Live, said: str) -> None:
    type_in(live, entries.placing_rule(1), f"-{said}")


def _mend_place(live: Live, said: str) -> None:
    _take_back_place(live, said)
    type_in(live, entries.placing_rule(1), "A: Ada 3 3")
    _take_back_place(live, "Ada")


DISSENT = (
    lines(
        "positions", "dissent", entries.position_rule("autonomy"), "@{0} a> the words of {0}", "", "@Bo a> other words"
    ),
    lines("proposals", "proposals", entries.add_proposal, "try {}", "try something else"),
    Saying("placing", "placements of proposals", _place, _take_back_place, _mend_place),
)
"""In the order in which one rests on the other."""

DEBRIEF = (
    *map(_field, ("issue", "place", "context", "purpose", "messaging", "red_lines", "ally")),
    _field("partners", "{}; NGO; they pay"),
    _field("responsibilities", "{}: the banner"),
    _field("observers"),
    _field("expected", "{} 9 8"),
    lines("observing", "observations", entries.observation_rule(), "@{0} f: seen by {0}", "", "@Bo f: other words"),
    Saying(
        "opening",
        "somebody who is kept as somebody's",
        _join,
        _leave(kept=True),
        lambda live, name: type_in(live, entries.roster_rule, f"{name} = Name{_WORDS[next(_numbers)]}"),
    ),
    Saying(
        "opening",
        "somebody of whom all is removed",
        _join,
        _leave(kept=False),
        lambda live, name: type_in(live, entries.roster_rule, f"{name} = Name{_WORDS[next(_numbers)]}, Fund"),
    ),
    lines("silent_mapping", "moments", entries.moment_rule(Felt.COMPROMISED), "- the day of {}", "other words"),
    lines(
        "small_groups",
        "patterns",
        entries.pattern_rule(1, Felt.COMPROMISED),
        "- a pattern of {} # p2",
        "",
        "other words # p1",
    ),
    Saying(
        "reposition",
        "ballots",
        _ballot,
        lambda live, said: type_in(live, entries.ballot_rule, f"-{_who[said]}"),
        lambda live, said: type_in(live, entries.ballot_rule, f"-{_who[said]}", f"{_who[said]} 3 3"),
        lambda said: f'"by": "{_who[said]}", "autonomy": 9, "benefit": 8',
    ),
    Saying("amendments", "amendments", _amend, _take_back_amendment, _mend_amendment),
    saved(
        "sovereignty",
        "notes",
        lambda live, text: live.change(lambda debrief, _: decisions.measure(debrief, MEASURES[0], 1, text)),
    ),
    saved(
        "sovereignty",
        "answers",
        lambda live, text: live.change(lambda debrief, _: decisions.answer(debrief, "ally", text)),
    ),
    Saying(
        "decompression",
        "feelings",
        lambda live, said: type_in(live, entries.feeling_rule, f"{said} 2"),
        lambda live, said: type_in(live, entries.feeling_rule, f"-{said} 2"),
        lambda live, said: type_in(live, entries.feeling_rule, f"-{said} 2", "tired 2"),
    ),
    *map(_closing, ("reason", "decided_by", "next_facilitator")),
    saved(
        "close",
        "no amendment",
        lambda live, text: live.change(lambda debrief, _: decisions.explain_no_amendment(debrief, text)),
    ),
)


# ------------------------------------------------------------------------------------------------------ where it stands


def standing(folder: Path, archive: str, traces: Iterable[str]) -> dict[str, set[str]]:
    """Where each of some traces stands in a folder: the ends of the files' names behind the archive's, empty for itself."""
    found: dict[str, set[str]] = {}
    for each in folder.rglob("*"):
        if each.is_file():
            held = each.read_bytes()
            words = set(_MARKERS.findall(held))
            for trace in traces:
                said = trace.encode()
                if said in words if _MARKERS.fullmatch(said) else said in held:
                    found.setdefault(trace, set()).add(str(each.relative_to(folder)).removeprefix(archive))
    return found


def killed(path: Path, to: Path) -> Path:
    """The folder of an archive as it would be if the process that writes it were killed now."""
    shutil.copytree(path.parent, to)
    return to / path.name
