"""Search over everything: what is found, where, and that it is the same as a plain look at every text."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.exchange.incoming.importing import import_file
from store.logbook.search import SearchIndex, Sought, excerpt, spans
from store.logbook.search_index import build
from store.words.names import bare
from store.words.question import keywords
from tests.conftest import find_room
from tests.helpers.builders import a_property
from tests.helpers.small_archives import new_probe


class Rows(Archive):
    """Tables in memory."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self.tables = tables

    def each(self, table: str) -> Iterator[dict[str, Any]]:
        yield from self.tables.get(table, ())


def built(archive: Archive) -> SearchIndex:
    (index,) = (each for each in build(archive) if isinstance(each, SearchIndex))
    return index


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    archive = Archive(tmp_path_factory.mktemp("search") / "a.json")
    for name in ("tenants-canvass", "noise-protest"):
        with find_room(name).open("rb") as file:
            import_file(archive, file.read, time.time())
    return built(archive)


@pytest.mark.parametrize(
    ("typed", "where", "probe"),
    [
        ("lanyards laminator", "dissent 1", "p1"),
        ("66 took the pen", "moment 70", "p1"),
        ("separate literature leaflet stays", "red line", "p1"),
        ("vote building decide", "non-negotiable 1", ""),
        ("bundles travel", "amendment 1", "p1"),
        ("knock taught", "observation 19", "p1"),
        ("permit variation 2031", "issue", "p2"),
        ("SAOIRSE", "person 1", "p2"),
        ("meter reads ana", "skills", "p1"),
        ("lanyard tablet leaflet", "pattern 1", "p1"),
    ],
)
def test_a_text_is_found_by_its_words_and_says_where(rooms: SearchIndex, typed: str, where: str, probe: str) -> None:
    found = rooms.find(typed)
    assert (where, probe) in {(each.where, each.probe) for each in found}, found
    assert all(all(word in bare(each.text) for word in bare(typed).split()) for each in found)


@pytest.mark.parametrize("typed", ["nguyen", "LUKASZ", "Łukasz", "irem", "strasse"])
def test_accents_need_not_be_typed(typed: str) -> None:
    rows = Rows(moments=[{"session": "s", "number": 1, "text": "Nguyễn, Łukasz and İrem in Straße 4"}])
    assert [each.where for each in built(rows).find(typed)] == ["moment 1"]


def test_behind_the_curtain_only_what_is_public_is_searched(rooms: SearchIndex) -> None:
    def kinds(index: SearchIndex) -> set[str]:
        return {each.kind for word in ["e", "a", "i", "o", "u"] for each in index.find(word, 5000)}

    private = {"moment", "observation", "dissent", "person", "pattern", "responsibility"}
    assert kinds(rooms) - kinds(rooms.public) == private
    assert not kinds(rooms.public) & private
    assert len(rooms.public) < len(rooms)


def test_nothing_typed_finds_nothing(rooms: SearchIndex) -> None:
    assert rooms.find("") == rooms.find("  \n") == ()


def test_no_more_are_found_than_can_be_listed(rooms: SearchIndex) -> None:
    assert len(rooms.find("e")) == 200
    assert len(rooms.find("e", most=7)) == 7


def test_only_the_statement_in_force_is_searched() -> None:
    rows = Rows(
        non_negotiables=[
            {"number": 1, "principles": ["old words"], "adopted": "2026-01-01"},
            {"number": 2, "principles": ["first", "words in force"], "adopted": "2026-02-01"},
            {"number": 3, "principles": ["words of a draft"], "adopted": None},
        ]
    )
    assert [(each.where, each.text) for each in built(rows).find("words")] == [("non-negotiable 2", "words in force")]


def test_building_says_how_far_it_is() -> None:
    rows = Rows(moments=[{"session": "s1", "number": n, "text": f"moment {n}"} for n in range(5000)])
    *shares, index = build(rows)
    assert isinstance(index, SearchIndex)
    assert len(index) == 5000
    assert len(shares) >= 9
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert all(isinstance(share, float) and 0 <= share <= 1 for share in shares)


TEXTS = st.lists(st.text("abcİıßéł\u0301 \n", max_size=12), max_size=12)


@a_property
@given(TEXTS, st.text("abcilıéß ", max_size=5))
def test_it_finds_what_a_plain_look_at_every_text_finds(texts: list[str], typed: str) -> None:
    rows = Rows(moments=[{"session": "s", "number": n, "text": text} for n, text in enumerate(texts, 1)])
    words = bare(typed).split()
    wanted = [text for text in texts if words and all(word in bare(text) for word in words)]
    assert [each.text for each in built(rows).find(typed)] == wanted


def test_the_line_of_what_was_found_is_told_from_those_that_are_like_it() -> None:
    lines = [
        "Tidewater (2)",
        "    Hesper, facilitator",
        "  3 − the door",
        "  6 − the door",
        "  7 + the door and the key",
    ]
    assert Sought("door", "the door", 6).line_in(lines) == 3
    assert Sought("DOOR", "the door and the key", 7).line_in(lines) == 4
    assert Sought("hésper", "Hesper  Tidewater", 1).line_in(lines) == 1
    assert Sought("tidewater", "Hesper  Tidewater", 1).line_in(lines) == 0
    assert Sought("zeppelin", "a zeppelin", 1).line_in(lines) is None
    assert Sought("door").line_in(lines) is None
    assert Sought("door", "the door").line_in(()) is None


def test_an_archive_is_searched_as_it_stands_with_its_journal(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a.json")
    new_probe(archive, "first", time.time())
    archive.checkpoint()
    new_probe(archive, "second", time.time())
    index = built(archive)
    assert [each.probe for word in ("first", "second") for each in index.find(word)] == ["p1", "p2"]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("The Door and the doorway", "door", ["Door", "door"]),
        ("IŞIK ışık", "isik", ["IŞIK", "ışık"]),
        ("Thanh Nguyễn, Łukasz", "nguyen lukasz", ["Nguyễn", "Łukasz"]),
        ("nguye\u0302\u0303", "nguye", ["nguye\u0302\u0303"]),
        ("Évening", "évening", ["Évening"]),
        ("IIII ıiİi", "i", list("IIIIıiİi")),
        ("Évening E\u0301vening", "évening", ["Évening", "E\u0301vening"]),
        ("Straße", "strasse", ["Straße"]),
        ("a b", "b a", ["a", "b"]),
        ("abc", "zz", []),
    ],
)
def test_the_words_that_were_typed_are_marked(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:stop] for start, stop in spans(text, typed)] == marked


def test_an_excerpt_stands_around_the_first_word() -> None:
    assert excerpt("a short one", "one", 40) == ("a short one", ((8, 11),))
    shown, marked = excerpt("x" * 200 + " door " + "y" * 200, "door", 30)
    assert len(shown) == 30
    assert shown[0] == shown[-1] == "…"
    assert [shown[start:stop] for start, stop in marked] == ["door"]
    assert excerpt("a\x1b[31mdoor", "door", 40)[0] == "a␛[31mdoor"


@a_property
@given(st.text(max_size=60), st.text("abciıéßİ ", max_size=5), st.integers(4, 40))
def test_an_excerpt_fits_and_marks_within_itself(text: str, typed: str, width: int) -> None:
    shown, marked = excerpt(text, typed, width)
    assert len(shown) <= width
    assert all(0 <= start <= stop <= len(shown) for start, stop in marked)


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("what did we agree about cameras, and why?", "camera"),
        ("Did it work?", ""),
        ("which parties came to the Łódź meetings", "party came lodz meeting"),
        ("the press", "press"),
        ("  ?! ", ""),
    ],
)
def test_what_a_question_is_about(typed: str, about: str) -> None:
    assert keywords(typed) == about


@pytest.mark.parametrize(
    "text",
    ["It’s O’Neill’s “pen”, time‑boxed", "it's o'neill's \"pen\", time-boxed", "ｉｔ＇ｓ O`Neill's «pen», time–boxed"],
)
@pytest.mark.parametrize(
    "typed", ["it's", "it’s", "O'Neill", "o’neill", "time-boxed", "“pen”", '"pen"', "pen", "ｐｅｎ"]
)
def test_marks_are_found_whichever_they_are(text: str, typed: str) -> None:
    rows = Rows(moments=[{"session": "s", "number": 1, "text": text}, {"session": "s", "number": 2, "text": "nothing"}])
    assert [each.number for each in built(rows).find(typed)] == [1]


@pytest.mark.parametrize(
    "typed",
    ['"took the pen"', "“took the pen”", "«took the pen»", "„took the pen“", "'took the pen'", "‘Took the  pen’"],
)
def test_a_phrase_is_found_where_its_words_stand_together(typed: str) -> None:
    texts = ["she took the pen away", "the pen she took", "took the\n pen", "took “the” pen", "he took the pencil"]
    rows = Rows(moments=[{"session": "s", "number": n, "text": text} for n, text in enumerate(texts, 1)])
    assert [each.number for each in built(rows).find(typed)] == [1, 3, 4, 5]
    assert [each.number for each in built(rows).find(f"{typed} away")] == [1]
    assert [each.number for each in built(rows).find("took the pen")] == [1, 2, 3, 4, 5]
    assert Sought(typed, texts[0], 1).line_in([texts[1], texts[0]]) == 1
