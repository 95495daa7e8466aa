"""The probe's form: what stands in a field comes back as it was, and what can't be taken says what to type."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.matrix.in_words import recorded
from store.model import (
    Choice,
    Guideline,
    NonNegotiables,
    Partner,
    Placement,
    Responsibility,
    Signature,
    Version,
    stamp,
)
from store.probe.fields import Field, suggestions
from store.probe.form import FIELDS, put
from store.refused import Refused
from tests.helpers.builders import (
    AT,
    HOSTILE_LINES,
    NOW,
    a_property,
    debrief,
    in_short,
    one_line,
    probe,
    with_ballots,
    with_pact,
)
from tests.helpers.texts import ANY

BY_ID = {field.id: field for field in FIELDS}

plain = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


def filled(found: Debrief, id: str, text: str) -> Debrief:
    """The debrief with a field of the form filled in."""
    return put(found, BY_ID[id], text, NOW)


def refused(id: str, text: str) -> str:
    """The sentence with which a field's text is refused."""
    with pytest.raises(Refused) as raised:
        filled(debrief("Ana"), id, text)
    return str(raised.value)


def test_the_form_has_all_that_a_debrief_reads_out() -> None:
    assert {"title", "our_organisation", "partners", "red_lines", "expected", "ends", "sunset"} <= set(BY_ID)
    assert len(BY_ID) == len(FIELDS)
    assert all(field.label and field.example for field in FIELDS)


@pytest.mark.parametrize(
    "id", ["title", "issue", "scope_reason", "place", "our_organisation", "context", "purpose", "ally"]
)
@a_property
@given(text=ANY.filter(lambda text: bool(text.strip())))
def test_a_text_is_kept_exactly_as_typed(id: str, text: str) -> None:
    assert BY_ID[id].get(filled(debrief(), id, text)) == text


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_text_is_kept_exactly_as_typed(text: str) -> None:
    found = filled(filled(debrief(), "title", text), "red_lines", f"{text}\n\nsecond\r\n{text}")
    assert found.probe.title == text
    assert found.probe.pact.red_lines == (text, "second", text)
    assert BY_ID["red_lines"].get(found) == f"{text}\nsecond\n{text}"


def test_a_probe_needs_a_title() -> None:
    assert "needs a title" in refused("title", "  ")


@pytest.mark.parametrize("field", ["starts", "sunset", "ends"])
def test_a_day_is_year_month_day_and_can_be_emptied(field: str) -> None:
    found = filled(debrief(), field, " 2026-11-07 ")
    assert getattr(found.probe.pact, field) == date(2026, 11, 7)
    assert BY_ID[field].get(found) == "2026-11-07"
    assert getattr(filled(found, field, " ").probe.pact, field) is None
    assert BY_ID[field].get(filled(debrief(), field, "7 nov 2026")) == "2026-11-07"
    assert "7 November 2026 or 11 July 2026" in refused(field, "07/11/2026")
    assert "Type a date as" in refused(field, "2026-13-07")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("2026-11-07 15:30", time(15, 30)),
        ("2026-11-07T15:30", time(15, 30)),
        ("7 November 2026  15:30", time(15, 30)),
        ("Sat 7 November 3:30pm", time(15, 30)),
        ("7.11. 15h30", time(15, 30)),
        ("7.11.2026 24:30", None),
    ],
)
def test_an_action_may_end_at_an_hour(typed: str, hour: time | None) -> None:
    if hour is None:
        assert "type it as 14:05, 14h05" in refused("ends", typed)
        return
    found = filled(debrief(), "ends", typed)
    assert (found.probe.pact.ends, found.probe.pact.ends_at) == (date(2026, 11, 7), hour)
    assert BY_ID["ends"].get(found) == "2026-11-07 15:30"
    assert filled(found, "ends", "2026-11-08").probe.pact.ends_at is None


def test_an_action_does_not_end_before_it_starts() -> None:
    found = with_pact(debrief(), starts=date(2026, 11, 7))
    with pytest.raises(Refused, match="can't end"):
        filled(found, "ends", "2026-11-06")
    ended = with_pact(debrief(), ends=date(2026, 11, 7))
    with pytest.raises(Refused, match="can't end"):
        filled(ended, "starts", "2026-11-08")
    assert filled(found, "ends", "2026-11-07").probe.pact.ends == date(2026, 11, 7)


def test_the_sunset_does_not_come_before_the_end() -> None:
    found = with_pact(debrief(), ends=date(2026, 11, 7))
    with pytest.raises(Refused, match="can't come before the end of the action"):
        filled(found, "sunset", "2026-11-06")
    with pytest.raises(Refused, match="can't come before the end of the action"):
        filled(with_pact(debrief(), sunset=date(2026, 11, 6)), "ends", "2026-11-07")
    assert filled(found, "sunset", "2026-11-07").probe.pact.sunset == date(2026, 11, 7)


def test_scope_is_a_rung_by_its_beginning_and_what_was_imported_stays_until_it_is_changed() -> None:
    assert filled(debrief(), "scope", "NEIGH").probe.scope == "neighbourhood"
    assert "building, site, neighbourhood, city or region" in refused("scope", "street")
    found = replace(debrief(), probe=probe(scope="two streets"))
    assert BY_ID["scope"].get(found) == "two streets"
    assert filled(found, "scope", "two streets") == found
    assert filled(found, "scope", "").probe.scope == ""


def test_roles_are_names_one_a_line_or_with_commas_between() -> None:
    for id in ("facilitators", "spokespeople", "observers"):
        found = filled(debrief(), id, " Ana, Bo\nÇem Öz\r\n,")
        assert getattr(found.probe, id) == ("Ana", "Bo", "Çem Öz")
        assert BY_ID[id].get(found) == "Ana, Bo, Çem Öz"


def test_the_three_questions_are_answered_before() -> None:
    found = filled(filled(debrief(), "language", "We leave."), "ally", "Yes: with our own printer.")
    assert dict(found.probe.independence) == {"ally": "Yes: with our own printer.", "language": "We leave."}
    assert list(found.probe.independence) == ["ally", "language"]
    assert dict(filled(found, "ally", " ").probe.independence) == {"language": "We leave."}


def test_signatures_are_a_name_and_an_organisation() -> None:
    found = filled(debrief(), "signatures", "Ana, Breathers\nDr. Gwen, MSc; Union, Branch 40")
    assert found.probe.pact.signatures == (
        Signature(name="Ana", organisation="Breathers"),
        Signature(name="Dr. Gwen, MSc", organisation="Union, Branch 40"),
    )
    assert BY_ID["signatures"].get(found) == "Ana, Breathers\nDr. Gwen, MSc; Union, Branch 40"
    for line in ("Ana", "Ana,", ", Breathers"):
        assert "Type the organisation after a comma" in refused("signatures", line)


def test_a_suggestion_is_taken_over_by_its_number_and_never_by_itself() -> None:
    stated = NonNegotiables(number=1, at=AT, principles=("Own banner.", "Own speakers."), adopted=AT)
    guideline = Guideline(number=1, history=(Version(text="Whoever lives there speaks first."),))
    found = replace(debrief(), non_negotiables=(stated,), guidelines=(guideline,))
    assert suggestions(found) == ("Own banner.", "Own speakers.", "Whoever lives there speaks first.")
    taken = filled(found, "red_lines", "Ours.\n #3\n#2 of them")
    assert taken.probe.pact.red_lines == ("Ours.", "Whoever lives there speaks first.", "#2 of them")
    with pytest.raises(Refused, match="There is no suggestion 4: they are numbered 1 to 3"):
        filled(found, "red_lines", "#4")
    with pytest.raises(Refused, match="there are none yet"):
        filled(debrief(), "red_lines", "#1")
    imported = with_pact(found, red_lines=("#4",))
    assert filled(imported, "red_lines", "#4\nOurs.").probe.pact.red_lines == ("#4", "Ours.")


def test_a_list_entry_that_would_be_read_otherwise_stays_as_it_was_while_another_is_added() -> None:
    old = Partner(name="Fund", kind="NGO", power="a press list; and forty times our money")
    found = replace(debrief(), probe=probe(partners=(old,)))
    assert filled(found, "partners", f"{BY_ID['partners'].get(found)}\nTrust").probe.partners == (
        old,
        Partner(name="Trust"),
    )


def test_partners_are_a_line_each_with_kind_power_and_history() -> None:
    text = (
        "Union, Branch 40; union; they have the truck; and the rep; history: a strike in May; and June\nFund\nParty; party\n"
        "Lane;;; history: lent us chairs"
    )
    found = filled(debrief(), "partners", text)
    assert found.probe.partners == (
        Partner(
            name="Union, Branch 40",
            kind="union",
            power="they have the truck; and the rep",
            history="a strike in May; and June",
        ),
        Partner(name="Fund"),
        Partner(name="Party", kind="party"),
        Partner(name="Lane", history="lent us chairs"),
    )
    assert BY_ID["partners"].get(found) == text.replace(";;;", "; ; ;")
    assert "partner's name" in refused("partners", "Fund\n; union")


def test_who_does_what_has_a_colon_between() -> None:
    found = filled(debrief(), "responsibilities", "Ana: the drum\nBo and Cem: first: the banner")
    assert found.probe.pact.responsibilities == (
        Responsibility(who="Ana", what="the drum"),
        Responsibility(who="Bo and Cem", what="first: the banner"),
    )
    assert "colon in between" in refused("responsibilities", "Ana the drum")
    assert "colon in between" in refused("responsibilities", "Ana:")
    assert "colon in between" in refused("responsibilities", ": the drum")


# -------------------------------------------------------------------------------------------------- what was expected


def places(found: Debrief) -> list[tuple[str, int, int, bool]]:
    """The expected placements."""
    return [(p.by, p.autonomy, p.benefit, p.reconstructed) for p in found.expected]


def test_expected_placements_that_are_typed_in_after_the_action_are_reconstructed() -> None:
    over = with_pact(debrief("Ana", "Bo"), ends=date(2026, 11, 7), ends_at=time(15, 30))
    assert places(filled(over, "expected", "ana 6 5\nZoe 7 7")) == [("Ana", 6, 5, True), ("Zoe", 7, 7, True)]
    ahead = with_pact(debrief("Ana"), ends=date(2026, 11, 8))
    assert places(filled(ahead, "expected", "ana 6 5")) == [("Ana", 6, 5, False)]


def test_what_was_recorded_before_the_action_stays_so_when_the_field_is_edited() -> None:
    found = with_pact(
        with_ballots(debrief("Ana", "Bo"), {"Ana": (6, 5), "Bo": (7, 7)}, round=0), ends=date(2026, 11, 1)
    )
    assert BY_ID["expected"].get(found) == "Ana 6 5\nBo 7 7"
    edited = filled(found, "expected", "Ana 6 5\nBo 7 8\nZoe 1 1")
    assert places(edited) == [("Ana", 6, 5, False), ("Bo", 7, 8, True), ("Zoe", 1, 1, True)]
    assert places(filled(found, "expected", "Bo 7 7")) == [("Bo", 7, 7, False)]
    assert places(filled(found, "expected", "")) == []


def test_who_expected_something_and_did_not_come_does_not_become_somebody_with_a_longer_name() -> None:
    found = with_ballots(debrief("Anabel"), {"Ana": (6, 5), "Anabel": (7, 7)}, round=0)
    edited = filled(found, "expected", "Ana 6 5\nAnabel 7 7\nZoe 1 1")
    assert [place[:3] for place in places(edited)] == [("Ana", 6, 5), ("Anabel", 7, 7), ("Zoe", 1, 1)]


def test_editing_what_was_expected_leaves_the_ballots_alone() -> None:
    found = with_ballots(with_ballots(debrief("Ana"), {"Ana": (6, 5)}, round=0), {"Ana": (1, 1)})
    assert filled(found, "expected", "Ana 7 7").ballots(1) == found.ballots(1)


def test_an_expected_placement_outside_the_matrix_is_refused() -> None:
    assert "from 0 to 10" in refused("expected", "Ana 6 11")


# ---------------------------------------------------------------------------------------------------------- round trips

MADE: dict[str, Callable[[], Debrief]] = {
    "empty": debrief,
    "full": lambda: with_ballots(
        with_pact(
            replace(
                debrief("Ana", "Bo"),
                probe=probe(
                    issue="venting",
                    scope="neighbourhood",
                    scope_reason="the lane is long",
                    partners=(
                        Partner(name="Fund", power="a press list; and money"),
                        Partner(name="Union", kind="union", history="a strike; lost"),
                    ),
                    facilitators=("Ana", "Bo"),
                    observers=("Zoe",),
                    independence={"funding": "we have none"},
                ),
            ),
            purpose="[/0]",
            starts=date(2026, 11, 6),
            ends=date(2026, 11, 7),
            ends_at=time(15, 30),
            sunset=date(2026, 11, 9),
            messaging=("own banner", " own leaflet "),
            red_lines=("not for sale",),
            responsibilities=(Responsibility(who="Ana", what="drum"),),
            signatures=(Signature(name="Ana, B.", organisation="Breathers"),),
        ),
        {"Ana": (6, 5), "Zoe 2": (10, 0)},
        round=0,
    ),
}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.id)
@pytest.mark.parametrize("made", MADE)
def test_what_a_field_shows_is_taken_as_what_it_is(field: Field, made: str) -> None:
    found = MADE[made]()
    shown = field.get(found)
    assert put(found, field, shown, NOW) == found
    if shown:
        assert field.put(found, shown, NOW) == found, "also where it is parsed anew"


@a_property
@given(st.lists(st.tuples(plain, plain, plain, plain), max_size=4))
def test_partners_come_back_as_they_were_typed(typed: list[tuple[str, str, str, str]]) -> None:
    partners = [
        (name.replace(";", ","), kind.replace(";", ","), power, history) for name, kind, power, history in typed
    ]
    text = "\n".join(f"{name}; {kind}; {power}; history: {history}" for name, kind, power, history in partners)
    found = filled(debrief(), "partners", text)
    assert [(p.name, p.kind, p.power, p.history) for p in found.probe.partners] == partners
    assert BY_ID["partners"].get(found) == text


@a_property
@given(st.lists(one_line, max_size=5))
def test_lists_are_kept_line_by_line_exactly_as_typed(lines: list[str]) -> None:
    found = filled(debrief(), "messaging", "\n".join(lines))
    assert found.probe.pact.messaging == tuple(lines)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("title", "another"),
        ("our_organisation", "others"),
        ("partners", "Clear Estuary Fund"),
        ("red_lines", "added afterwards"),
        ("ends", "2026-11-30"),
        ("signatures", "Ana, Breathers"),
        ("ally", "no"),
        ("expected", "Ana 3 7"),
    ],
)
def test_what_a_sealed_debrief_rests_on_stays_as_it_was(id: str, text: str) -> None:
    with pytest.raises(Refused, match="sealed"):
        put(debrief("Ana", sealed=AT), BY_ID[id], text, NOW)
    assert put(debrief("Ana", sealed=AT, kind="dissent"), BY_ID["title"], "another", NOW).probe.title == "another"
    assert put(debrief("Ana", sealed=AT), BY_ID["place"], "Gate 2", NOW).probe.place == "Gate 2"


def test_an_end_that_is_set_later_says_whether_what_was_expected_was_expected_with_hindsight() -> None:
    today = datetime.fromtimestamp(NOW).astimezone().date()
    expected = filled(debrief("Ana"), "expected", "Ana 3 7")
    old = Placement(probe="p1", round=0, number=2, by="Bo", autonomy=1, benefit=1, reconstructed=True)
    expected = replace(expected, placements=(*expected.placements, old))
    assert [each.reconstructed for each in expected.expected] == [True, True], (
        "its debrief has been made, without an end"
    )
    later = filled(expected, "ends", f"{today} 23:00")
    assert [each.reconstructed for each in later.expected] == [False, True], "when the second was made nobody knows"
    earlier = filled(later, "ends", f"{today} 18:00")
    assert [each.reconstructed for each in earlier.expected] == [True, True]


def test_so_it_does_of_what_was_chosen_in_the_open_dissent_session() -> None:
    today = datetime.fromtimestamp(NOW).astimezone().date()
    mark = Placement(probe="p1", round=0, number=1, by="Ana", autonomy=3, benefit=7)
    chosen = replace(debrief(), probe=probe(choice=Choice(proposal=1, at=stamp(NOW))), placements=(mark,))
    assert recorded(chosen).endswith("before the action")
    assert recorded(filled(chosen, "ends", f"{today} 18:00")) == "reconstructed"
