"""Nothing private is in the wall's value, whatever the phase and whatever is opened."""

from dataclasses import replace

import pytest

from store.model import RedLine
from store.phases import NAMES
from store.session import decisions
from store.wall.public import opened, public
from store.wall.shown import over
from tests.helpers.marked import MARK, PHASES_OF_DISSENT, full
from tests.helpers.rooms import NOW, PEOPLE

TYPED = {
    "principle": "we ask first",
    "replaces": "they ask us",
    "reservations": f"{MARK} not I",
    "because": f"{MARK} 1",
    "line": f"{MARK} half a line",
}

EVERY = (*NAMES, *PHASES_OF_DISSENT)


@pytest.mark.parametrize("revealed", [0, 1])
@pytest.mark.parametrize("phase", EVERY)
def test_nothing_private_is_on_the_wall_while_the_curtain_was_not_opened(phase: str, revealed: int) -> None:
    found = full(phase, revealed=revealed)
    assert MARK in repr(found).casefold()
    shown = public(found, False, NOW, TYPED)
    assert MARK not in repr(shown).casefold()
    assert TYPED["principle"] not in repr(shown)
    assert shown.count or phase == "close"
    assert MARK not in repr(over(shown)).casefold()


@pytest.mark.parametrize("phase", EVERY)
def test_what_is_opened_is_what_the_room_is_told_and_no_more(phase: str) -> None:
    found = full(phase, revealed=1).with_session(revealed=1)
    shown = repr(public(found, True, NOW, TYPED)).casefold()
    told = {"decompression": 2, "close": 1, "positions": 4}  # words, the next facilitator, positions
    assert shown.count(MARK) == told.get(phase, 0), shown
    assert (TYPED["principle"] in shown) == (phase == "amendments")


def test_who_is_in_which_group_is_shown_once_it_is_opened_and_until_the_first_pattern() -> None:
    found = full("small_groups")
    assert public(found, True, NOW).panels == ()
    before = replace(found, patterns=())
    groups = public(before, True, NOW).panels
    assert sorted(name for each in groups for name in each.lines) == sorted(f"{MARK}{name}" for name in PEOPLE)
    assert public(before, False, NOW).panels == ()


def test_a_red_line_is_read_as_the_first_that_is_not_marked() -> None:
    found = full("opening")
    lines = ("never alone", "no names", "home by ten")
    found = replace(found, probe=found.probe.but(pact=found.probe.pact.but(red_lines=lines)))
    assert public(found, False, NOW).sentence == found.probe.title
    one = found.with_session(red_lines=(RedLine(text="never alone", state="held"),))
    shown = public(one, False, NOW)
    assert (shown.label, shown.sentence, shown.question) == ("Red line 2 of 3", "no names", "")
    every = found.with_session(red_lines=tuple(RedLine(text=each, state="held") for each in lines))
    assert "✓ home by ten (held)" in public(every, False, NOW).panels[1].lines


def test_two_people_see_no_words() -> None:
    found = full("decompression")
    few = replace(found, participants=found.participants[:2])
    assert public(found, True, NOW).words
    assert public(few, True, NOW).words == ()


def test_the_four_values_come_as_they_are_set() -> None:
    found = full("sovereignty").with_session(sovereignty={})
    assert public(found, False, NOW).panels == ()
    shown = public(decisions.measure(found, "skills", -2, "because"), False, NOW)
    assert [each.lines for each in shown.panels] == [("…",), ("−2 lost a lot",), ("…",), ("…",)]
    assert "because" not in repr(shown)


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ({"opened": True}, True),
        ({}, False),
        ({"opened": True, "curtain": True}, False),
        ({"opened": True, "wall": True}, False),
    ],
)
def test_only_a_hall_that_was_opened_and_is_not_shut_is_open(session: dict[str, bool], expected: bool) -> None:
    assert opened(full("small_groups").with_session(**session)) is expected
