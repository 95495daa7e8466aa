"""A name is found by its beginning, however it is composed or capitalised, and never guessed between two."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.refused import Refused
from store.words.names import find, fold, matching
from tests.helpers.builders import HOSTILE_LINES, LONG, a_property, in_short
from tests.helpers.scripts import SCRIPTS
from tests.helpers.texts import ANY

ROSTER = ("Saoirse", "Mateus", "Ana", "Anabel", "José", "Josefina", "İpek", "Işıl", "Åsa", "Asad", "Nguyễn Thị Mai")


@pytest.mark.parametrize("typed", ["İpek", "IPEK", "ıpek", "ipek", "İPEK", "I\u0307pek", "i\u0307pek"])
@pytest.mark.parametrize("kept", ["İpek", "Ipek", "ıpek", "ipek"])
def test_the_turkish_i_matches_in_all_its_four_forms(typed: str, kept: str) -> None:
    assert fold(typed) == fold(kept)
    assert find(typed, [kept, "Ana"]) == kept
    assert find(typed[:3], [kept, "Ana"]) == kept


@pytest.mark.parametrize("typed", ["ışıl", "IŞIL", "işil", "İŞİL", "Isil", "isil"])
def test_a_name_of_several_turkish_letters_is_found(typed: str) -> None:
    assert find(typed, ROSTER) == "Işıl"


@a_property
@given(ANY)
def test_it_does_not_matter_how_an_accent_is_composed(name: str) -> None:
    assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name))


@a_property
@given(st.text(st.characters(categories=("Lu", "Ll"), max_codepoint=0x52F), min_size=1, max_size=20))
def test_it_does_not_matter_how_a_name_is_capitalised(name: str) -> None:
    assert fold(name) == fold(name.lower()) == fold(name.upper())


@a_property
@given(ANY)
def test_folding_what_is_folded_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) in (once, once.replace("i\u0307", "i"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sao", "Saoirse"),
        ("MAT", "Mateus"),
        (" mateus ", "Mateus"),
        ("ana", "Ana"),
        ("anab", "Anabel"),
        ("jose", "José"),
        ("jose\u0301", "José"),
        ("josef", "Josefina"),
        ("asa", "Åsa"),
        ("å", "Åsa"),
        ("a\u030a", "Åsa"),
        ("asad", "Asad"),
        ("nguyen", "Nguyễn Thị Mai"),
        ("nguyễn  thị", "Nguyễn Thị Mai"),
    ],
)
def test_enough_of_a_name_is_the_name(typed: str, meant: str) -> None:
    assert find(typed, ROSTER) == meant


def test_a_whole_name_beats_the_beginning_of_another() -> None:
    assert matching("Ana", ["Anabel", "Ana", "Ana Maria"]) == ("Ana",)
    assert matching("jose", ["Josefina", "José"]) == ("José",)
    assert matching("Jose", ["José", "Jose"]) == ("Jose",)


def test_two_that_fit_are_both_offered_and_never_guessed() -> None:
    assert matching("an", ROSTER) == ("Ana", "Anabel")
    assert matching("as", ROSTER) == ("Åsa", "Asad")
    assert matching("jos", ROSTER) == ("José", "Josefina")
    with pytest.raises(Refused) as raised:
        find("an", ROSTER)
    assert str(raised.value) == "“an” fits Ana, Anabel: type more of the name."


def test_what_is_typed_with_an_accent_does_not_begin_a_name_without_one() -> None:
    assert matching("ås", ROSTER) == ("Åsa",)


def test_many_that_fit_are_not_all_listed() -> None:
    with pytest.raises(Refused, match="…"):
        find("p", [f"Person {n}" for n in range(60)])


@pytest.mark.parametrize("typed", ["Zoe", "na", "Ana Banana", "-", "\u0301", "", "  "])
def test_nobody_is_found_by_what_no_name_begins_with(typed: str) -> None:
    assert matching(typed, ROSTER) == ()
    with pytest.raises(Refused, match="Nobody here"):
        find(typed, ROSTER)


@a_property
@given(ANY.filter(lambda name: bool(fold(name))), st.integers(0, 5))
def test_a_name_is_found_by_itself_and_kept_as_it_was_typed(name: str, blanks: int) -> None:
    assert find(name, ["Somebody else", name]) == name
    assert find(" " * blanks + name, [name]) == name


def plain(name: str) -> str:
    """A name without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", fold(name)) if not unicodedata.combining(c))


@a_property
@given(
    st.lists(st.text("aåàbsİıiI ", min_size=1, max_size=4).filter(lambda name: bool(name.strip())), max_size=8),
    st.text("absi", min_size=1, max_size=3),
)
def test_all_that_begin_with_what_is_typed_are_offered_unless_one_is_equal_to_it(names: list[str], typed: str) -> None:
    found = matching(typed, names)
    if equal := {name for name in names if plain(name) == typed}:
        assert set(found) <= equal
        assert found
    else:
        assert set(found) == {name for name in names if plain(name).startswith(typed)}


@pytest.mark.parametrize("name", HOSTILE_LINES, ids=in_short)
def test_a_hostile_name_is_found_and_shown_harmlessly(name: str) -> None:
    assert find(name, ["Ana", name]) == name
    with pytest.raises(Refused) as raised:
        find("zzz" + name, ROSTER)
    assert "\x1b" not in str(raised.value)
    assert "\u202e" not in str(raised.value)


@pytest.mark.parametrize("line", LONG)
def test_a_name_of_ten_thousand_characters_is_looked_for_quickly(line: str) -> None:
    began = time.perf_counter()
    matching(LONG[line], ROSTER)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("o'brien", "O’Brien"),
        ("o’b", "O'Brien"),
        ("o`brien", "OʼBrien"),
        ("o´b", "O＇Brien"),
        ("jean-l", "Jean‑Luc"),
        ("jean–luc", "Jean-Luc"),
        ("jean−luc", "Jean‐Luc"),
        ("ａｎａ", "Ana"),
        ("ana", "Ａｎａ　Ｌｏｐｅｓ"),
        ("person 3", "Person ３"),
        ("person ٣", "Person 3"),
        ("ana", "\u2066Ana\u2069"),
        ("a\u00adna", "Ana"),
        ("\ufeffana", "Ana\u200b Lopes"),
        ("ana\u2060lopes", "AnaLopes"),
        ("مي‌خو", "مي" + "خواهم"),
        ("می" + "خواهم", "می‌خواهم"),
        ("❤ ana", "❤️ Ana"),
        ("@ana", "Ana"),
        ("＠ana", "Ana"),
        ("ana", "@ana"),
        ("ｶﾞﾘ", "ガリ"),
    ],
)
def test_a_name_is_found_however_a_keyboard_writes_it_and_is_kept(typed: str, name: str) -> None:
    assert find(typed, ["Somebody else", name]) == name


@pytest.mark.parametrize("name", [name for name, _ in SCRIPTS.values()])
def test_a_name_of_every_script_is_found_by_its_beginning(name: str) -> None:
    others = [other for other, _ in SCRIPTS.values() if other != name and "Ana" not in name]
    assert find(name, [*others, name]) == name
    assert name in matching(name[: 1 + len(name) // 2], [*others, name])


@pytest.mark.sweep
def test_every_letter_folds_to_what_folds_to_itself() -> None:
    for code in range(0x110000):
        once = fold(f"a{chr(code)}b")
        assert fold(once) == once or "İ" in chr(code), hex(code)
