"""Lines of positions, and positions that come as values."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import enter, line_of, position_rule, replacing_rule
from store.entries.positions import add_position
from store.model import Dissent
from store.refused import Refused
from tests.helpers.builders import NOW, a_property, entered, one_line, refusal
from tests.helpers.dissenting import session


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("we stay ours", ("", "autonomy", "we stay ours")),
        ("b> a roof by Christmas", ("", "benefit", "a roof by Christmas")),
        ("A>ours", ("", "autonomy", "ours")),
        ("@Ruth  it is theirs by Sunday ", ("Ruth", "autonomy", " it is theirs by Sunday ")),
        ("@Ruth b> a van", ("Ruth", "benefit", "a van")),
        ("@Mary Ann b> a van", ("Mary Ann", "benefit", "a van")),
        ("b> @Ruth a van", ("Ruth", "benefit", "a van")),
        ("b> @Ruth, a van", ("Ruth", "benefit", "a van")),
        ("@Ruth: b> a van", ("Ruth", "benefit", "a van")),
        ("@ b> @home they said", ("", "benefit", "@home they said")),
        ("@Ruth b> @Dez said so", ("Ruth", "benefit", "@Dez said so")),
        ("b: not a sign", ("", "autonomy", "b: not a sign")),
        ("- a dash + a plus", ("", "autonomy", "- a dash + a plus")),
        ("I said a> b", ("", "autonomy", "I said a> b")),
        ("  two blanks", ("", "autonomy", "  two blanks")),
    ],
)
def test_a_position_is_kept_word_for_word(line: str, wanted: tuple[str, str, str]) -> None:
    (said,) = entered(position_rule("autonomy"), session(), line).dissent
    assert (said.voice, said.pull, said.text) == wanted


def test_two_that_say_the_same_stay_two_and_a_paste_is_several() -> None:
    found, refused = enter(position_rule("benefit"), session(), "a van\na van\r\n\r\n@Ruth a van", NOW)
    assert not refused
    assert [(each.number, each.text, each.voice) for each in found.dissent] == [
        (1, "a van", ""),
        (2, "a van", ""),
        (3, "a van", "Ruth"),
    ]


def test_known_voices_match_by_their_beginning_and_two_that_fit_are_offered() -> None:
    found = entered(position_rule("autonomy"), session(), "@Ruth one", "@r two", "@Rosa three", "@ruth four")
    assert [each.voice for each in found.dissent] == ["Ruth", "Ruth", "Rosa", "Ruth"]
    assert "fits Ruth, Rosa" in refusal(position_rule("autonomy"), found, "@r five")
    apart = entered(position_rule("autonomy"), found, "b> @rosa five", "Ruth b> six", "ros: b> seven", "Dez b> eight")
    assert [(each.voice, each.pull, each.text) for each in apart.dissent[4:]] == [
        ("Rosa", "benefit", "five"),
        ("Ruth", "benefit", "six"),
        ("Rosa", "benefit", "seven"),
        ("", "autonomy", "Dez b> eight"),
    ]
    new = entered(position_rule("autonomy"), found, '@"Ru" six', "@Ru seven")
    assert [each.voice for each in new.dissent[4:]] == ["Ru", "Ru"]


@pytest.mark.parametrize("line", ["@Ruth", "b>", "@Ruth b> ", "@Ruth  "])
def test_a_position_that_says_nothing_is_refused(line: str) -> None:
    assert "word for word" in refusal(position_rule("autonomy"), session(), line)


@a_property
@given(st.sampled_from(["autonomy", "benefit"]), one_line, st.sampled_from(["", "Ruth", "Mary Ann"]))
def test_a_position_comes_back_as_it_would_be_typed(pull: str, text: str, voice: str) -> None:
    said = Dissent(probe="p1", number=1, voice=voice, pull=pull, text=text)  # type: ignore[arg-type]
    found = replace(session(), dissent=(said,))
    edited = replacing_rule("dissent", position_rule("autonomy"))(found, line_of(said), NOW)
    assert edited.dissent == (said,)


@pytest.mark.parametrize("text", ["-5 degrees all night", "@Ruth it is theirs", "b> a van", "2+ x # 3", " x "])
def test_the_text_of_a_position_that_comes_as_a_value_is_kept_to_the_letter(text: str) -> None:
    said = add_position(session(), "autonomy", text, '"Ru').dissent[-1]
    assert (said.voice, said.pull, said.text) == ('"Ru', "autonomy", text)
    with pytest.raises(Refused, match="word for word"):
        add_position(session(), "autonomy", " ", "")
