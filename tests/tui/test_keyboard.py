"""Key reports of the kitty protocol, in every form: read as a person means them, or dropped."""

import random

import pytest
from textual import events

from tests.conftest import CASES
from tui.keyboard import LATIN, KeyParser

LETTERS = {
    "Russian": ("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"),
    "Greek": ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    "Arabic": ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
    "Hebrew": ("קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"),
}
"""The letters of the standard layouts and the keys that they are on, from the layouts' own tables."""


def read(sent: str) -> list[tuple[str, str | None]]:
    """What the app is told: each key and its character."""
    return [(event.key, event.character) for event in KeyParser().feed(sent) if isinstance(event, events.Key)]


def keys(sent: str) -> list[str]:
    """What keys the app is told of."""
    return [key for key, _ in read(sent)]


@pytest.mark.parametrize("name", ["12-ctrl-te-cyrillic", "13-base-layout", "13-event-type"])
def test_a_case_is_ctrl_t(name: str) -> None:
    assert keys((CASES / f"{name}.bytes").read_text("utf-8")) == ["ctrl+t"]


@pytest.mark.parametrize("layout", LETTERS)
def test_ctrl_with_a_letter_of_another_script_is_ctrl_with_the_letter_on_its_key(layout: str) -> None:
    for letter, key in zip(*LETTERS[layout], strict=True):
        assert keys(f"\x1b[{ord(letter)};5u") == [f"ctrl+{key}"], letter
        assert keys(f"\x1b[{ord(letter)}::{ord(key)};5u") == [f"ctrl+{key}"], letter
        assert keys(f"\x1b[{ord(letter)}:{ord(letter.upper()[0])}:{ord(key)};69:2u") == [f"ctrl+{key}"], (
            "repeated, caps"
        )


def test_where_the_terminal_names_the_letter_that_is_it_and_in_latin_layouts_the_letter_typed() -> None:
    assert keys("\x1b[1078::113;5u") == ["ctrl+q"], "a layout of Cyrillic that is not the Russian one"
    assert keys("\x1b[47::113;5u") == ["ctrl+q"], "Hebrew, in which the key Q types a slash"
    assert keys("\x1b[97::113;5u") == ["ctrl+a"], "AZERTY"
    assert keys("\x1b[39::113;5u") != ["ctrl+q"], "Dvorak"


def test_letters_are_typed_as_they_are_and_let_go_they_type_nothing() -> None:
    assert read("\x1b[1077;;1077u") == read("\x1b[1077::116;1:1;1077u") == [("е", "е")]
    assert read("\x1b[1077;1:3u\x1b[116;5:3u\x1b[57441;2:3u\x1b[1;1:3P\x1b[13;1:3u") == []
    committed = "これは長い文ですが、それでも全部です"
    sent = f"\x1b[0;;{':'.join(str(ord(each)) for each in committed)}u"
    assert "".join(character or "" for _, character in read(sent)) == committed


@pytest.mark.parametrize(
    "report",
    [
        "\x1b[1114112;5u",
        "\x1b[99999999999999999999;5u",
        "\x1b[55296;;55296u",
        "\x1b[116;x5u",
        "\x1b[:;:u",
        "\x1b[?1u",
        "\x1b[>1;2c",
    ],
)
def test_a_report_that_can_not_be_read_is_dropped_and_what_follows_is_read(report: str) -> None:
    assert [key for key in keys(f"{report}ab") if len(key) == 1][-2:] == ["a", "b"]
    assert "circumflex_accent" not in keys(report)


@pytest.mark.sweep
def test_ten_thousand_random_reports_end_nothing_and_each_is_at_most_its_own_text() -> None:
    dice = random.Random(1)
    parser = KeyParser()
    for _ in range(10_000):
        body = "".join(dice.choices("0123456789:;:;?<>=", k=dice.randrange(40)))
        sent = f"\x1b[{body}{dice.choice('u~ABCDEFHPQRSZmct')}"
        told = [event for event in parser.feed(sent) if isinstance(event, events.Key)]
        assert len(told) <= 1 + body.count(":"), sent
        parser = KeyParser() if "200~" in sent else parser  # that begins a paste
    assert [event.key for event in parser.feed("é") if isinstance(event, events.Key)] == ["é"]


def test_no_letter_is_on_two_keys() -> None:
    assert set(LATIN.values()) <= set("abcdefghijklmnopqrstuvwxyz")
    assert all(len(letter) == 1 and not letter.isascii() for letter in LATIN)
