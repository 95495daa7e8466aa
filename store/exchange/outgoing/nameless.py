"""A probe without what people wrote for the room alone: no moments, no observations, and organisations in place of names.

Names are looked for where a name is meant: in fields for one, and in who does, decided or says something. Where a sentence
mentions somebody, it does so still.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from store.exchange.bundle import Bundle, Row
from store.exchange.outgoing.people import People, Words, named
from store.matrix.figures import ALONE, OTHERS
from store.model import NonNegotiables
from store.words.names import SOMEBODY, fold

WORDS = "words said"
"""Stands for the words of decompression, which are only counted."""


def anonymous(bundle: Bundle, known: frozenset[Words] | None = None) -> Bundle:
    """The probe as it may be handed on. What is so already stays as it is.

    Args:
        bundle: the probe.
        known: who is named in all of its archive, as `store.exchange.outgoing.people.named` finds it: there are names in a pact long
            before there is a roster. By default who is named in the probe.
    """
    people = People.of(bundle, known)
    lists = dict(bundle.lists)
    lists |= {
        "moments": [],
        "observations": [],
        "participants": [people.present(row) for row in lists["participants"]],
        "placements": _placements(bundle, people.organisations),
        "dissent": [{**row, "voice": people.who(row["voice"])} for row in lists["dissent"]],
        "proposals": [
            {**row, "placements": _marks(bundle, row["placements"], people.organisations)} for row in lists["proposals"]
        ],
        "amendments": [
            {**row, "reservations": [people.said(each) for each in row["reservations"]]} for row in lists["amendments"]
        ],
    }
    return Bundle(_probe(bundle.probe, people), [_session(row, people) for row in bundle.sessions], lists)


def _probe(row: Row, people: People) -> Row:
    pact = row["pact"]
    return {
        **row,
        **{name: [people.who(each) for each in row[name]] for name in ("facilitators", "spokespeople", "observers")},
        "pact": {
            **pact,
            "responsibilities": [{**each, "who": people.holder(each["who"])} for each in pact["responsibilities"]],
            "signatures": [{**each, "name": each["organisation"] or SOMEBODY} for each in pact["signatures"]],
        },
    }


def _session(row: Row, people: People) -> Row:
    closing, words = row["closing"], sum(row["feelings"].values())
    return {
        **row,
        "groups": [[people.who(name) for name in group] for group in row["groups"]],
        "feelings": {WORDS: words} if words else {},
        "closing": {
            **closing,
            "decided_by": people.holder(closing["decided_by"]),
            "next_facilitator": people.who(closing["next_facilitator"]),
        },
    }


def nameless(bundle: Bundle) -> Bundle:
    """What of a probe is the same in a record with names and in one without, whichever names were known where it was made.

    So what is read for names stays out whole: who does something, who decided, and reservations but for how many there are.
    """
    found = anonymous(bundle)
    pact = found.probe["pact"]
    tasks = [{**each, "who": ""} for each in pact["responsibilities"]]
    amendments = [{**row, "reservations": len(row["reservations"])} for row in found.lists["amendments"]]
    return Bundle(
        {**found.probe, "pact": {**pact, "responsibilities": tasks}},
        [{**row, "closing": {**row["closing"], "decided_by": ""}} for row in found.sessions],
        {**found.lists, "amendments": amendments},
    )


def _placements(bundle: Bundle, people: Mapping[str, str]) -> list[Row]:
    """The ballots of the rounds that are revealed, in an order that doesn't tell who came when."""
    session = bundle.of_kind("debrief")
    revealed = session["revealed"] if session else 0
    rounds: dict[int, list[Row]] = {}
    for row in bundle.lists["placements"]:
        if row["round"] <= revealed:
            rounds.setdefault(row["round"], []).append(row)
    return [
        {**row, "number": number}
        for ballots in rounds.values()
        for number, row in enumerate(_ballots(ballots, people), 1)
    ]


def _marks(bundle: Bundle, marks: Sequence[Row], people: Mapping[str, str]) -> list[Row]:
    """The placements of a proposal; none while they are blind."""
    before = bundle.of_kind("dissent")
    blind = before is not None and not before["sealed"] and not before["revealed"]
    return [] if blind else _ballots(marks, people)


def _ballots(ballots: Sequence[Row], people: Mapping[str, str]) -> list[Row]:
    """Ballots by organisation, without their time. One with fewer than three stands with others, as `store.matrix.figures` shows it.

    Where those who are left over would be fewer than three, the ballots of all stand together: who is left could be told by
    taking away the rest.
    """
    whose = [people.get(fold(row["by"])) or OTHERS for row in ballots]
    counted = Counter(whose)
    shown = {name for name, count in counted.items() if count >= ALONE and name != OTHERS}
    if 0 < sum(count for name, count in counted.items() if name not in shown) < ALONE:
        shown = set()
    found = [
        {**{field: value for field, value in row.items() if field != "at"}, "by": name if name in shown else OTHERS}
        for row, name in zip(ballots, whose, strict=True)
    ]
    return sorted(found, key=lambda row: (row["by"], row["autonomy"], row["benefit"], row.get("reconstructed", False)))


def without_names(principles: Row, group: str, known: frozenset[Words]) -> Row:
    """A revision of the non-negotiables with the group in place of those who were asked, and nobody's name before what is open."""
    people = People((), (group,), named({NonNegotiables.table: [principles]}), known)
    asked = {name: [group or SOMEBODY] * len(principles[name]) for name in ("asked", "consents")}
    return {**principles, **asked, "open": [people.said(each) for each in principles["open"]]}
