"""An export as a document: whatever people typed stays text, and what was agreed and learned stands in it."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from store.exchange.outgoing.markdown_text import inline, paragraphs
from store.model import Verdict
from store.words.names import SOMEBODY
from tests.conftest import find_room
from tests.helpers.exports import AT, COPPER, LONG, SLUICE, SLUICES, both, out, with_room
from tests.helpers.rooms import ROOM
from tests.helpers.texts import ANY, HOSTILE, room, telling

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
    "text", [*MARKUP, *telling(text for text in HOSTILE if text.strip())], ids=lambda text: ascii(text[:20])
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
        "**9 of 11 placed it lower on autonomy than they expected, 1 higher, 1 the same (median −1). ",
        "| expected | 6 | 6 | 11 |",
        "| actual, the whole room | 5 | 7 | 17 |",
        "| actual, the same people | 4 | 7 | 11 |",
        "| between the medians | −1 | +1 |  |",
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
    with_room(
        archive, {**SLUICES, "actual": [{"by": each, "autonomy": 6, "benefit": 5} for each in ("Dov", "Ruth", "Colm")]}
    )
    document = out(archive, tmp_path, "md", "p2")
    assert "All three stand at 6 on autonomy (agreement 1.00)." in document
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
    assert "- **Answers the gap:** 3 of 3 placed it lower on autonomy" in document
    later = export(archive, ("guidelines",), "md", tmp_path / "later.md", now=now + 90 * 86400)
    assert "fossilises" in later.read_text("utf-8")


def test_an_empty_archive_goes_out_as_what_it_is(archive: Archive, tmp_path: Path) -> None:
    archive.save([], demo=True)
    assert "The logbook is empty." in out(archive, tmp_path, "md")
    assert "There are none yet" in out(archive, tmp_path, "md", "guidelines")
    assert json.loads(out(archive, tmp_path, "json"))["probes"] == []
    assert '"id","uid",' in out(archive, tmp_path, "csv")
