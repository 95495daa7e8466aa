"""A probe without what people wrote for the room alone: no moments, no observations, and organisations in place of names.

Only fields that hold a name are known to hold one. Where a sentence mentions somebody, it does so still.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from store.exchange.bundle import Bundle, Row
from store.session.matrix import ALONE, OTHERS
from store.words.names import fold

SOMEBODY = "somebody"
"""Stands for a name whose organisation nobody has entered."""

WORDS = "words said"
"""Stands for the words of decompression, which are only counted."""

Who = Callable[[str], str]

_AND = re.compile(r"\s*[,;&/+]\s*|\s+and\s+")


def anonymous(bundle: Bundle) -> Bundle:
    """The probe as it may be handed on. What is so already stays as it is."""
    people = {fold(row["alias"]): row["organisation"] for row in bundle.lists["participants"]}

    def who(name: str) -> str:
        return (people.get(fold(name)) or SOMEBODY) if name.strip() else name

    def known(text: str) -> str:
        """For a field that may hold a name, several, or something else: “Ana and Pip”, “each pair”."""
        parts = _AND.split(text)
        if not any(fold(part) in people for part in parts):
            return text
        return " and ".join(dict.fromkeys(who(part) if fold(part) in people else part for part in parts))

    def said(text: str) -> str:
        """For a sentence that begins with who says it."""
        name, colon, rest = text.partition(":")
        return f"{known(name)}:{rest}" if colon else text

    lists = dict(bundle.lists)
    lists |= {
        "moments": [],
        "observations": [],
        "participants": [{**row, "alias": row["organisation"] or SOMEBODY} for row in lists["participants"]],
        "placements": _placements(bundle, people),
        "dissent": [{**row, "voice": who(row["voice"])} for row in lists["dissent"]],
        "proposals": [{**row, "placements": _marks(bundle, row["placements"], people)} for row in lists["proposals"]],
        "amendments": [
            {**row, "reservations": [said(each) for each in row["reservations"]]} for row in lists["amendments"]
        ],
    }
    return Bundle(_probe(bundle.probe, who, known), [_session(row, who, known) for row in bundle.sessions], lists)


def _probe(row: Row, who: Who, known: Who) -> Row:
    pact = row["pact"]
    return {
        **row,
        **{name: [who(each) for each in row[name]] for name in ("facilitators", "spokespeople", "observers")},
        "pact": {
            **pact,
            "responsibilities": [{**each, "who": known(each["who"])} for each in pact["responsibilities"]],
            "signatures": [{**each, "name": each["organisation"] or SOMEBODY} for each in pact["signatures"]],
        },
    }


def _session(row: Row, who: Who, known: Who) -> Row:
    closing, words = row["closing"], sum(row["feelings"].values())
    return {
        **row,
        "groups": [[who(name) for name in group] for group in row["groups"]],
        "feelings": {WORDS: words} if words else {},
        "closing": {
            **closing,
            "decided_by": known(closing["decided_by"]),
            "next_facilitator": who(closing["next_facilitator"]),
        },
    }


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
    """Ballots by organisation, without their time. One with fewer than three stands with others, as `store.session.matrix` shows it.

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


def without_names(principles: Row, group: str) -> Row:
    """A revision of the non-negotiables with the group in place of those who were asked."""
    people = {name: [group or SOMEBODY] * len(principles[name]) for name in ("asked", "consents")}
    return {**principles, **people}
