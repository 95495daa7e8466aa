"""Nothing typed is ever lost: what is half typed on any screen is on the disk a moment later, and there again."""

import asyncio
from pathlib import Path

import pytest

from screens.frame.drafts import REST, DraftScreen
from screens.logbook import LogbookScreen
from screens.probe.form import ProbeForm
from screens.probe.non_negotiables import PrinciplesScreen
from screens.review import ReviewScreen
from store.archive.archive import Archive
from store.model import Probe, stamp
from tests.helpers.rooms import NOW, closed
from tests.helpers.stage import Stage, begun, staged
from tests.screens.test_walk import typed
from tui.app import RedrawApp


def kept(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What another process finds, were this one killed now."""
    return Archive(path).drafts()


async def opened(stage: Stage, key: str, screen: type[DraftScreen]) -> None:
    await stage.press(key)
    await stage.until(lambda: isinstance(stage.screen, screen) and stage.screen.restored)


async def test_each_kind_of_line_of_the_non_negotiables_is_kept_by_itself(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage, "f7", PrinciplesScreen)
        await stage.type("Tenants dec")
        await stage.press("tab")
        assert typed(stage, "#field") == "", "a principle is nobody's name"
        await stage.type("Ana, Wo")
        await stage.until(
            lambda: (
                kept(path) == {("", "principles"): {"principles": "Tenants dec", "asked": "Ana, Wo", "kind": "asked"}}
            )
        )
    async with staged(path) as stage:
        await opened(stage, "f7", PrinciplesScreen)
        await stage.until("asked ›", lambda: typed(stage, "#field") == "Ana, Wo")
        await stage.press("shift+tab")
        await stage.until("principle ›", lambda: typed(stage, "#field") == "Tenants dec")
        await stage.enter("ide.")
        assert stage.debrief.non_negotiables[0].principles == ("Tenants decide.",)
        await stage.until(lambda: kept(path) == {("", "principles"): {"asked": "Ana, Wo", "kind": "principles"}})


@pytest.mark.usefixtures("live")
async def test_what_is_shown_as_entered_is_not_half_typed_any_more_on_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []

    def show(app: RedrawApp) -> None:
        shown.append((tuple(each.alias for each in app.live.debrief.participants)[-1], kept(path)))

    async with begun(path) as stage:
        await stage.type("Jorunn, Nightwatch")
        await stage.until(lambda: kept(path))
        monkeypatch.setattr(RedrawApp, "show", show)
        await stage.press("enter")
        await stage.until(lambda: shown)
        assert shown == [("Jorunn", {})], "a kill from here on would have it entered a second time"


@pytest.mark.sweep
async def test_a_new_probes_form_is_kept_from_the_first_letter_until_it_is_saved(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage, "ctrl+n", ProbeForm)
        await stage.press("tab")
        await stage.type("what it is about")
        await stage.press("tab")
        await stage.until("Title: Start with the title")
        await stage.focus("#title")
        await stage.type("Noise pro")
        await stage.until(lambda: "Noise pro" in kept(path).get(("", "form"), {}).values())
    async with staged(path) as stage:
        await opened(stage, "ctrl+n", ProbeForm)
        await stage.until("Typed here before and not saved yet: Title, Issue.")
        assert (typed(stage, "#title"), typed(stage, "#issue")) == ("Noise pro", "what it is about")
        await stage.type("test")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        assert (stage.saved.probe.title, stage.saved.probe.issue) == ("Noise protest", "what it is about")
        await stage.until(lambda: kept(path) == {})
        await opened(stage, "ctrl+n", ProbeForm)
        assert typed(stage, "#title") == ""


def probe(path: Path) -> None:
    archive = Archive(path)
    archive.save([Probe(id="p1", created=stamp(NOW), title="Choir")])
    archive.close()


@pytest.mark.sweep
async def test_what_the_form_refuses_is_marked_gone_to_and_kept(path: Path) -> None:
    probe(path)
    async with staged(path, size=(120, 40)) as stage:
        await opened(stage, "ctrl+o", ProbeForm)
        await stage.focus("#partners")
        await stage.type("Breathers; NGO\n; party")
        await stage.focus("#starts")
        await stage.type("7/11/2026")
        await stage.press("tab")
        await stage.until("Starts: That could be 7 November 2026 or 11 July 2026", "Also: Partners.")
        assert [row.query("Input, TextArea").first().id for row in stage.screen.query("FieldRow.-wrong")] == [
            "partners",
            "starts",
        ]
        await stage.until("! Not saved yet: Partners, Starts.")
        await stage.press("f6")
        assert stage.screen.focused is not None
        assert stage.screen.focused.id == "partners"
        await stage.until("Partners: Start the line with the partner's name")
    async with staged(path) as stage:  # killed
        await opened(stage, "ctrl+o", ProbeForm)
        await stage.until("Typed here before and not saved yet: Partners, Starts.")
        assert typed(stage, "#partners") == "Breathers; NGO\n; party"
        await stage.press("escape")
        await stage.until("Escape again leaves it unsaved; it will be here next time.")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await opened(stage, "ctrl+o", ProbeForm)
        assert typed(stage, "#starts") == "7/11/2026"


@pytest.mark.sweep
async def test_what_was_typed_over_something_that_has_changed_since_does_not_come_back(path: Path) -> None:
    probe(path)
    archive = Archive(path)
    archive.keep_drafts({("p1", "form"): {"title": "Choi", "title over": "Choir practice"}})
    archive.close()
    async with staged(path) as stage:
        await opened(stage, "ctrl+o", ProbeForm)
        assert typed(stage, "#title") == "Choir"


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_phase_below_the_form_and_lines_that_wait_to_be_mended_are_kept_too(path: Path) -> None:
    async with begun(path) as stage:
        stage.paste("Ottoline\nPippa")
        await stage.until("Add the organisation after a comma")
        stage.send("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.until(lambda: {"field": "Ottoline\nPippa"} in kept(path).values())
    async with begun(path) as stage:
        assert typed(stage, "#field") == "Ottoline"
        await stage.enter(", Kettle and Key")
        await stage.until("This line waits: press Enter.", lambda: typed(stage, "#field") == "Pippa")


@pytest.mark.usefixtures("due")
async def test_words_of_decompression_stay_in_memory_and_the_close_reaches_the_disk(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("decompression")
        await stage.type("tired and")
        await stage.go("close")
        await stage.focus("#until")
        await stage.type("31 Nov")
        await stage.until(lambda: {"until": "31 Nov"} in kept(path).values())
        assert not any("tired and" in fields.values() for fields in kept(path).values())
        await stage.go("decompression")
        await stage.until(lambda: typed(stage, "#field") == "tired and")


@pytest.mark.usefixtures("live")
async def test_an_amendment_that_was_taken_back_is_no_draft_until_it_is_edited(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("amendments")
        before = stage.saved.amendments
        await stage.focus("#principle")
        await stage.type("We count the doors")
        await stage.focus("#because")
        await stage.type("1")
        await stage.focus("#reservations")
        await stage.type("Zoeq: too late")
        await stage.until(lambda: "Zoeq" in str(kept(path)))
        await stage.press("f4")
        await stage.until(lambda: len(stage.saved.amendments) == len(before) + 1)
        assert kept(path) == {}
        await stage.press("ctrl+t")
        await stage.until(
            lambda: typed(stage, "#reservations") == "Zoeq: too late", lambda: stage.saved.amendments == before
        )
        stage.app.live.drafts.touch()
        stage.app.live.tick()
        assert kept(path) == {}
        await stage.press("ctrl+y")
        await stage.until(lambda: typed(stage, "#reservations") == "")
        await stage.press("ctrl+t")
        await stage.focus("#reservations")
        await stage.type("x")
        await stage.until(lambda: "Zoeq: too latex" in str(kept(path)))
        await stage.press("backspace")
        await stage.until(lambda: kept(path) == {})


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_what_a_field_has_saved_is_no_draft(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.focus("#facilitator")
        await stage.type("Zoeq")
        await stage.press("tab")
        await stage.until(lambda: stage.saved.session.closing.next_facilitator == "Zoeq")
        await stage.go("sovereignty")
        await stage.focus("#ally")
        await stage.type("yes, says Zoeq")
        await stage.press("tab")
        await stage.until(lambda: stage.saved.session.independence)
        stage.app.live.drafts.touch()
        stage.app.live.tick()
        assert kept(path) == {}


async def test_a_moment_from_paper_that_is_half_typed_in_the_review_is_kept(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await opened(stage, "enter", ReviewScreen)
        while stage.page != "Moments":
            await stage.press("down")
        await stage.press("tab")
        await stage.type("they asked us fi")
        await stage.until(lambda: {"field": "they asked us fi"} in kept(path).values())


@pytest.mark.sweep
@pytest.mark.usefixtures("due")
async def test_a_field_that_is_refused_does_not_disarm_a_key_that_was_pressed_after_it(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("close")
        await stage.focus("#until")
        await stage.type("31 Nov")
        await stage.press("f9")
        await asyncio.sleep(REST + 0.2)
        await stage.until(lambda: stage.hint.startswith("F9 again"))


@pytest.mark.sweep
@pytest.mark.usefixtures("live")
async def test_a_key_that_edits_acts_in_its_turn_and_in_its_field_however_fast_one_types(path: Path) -> None:
    async with begun(path) as stage:
        await stage.go("silent_mapping")
        stage.send(*"abc", "backspace", "d", "home", "x", "delete", "end", "left", "y")
        await stage.until(lambda: typed(stage, "#field") == "xbyd")
        await stage.press("f2", "f3")
        await stage.go("close")
        await stage.focus("#reason")
        stage.send("ctrl+u", *"aw", "backspace", "s", "tab", "tab", "ctrl+u", *"dil", "left", "backspace")
        await stage.until(lambda: typed(stage, "#facilitator") == "dl")
        assert typed(stage, "#reason") == "as"
        await stage.go("amendments")
        await stage.focus("#reservations")
        stage.send(*"one", "backspace", "n", "home", "delete")
        await stage.until(lambda: typed(stage, "#reservations") == "nn")
