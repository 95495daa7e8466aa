"""The pact: its page, where it stands, what it can't be agreed without, and what makes it a draft again."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given

from store.debrief import Debrief
from store.exchange.incoming.rooms import read_room
from store.model import Closing, NonNegotiables, Partner, Responsibility, Signature
from store.probe import pact
from store.probe.form import FIELDS, put
from store.probe.form_hints import hints
from store.probe.pact import PactState
from store.refused import Refused
from store.words.cells import width
from tests.conftest import find_room
from tests.helpers.builders import AT, HOSTILE_LINES, LONG, NOW, a_property, debrief, in_short, one_line, with_pact

BY_ID = {field.id: field for field in FIELDS}

NAMES = (Signature(name="Ana", organisation="Breathers"), Signature(name="Gwen", organisation="trust"))


def ready(**changes: Any) -> Debrief:
    """A probe whose pact can be agreed; `changes` go to the pact."""
    terms = {
        "starts": date(2026, 11, 14),
        "ends": date(2026, 11, 15),
        "sunset": date(2026, 11, 17),
        "purpose": "be heard",
        "red_lines": ("not for sale",),
        "signatures": NAMES,
    }
    found = debrief(id="")
    partner = Partner(name="Trust of Pellan", kind="NGO")
    return with_pact(replace(found, probe=found.probe.but(partners=(partner,))), **{**terms, **changes})


def stated(number: int, *principles: str, adopted: str | None = AT) -> NonNegotiables:
    return NonNegotiables(number=number, at=AT, principles=principles, adopted=adopted)


def refused(found: Debrief) -> str:
    with pytest.raises(Refused) as raised:
        pact.agree(found, NOW)
    assert pact.missing(found)[0] == str(raised.value)
    return str(raised.value)


# ------------------------------------------------------------------------------------------------------- agreeing


def test_both_sides_agree_to_what_is_complete() -> None:
    assert pact.missing(ready()) == ()
    agreed = pact.agree(ready(), NOW)
    assert agreed.probe.pact.agreed == AT
    assert replace(agreed, probe=agreed.probe.but(pact=agreed.probe.pact.but(agreed=None))) == ready()
    with pytest.raises(Refused, match="Both sides have already agreed"):
        pact.agree(agreed, NOW)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"ends": None}, "Say when the action ends."),
        ({"red_lines": ()}, "Write at least one red line"),
        ({"sunset": None}, "Set the sunset"),
        ({"starts": date(2026, 11, 16)}, "can't end (2026-11-15) before it starts (2026-11-16)"),
        ({"sunset": date(2026, 11, 14)}, "sunset (2026-11-14) can't come before the end of the action (2026-11-15)"),
        ({"signatures": ()}, "Add a signature for Breathers."),
        ({"signatures": NAMES[:1]}, "Add a signature for Trust of Pellan."),
        ({"signatures": NAMES[1:]}, "Add a signature for Breathers."),
        ({"purpose": "w " * 3000}, "too long for one page of 60: shorten it"),
    ],
)
def test_what_is_incomplete_is_not_agreed(changes: dict[str, Any], wanted: str) -> None:
    assert wanted in refused(ready(**changes))


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"title": " "}, "Start with the title"),
        ({"our_organisation": ""}, "Say who we are"),
        ({"partners": ()}, "Name a partner"),
        ({"scope": "city"}, "City is 3 rungs above the lowest one"),
    ],
)
def test_nor_without_two_sides_or_at_a_scale_that_nobody_explains(changes: dict[str, Any], wanted: str) -> None:
    found = ready()
    assert wanted in refused(replace(found, probe=found.probe.but(**changes)))


def test_a_step_in_scale_is_overruled_with_a_reason() -> None:
    found = ready()
    explained = replace(found, probe=found.probe.but(scope="city", scope_reason="The hearing is in the city hall."))
    assert pact.agree(explained, NOW).probe.pact.agreed


def test_every_partner_is_a_side() -> None:
    found = ready()
    both = replace(found, probe=found.probe.but(partners=(*found.probe.partners, Partner(name="Fund"))))
    assert pact.missing(both) == ("Add a signature for Fund.",)


def test_a_probe_without_anything_has_a_page_and_says_all_that_is_missing() -> None:
    found = debrief()
    empty = replace(found, probe=found.probe.but(title="", our_organisation=""))
    assert "PACT" in pact.page(empty)[0]
    assert len(pact.missing(empty)) == 6


def test_a_sealed_debrief_leaves_its_pact_as_it_is() -> None:
    with pytest.raises(Refused, match="sealed"):
        pact.agree(ready().with_session(sealed=AT), NOW)


# ------------------------------------------------------------------------------------------------- what it quotes


def test_the_pact_quotes_the_non_negotiables_in_force() -> None:
    draft = replace(ready(), non_negotiables=(stated(1, "old"), stated(2, "ours", "own"), stated(3, "x", adopted=None)))
    assert "NOT NEGOTIABLE, revision 2" in pact.page(draft)
    agreed = pact.agree(draft, NOW)
    assert (agreed.probe.non_negotiables, agreed.probe.statement) == (("ours", "own"), 2)
    later = replace(agreed, non_negotiables=(*agreed.non_negotiables, stated(4, "newer")))
    assert "NOT NEGOTIABLE, revision 2" in pact.page(later), "what was agreed to stays"
    assert "  - own" in pact.page(later)


def test_without_a_statement_the_page_quotes_none() -> None:
    assert not any("NOT NEGOTIABLE" in line for line in pact.page(ready()))
    assert pact.agree(ready(), NOW).probe.statement is None


# ------------------------------------------------------------------------------------------------------- its state


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-11-13T23:59", PactState.AGREED),
        ("2026-11-14T00:00", PactState.RUNNING),
        ("2026-11-15T23:59", PactState.RUNNING),
        ("2026-11-16T00:00", PactState.ENDED),
    ],
)
def test_the_days_say_where_it_stands(now: str, wanted: PactState) -> None:
    at = datetime.fromisoformat(now).astimezone().timestamp()
    assert pact.state(ready(), at) is PactState.DRAFT
    assert pact.state(pact.agree(ready(), NOW), at) is wanted


def test_a_renewed_one_runs_until_its_new_end() -> None:
    closing = Closing(sunset="renew", reason="more", decided_by="both", renewed_until=date(2026, 12, 1), rhythm="act")
    found = pact.agree(ready(), NOW).with_session(sealed=AT, closing=closing)
    assert pact.state(found, datetime(2026, 12, 1, 12).astimezone().timestamp()) is PactState.RUNNING
    assert pact.state(found, datetime(2026, 12, 2, 0).astimezone().timestamp()) is PactState.ENDED
    assert "  Renewed until 1 December 2026, decided by both." in pact.page(found)


def test_what_was_debriefed_is_no_draft_though_its_agreement_was_not_recorded() -> None:
    at = datetime(2026, 12, 1, 12).astimezone().timestamp()
    assert pact.state(ready().with_session(sealed=AT), at) is PactState.ENDED


@pytest.mark.parametrize(
    ("field", "text", "stays"),
    [
        ("purpose", "be seen", False),
        ("red_lines", "not for sale\nnot for rent", False),
        ("sunset", "2026-11-18", False),
        ("title", "Another", False),
        ("partners", "Trust of Pellan\nFund", False),
        ("responsibilities", "Ana: the drum", False),
        ("signatures", "Ana, Breathers", False),
        ("signatures", "Ana, Breathers\nGwen, trust\nBo, Breathers", True),
        ("ends", "2026-11-15 15:30", True),
        ("context", "it rained", True),
        ("place", "Gate 2", True),
    ],
)
def test_a_change_to_the_terms_makes_it_a_draft_again(field: str, text: str, stays: bool) -> None:
    agreed = pact.agree(ready(), NOW)
    changed = put(agreed, BY_ID[field], text, NOW)
    assert changed.probe.but(pact=changed.probe.pact.but(agreed=AT)) != agreed.probe
    assert (changed.probe.pact.agreed is not None) == stays


# -------------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("name", ["tenants-canvass", "noise-protest"])
def test_a_real_pact_fits_on_its_page_with_all_that_is_in_it(name: str) -> None:
    found = read_room(json.loads(find_room(name).read_text(encoding="utf-8")), AT)
    lines = pact.page(found)
    flat = " ".join(" ".join(lines).split())
    terms = found.probe.pact
    assert len(lines) <= pact.LINES
    assert all(width(line) <= 80 for line in lines)
    for text in (found.probe.title, terms.purpose, *terms.red_lines, *terms.messaging, *found.probe.non_negotiables):
        assert text in flat
    for each in terms.responsibilities:
        assert f"{each.who}: {each.what}" in flat
    assert terms.sunset is not None
    assert f"It dissolves by itself on {terms.sunset.day} {terms.sunset:%B} 2026 unless both sides renew it." in flat
    for side in pact.sides(found.probe):
        assert f"for {side}"[:30] in flat


def test_the_page_says_whether_it_is_agreed_and_who_signs() -> None:
    assert pact.page(ready())[0].endswith("draft, not agreed")
    assert pact.page(ready().with_session(sealed=AT))[0].endswith("debriefed, agreement not recorded")
    lines = pact.page(pact.agree(ready(), NOW))
    assert lines[0].endswith("agreed on 7 November 2026")
    assert lines[-2].split() == ["Ana", "Gwen"]
    assert lines[-1].split() == ["for", "Breathers", "for", "Trust", "of", "Pellan"]


def test_a_day_is_one_day() -> None:
    assert "  On Sunday 15 November 2026." in pact.page(ready(starts=date(2026, 11, 15)))
    assert "  From Saturday 14 November 2026 until Sunday 15 November 2026." in pact.page(ready())


def test_a_purpose_of_several_lines_keeps_them() -> None:
    lines = pact.page(ready(purpose="one\r\ntwo"))
    assert lines[lines.index("PURPOSE") + 1 :][:2] == ("  one", "  two")


@pytest.mark.parametrize("text", [*HOSTILE_LINES, *LONG.values()], ids=in_short)
def test_no_text_makes_a_line_too_wide(text: str) -> None:
    found = ready(
        purpose=text,
        red_lines=(text,) * 20,
        messaging=(text,),
        responsibilities=tuple(Responsibility(who=text, what=text) for _ in range(3)),
        signatures=(Signature(name=text, organisation=text),),
    )
    full = replace(found, probe=found.probe.but(title=text, our_organisation=text, partners=(Partner(name=text),) * 3))
    assert all(width(line) <= pact.COLUMNS for line in pact.page(full))


@a_property
@given(one_line, one_line)
def test_any_two_sides_can_sign(name: str, organisation: str) -> None:
    found = ready(signatures=(Signature(name=name, organisation=organisation),))
    assert all(width(line) <= pact.COLUMNS for line in pact.page(found))


@pytest.mark.parametrize(("count", "fits"), [(20, True), (200, False)])
def test_twenty_red_lines_fit_and_two_hundred_responsibilities_do_not(count: int, fits: bool) -> None:
    lines = tuple(f"red line {at}" for at in range(20))
    who = tuple(Responsibility(who=f"P{at}", what="x") for at in range(0 if fits else count))
    found = ready(red_lines=lines, responsibilities=who)
    assert (len(pact.page(found)) <= pact.LINES) == fits
    assert bool(pact.missing(found)) != fits


def test_the_hour_of_the_end_is_on_the_page_where_it_is_known() -> None:
    assert "  On Saturday 7 November 2026, until 15:30." in pact.page(
        ready(starts=date(2026, 11, 7), ends=date(2026, 11, 7), ends_at=time(15, 30))
    )
    several = pact.page(ready(starts=date(2026, 11, 6), ends=date(2026, 11, 7), ends_at=time(15, 30)))
    assert "  From Friday 6 November 2026 until Saturday 7 November 2026, 15:30." in several


def test_a_page_that_is_cut_says_so_itself() -> None:
    found = ready(red_lines=tuple(f"line {at}" for at in range(100)))
    printed = pact.printed(found)
    assert len(printed) == pact.LINES
    assert all(len(line) <= pact.COLUMNS for line in printed)
    assert f" {len(pact.page(found)) - 59} lines more than the page holds " in printed[-1]
    assert pact.printed(ready()) == pact.page(ready())
    purpose = next(each for each in FIELDS if each.id == "purpose")
    n = len(pact.page(found))
    assert f"! {n} lines, {n - 60} more than the page holds." in hints(found, purpose, "", NOW)
    assert f"The pact takes {len(pact.page(ready()))} of 60 lines." in hints(ready(), purpose, "", NOW)
