"""Large letters: the same size for every word of a text, in every script that they can be drawn in, and for none where they can't."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.large_letters import LETTERS
from screens.widgets.large_text import poster
from screens.widgets.lettering import alike
from screens.widgets.wall_lists import cloud
from tests.helpers.posters import posters
from tests.helpers.texts import ANY, HOSTILE

LATIN_1 = "".join(chr(at) for at in range(0xAA, 0x100) if chr(at).isalpha())
LATIN_A = "".join(map(chr, range(0x100, 0x180)))
VIETNAMESE = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "aăâđeêioôơuưy"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
CYRILLIC = "".join(map(chr, range(0x400, 0x460)))
ASCII = "".join(map(chr, range(0x21, 0x7F)))

BLOCKS = set(" █▀▄")

PRINTED_ALIKE = {*map(frozenset, ("đð", "ĐÐ", "Đð", "Ðđ", "ſs", "ſS", "ıI", "ıi", "ςσ", "ςΣ"))}
"""Letters whose capitals look alike in print too, or that only stand in other places of a word."""


def large(drawn: tuple[str, ...]) -> bool:
    """Whether a text is drawn of blocks."""
    return bool(drawn) and set("".join(drawn)) <= BLOCKS


def as_drawn(letter: str) -> tuple[str, ...]:
    """A letter, in a text in which marks are as high as they can be."""
    return alike([letter, "Å"], 1, 80)[0]


def pairs(alphabet: str) -> Iterator[tuple[str, str]]:
    """Two letters of an alphabet that print differently; lower case is drawn as capitals."""
    for one, other in combinations(alphabet, 2):
        if one.casefold() != other.casefold() and frozenset((one, other)) not in PRINTED_ALIKE:
            yield one, other


@pytest.mark.parametrize(
    "alphabet",
    [ASCII + LATIN_1 + LATIN_A, VIETNAMESE, GREEK, CYRILLIC],
    ids=["Latin", "Vietnamese", "Greek", "Cyrillic"],
)
def test_no_two_letters_of_an_alphabet_are_drawn_alike(alphabet: str) -> None:
    drawn = {letter: as_drawn(letter) for letter in alphabet}
    assert [letter for letter, rows in drawn.items() if not large(rows)] == []
    assert [pair for pair in pairs(alphabet) if drawn[pair[0]] == drawn[pair[1]]] == []


TEXTS = {
    "English": "Where did it land?",
    "French": "« Où ça ? » dit Zoë, à l’été 12",
    "Vietnamese": "Nguyễn, Đường Phở Việt, Hị",
    "German": "Größe, Maße: straßauf",
    "Spanish": "¿Qué pasó? ¡Mañana!",
    "Danish": "Åse, ærlig og øm",
    "Polish": "Łęcka żąda źródła",
    "Czech": "Příliš žluťoučký kůň",
    "Latvian": "ģērbies ķirsī, ņem ļoti",
    "Hungarian": "Őrült tűző nap",
    "Turkish": "İşgal ısındı, çöl ğ",
    "Romanian": "Țara și tu",
    "Greek": "Τι μάθαμε; Ήταν ωραία ΰ",
    "Russian": "Что мы сделаем? Ещё съёмка",
    "Ukrainian": "Їжак ґава є",
    "Serbian": "Ђорђе, љубав, њива, ћерка, џеп",
}
"""A text for each language whose letters are drawn."""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_all_words_of_a_text_are_drawn_equally_large(text: str) -> None:
    assert large(poster(text, 80, 24))
    high = {len(each) for each in alike(["Where", "did", *text.split()], 2, 400)}
    assert len(high) == 1


@pytest.mark.parametrize(
    "text",
    [
        "待って where",
        "where نحن",
        "דיברנו where",
        "हम where",
        "where 🌻",
        "where\x1b",
        "Vi\u1ec7\u0301\u0301t where",
        "where \ud800",
    ],
)
def test_where_one_letter_has_no_large_form_no_word_is_large(text: str) -> None:
    assert not BLOCKS & set("".join(poster(text, 120, 40)).replace(" ", ""))
    words = cloud([(word, 1) for word in [*text.split(), "where"]], 120, 40)
    assert not BLOCKS & set(words.plain) - {" "}


def test_a_text_without_large_letters_stays_in_its_own_order_and_spelling() -> None:
    for text in ("待って where", "שלום where", "straße 待", "ısı 待", ""):
        assert " ".join(poster(text, 120, 12)) == text


def test_a_capital_never_is_another_letter() -> None:
    one = as_drawn
    assert alike(["ısı kışla"], 1, 99) != alike(["isi kışla"], 1, 99), "i keeps its dot where there is an ı"
    assert alike(["kişi"], 1, 99) == alike(["KİŞİ"], 1, 99)
    assert alike(["this"], 1, 99) == alike(["THIS"], 1, 99), "and has none elsewhere"
    assert alike(["Maße"], 1, 99) != alike(["Masse"], 1, 99)
    assert one("µ") != one("M"), "a thousandth is no million"
    assert alike(["e\u0301"], 1, 99) == alike(["é"], 1, 99), "composed or not"
    assert alike(["ή"], 1, 99) != alike(["η"], 1, 99), "“or” keeps its accent apart from “the”"


def test_a_poster_is_as_large_as_there_is_room() -> None:
    asked = "Where did it land?"
    assert {len(poster(asked, 200, 12)), len(poster(asked, 120, 12))} == {6, 12}
    assert len(poster(asked, 80, 4)) == 3
    assert poster(asked, 80, 2) == (asked,)
    for rows in (poster(asked, 120, 12), poster(asked, 80, 4)):
        assert all(len(row) <= 120 for row in rows)
    wall = poster(asked, 198, 19)
    assert (len(wall), len(wall[0])) == (18, 102), "two lines, a bit of them three cells wide"


def test_a_word_longer_than_a_line_makes_the_whole_text_smaller() -> None:
    assert len(poster("we go", 40, 12)) == 6
    assert len(poster("we overwinter", 50, 12)) == 3 + 1 + 3
    assert poster("go overwintering", 40, 12) == ("go overwintering",), "and where none fits it stays as it is"


def test_words_are_parted_only_between_words() -> None:
    assert [*posters(poster("we kept our own banner", 40, 12))] == ["we kept", "our own", "banner"]


def test_what_hangs_below_a_line_touches_nothing_of_the_next() -> None:
    for text in ("we go, we stay", "Où, été"):
        for rows in range(6, 40):
            drawn = poster(text, 44, rows)
            if large(drawn) and len(drawn) > 10:
                assert any(not row.strip() for row in drawn[3:-3]), drawn


def test_a_blank_that_breaks_no_line_is_drawn() -> None:
    assert alike(["Où\u00a0?"], 1, 99) == alike(["Où ?"], 1, 99)
    assert alike(["Où\u202f?"], 1, 99) == alike(["Où ?"], 1, 99)
    fits = len(poster("a b", 99, 3)[0])
    assert len(poster("a b", fits - 1, 12)) > 3
    assert poster("a\u00a0b", fits - 1, 12) == ("a\u00a0b",)


def test_a_poster_has_no_line_of_one_last_word() -> None:
    assert poster("2 less autonomy, 4 less benefit than expected", 40, 2) == (
        "2 less autonomy, 4 less",
        "benefit than expected",
    )


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_poster_can_be_read_letter_by_letter(scale: int) -> None:
    for text in ("10 moments in the room", "round 2: 0 of 24 have placed", "jumped quickly over 5 lazy boxes; why?"):
        assert [*posters(poster(text, 170 * scale, 3 * scale))] == [text]


@given(
    st.lists(ANY | st.sampled_from(HOSTILE) | st.text(sorted(LETTERS), max_size=8), max_size=6).map(" ".join),
    st.integers(10, 200),
    st.integers(1, 60),
)
@example("Zoë ne dit rien, déjà", 80, 5)
def test_any_text_is_drawn_within_its_room(text: str, columns: int, rows: int) -> None:
    drawn = poster(text, columns, rows)
    assert max(map(cell_len, drawn)) <= columns
    assert len(drawn) <= rows or not large(drawn), "as it is, it may have to be scrolled"


@given(st.lists(ANY | st.text(sorted(LETTERS), min_size=1, max_size=8), min_size=1, max_size=6), st.integers(20, 200))
def test_any_words_stand_within_the_width(words: list[str], columns: int) -> None:
    shown = cloud([(word, 1) for word in words], columns, 12)
    assert all(row.cell_length <= columns for row in shown.split("\n"))


def test_words_of_decompression_are_equally_high_with_marks_and_without() -> None:
    wild, calm = alike(["wütend", "calm"], 1, 120)
    assert len(wild) == len(calm) > len(alike(["calm"], 1, 120)[0])
