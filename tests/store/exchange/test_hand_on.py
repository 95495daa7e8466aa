"""A record to hand on: what stands in it and what doesn't, in each of its forms, and where it goes."""

import csv
import errno
import io
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store import demo
from store.archive.archive import Archive
from store.archive.disk.calls import Disk
from store.exchange.bundle import Bundle
from store.exchange.by_probe import Shelf
from store.exchange.incoming.one_debrief import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing import csv_tables
from store.exchange.outgoing.export import export
from store.exchange.outgoing.files import put_file, put_folder
from store.exchange.outgoing.markdown_text import inline, paragraphs
from store.exchange.outgoing.nameless import WORDS, anonymous
from store.exchange.outgoing.people import named
from store.matrix.figures import OTHERS
from store.model import Dissent, NonNegotiables, Participant, Session, Verdict, stamp
from store.refused import Refused
from store.words.names import SOMEBODY
from tests.conftest import Shell, fails, find_room
from tests.helpers.builders import debrief, with_ballots
from tests.helpers.rooms import PEOPLE, ROOM
from tests.helpers.texts import ANY, HOSTILE, room, said

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"
ROOMS = ("noise-protest", "tenants-canvass")


def with_room(archive: Archive, file: dict[str, Any]) -> Archive:
    take_in(archive, read_room(file, AT))
    return archive


def both(archive: Archive) -> dict[str, dict[str, Any]]:
    """Both rooms in the archive; their files."""
    files = {name: json.loads(find_room(name).read_text("utf-8")) for name in ROOMS}
    for file in files.values():
        with_room(archive, file)
    return files


def out(archive: Archive, folder: Path, form: str, *names: str, raw: bool = False) -> str:
    """An export as one text; of tables all of them."""
    place = export(archive, names, form, folder / f"out-{len(list(folder.iterdir()))}.{form}", raw=raw)
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    return "\n".join(file.read_text("utf-8-sig") for file in files)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


# ------------------------------------------------------------------------------------------- names and raw notes


def fields(value: object) -> set[str]:
    return set(said(value))


@pytest.mark.parametrize("name", ROOMS)
def test_without_raw_notes_no_field_holds_a_name_and_nothing_a_moment_or_an_observation(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    file = both(archive)[name]
    names = {person["alias"] for person in file["participants"]} | {mark["by"] for mark in file["expected"]}
    raw = [each["text"] for each in (*file["moments"], *file["observations"])]
    data = out(archive, tmp_path, "json")
    assert not names & fields(json.loads(data))
    tables = out(archive, tmp_path, "csv")
    assert not names & {cell for row in rows(tables) for cell in row}
    document = out(archive, tmp_path, "md")
    for text in (data, tables, document):
        assert not [moment for moment in raw if moment in text or inline(moment) in text]
    for alias in names:
        assert f"{alias}:" not in document, "who has a reservation, or a task"
        assert f"— {alias}" not in document


@pytest.mark.parametrize("name", ROOMS)
def test_with_raw_notes_they_are_there(archive: Archive, tmp_path: Path, name: str) -> None:
    file = both(archive)[name]
    names = {person["alias"] for person in file["participants"]}
    data = json.loads(out(archive, tmp_path, "json", raw=True))
    tables = {cell for row in rows(out(archive, tmp_path, "csv", raw=True)) for cell in row}
    document = out(archive, tmp_path, "md", raw=True)
    for each in (*file["moments"], *file["observations"]):
        assert each["text"] in fields(data)
        assert csv_tables.cell(each["text"]) in tables
        assert inline(each["text"]) in document
    assert names <= fields(data)
    assert names <= tables


def test_words_of_decompression_are_only_counted(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, ROOM)
    for form in ("json", "csv", "md"):
        assert "jittery" not in out(archive, tmp_path, form)
        assert "jittery" in out(archive, tmp_path, form, raw=True)
    assert "3 words for how we were" in out(archive, tmp_path, "md")
    assert json.loads(out(archive, tmp_path, "json"))["probes"][0]["sessions"][0]["feelings"] == {WORDS: 3}


def test_the_help_and_the_document_say_that_sentences_stay_as_they_are(
    redraw: Shell, archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, {**ROOM, "context": "Ayzel knows the guard."})
    document = out(archive, tmp_path, "md")
    assert "Ayzel knows the guard." in document
    assert "read it through before you hand it on" in document
    assert "read it through before you hand it on" in " ".join(redraw("export", "--help").out.split())


def nameless(*people: str, ballots: dict[str, tuple[int, int]], **session: Any) -> Bundle:
    found = with_ballots(debrief(*people, **{"revealed": 1, **session}), ballots)
    return anonymous(Bundle.of(found))


def test_ballots_stand_by_organisation_only_where_there_are_three_and_nobody_is_left_over_alone() -> None:
    three = {"a": (1, 1), "b": (9, 9), "c": (5, 5)}
    alone = nameless("a/X", "b/X", "c/X", "d/Y", ballots={**three, "d": (0, 10)})
    assert {row["by"] for row in alone.lists["placements"]} == {OTHERS}
    shown = nameless("a/X", "b/X", "c/X", ballots=three)
    assert {row["by"] for row in shown.lists["placements"]} == {"X"}
    mixed = nameless(
        "a/X", "b/X", "c/X", "d/Y", "e/Y", "f/Z", ballots={**three, "d": (0, 10), "e": (1, 1), "f": (2, 2)}
    )
    assert [row["by"] for row in mixed.lists["placements"]] == ["X"] * 3 + [OTHERS] * 3


def test_the_order_of_ballots_tells_nothing_and_what_is_blind_stays_so() -> None:
    ballots = {"c": (5, 5), "a": (1, 1), "b": (9, 9)}
    found = nameless("a/X", "b/X", "c/X", ballots=ballots)
    assert [(row["number"], row["autonomy"]) for row in found.lists["placements"]] == [(1, 1), (2, 5), (3, 9)]
    assert nameless("a/X", "b/X", "c/X", ballots=ballots, revealed=0).lists["placements"] == []


def test_when_somebody_placed_goes_out_only_with_the_names(archive: Archive, tmp_path: Path) -> None:
    taken = take_in(archive, read_room(ROOM, AT))
    archive.save([placement.but(at="2026-11-05T09:41:07") for placement in taken.expected[:1]])
    for form in ("json", "csv"):
        assert "09:41:07" in out(archive, tmp_path, form, raw=True)
        assert "09:41:07" not in out(archive, tmp_path, form)


def test_a_proposal_that_is_being_placed_shows_no_placement() -> None:
    found = Bundle.of(read_room(room("x"), AT))
    blind = {**found.sessions[0], "id": "s9", "kind": "dissent", "phase": "placing", "sealed": None, "revealed": 0}
    shown = anonymous(Bundle(found.probe, [*found.sessions, blind], found.lists))
    assert shown.lists["proposals"][0]["placements"] == []
    assert len(anonymous(found).lists["proposals"][0]["placements"]) == 2


def test_a_name_without_an_organisation_is_somebody_and_a_task_for_all_stays() -> None:
    found = Bundle.of(read_room({**ROOM, "facilitators": ["Ayzel", "Zebedee"]}, AT))
    found.probe["pact"]["responsibilities"] = [{"who": each, "what": "x"} for each in ("AYZEL", "each pair")]
    probe = anonymous(found).probe
    assert probe["facilitators"] == ["Breathers of Pellan", SOMEBODY]
    assert [each["who"] for each in probe["pact"]["responsibilities"]] == ["Breathers of Pellan", "each pair"]


SLUICE, COPPER = "Sluice Street Assembly", "Copper Kitchen"
LONG = "Kiln and Process Workers' Union of Ostrey, Branch 40"

SLUICES = {
    "title": "x",
    "our_organisation": SLUICE,
    "partners": [{"name": COPPER, "kind": "NGO"}, {"name": LONG, "kind": "union"}],
    "participants": [
        *({"alias": each, "organisation": SLUICE} for each in ("Hettie", "Ana Kovač", "Colm", "Zoë")),
        *({"alias": each, "organisation": COPPER, "role": "facilitator"} for each in ("Dov", "Ruth")),
    ],
}


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        ("each pair", "each pair"),
        ("the whole assembly", "the whole assembly"),
        (COPPER, COPPER),
        (f"{SLUICE} and {COPPER}", f"{SLUICE} and {COPPER}"),
        (LONG, LONG),
        (f"Dov, {LONG}", f"{SOMEBODY} and {LONG}"),
        ("Hettie", SLUICE),
        ("HETTIE ", SLUICE),
        ("Hettie, Colm & Zoë", SLUICE),
        ("Hettie with Zoe\u0308", SLUICE),
        ("Hettie/Colm", SLUICE),
        ("(Colm)", SLUICE),
        ("Dov", SOMEBODY),
        ("Dov and Hettie", f"{SOMEBODY} and {SLUICE}"),
        ("Hettie (and a driver)", SOMEBODY),
        ("Hettie, after asking Dov", SOMEBODY),
        ("Aunt Hettie", SOMEBODY),
        ("Hettie's sister", SOMEBODY),
        ("Ana", SOMEBODY),
        ("İrem", SOMEBODY),
        (f"İrem and {COPPER}", f"{SOMEBODY} and {COPPER}"),
        ("Hettier", "Hettier"),
        ("", ""),
    ],
)
def test_in_a_field_for_who_does_something_no_name_that_the_archive_knows_is_left(
    archive: Archive, tmp_path: Path, typed: str, handed_on: str
) -> None:
    pact = {"responsibilities": [{"who": typed, "what": "the keys"}]}
    close = {"sunset": "lapse", "rhythm": "act", "decided_by": typed}
    with_room(archive, {**SLUICES, "pact": pact, "close": close})
    with_room(archive, {"title": "y", "participants": [{"alias": "İrem", "organisation": "z"}]})
    with_room(archive, {"title": "planned", "pact": {"responsibilities": [{"who": "Hettie", "what": "the keys"}]}})
    data = json.loads(out(archive, tmp_path, "json"))["probes"]
    assert data[0]["probe"]["pact"]["responsibilities"][0]["who"] == handed_on
    assert data[0]["sessions"][0]["closing"]["decided_by"] == handed_on
    assert data[2]["probe"]["pact"]["responsibilities"][0]["who"] == SOMEBODY, "there is no roster yet"
    assert rows((export(archive, ("p3",), "csv", tmp_path / "t") / "pacts.csv").read_text("utf-8-sig"))[1:] == [
        ["p3", "responsibility", SOMEBODY, "the keys"]
    ]


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        ("too slow", "too slow"),
        ("too slow: by an hour", "too slow: by an hour"),
        ("Hettie: too slow", f"{SLUICE}: too slow"),
        ("Colm, Hettie: too slow", f"{SLUICE}: too slow"),
        ("Hettie and I disagree: both", f"{SOMEBODY}: both"),
        ("Aunt Hettie: too slow", f"{SOMEBODY}: too slow"),
        ("Hettie - too slow", f"{SLUICE} - too slow"),
        ("Hettie – too slow", f"{SLUICE} – too slow"),
        ("Dov says no", f"{SOMEBODY} says no"),
        ("(Colm) too slow", f"({SLUICE}) too slow"),
        ("Dov: at 10:30 it was too late", f"{SOMEBODY}: at 10:30 it was too late"),
        ("Hettie came at 10:30", f"{SLUICE} came at 10:30"),
        (f"{COPPER}: too slow", f"{SOMEBODY}: too slow"),
        (f"{SLUICE}: too slow", f"{SLUICE}: too slow"),
        ("We ask Hettie to begin", "We ask Hettie to begin"),
        ("İrem: too slow", f"{SOMEBODY}: too slow"),
    ],
)
def test_who_has_a_reservation_is_not_handed_on(archive: Archive, tmp_path: Path, typed: str, handed_on: str) -> None:
    amendment = {"principle": "Ask.", "decision": "vote", "reservations": [typed]}
    with_room(archive, {**SLUICES, "amendments": [amendment]})
    asked = NonNegotiables(number=1, at=AT, asked=("İrem", "Hettie"), consents=("Hettie",), open=(typed,))
    archive.save([asked])
    data = json.loads(out(archive, tmp_path, "json"))
    assert data["probes"][0]["amendments"][0]["reservations"] == [handed_on]
    (revision,) = data["non_negotiables"]
    assert revision["asked"] == [SLUICE, SLUICE]
    assert not any(name in revision["open"][0].split("10:30")[0] for name in ("Dov", "Colm", "İrem", "Aunt"))


def test_an_organisation_of_one_or_two_in_the_room_stands_for_nobody(archive: Archive, tmp_path: Path) -> None:
    said = [{"voice": each, "pull": "autonomy", "text": "x"} for each in ("Dov", "Hettie", COPPER)]
    with_room(archive, {**SLUICES, "facilitators": ["Dov", "Colm"], "dissent": said})
    data = json.loads(out(archive, tmp_path, "json"))["probes"][0]
    assert data["probe"]["facilitators"] == [SOMEBODY, SLUICE]
    assert [each["voice"] for each in data["dissent"]] == [SOMEBODY, SLUICE, SOMEBODY]
    roster = [(each["alias"], each["organisation"], each["role"]) for each in data["participants"]]
    assert roster == [(SLUICE, SLUICE, "participant")] * 4 + [(SOMEBODY, COPPER, "participant")] * 2


@settings(max_examples=30)
@given(ANY, st.lists(ANY, max_size=3))
def test_what_has_no_names_stays_as_it_is(text: str, known: list[str]) -> None:
    names = named({Dissent: [{"voice": each} for each in known]})
    once = anonymous(Bundle.of(read_room(room(text), AT)), names)
    assert anonymous(once, names) == once


def test_the_figures_are_those_of_the_screen_also_where_ballots_stand_together(
    archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, ROOM)
    document = out(archive, tmp_path, "md")
    assert "| actual, Breathers of Pellan | 3 | 7 | 4 |" in document
    assert "| actual, Harrowmere Trust | 8 | 2 | 3 |" in document
    assert "Cold-Chain League |" not in document, "two ballots"


# --------------------------------------------------------------------------------------------------- the document

PARSER = MarkdownIt("gfm-like", {"linkify": True, "typographer": False})
NEVER = {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence", "s_open"}


def tokens(text: str) -> Iterator[Any]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


MARKUP = (
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "===",
    "a | b | c",
    "![x](http://x.org/a.png)",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script> <b>x</b> <http://x.org>",
    "http://example.org/a?b=c www.example.org me@example.org ftp://x.org https://x.org.",
    "`code` ``` ~~~ ~~gone~~ **bold** _it_ __x__",
    "    indented",
    "\tindented",
    "&amp; &#60; &lt;",
    "[^1] [x]: http://x.org",
    "ends with \\",
    "ends with blanks  ",
    "two\n\n# lines\n\n| a |\n| - |\n",
    "| - | - |",
)


@pytest.mark.parametrize(
    "text", [*MARKUP, *(text for text in HOSTILE if text.strip())], ids=lambda text: ascii(text[:20])
)
def test_no_text_becomes_markup(archive: Archive, tmp_path: Path, text: str) -> None:
    with_room(archive, room(text))
    document = out(archive, tmp_path, "md", raw=True)
    found = [token.type for token in tokens(document)]
    assert not NEVER & set(found)
    plain = Archive(tmp_path / "plain.json")
    like = [token.type for token in tokens(out(with_room(plain, room("plain")), tmp_path, "md", raw=True))]
    for kind in ("heading_open", "table_open", "tr_open", "td_open", "bullet_list_open", "list_item_open", "hr"):
        assert found.count(kind) == like.count(kind), kind
    assert "ordered_list_open" not in found


@settings(max_examples=200)
@given(ANY)
def test_any_text_reads_as_it_was_typed(text: str) -> None:
    shown = inline(text)
    assert "\n" not in shown
    assert not NEVER & {token.type for token in tokens(f"- {shown}")}
    for each in paragraphs(text):
        assert [token.type for token in PARSER.parse(each)] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize(
    "text", ["a*b_c", "1. x", "x.org", "me@x.org", "#1 & <2>", "$5 {x} [y] `z` ~ \\", "3.5 - 2", "+5"]
)
def test_a_text_reads_rendered_as_it_was_typed(text: str) -> None:
    (paragraph,) = [token for token in PARSER.parse(inline(text)) if token.type == "inline"]
    assert "".join(child.content for child in paragraph.children or ()) == text


def test_several_probes_begin_with_a_list_of_contents_that_leads_to_each(archive: Archive, tmp_path: Path) -> None:
    both(archive)
    document = out(archive, tmp_path, "md")
    links = [token.attrs["href"] for token in tokens(document) if token.type == "link_open"]
    assert links == [
        "#1-noise-protest-at-gate-2-ostrey-resin-works",
        "#2-weekend-tenants-rights-canvass-pellan-house",
    ]
    assert document.startswith("# 2 probes of ")
    assert "\n## 1. Noise protest at Gate 2, Ostrey resin works\n" in document


def test_a_document_holds_what_was_agreed_and_what_became_of_it(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, json.loads(find_room("tenants-canvass").read_text("utf-8")))
    document = out(archive, tmp_path, "md", "s1")
    for line in (
        "# Weekend tenants' rights canvass, Pellan House",
        "**1 less autonomy, 1 more benefit than expected.**",
        "| expected | 6 | 6 | 11 |",
        "| actual | 5 | 7 | 17 |",
        "| gap | −1 | +1 |  |",
        "| skills | +2 | Noor ran a floor",
        "- **Before:** Contact details stay with us.",
        "- **Decided by:** consent with reservations",
        "- **Reservation:** Kettle and Key: fine, until",
        "- Next we act",
    ):
        assert line in document, line


def test_a_document_reads_as_it_should_where_there_is_little_to_say(archive: Archive, tmp_path: Path) -> None:
    planned = {
        "title": "planned",
        "our_organisation": SLUICE,
        "partners": [{"name": LONG}, {"name": COPPER}],
        "expected": [{"by": each, "autonomy": 6, "benefit": 5} for each in ("a", "b", "c")],
        "pact": {"signatures": [{"name": "Hettie", "organisation": SLUICE}]},
    }
    document = out(with_room(archive, planned), tmp_path, "md")
    assert "gap" not in document
    assert "– | –" not in document
    assert "## What was expected of it" in document
    assert "| expected | 6 | 5 | 3 |" in document
    assert f"with {inline(LONG)}; {COPPER}" in document
    assert f"**Signed:** {SLUICE}. **Not signed:** {inline(LONG)}; {COPPER}" in document
    with_room(archive, {**SLUICES, "actual": [{"by": each, "autonomy": 6, "benefit": 5} for each in ("Dov", "Ruth")]})
    document = out(archive, tmp_path, "md", "p2")
    assert "Half of the room stands at 6 on autonomy (agreement 1.00)." in document
    close = {"sunset": "lapse", "rhythm": "act", "next_facilitator": "Dov", "decided_by": "Dov"}
    document = out(with_room(archive, {**SLUICES, "close": close}), tmp_path, "md", "p3")
    assert SOMEBODY not in document.split("## What ends")[1].split("---")[0]


def test_red_lines_stand_with_what_became_of_them(archive: Archive, tmp_path: Path) -> None:
    file = {**ROOM, "red_lines": [{"text": "never without the nightshift", "state": "strained"}]}
    document = out(with_room(archive, file), tmp_path, "md")
    assert "| never without the nightshift | strained |" in document


def test_the_guidelines_are_a_document_of_their_own_with_their_history(archive: Archive, tmp_path: Path) -> None:
    both(archive)
    document = out(archive, tmp_path, "md", "guidelines")
    assert document.startswith("# Alliance guidelines of ")
    assert "6 principles in force, last changed on 7 November 2026, " in document
    assert "**Before that**, from before these records\n\n> Contact details stay with us." in document
    assert "- **Rests on:** Everyone wrote the data rule" in document
    assert "Weekend tenants" in document
    assert "## What was agreed" not in document
    together = out(archive, tmp_path, "md", "p1", "guidelines")
    assert "## Alliance guidelines" in together
    assert "## What was agreed" in together


def test_the_guidelines_say_whether_they_worked_what_changed_and_which_gap_they_answer(
    archive: Archive, tmp_path: Path
) -> None:
    def amended(new: str, old: str | None) -> dict[str, Any]:
        amendment = {"principle": new, "replaces": old, "decision": "vote"}
        return {**ROOM, "amendments": [amendment], "close": {"sunset": "lapse", "rhythm": "act"}}

    take_in(archive, read_room(amended("Ask the *guard* first.", None), AT, "2026-11-07T19:00:00"))
    second = read_room(amended("Ask the *guard* twice, always.", "Ask the *guard* first."), AT, "2026-11-14T19:00:00")
    taken = take_in(archive, second)
    archive.save([taken.session.but(verdicts=(Verdict(guideline=1, worked="partly"),))])
    now = datetime.fromisoformat("2026-11-24T12:00:00").timestamp()
    place = export(archive, ("guidelines",), "md", tmp_path / "g.md", now=now)
    document = place.read_text("utf-8")
    assert "1 principle in force, last changed on 14 November 2026, 10 days ago." in document
    assert "fossilises" not in document
    assert f"- **partly** (its first wording), said after “{ROOM['title']}” on 14 November 2026" in document
    assert r"- **What changed:** Ask the \*guard\* ~~first.~~ **twice, always.**" in document
    assert "- **Answers the gap:** 1 less autonomy" in document
    later = export(archive, ("guidelines",), "md", tmp_path / "later.md", now=now + 90 * 86400)
    assert "fossilises" in later.read_text("utf-8")


def test_an_empty_archive_goes_out_as_what_it_is(archive: Archive, tmp_path: Path) -> None:
    archive.save([], demo=True)
    assert "The logbook is empty." in out(archive, tmp_path, "md")
    assert "There are none yet" in out(archive, tmp_path, "md", "guidelines")
    assert json.loads(out(archive, tmp_path, "json"))["probes"] == []
    assert "id,uid," in out(archive, tmp_path, "csv")


def test_the_sample_year_goes_out_in_every_form(archive: Archive, tmp_path: Path) -> None:
    demo.fill(archive, NOW)
    for form in ("md", "csv", "json"):
        for raw in (False, True):
            assert out(archive, tmp_path, form, raw=raw)


# ----------------------------------------------------------------------------------------------------- the tables


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(archive: Archive, tmp_path: Path, begin: str) -> None:
    text = f'{begin}cmd|"/C calc"!A0'
    with_room(archive, room(text))
    folder = export(archive, (), "csv", tmp_path / "tables", raw=True)
    hits = 0
    for file in folder.iterdir():
        for row in rows(file.read_text("utf-8-sig") if begin not in "\r\n" else file.read_bytes().decode("utf-8-sig")):
            hits += row.count(f"'{text}")
            for cell in row:
                assert cell[:1] not in ("=", "+", "@", "\t", "\r", "\n"), cell
                assert cell[:1] != "-" or float(cell) < 0
    assert hits > 20


def test_numbers_stay_numbers_and_texts_with_commas_stay_one_cell() -> None:
    assert [csv_tables.cell(value) for value in (-2, -0.5, 3, True, None, "-2", "a, b")] == [
        -2,
        -0.5,
        3,
        True,
        None,
        "'-2",
        "a, b",
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_tables_hold_every_text_to_what_utf_8_can_hold(archive: Archive, tmp_path: Path, text: str) -> None:
    with_room(archive, room(text))
    folder = export(archive, (), "csv", tmp_path / "tables", raw=True)
    for file in folder.iterdir():
        data = file.read_bytes()
        assert data.startswith("\ufeff".encode()), "Excel takes it for something older otherwise"
        found = rows(data.decode("utf-8-sig"))
        assert len({len(row) for row in found}) == 1, file.name
    titles = [row[4] for row in rows((folder / "probes.csv").read_bytes().decode("utf-8-sig"))]
    assert titles == ["title", csv_tables.cell(text)]


def test_tables_without_raw_notes_have_none_of_moments_and_observations(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, ROOM)
    plain = {file.name for file in export(archive, (), "csv", tmp_path / "plain").iterdir()}
    raw = {file.name for file in export(archive, (), "csv", tmp_path / "raw", raw=True).iterdir()}
    assert raw - plain == {"moments.csv", "observations.csv"}
    assert {"probes.csv", "sessions.csv", "patterns.csv", "amendments.csv", "matrix.csv"} <= plain
    only = export(archive, ("guidelines",), "csv", tmp_path / "only")
    assert [file.name for file in only.iterdir()] == ["guidelines.csv"]


# -------------------------------------------------------------------------------------------------- where it goes


@pytest.fixture
def filled(archive: Archive) -> Archive:
    take_in(archive, read_room(room("x"), AT))
    archive.close()
    return archive


@pytest.mark.parametrize("form", ["md", "json"])
def test_a_file_is_never_written_over_without_force(redraw: Shell, filled: Archive, tmp_path: Path, form: str) -> None:
    place = tmp_path / f"out.{form}"
    place.write_text("mine")
    done = redraw("export", "--format", form, "--output", str(place))
    assert done.sentence == f"{place} is there already: name another file, or write over it with --force."
    assert place.read_text() == "mine"
    assert redraw("export", "--format", form, "--output", str(place), "--force").code == 0
    assert place.read_text() != "mine"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_full_folder_is_not_written_into_without_force(redraw: Shell, filled: Archive, tmp_path: Path) -> None:
    place = tmp_path / "tables"
    place.mkdir()
    assert redraw("export", "--format", "csv", "--output", str(place)).code == 0, "it is empty"
    (place / "mine.txt").write_text("mine")
    (place / "probes.csv").write_text("old")
    assert "--force" in redraw("export", "--format", "csv", "--output", str(place)).sentence
    assert (place / "probes.csv").read_text() == "old"
    assert redraw("export", "--format", "csv", "--output", str(place), "--force").code == 0
    assert (place / "probes.csv").read_text() != "old"
    assert (place / "mine.txt").read_text() == "mine"
    assert redraw("export", "--format", "csv", "--output", str(place / "mine.txt")).sentence.endswith(
        "is a file: name a folder for the tables."
    )


@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_a_missing_folder_is_said_in_one_sentence(redraw: Shell, filled: Archive, tmp_path: Path, form: str) -> None:
    place = tmp_path / "nowhere" / "out"
    assert redraw("export", "--format", form, "-o", str(place)).sentence == (
        f"There is no folder {place.parent}: make it, or name another place."
    )


@pytest.mark.parametrize(("names", "wanted"), [((), "probes"), (("p1",), "p1"), (("guidelines",), "guidelines")])
def test_in_a_folder_a_file_gets_a_name_that_says_what_it_is(
    redraw: Shell, filled: Archive, tmp_path: Path, names: tuple[str, ...], wanted: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert redraw("export", *names, "--format", "md", "-o", str(folder)).code == 0
    wanted = "p1" if not names else wanted  # the only probe there is
    assert [file.name for file in folder.iterdir()] == [f"{wanted}.md"]


def test_the_archive_is_never_written_over(redraw: Shell, filled: Archive, path: Path) -> None:
    before = path.read_bytes()
    for place in (path, Path(f"{path}.lock")):
        assert redraw("export", "--format", "json", "-o", str(place), "--force").sentence.endswith(
            "belongs to the archive itself: name another file."
        )
    assert path.read_bytes() == before


def test_a_dash_is_standard_output(
    redraw: Shell, filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for form in ("md", "json"):
        done = redraw("export", "--format", form, "--output", "-")
        redraw("export", "--format", form, "--output", f"out.{form}")
        assert (done.code, done.err, done.out) == (0, "", (tmp_path / f"out.{form}").read_text("utf-8"))
    assert redraw("export", "--format", "csv", "-o", "-").sentence == (
        "Tables are several files, which can't go to standard output: name a folder for them."
    )
    assert "or - for standard output" in redraw("export", "--format", "md", "-o", os.devnull, "--force").sentence
    assert not (tmp_path / "-").exists()


def test_an_id_that_is_not_there_is_said(redraw: Shell, filled: Archive, tmp_path: Path) -> None:
    done = redraw("export", "p1", "p9", "--format", "md", "-o", str(tmp_path / "x.md"))
    assert "no probe and no session 'p9'" in done.sentence
    assert not (tmp_path / "x.md").exists()
    assert redraw("export", "--format", "pdf", "-o", "x").code == 2
    assert redraw("export", "--format", "md").code == 2


Put = Callable[[Path, Disk], None]


def _file(path: Path, disk: Disk) -> None:
    put_file(path, lambda put: put(b"x" * 600_000), force=True, disk=disk)


def _folder(path: Path, disk: Disk) -> None:
    put_folder(path, {f"{n}.csv": lambda put: put(b"x" * 600_000) for n in range(3)}, force=True, disk=disk)


@pytest.mark.parametrize("put", [_file, _folder])
@pytest.mark.parametrize("call", ["open", "write", "sync", "rename"])
@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Put, call: str, there: bool
) -> None:
    place = tmp_path / "out"
    if there:
        put(place, Disk())
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    disk = Disk()
    monkeypatch.setattr(disk, call, fails(errno.ENOSPC))
    with pytest.raises(Refused, match=r"Not exported \(no space left on device\).*Make room and try again"):
        put(place, disk)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
    assert place.exists() == there


def test_a_disk_that_fills_up_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    class Filling(Disk):
        room = 700_000

        def write(self, fd: int, data: bytes, at: int | None = None) -> int:
            if self.room <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            taken = super().write(fd, data[: self.room], at)
            self.room -= taken
            return taken

    with pytest.raises(Refused, match="Make room"):
        _folder(tmp_path / "out", Filling())
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_record_is_said_and_nothing_is_written(redraw: Shell, filled: Archive, path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"felt": "strengthened"', b'"felt" "strengthened"', 1))
    for form in ("md", "json", "csv"):
        place = path.parent / f"out.{form}"
        assert "damaged" in redraw("export", "--format", form, "-o", str(place), "--with-raw-notes").sentence
        assert not place.exists()


def test_rows_of_an_earlier_form_are_brought_up_to_the_present_one(archive: Archive) -> None:
    take_in(archive, read_room(room("x"), AT))
    archive.close()
    text = archive.path.read_text("utf-8").replace(', "added_later": false', "").replace(', "paper_maps": 2', "")
    archive.path.write_text(text.replace('"scope_reason": "", ', ""), "utf-8")
    found = Shelf(Archive(archive.path)).bundle("p1")
    assert found.lists["moments"][0]["added_later"] is False
    assert found.lists["patterns"][0]["paper_maps"] == 0
    assert found.probe["scope_reason"] == ""


def test_both_sessions_of_a_probe_go_out(archive: Archive, tmp_path: Path) -> None:
    taken = take_in(archive, read_room(room("x"), AT))
    before = Session(id="s7", probe="p1", created=stamp(NOW), kind="dissent", phase="choice", sealed=stamp(NOW))
    archive.save([before, Participant(session="s7", number=1, alias="Zoë", organisation="x")])
    data = json.loads(out(archive, tmp_path, "json", raw=True))["probes"][0]
    assert [row["id"] for row in data["sessions"]] == ["s1", "s7"]
    assert [row["session"] for row in data["participants"]] == ["s1", "s1", "s7"]
    assert replace(taken).probe.id == "p1"


def test_people_of_the_sample_room_are_told_apart() -> None:
    assert len(set(PEOPLE)) == 9
