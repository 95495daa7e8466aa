"""Who is taken out, and a name that was mended, is gone from every record: said by walking all fields for names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel

from store.debrief import KINDS, Debrief
from store.entries import hangs_on, roster_rule, take_out_person
from store.entries.naming import in_holder, in_said, stand_in
from store.matrix import figures
from store.model import (
    Amendment,
    Closing,
    Dissent,
    Felt,
    Mark,
    Moment,
    NonNegotiables,
    Observation,
    Pact,
    Probe,
    Proposal,
    Record,
    Responsibility,
    Session,
    Signature,
)
from store.model.group import Given, Stance
from store.model.privacy import NAMES, Privacy, fields
from store.model.probe import EarlierPact
from store.refused import Refused
from store.words.names import is_stand_in
from tests.helpers.builders import AT, debrief, entered, probe, refusal, with_ballots, with_pattern

OTHERS = ("Bo", "Cem", "Dilys")

NAMED = NAMES | {Privacy.HOLDER, Privacy.SAID}
"""The marks of all fields in which a name can stand."""


def named_fields(kind: type[BaseModel], path: str) -> Iterator[str]:
    """Every field of a record, and of its parts, in which a name can stand."""
    for field in fields(kind):
        if field.part is not None:
            yield from named_fields(field.part, f"{path}.{field.name}")
        elif field.mark in NAMED:
            yield f"{path}.{field.name}"


RECORDS_HERE: tuple[type[Record], ...] = (Probe, Session, *KINDS)

EVERY = {
    path
    for kind in RECORDS_HERE
    for path in named_fields(kind, {Probe: "probe", Session: "session"}.get(kind, kind.table))
}
GIVEN = {path for path in EVERY if path.startswith(("probe.", "non_negotiables."))}
"""Where a name stands because something was agreed or given."""


def everywhere(name: str, organisation: str = "Breathers") -> Debrief:
    """A debrief after its first reveal, with somebody in each field for names."""
    pact = Pact(
        signatures=(Signature(name=name, organisation=organisation), Signature(name="Bo", organisation="Fund")),
        responsibilities=(Responsibility(who=f"{name} and Bo", what="the banner"),),
    )
    earlier = EarlierPact(title="before", sides=("Breathers",), spokespeople=(name,), pact=pact)
    stances = (Stance(name=name, reason=f"{name}: too soon"),)
    revision = NonNegotiables(
        number=1,
        at=AT,
        principles=("ours",),
        asked=(name, "Bo"),
        consents=(name,),
        stands_aside=stances,
        objects=stances,
        given=(Given(principles=("old",), consents=(name,), stands_aside=stances, objects=stances),),
        open=(f"{name} asks for whom",),
    )
    found = debrief(f"{name}/{organisation}", *OTHERS, revealed=1, groups=((name, "Bo"), ("Cem", "Dilys")))
    places = {name: (3, 7), "Bo": (5, 5), "Cem": (1, 1), "Dilys": (9, 9)}
    found = with_ballots(with_ballots(found, places), {name: (2, 2), "Cem": (4, 4), "Dilys": (5, 5)}, round=0)
    found = with_ballots(found, {name: (0, 0), "Bo": (1, 1)}, round=2)
    found = replace(
        found,
        probe=probe(
            facilitators=(name,), spokespeople=("Bo", name), observers=(name,), pact=pact, earlier_pacts=(earlier,)
        ),
        dissent_session=Session(id="s0", probe="p1", created=AT, kind="dissent", revealed=1),
        moments=(
            Moment(session="s1", number=1, at=AT, felt=Felt.COMPROMISED, text="hers", by=name),
            Moment(session="s1", number=2, at=AT, felt=Felt.COMPROMISED, text="his", by="Bo"),
        ),
        dissent=(
            Dissent(probe="p1", number=1, voice=name, pull="autonomy", text="said"),
            Dissent(probe="p1", number=2, voice="", pull="benefit", text="said too"),
        ),
        proposals=(
            Proposal(
                probe="p1",
                number=1,
                title="one",
                placements=(Mark(by=name, autonomy=1, benefit=2), Mark(by="Bo", autonomy=3, benefit=4)),
            ),
        ),
        observations=(
            Observation(probe="p1", number=1, at=AT, by=name, text="seen"),
            Observation(probe="p1", number=2, at=AT, by=name, text="noted", note="n1"),
            Observation(probe="p1", number=3, at=AT, by="Bo", text="seen"),
        ),
        amendments=(
            Amendment(
                session="s1",
                number=1,
                at=AT,
                guideline=1,
                principle="p",
                decision="vote",
                reservations=(f"{name}: too late", "Bo: too soon", f"{name} says no"),
            ),
        ),
        non_negotiables=(revision,),
    ).with_session(closing=Closing(next_facilitator=name, decided_by=f"Bo and {name}"))
    found = with_pattern(found)
    return replace(found, patterns=(found.patterns[0].but(moments=(1, 2), paper_maps=0),))


def where(found: Debrief, text: str) -> set[str]:
    """The fields in which a text stands."""
    rows = {"probe": [found.probe.row()], "session": [found.session.row()]}
    rows |= {kind: [each.row() for each in getattr(found, kind)] for kind in LISTS}
    return {path for kind, of in rows.items() for row in of for path in _paths(row, kind, text)}


LISTS = (
    *("participants", "moments", "patterns", "placements", "amendments", "dissent", "proposals", "observations"),
    "non_negotiables",
)


def _paths(value: Any, path: str, text: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _paths(each, f"{path}.{name}", text)
    elif isinstance(value, list):
        for each in value:
            yield from _paths(each, path, text)
    elif isinstance(value, str) and text in value:
        yield path


def test_a_mended_name_is_mended_in_every_field_of_every_record() -> None:
    before = everywhere("Zoeq")
    after = entered(roster_rule, before, "zoeq = Annaq")
    assert where(before, "Zoeq") == where(after, "Annaq")
    assert where(before, "Zoeq") == EVERY, "each field for names is tried"
    assert where(after, "Zoeq") == set()
    assert entered(roster_rule, after, "Annaq = Zoeq") == before


def test_a_name_is_mended_only_for_the_person_who_bears_it() -> None:
    before = everywhere("Zoeq", "Fund")
    after = entered(roster_rule, before, "Zoeq = Annaq")
    assert where(after, "Zoeq") == {each for each in GIVEN if each.startswith("non_negotiables")}, (
        "one of ours consented"
    )
    both = replace(before, dissent=(before.dissent[0].but(voice="Zoeq Silva"),))
    assert entered(roster_rule, both, "Zoeq = Annaq").dissent == both.dissent
    theirs = replace(everywhere("Zoeq"), participants=before.participants[:1])
    assert entered(roster_rule, theirs, "Zoeq = Annaq").probe.pact.signatures[0].name == "Zoeq", (
        "of another organisation"
    )


def test_two_who_have_both_placed_do_not_become_one() -> None:
    found = with_ballots(debrief("Ana"), {"Ana": (1, 1), "Anna": (2, 2)}, round=0)
    assert "Ana and Anna have both placed" in refusal(roster_rule, found, "Ana = Anna")


@pytest.mark.parametrize("kept", [True, False])
def test_who_is_taken_out_is_nowhere_but_where_something_was_given(kept: bool) -> None:
    before = everywhere("Zoeq")
    after = take_out_person(before, "Zoeq", kept=kept)
    assert where(after, "Zoeq") == GIVEN
    assert after.names == OTHERS
    assert after.session.groups == (("Bo",), ("Cem", "Dilys"))
    assert after.session.closing.decided_by == "Bo and somebody"
    assert after.session.closing.next_facilitator == ""


def test_what_is_kept_stays_in_its_place_as_somebodys() -> None:
    before = everywhere("Zoeq")
    after = take_out_person(before, "Zoeq")
    assert [(each.text, each.by) for each in after.moments] == [("hers", None), ("his", "Bo")]
    assert after.patterns == before.patterns
    assert [(each.text, each.voice) for each in after.dissent] == [("said", ""), ("said too", "")]
    assert [each.by for each in after.observations] == [None, None, "Bo"]
    assert after.observations[1].note == "n1", "so that the note isn't taken in once more"
    assert after.amendments[0].reservations == ("somebody: too late", "Bo: too soon", "somebody says no")
    assert [each.by for each in after.ballots(1)] == ["somebody", *OTHERS]
    assert [each.by for each in after.ballots(2)] == ["Bo"], "a blind ballot goes"
    assert figures.figures(after).actual == figures.figures(before).actual, "round one is never changed"
    assert figures.figures(after).gap == figures.figures(before).gap


def test_what_is_removed_goes_with_its_marks_and_leaves_the_numbers_of_all_else() -> None:
    after = take_out_person(everywhere("Zoeq"), "Zoeq", kept=False)
    assert [each.number for each in after.moments] == [2]
    assert after.patterns[0].moments == (2,)
    assert [each.number for each in after.dissent] == [2]
    assert [each.number for each in after.observations] == [3]
    assert after.amendments[0].reservations == ("Bo: too soon",)
    assert [each.by for each in after.ballots(1)] == [*OTHERS]
    assert [each.by for each in after.expected] == ["Cem", "Dilys"]
    assert [mark.by for mark in after.proposals[0].placements] == ["Bo"]


def test_a_blind_placement_of_a_proposal_goes_in_any_case() -> None:
    blind = replace(everywhere("Zoeq"), dissent_session=Session(id="s0", probe="p1", created=AT, kind="dissent"))
    assert [mark.by for mark in take_out_person(blind, "Zoeq").proposals[0].placements] == ["Bo"]


def test_several_who_are_kept_as_somebodys_stay_several() -> None:
    found = everywhere("Zoeq")
    for name in ("Zoeq", "Bo", "Cem", "Dilys"):
        found = take_out_person(found, name)
    assert [each.by for each in found.ballots(1)] == ["somebody", "somebody B", "somebody C", "somebody D"]
    assert all(is_stand_in(each.by) for each in found.placements if each.round < 2)
    assert stand_in(found) == "somebody E"
    assert not found.participants


def test_what_hangs_on_somebody_is_named() -> None:
    hangs = hangs_on(everywhere("Zoeq"), "ZOEQ")
    assert hangs.said == ("1 moment", "2 ballots", "2 reservations")
    assert hangs.holds == ("a place in group 1", "the next facilitation", "the decision to renew")
    assert hangs.before == ("an expected placement", "1 position", "1 placement of proposals", "2 observations")
    assert hangs.agreed == (
        *("a consent to the non-negotiables", "a signature under the pact", "a role in the probe"),
        "a responsibility in the pact",
    )
    assert not hangs_on(debrief("Ana"), "Ana")
    assert hangs_on(entered(roster_rule, debrief("Ana"), "Bo, Fund, observer"), "Bo").holds == ("the role of observer",)


def test_nobody_is_taken_out_of_a_sealed_session() -> None:
    sealed = everywhere("Zoeq").with_session(sealed=AT)
    with pytest.raises(Refused, match="sealed"):
        take_out_person(sealed, "Zoeq")


@pytest.mark.parametrize(
    ("text", "holder", "said"),
    [
        ("Ana", "X", "Ana"),
        ("ana and Pip", "X and Pip", "X and Pip"),
        ("Pip/Ana (both)", "Pip/X (both)", "Pip/Ana (both)"),
        ("Ana Silva", "Ana Silva", "Ana Silva"),
        ("each pair", "each pair", "each pair"),
        ("Ana: too late", "X: too late", "X: too late"),
        ("Pip and Ana - too late", "Pip and X - too late", "Pip and X - too late"),
        ("Ana says it was too late", "Ana says it was too late", "X says it was too late"),
        ("Ana says no: never", "Ana says no: never", "X says no: never"),
        ("Ana, too late", "X, too late", "X, too late"),
        ("not before Ana asks", "not before Ana asks", "not before Ana asks"),
        ("Ana Silva: too late", "Ana Silva: too late", "Ana Silva: too late"),
        ("", "", ""),
    ],
)
def test_whose_a_text_is(text: str, holder: str, said: str) -> None:
    assert in_holder(text, "Ana", "X") == holder
    assert in_said(text, "Ana", "X") == said
