"""User text is kept as typed to the last code point, and shown so that nothing in it is hidden or acts."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.words.text import clipped, lines_of, visible
from tests.helpers.builders import HOSTILE_LINES, LONG, a_property, in_short
from tests.helpers.texts import ANY

JOINERS = {"\u200c", "\u200d"}
"""Without these emoji and Persian words fall apart."""

SEEN = {"\u06dd", "\u070f", "\u08e2", "\U000110bd", "\U000110cd", *map(chr, (*range(0x600, 0x606), 0x890, 0x891))}
"""Signs over and around numbers: Unicode calls them controls of format, and draws them."""

HIEROGLYPHS = {chr(code) for code in range(0x13430, 0x13460)}


@a_property
@given(ANY)
def test_what_is_shown_is_as_long_as_what_was_typed(text: str) -> None:
    assert len(visible(text)) == len(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc\x00", "a␊b␉c␀"),
        ("\x7f", "␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202egnirts", "↔gnirts"),
        ("a\u2066b\u2069\u061c", "a↔b↔↔"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u200bb\ufeff", "a·b·"),
        ("a\u2063b\ufff9c", "a·b·c"),
        ("one\u2028two", "one·two"),
        ("array[/0] [click=app.exit]go[/]", "array[/0] [click=app.exit]go[/]"),
        ("שלום", "שלום"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_controls_are_shown_as_signs_and_all_else_as_itself(typed: str, shown: str) -> None:
    assert visible(typed) == shown


@pytest.mark.sweep
def test_no_code_point_that_controls_anything_is_shown_raw() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        kind = unicodedata.category(sign)
        allowed = JOINERS | SEEN | HIEROGLYPHS
        if kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and sign not in allowed):
            assert visible(sign) != sign, hex(code)
            assert unicodedata.category(visible(sign)) in ("So", "Po", "Sm"), hex(code)
        elif kind != "Cn":
            assert visible(sign) == sign, hex(code)


@a_property
@given(ANY)
def test_nothing_of_what_is_shown_is_a_control(text: str) -> None:
    assert not [sign for sign in visible(text) if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert visible(visible(text)) == visible(text)


@a_property
@given(ANY, st.integers(1, 40))
def test_what_is_clipped_is_never_longer_than_its_room_and_says_that_it_was_cut(text: str, length: int) -> None:
    shown = clipped(text, length)
    assert len(shown) <= length
    assert shown == visible(text) if len(text) <= length else shown.endswith("…")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\n\n", "\n \t\n"])
def test_several_lines_are_several_entries_by_any_line_end(ending: str) -> None:
    assert lines_of(f"one{ending}two{ending}") == ("one", "two")


@pytest.mark.parametrize("inside", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_real_line_ends_part_entries(inside: str) -> None:
    assert lines_of(f"one{inside}two") == (f"one{inside}two",)


@a_property
@given(st.lists(ANY.filter(lambda line: "\n" not in line and "\r" not in line)))
def test_every_line_that_holds_something_is_an_entry_exactly_as_typed(lines: list[str]) -> None:
    assert lines_of("\n".join(lines)) == tuple(line for line in lines if line.strip())


@pytest.mark.parametrize("line", HOSTILE_LINES, ids=in_short)
def test_a_hostile_line_is_one_entry_and_shows_no_escape(line: str) -> None:
    assert lines_of(line) == (line,)
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x00"} & set(visible(line))


@pytest.mark.parametrize("line", LONG)
def test_ten_thousand_characters_are_shown_and_parted_quickly(line: str) -> None:
    began = time.perf_counter()
    assert len(visible(LONG[line])) == len(LONG[line])
    assert lines_of(LONG[line]) == (LONG[line],)
    assert time.perf_counter() - began < 0.5
