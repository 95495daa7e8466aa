"""How wide a text is, and its lines: never wider than said, nothing lost but blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.words.cells import width, wrapped
from store.words.text import visible
from tests.helpers.builders import HOSTILE_LINES, LONG, in_short
from tests.helpers.texts import ANY


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("Pellan", 6),
        ("連盟", 4),
        ("🔥", 2),
        ("Zoe\u0308", 3),
        ("e" + "\u0301\u0323" * 200, 1),
        ("❤\ufe0f", 2),
        ("🔥\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("ｆ", 2),
        ("─", 1),
    ],
)
def test_wide_signs_take_two_columns_and_accents_none(text: str, columns: int) -> None:
    assert width(text) == columns


def test_an_emoji_joined_of_several_counts_as_all_of_them() -> None:
    assert width("👩\u200d🌾") == 4


@given(ANY)
def test_no_terminal_takes_more_columns_than_are_counted(text: str) -> None:
    shown = visible(text)
    assert cell_len(shown) <= width(shown)


@given(ANY, st.integers(8, 80), st.sampled_from(["", "  - ", "   1. "]))
def test_no_line_is_wider_than_said_and_no_word_is_lost(text: str, columns: int, lead: str) -> None:
    shown = visible(text)
    lines = wrapped(shown, columns, lead)
    assert lines
    assert all(width(line) <= max(columns, len(lead) + 4) for line in lines)
    assert "".join(line[len(lead) :] for line in lines).replace(" ", "") == shown.replace(" ", "").rstrip()


def test_lines_break_at_blanks_and_hang_below_their_beginning() -> None:
    assert wrapped("one two three four", 12, "- ") == ("- one two", "  three four")
    assert wrapped("abcdefghij kl", 8, "  ") == ("  abcdef", "  ghij", "  kl")
    assert wrapped("連盟連盟連盟", 7) == ("連盟連", "盟連盟")
    assert wrapped("", 10, "- ") == ("-",)


@pytest.mark.parametrize("text", [*HOSTILE_LINES, *LONG.values()], ids=in_short)
def test_the_longest_and_the_worst_texts_are_wrapped(text: str) -> None:
    assert all(width(line) <= 76 for line in wrapped(visible(text), 76, "  - "))
