"""Drafts and forms: what is half typed is there again, and what stands in a form saves itself."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from screens.frame.drafts import REST
from screens.logbook import LogbookScreen
from screens.phases.base import PhaseScreen
from screens.probe.form import ProbeForm
from store.timetable import following
from tests.helpers.rooms import ROOM
from tests.helpers.stage import begun, staged
from tests.screens.test_walk import typed

pytestmark = pytest.mark.sweep  # they take a minute or more; .ci/run has them


@pytest.mark.usefixtures("live")
async def test_a_draft_outlives_the_logbook_too(path: Path) -> None:
    async with begun(path) as stage:
        await stage.type("half a name")
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening", lambda: typed(stage, "#field") == "half a name")


@pytest.mark.usefixtures("due")
async def test_the_close_saves_a_field_that_is_left_and_one_in_which_typing_rests(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.press("l", "tab")
        await stage.until(lambda: stage.saved.session.closing.sunset == "lapse")
        await stage.type("because")
        assert stage.saved.session.closing.reason == ""
        await stage.press("tab")
        await stage.until(lambda: stage.saved.session.closing.reason == "because")
        await stage.focus("#none")
        await stage.type("nobody could stay")
        await stage.until(lambda: stage.saved.session.no_amendment == "nobody could stay")  # after REST, without a key
        assert typed(stage, "#none") == "nobody could stay"
        await stage.focus("#facilitator")
        await stage.type("hes")
        await stage.press("enter")
        await stage.until(lambda: stage.saved.session.closing.next_facilitator == "Hesper")
        await stage.focus("#sunset")
        await stage.press("r", "tab")
        await stage.type("soon")
        await stage.press("tab")
        await stage.until(
            "Type a date as 2026-11-07, 7 November 2026 or Sat 7 Nov.",
            lambda: typed(stage, "#until") == "soon",
        )
        await stage.press("f9", "f9")
        await stage.until(lambda: stage.phase == "decompression")
        await stage.press("f8", "f8")
        await stage.until(lambda: stage.phase == "close", lambda: typed(stage, "#facilitator") == "Hesper")
        assert typed(stage, "#reason") == "because"


@pytest.mark.usefixtures("due")
async def test_a_note_of_sovereignty_waits_for_its_measure_and_saves_itself(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("sovereignty")
        await stage.focus("#skills-note")
        await stage.type("learned the rig")
        await stage.until("Choose from −2 to +2 for skills; the note is kept with it.")
        await stage.focus("#skills")
        await stage.press("+")
        await stage.until(lambda: "skills" in stage.saved.session.sovereignty)
        assert stage.saved.session.sovereignty["skills"].note == "learned the rig"
        await stage.focus("#skills-note")
        await stage.type(" alone")
        await stage.until(lambda: stage.saved.session.sovereignty["skills"].note == "learned the rig alone")
        assert REST < 1


@pytest.mark.usefixtures("due")
async def test_the_probes_form_saves_field_by_field(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.type(" at dawn")
        assert stage.saved.probe.title == ROOM["title"]
        await stage.press("tab")
        await stage.until(lambda: stage.saved.probe.title == f"{ROOM['title']} at dawn")
        await stage.focus("#context")
        await stage.type("two lines")
        await stage.until(lambda: stage.saved.probe.context == "two lines")  # after REST, without a key
        await stage.focus("#ends")
        await stage.press(*("backspace",) * 20)
        await stage.type("some day")
        await stage.press("tab")
        await stage.until("Ends: Type a date as 2026-11-07, 7 November 2026 or Sat 7 Nov.")
        assert typed(stage, "#ends") == "some day"
        assert stage.saved.probe.pact.ends_at is not None
        await stage.press("escape")
        await stage.until("Escape again leaves it unsaved; it will be here next time.")
        assert isinstance(stage.screen, ProbeForm)
        await stage.focus("#ends")
        await stage.press(*("backspace",) * 8)
        await stage.type("Sat 7 Nov 4pm")
        await stage.press("escape")
        await stage.until(lambda: stage.phase == "opening", "Noise protest at Gate 2 at dawn")
        assert str(stage.saved.probe.pact.ends_at) == "16:00:00"


@pytest.mark.usefixtures("due")
async def test_every_refusal_of_the_form_says_what_to_type(path: Path) -> None:
    async with begun(path) as stage:
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        for field, text, sentence in (
            ("responsibilities", "no colon", "Who does what: Type who does what, with a colon in between"),
            ("partners", "; NGO", "Partners: Start the line with the partner's name"),
            ("expected", "Ayzel 11 3", "Expected: Both numbers go from 0 to 10"),
            ("starts", "2027-01-01", "Starts: The action can't end (2026-11-07) before it starts (2027-01-01)."),
        ):
            before = stage.saved
            await stage.focus(f"#{field}")
            widget = stage.screen.query_one(f"#{field}")
            assert isinstance(widget, Input | TextArea)
            kept = typed(stage, f"#{field}")
            widget.clear()
            await stage.type(text)
            await stage.press("tab")
            await stage.until(sentence)
            assert typed(stage, f"#{field}") == text
            assert stage.saved == before
            widget.load_text(kept) if isinstance(widget, TextArea) else setattr(widget, "value", kept)
        await stage.focus("#title")
        await stage.press(*("backspace",) * 40, "tab")
        await stage.until("Title: A probe needs a title: type what you do, and where.")


async def test_enter_and_tab_go_through_a_form_before_the_next_key(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        stage.send(
            *"Choir",
            "enter",
            *"noise",
            "tab",
            "tab",
            *"ci",
            "enter",
            *"a big",
            "enter",
            *"dock",
            "shift+tab",
            "end",
            *" hall",
        )
        await stage.until(lambda: typed(stage, "#scope_reason") == "a big hall")
        assert [typed(stage, f"#{name}") for name in ("title", "issue", "scope", "place")] == [
            "Choir",
            "noise",
            "city",
            "dock",
        ]
        await stage.press("f4")
        await stage.until("Choir")
        assert (stage.saved.probe.scope, stage.saved.probe.scope_reason) == ("city", "a big hall")


@pytest.mark.usefixtures("live")
async def test_page_up_and_page_down_scroll_what_is_too_long(path: Path) -> None:
    async with begun(path, size=(60, 18)) as stage:
        top = stage.reads("#roster")[:10]
        assert top in stage.flat()
        await stage.press("pagedown", "pagedown")
        await stage.until("Ijeoma")
        await stage.press("pageup", "pageup", "pageup")
        await stage.until(top)
        assert isinstance(stage.screen, PhaseScreen)
        assert following(stage.debrief)
