"""The form's sections with what stands beside them, and the pact on its page: what is missing, and both sides' yes."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input, TextArea

from screens.logbook import LogbookScreen
from screens.probe.form import ProbeForm
from screens.probe.pact import PactScreen
from screens.widgets.line_list import LineList
from store.model import Guideline, NonNegotiables, Version
from store.probe import pact
from tests.helpers.builders import AT, LONG
from tests.helpers.rooms import closed, taken_in
from tests.helpers.stage import FakeClock, Stage, staged
from tests.helpers.sweeps import swept
from tests.screens.test_hostile import MIXED, check
from tests.screens.test_walk import typed

PACT = {
    "purpose": "be heard",
    "starts": "2026-11-14",
    "ends": "2026-11-15",
    "sunset": "2026-11-17",
    "red_lines": ["never without the nightshift"],
    "signatures": [{"name": "Dagny", "organisation": "Breathers"}],
}


@pytest.fixture
def ahead(path: Path) -> None:
    """An archive with one probe whose pact wants nothing but the other side's name."""
    partners = [{"name": "Harrowmere Trust", "kind": "NGO", "power": "has the money"}]
    file = {"title": "Choir at the gate", "our_organisation": "Breathers", "scope": "building", "partners": partners}
    taken_in(path, {**file, "pact": PACT})


def beside(stage: Stage) -> str:
    """What stands beside the form, with the field that it is about."""
    return f"{stage.get('#beside', VerticalScroll).border_title}: {stage.reads('#about')}"


def versions(stage: Stage) -> str:
    """The versions of the pact, which stand below what is missing or in a panel of their own."""
    return stage.reads("#missing") + stage.reads("#versions")


async def to_form(stage: Stage) -> None:
    await stage.press("ctrl+o")
    await stage.until(lambda: isinstance(stage.screen, ProbeForm), "The probe and its pact")


async def fill(stage: Stage, field: str, text: str) -> None:
    """Put a text in the place of what stands in a field."""
    await stage.focus(f"#{field}")
    widget = stage.screen.query_one(f"#{field}")
    assert isinstance(widget, Input | TextArea)
    widget.clear()
    await stage.type(text)


# -------------------------------------------------------------------------------------------------------- the form


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40))])
@pytest.mark.usefixtures("ahead")
async def test_what_stands_beside_follows_the_field(path: Path, size: tuple[int, int]) -> None:
    async with staged(path, size=size) as stage:
        await to_form(stage)
        assert beside(stage).startswith("Title: ")
        await stage.press("tab", "tab", "tab")
        await stage.until(lambda: "building < site < neighbourhood < city < region" in beside(stage))
        await stage.focus("#responsibilities")
        lines = len(pact.page(stage.debrief))
        await stage.until(lambda: f"The pact takes {lines} of 60 lines." in beside(stage))
        assert "- Add a signature for Harrowmere Trust." in beside(stage)
        await stage.focus("#ally")
        await stage.until(lambda: beside(stage).startswith("Without the ally: If the ally withdraws, can we continue?"))


@pytest.mark.usefixtures("ahead")
async def test_each_section_says_what_is_still_needed(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:
        await to_form(stage)
        await stage.until(
            lambda: "▸· Probe 3 empty · Context and partners 1 empty" in stage.reads("#sections"),
            lambda: "! Pact 2 empty needs Signatures" in stage.reads("#sections"),
        )
        await stage.focus("#signatures")
        await stage.until("! needs Signatures")
        await stage.press("enter")
        await stage.type("Gwen, harrow")
        await stage.press("tab")
        await stage.until(lambda: "· Pact 2 empty ▸· Independence 3 empty" in stage.reads("#sections"))


@pytest.mark.usefixtures("ahead")
async def test_a_field_of_several_lines_shows_its_text_and_the_cursor_stays_in_sight(path: Path) -> None:
    async with staged(path, size=(60, 18)) as stage:
        await to_form(stage)
        await stage.focus("#context")
        await stage.type("word " * 40 + "the last one")
        await stage.until("the last one")
        assert stage.get("#context", TextArea).size.height == 5
        await stage.resize(120, 40)
        await stage.until("the last one")


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_a_rung_is_completed_and_a_step_of_two_warned_of_while_it_is_typed(path: Path) -> None:
    async with staged(path) as stage:
        await to_form(stage)
        await fill(stage, "scope", "ci")
        await stage.until(lambda: "! City is 3 rungs above the lowest one" in beside(stage))
        await stage.press("tab")
        await stage.until(lambda: typed(stage, "#scope") == "city", lambda: stage.saved.probe.scope == "city")
        assert "! City is 3 rungs" in beside(stage)
        await fill(stage, "scope", "street")
        await stage.press("tab")
        await stage.until("Scope: Type how large the probe is: building, site, neighbourhood, city or region.")
        assert typed(stage, "#scope") == "street"


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_a_day_is_read_back_and_an_unclear_one_refused_with_both_readings(path: Path) -> None:
    async with staged(path) as stage:
        await to_form(stage)
        await fill(stage, "sunset", "20 nov 2026")
        await stage.until(lambda: "That is Friday 20 November 2026, in 13 days." in beside(stage))
        await stage.press("tab")
        await stage.until(lambda: typed(stage, "#sunset") == "2026-11-20")
        await fill(stage, "sunset", "2062-11-20")
        await stage.until(lambda: "! Is 2062 the right year?" in beside(stage))
        await fill(stage, "sunset", "07/12/2026")
        await stage.until(lambda: "! That could be 7 December 2026 or 12 July 2026" in beside(stage))
        await stage.press("tab")
        await stage.until(
            "Sunset: That could be 7 December 2026 or 12 July 2026", lambda: typed(stage, "#sunset") == "07/12/2026"
        )
        await fill(stage, "sunset", "2026-11-14")
        await stage.press("tab")
        await stage.until("Sunset: The sunset (2026-11-14) can't come before the end of the action (2026-11-15).")


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_all_days_can_be_moved_on_together(path: Path) -> None:
    async with staged(path) as stage:
        await to_form(stage)
        await fill(stage, "starts", "2026-12-14")
        await fill(stage, "ends", "2026-12-15")
        await fill(stage, "sunset", "2026-12-17")
        await stage.press("tab")
        await stage.until("Saved.", lambda: stage.saved.probe.pact.starts is not None)
        assert [str(each) for each in (stage.saved.probe.pact.starts, stage.saved.probe.pact.ends)] == [
            "2026-12-14",
            "2026-12-15",
        ]


@pytest.mark.sweep
async def test_earlier_probes_with_the_partner_stand_beside_it(path: Path) -> None:
    closed(path)
    async with staged(path, size=(120, 40)) as stage:
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.type("Again")
        await stage.focus("#partners")
        await stage.type("harrowmere trust; NGO")
        await stage.until(lambda: "Earlier with harrowmere trust: one probe." in beside(stage))
        assert "Noise protest at Gate 2, 6 November 2026: −3 autonomy, +2 benefit, same 3 people" in beside(stage)
        assert "This is a single case." in beside(stage)
        await stage.press("enter")
        await stage.type("; NGO")
        await stage.press("tab")
        await stage.until("Partners: Start the line with the partner's name: “name; kind; power; history: …”.")


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_a_suggested_red_line_is_taken_over_by_its_number(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:
        await to_form(stage)
        stated = NonNegotiables(number=1, at=AT, principles=("Own banner [/x].", "Own speakers."), adopted=AT)
        guideline = Guideline(number=1, history=(Version(text="Whoever lives there speaks first."),))
        stage.app.live.debrief = stage.app.live._saved = replace(
            stage.debrief, non_negotiables=(stated,), guidelines=(guideline,)
        )
        await stage.focus("#red_lines")
        await stage.until(lambda: "#1 Own banner [/x]. #2 Own speakers. #3 Whoever lives there" in beside(stage))
        stage.send("enter", *"#3", "enter", *"#1")
        await stage.until(
            lambda: typed(stage, "#red_lines").split("\n")[1:] == ["Whoever lives there speaks first.", "#1"]
        )
        await stage.press("tab")
        await stage.until(lambda: typed(stage, "#red_lines").endswith("Own banner [/x]."))
        assert stage.debrief.probe.pact.red_lines[1:] == ("Whoever lives there speaks first.", "Own banner [/x].")
        await stage.focus("#red_lines")
        await stage.until(lambda: "✓1 Own banner [/x]. #2 Own speakers. ✓3 Whoever" in beside(stage))
        await stage.press("enter")
        await stage.type("#9")
        await stage.press("tab")
        await stage.until("Red lines: There is no suggestion 9: they are numbered 1 to 3.")
        assert typed(stage, "#red_lines").endswith("#9")


# -------------------------------------------------------------------------------------------------------- the page


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_both_sides_agree_on_the_page_at_the_second_press(path: Path) -> None:
    async with staged(path, FakeClock()) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen), "The pact draft", "Choir at the gate")
        await stage.until(f"{len(pact.page(stage.debrief))} of 60 lines")
        assert stage.reads("#missing") == "Before it can be agreed · Add a signature for Harrowmere Trust."
        await stage.press("f4", "f4")
        await stage.until(lambda: stage.hint == "Add a signature for Harrowmere Trust.")
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.focus("#signatures")
        await stage.press("enter")
        await stage.type("Gwen, harrow")
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen), "Nothing is missing: F4 twice")
        await stage.press("f4")
        await stage.until(lambda: stage.hint.startswith("F4 again: both sides"))
        stage.later(10)
        stage.screen.tick()  # type: ignore[attr-defined]
        await stage.press("f4")
        await stage.until(lambda: stage.hint.startswith("F4 again: both sides"))
        assert stage.saved.probe.pact.agreed is None
        await stage.press("f4")
        await stage.until("Agreed by both sides.", "The pact agreed", "agreed on 7 November 2026")
        assert stage.saved.probe.pact.agreed is not None
        await stage.press("f4")
        await stage.until(lambda: "Both sides have already agreed" in stage.hint)
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


@pytest.mark.sweep
@pytest.mark.usefixtures("ahead")
async def test_a_change_to_the_terms_makes_it_a_draft_again_and_says_so(path: Path) -> None:
    async with staged(path) as stage:
        await to_form(stage)
        await stage.focus("#signatures")
        await stage.press("enter")
        await stage.type("Gwen, harrow")
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen))
        await stage.press("f4", "f4")
        await stage.until("Agreed by both sides.")
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm), "The probe and its pact agreed")
        await stage.focus("#place")
        await stage.type("Gate 2")
        await stage.press("tab")
        await stage.until("Saved.", "The probe and its pact agreed")
        await stage.focus("#purpose")
        await stage.type(" again")
        await stage.until(lambda: stage.saved.probe.pact.agreed is None)  # saved while the typing rests, without a word
        await stage.press("tab")
        await stage.until("The terms have changed: the pact is a draft again", "The probe and its pact draft")
        assert stage.saved.probe.pact.agreed is None


SIGNED = [*PACT["signatures"], {"name": "Gwen", "organisation": "harrow"}]


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40))])
async def test_every_version_can_be_read_with_what_changed(path: Path, size: tuple[int, int]) -> None:
    file = {"title": "Choir", "our_organisation": "Breathers", "partners": [{"name": "Harrowmere Trust"}]}
    taken_in(path, {**file, "pact": {**PACT, "signatures": SIGNED}})
    async with staged(path, size=size) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen), "Nothing is missing")
        assert "F5" not in stage.rows()[-1], "there is nothing to turn to"
        await stage.press("f4", "f4")
        await stage.until("Agreed by both sides.")
        assert "1 agreed on 7 November 2026 by Dagny for Breathers; Gwen for Harrowmere Trust" in versions(stage)
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await fill(stage, "purpose", "be heard at night")
        await stage.press("f6")
        await stage.until("The pact draft", "version 2, draft, not agreed")
        assert "[+at night+]" in stage.reads("#lines") + stage.reads("#changed")
        assert "▸ 2 draft, not agreed" in versions(stage)
        await stage.press("f5")
        await stage.until(
            "The pact version 1 of 2", "agreed on 7 November 2026", lambda: "at night" not in stage.reads("#lines")
        )
        await stage.press("f5")
        await stage.until("This is the first version.")
        await stage.press("f4", "f4")
        await stage.until("The pact agreed", "version 2, agreed on 7 November 2026")
        changed = "purpose: be heard [+at night+]"
        if size[0] < 120:
            assert f"CHANGED SINCE VERSION 1 {changed}" in stage.reads("#lines")
        else:
            await stage.until("Changed since 1", changed)
        await stage.press("f5")
        await stage.until("The pact version 1 of 2", lambda: "at night" not in stage.reads("#lines"))
        await stage.press("f6", "f6")
        await stage.until("This is the pact as it is now.")


@pytest.mark.sweep
async def test_a_new_sunset_typed_after_the_old_one_revives_nothing(path: Path) -> None:
    file = {"title": "Choir", "our_organisation": "Breathers", "partners": [{"name": "Harrowmere Trust"}]}
    taken_in(path, {**file, "pact": {**PACT, "signatures": SIGNED}})
    async with staged(path) as stage:
        await stage.press("f6")
        await stage.press("f4", "f4")
        await stage.until("Agreed by both sides.")
        await stage.press("escape")
        stage.clock.now += 20 * 86400
        await to_form(stage)
        await fill(stage, "sunset", "2026-12-31")
        await stage.press("tab")
        await stage.until("Sunset: The sunset, 17 November 2026, has passed: only a debrief can renew the pact")
        assert stage.saved.probe.pact.agreed is not None
        assert str(stage.saved.probe.pact.sunset) == "2026-11-17"


async def test_a_pact_that_runs_over_its_page_shows_where_the_page_ends(path: Path) -> None:
    who = [{"who": f"P{at}", "what": "carries a chair"} for at in range(200)]
    taken_in(path, {"title": "Long", "pact": {**PACT, "responsibilities": who}})
    async with staged(path, size=(120, 40)) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen))
        over = len(pact.page(stage.debrief)) - 60
        assert f"The pact is {over} lines too long for one page of 60: shorten it." in stage.reads("#missing")
        await stage.press("pagedown")
        await stage.until("the page ends here")


async def test_a_probe_without_anything_has_a_page(path: Path) -> None:
    taken_in(path, {"title": "Only a name"})
    async with staged(path, size=(60, 18)) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen), "(who we are) with (whom)")
        await stage.press("f4")
        await stage.until(lambda: stage.hint == "Say when the action ends.")


@pytest.mark.sweep
async def test_f6_on_an_empty_logbook_or_an_untitled_form_opens_nothing(path: Path) -> None:
    async with staged(path) as stage:
        await stage.press("f6")
        assert isinstance(stage.screen, LogbookScreen)
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.press("f6")
        await stage.until("Start with the title: what you do, and where.")
        assert isinstance(stage.screen, ProbeForm)


async def test_a_lapsed_probe_whose_debrief_is_owed_stands_first_and_enter_begins_it(path: Path) -> None:
    closed(path, title="an old one")
    taken_in(path, {"title": "Choir", "pact": {"starts": "2026-11-01", "ends": "2026-11-03", "sunset": "2026-11-05"}})
    for size, owed in (((80, 24), "debrief 3 days late"), ((200, 60), "sunset 5 November, debrief 3 days late")):
        async with staged(path, size=size) as stage:
            await stage.until("TO DEBRIEF 1", owed, "2 probes, 1 to debrief", "Enter starts the debrief")
            assert stage.get("#probes", LineList).highlighted == 1, "below the heading"
            await stage.press("enter")
            await stage.until(lambda of=stage: of.phase == "opening")  # type: ignore[misc]


@pytest.mark.sweep
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MIXED, id="mixed"),
        pytest.param(LONG["words"], id="words", marks=pytest.mark.sweep),
        pytest.param(LONG["accents"], id="accents", marks=pytest.mark.sweep),
    ],
)
async def test_the_worst_texts_are_shown_as_themselves(path: Path, text: str) -> None:
    terms = {**PACT, "purpose": text, "red_lines": [text] * 20, "signatures": [{"name": text, "organisation": text}]}
    taken_in(path, {"title": text, "our_organisation": text, "partners": [{"name": text, "kind": text}], "pact": terms})
    async with staged(path) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen))
        for size in ((60, 18), (80, 24), (120, 40)):
            await stage.resize(*size)
            check(stage, "page", size)
            await stage.press("pagedown", "f4")
            check(stage, "page below", size)
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        for _ in range(23):
            await stage.press("tab")
            check(stage, "form", stage.app.focused)
        assert stage.saved.probe.pact.red_lines == (text,) * 20


@pytest.mark.parametrize("size", [(80, 24), *swept((120, 40))])
async def test_the_page_of_a_sealed_debrief_asks_for_nothing(path: Path, size: tuple[int, int]) -> None:
    closed(path)
    async with staged(path, size=size) as stage:
        await stage.press("f6")
        await stage.until(lambda: isinstance(stage.screen, PactScreen), "debriefed, agreement not recorded")
        await stage.until("The pact ended", lambda: "sealed: the page stays as it was." in stage.reads("#missing"))
        assert not stage.has("can be agreed"), "nobody can agree to it any more"
        assert not stage.has("changes it in the form")
        assert not stage.screen.active_bindings["f4"].enabled


async def test_what_is_missing_hangs_below_its_beginning_from_the_first_look(path: Path) -> None:
    taken_in(path, {"title": "Choir at the gate", "our_organisation": "B" * 40, "partners": [{"name": "H"}]})
    async with staged(path, size=(120, 40)) as stage:
        for size in ((120, 40), (80, 24), (120, 40)):
            await stage.resize(*size)
            if not isinstance(stage.screen, PactScreen):
                await stage.press("f6")
            await stage.until(lambda: isinstance(stage.screen, PactScreen), "Before it can be agreed")
            if size[0] == 120:
                rows = [row.partition("││")[2].rstrip() for row in stage.rows()]
                below = rows[next(at for at, row in enumerate(rows) if "Write at least" in row) + 1]
                assert below.startswith("   "), rows
