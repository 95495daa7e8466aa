"""The nearest texts are found, whatever their wording, and where two texts differ is told."""

from store.words.similar import differing, nearest
from tests.store.words.said_again import BACKGROUND, NEGATED, PARAPHRASED

SHELF = dict(enumerate([*(text for text, _ in (*PARAPHRASED, *NEGATED)), *BACKGROUND]))
NEAREST = 5


def found(pairs: tuple[tuple[str, str], ...]) -> int:
    """For how many pairs the first is among the nearest to the second."""
    return sum(text in [SHELF[key] for key in nearest(again, SHELF)[:NEAREST]] for text, again in pairs)


def test_what_is_said_again_in_other_words_is_among_the_nearest_five_and_so_is_what_is_denied() -> None:
    assert len({*SHELF.values()}) - 1 >= 100, "others for each"
    assert (len(PARAPHRASED), len(NEGATED)) == (30, 15)
    assert found(PARAPHRASED) >= 29
    assert found(NEGATED) == 15


def test_every_negation_is_marked_and_the_pieces_are_the_text() -> None:
    for text, denied in NEGATED:
        told = differing(denied, text)
        assert told.negations or told.turned, denied
        assert "".join(part for _, part in told.parts) == text


def test_all_are_listed_the_nearest_first_and_of_equals_the_last() -> None:
    others = {1: "the van", 2: "keys decide", 3: "a stair", 4: "Deciding by key", 5: "", 6: "keys decide"}
    assert nearest("Key decisions decided", others) == [6, 2, 4, 5, 3, 1]
    assert nearest("", others) == [6, 5, 4, 3, 2, 1]
    assert nearest("keys", {}) == []


def test_a_word_that_is_rare_among_all_counts_more_than_a_common_one() -> None:
    others = {n: f"the meeting of group {n}" for n in range(9)} | {
        9: "an invoice for nine",
        10: "the meeting and an hour",
    }
    assert nearest("the meeting, the invoice", others)[0] == 9


def test_the_words_that_differ_are_told_but_not_other_forms_of_one_word() -> None:
    told = differing("The key-holder decides when it isn't over", "Whoever decided had the keys; nobody else.")
    assert [part for mark, part in told.parts if mark == "≠"] == ["Whoever", "had", "keys", "else"]
    assert told.turned == ("nobody",)
    assert told.negations == ("isn't",)
    assert told.only_here == ("key-holder", "when", "it", "isn't", "over")
    same = differing("They decide by keys.", "by KEY they decided")
    assert (same.only_here, [mark for mark, _ in same.parts]) == ((), ["="])
