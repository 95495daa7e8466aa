"""What is looked for: words, and phrases in quotation marks of any kind, whichever apostrophes, hyphens and widths were used."""

from itertools import product

import pytest
from hypothesis import given

from store.logbook.search import spans
from store.words.names import _APOSTROPHES, _HYPHENS, QUOTES, fold
from store.words.sought import folded, has_phrase, wanted
from tests.helpers.builders import a_property
from tests.helpers.texts import ANY

MARKS = {'"': '"', "“": "”", "„": "“", "”": "”", "«": "»", "»": "«", "‟": "”", "＂": "＂", "「": "」", "〝": "〞"}
SINGLE = {"'": "'", "‘": "’", "‚": "‘", "‹": "›"}


@pytest.mark.parametrize("mark", sorted(_APOSTROPHES))
@pytest.mark.parametrize("other", ["'", "’"])
@pytest.mark.parametrize("word", ["it{}s", "O{}Neill", "the dogs{}", "{}tis"])
def test_which_apostrophe_it_is_makes_no_difference(word: str, mark: str, other: str) -> None:
    text, typed = f"and {word.format(mark)} there", word.format(other)
    assert all(each in folded(text) for each in wanted(typed))
    assert spans(text, typed), "it is marked"


@pytest.mark.parametrize("mark", sorted(_HYPHENS))
def test_which_hyphen_it_is_makes_no_difference(mark: str) -> None:
    text, typed = f"a time{mark}boxed thing", "time-boxed"
    assert wanted(typed)[0] in folded(text)
    ((start, stop),) = spans(text, typed)
    assert text[start:stop] == f"time{mark}boxed"
    assert wanted(f"time{mark}boxed")[0] in folded("a time-boxed thing")


@pytest.mark.parametrize("mark", sorted(QUOTES))
def test_a_quotation_mark_in_a_text_hides_no_word_and_parts_no_phrase(mark: str) -> None:
    text = f"they said {mark}no{mark} to us"
    assert wanted("no")[0] in folded(text)
    assert wanted('"said no to us"') == ("said no to us",)
    assert "said no to us" in folded(text)
    ((start, stop),) = spans(text, '"said no to"')
    assert text[start:stop] == f"said {mark}no{mark} to"
    assert fold(f"Bo {mark}Bobby{mark} Ek") == fold('Bo "Bobby" Ek')


@pytest.mark.parametrize(
    "typed", ["ｔｏｏｋ　ｔｈｅ　ｐｅｎ", "ＴＯＯＫ the pen", "tóok the pen", "took\u00a0the\u2003pen"]
)
def test_widths_accents_and_blanks_make_no_difference(typed: str) -> None:
    assert set(wanted(typed)) == {"took", "the", "pen"}
    assert wanted(f"“{typed}”") == ("took the pen",)
    assert [spans(each, "“took the pen”") for each in (typed,)] == [((0, len(typed)),)]


@pytest.mark.parametrize(("first", "last"), [*MARKS.items(), *SINGLE.items()])
def test_words_in_quotation_marks_are_a_phrase(first: str, last: str) -> None:
    assert wanted(f"{first}took the pen{last}") == ("took the pen",)
    assert wanted(f"{first}took  The PEN{last} 66") == ("took the pen", "66")
    assert wanted(f"66 {first}took the pen{last} {first}a b{last}") == ("took the pen", "a b", "66")
    assert wanted(f"{first}pen{last}") == ("pen",)
    assert has_phrase(f"{first}took the pen{last}")
    assert not has_phrase(f"{first}pen{last} took")
    assert not has_phrase("took the pen")


@pytest.mark.parametrize("first", MARKS)
def test_a_phrase_that_is_still_being_typed_is_one(first: str) -> None:
    assert wanted(f"{first}took the") == ("took the",)
    assert wanted(first) == wanted(f"{first} ") == wanted(f"{first}{MARKS[first]}") == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("it's the dogs' turn", ("it's", "the", "dogs'", "turn")),
        ("’tis O’Neill’s", ("'tis", "o'neill's")),
        ("rock 'n' roll", ("n", "rock", "roll")),
        ("'tis the dogs", ("'tis", "the", "dogs")),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(typed: str, words: tuple[str, ...]) -> None:
    assert wanted(typed) == words


def test_the_marks_of_a_phrase_cover_it_and_nothing_else() -> None:
    text = "The pen. Who took the\n  pen? They took a pen."
    assert [text[start:stop] for start, stop in spans(text, "“took the pen”")] == ["took the\n  pen"]
    assert [text[start:stop] for start, stop in spans(text, "took pen")] == ["pen", "took", "pen", "took", "pen"]


@a_property
@given(ANY)
def test_any_text_is_found_by_itself_as_words_and_as_a_phrase(text: str) -> None:
    assert all(each in folded(text) for each in wanted(text))
    for first, last in product(['"', "“"], ['"', "”"]):
        bare = text.translate(dict.fromkeys(map(ord, [*QUOTES, *"「」『』"])))
        assert all(each in folded(bare) for each in wanted(f"{first}{bare}{last}"))
