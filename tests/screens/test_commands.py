"""One definition of the keys: the bindings, the footer, the help and the palette all say the same."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from screens.agenda import AgendaScreen
from screens.frame.footer import Keys
from screens.frame.help import HelpScreen
from screens.frame.keys import (
    ACROSS,
    AGENDA_PAGE,
    BEHIND,
    CURTAINED,
    ENTRY_KEYS,
    EVERYWHERE,
    FORM,
    GUIDELINES_PAGE,
    HELP,
    LOGBOOK,
    OBSERVER,
    PAGE,
    RECURRING_PAGE,
    RED_LINES,
    REVIEW,
    SESSION,
    STATEMENT,
    KeyCommand,
)
from screens.judging import RedLinesScreen
from screens.logbook import LogbookScreen
from screens.observe import ObserveScreen
from screens.phases.base import PhaseScreen
from screens.probe.form import ProbeForm
from screens.probe.non_negotiables import PrinciplesScreen
from screens.probe.pact import PactScreen
from screens.review import ReviewScreen
from screens.search import SearchScreen
from screens.trends.probes_behind import BehindScreen
from screens.trends.trends import TrendsScreen
from store.phases import NAMES, PHASES
from tests.helpers.rooms import closed
from tests.helpers.stage import Stage, staged

pytestmark = pytest.mark.usefixtures("live")


async def to_logbook(stage: Stage) -> None:
    await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def to_session(stage: Stage) -> None:
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.screen, PhaseScreen), "In the room")


async def to_review(stage: Stage) -> None:
    await stage.press("down", "enter")
    await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "as it was left")


async def to_form(stage: Stage) -> None:
    await stage.press("ctrl+o")
    await stage.until(lambda: isinstance(stage.screen, ProbeForm), "The probe and its pact")


async def to_agenda(stage: Stage) -> None:
    await to_session(stage)
    await stage.press("ctrl+a")
    await stage.until(lambda: isinstance(stage.screen, AgendaScreen), "Times of day")


async def to_principles(stage: Stage) -> None:
    await stage.press("f7")
    await stage.until(lambda: isinstance(stage.screen, PrinciplesScreen), "Non-negotiables")


async def to_red_lines(stage: Stage) -> None:
    await to_session(stage)
    await stage.press("f4")
    await stage.until(lambda: isinstance(stage.screen, RedLinesScreen), "1 of 1")


async def to_observe(stage: Stage) -> None:
    await stage.press("f5")
    await stage.until(lambda: isinstance(stage.screen, ObserveScreen), "Observe")


async def to_pact(stage: Stage) -> None:
    await stage.press("f6")
    await stage.until(lambda: isinstance(stage.screen, PactScreen), "of 60 lines")


async def to_trends(stage: Stage) -> None:
    await stage.press("f8")
    await stage.until(lambda: isinstance(stage.screen, TrendsScreen), "how often")


async def to_behind(stage: Stage) -> None:
    await to_trends(stage)
    await stage.press("enter")
    await stage.until(lambda: isinstance(stage.screen, BehindScreen), "Enter opens the probe")


async def to_search(stage: Stage) -> None:
    await stage.press("ctrl+f")
    await stage.until(lambda: isinstance(stage.screen, SearchScreen), "Type any words")


async def to_guidelines(stage: Stage) -> None:
    await stage.press("f9")
    await stage.until("in force")


async def to_recurring(stage: Stage) -> None:
    await to_guidelines(stage)
    await stage.press("tab")
    await stage.until("Recurring patterns")


async def to_lineage(stage: Stage) -> None:
    await to_guidelines(stage)
    await stage.press("enter")
    await stage.until("Did it work?")


def offered(stage: Stage) -> list[str]:
    """What the palette lists on the screen on top."""
    return [each.title for each in stage.app.get_system_commands(stage.screen)]


def entry(command: KeyCommand) -> str:
    """A command's title in the palette."""
    return f"{command.title} ({command.key_name})"


WAYS: dict[str, tuple[Callable[[Stage], Awaitable[None]], tuple[KeyCommand, ...]]] = {
    "logbook": (to_logbook, LOGBOOK),
    "session": (to_session, SESSION),
    "review": (to_review, REVIEW),
    "form": (to_form, FORM),
    "agenda": (to_agenda, AGENDA_PAGE),
    "principles": (to_principles, STATEMENT),
    "red lines": (to_red_lines, RED_LINES),
    "observe": (to_observe, OBSERVER),
    "pact": (to_pact, PAGE),
    "trends": (to_trends, ACROSS),
    "behind": (to_behind, BEHIND),
    "search": (to_search, CURTAINED),
    "guidelines": (to_guidelines, GUIDELINES_PAGE),
    "lineage": (to_lineage, CURTAINED),
    "recurring patterns": (to_recurring, RECURRING_PAGE),
}
"""How to come to each screen, and what it offers."""


def ways(*always: str) -> pytest.MarkDecorator:
    """Every screen, for `parametrize`: those named in every run, the others in the sweeps."""
    cases = [pytest.param(*WAYS[name], id=name, marks=() if name in always else pytest.mark.sweep) for name in WAYS]
    return pytest.mark.parametrize(("way", "commands"), cases)


@ways("logbook", "session", "red lines", "trends")
async def test_a_command_is_a_key_a_row_in_the_help_and_a_palette_entry(
    path: Path, way: Callable[[Stage], Awaitable[None]], commands: tuple[KeyCommand, ...]
) -> None:
    closed(path)
    everything = [*commands, *(c for c in EVERYWHERE if c.key not in {own.key for own in commands})]
    async with staged(path, size=(120, 40)) as stage:
        await way(stage)
        active = stage.screen.active_bindings
        on_now = {key: each.binding.action for key, each in active.items() if each.enabled}
        enabled = [c for c in everything if on_now.get(c.key) == c.action]  # a field has a use for some of the keys
        for command in everything:
            bound = [b for _, of in stage.screen._binding_chain for b in of.key_to_bindings.get(command.key, ())]
            assert any(b.action == command.action for b in bound), command
            if command in enabled:
                assert active[command.key].binding.tooltip == command.help, command
                assert active[command.key].binding.key_display == command.key_name, command
        keyed = [entry(c) for c in enabled if c.action != "command_palette"]
        assert sorted(offered(stage)) == sorted([*keyed, "Theme"])
        # and the other way round: no key in the footer that the plan doesn't have
        shown = {(b.binding.key, b.binding.action) for b in active.values() if b.binding.show}
        assert shown <= {(c.key, c.action) for c in everything}
        await stage.press("f1")
        assert isinstance(stage.screen, HelpScreen)
        page = stage.reads("#page")
        for command in everything:
            here = (command.key, command.action) in {(b.binding.key, b.binding.action) for b in active.values()}
            assert (f"{command.key_name} {command.title}. {command.help}" in page) == (here or command in EVERYWHERE), (
                command
            )
        for key, what in ENTRY_KEYS:
            assert f"{key} {what}" in page


@ways("session")
async def test_f1_opens_the_help_and_closes_it(
    path: Path, way: Callable[[Stage], Awaitable[None]], commands: tuple[KeyCommand, ...]
) -> None:
    closed(path)
    async with staged(path) as stage:
        await way(stage)
        below = stage.screen
        for key in ("f1", "escape", "enter", "q") if way is to_logbook else ("f1",):
            await stage.press("f1")
            await stage.until(lambda: isinstance(stage.screen, HelpScreen))
            await stage.press(key)
            await stage.until(lambda: stage.screen is below)


async def test_the_palette_finds_a_command_by_typing_and_does_it(path: Path) -> None:
    async with staged(path) as stage:
        await to_session(stage)
        await stage.press("ctrl+p")
        await stage.until(lambda: isinstance(stage.screen, CommandPalette))
        listed = stage.get("CommandList", OptionList)
        await stage.until(lambda: listed.option_count == len(offered_below(stage)))
        await stage.type("wall view")
        await stage.until(lambda: listed.option_count == 1)
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, PhaseScreen) and stage.screen.wall)


async def test_the_themes_are_offered_with_ours_first(path: Path) -> None:
    async with staged(path) as stage:
        stage.app.search_themes()
        await stage.until(lambda: isinstance(stage.screen, CommandPalette))
        listed = stage.get("CommandList", OptionList)
        await stage.until(lambda: listed.option_count > 5)
        titles = [str(listed.get_option_at_index(n).prompt).split()[0] for n in range(listed.option_count)]
        assert titles[:3] == ["redraw-dark", "redraw-light", "redraw-high-contrast"]
        assert titles[3:] == sorted(titles[3:])


def offered_below(stage: Stage) -> list[str]:
    """What the palette should list for the screen that it covers."""
    return [each.title for each in stage.app.get_system_commands(stage.app.screen_stack[-2])]


async def test_two_times_the_same_command_of_the_palette_is_a_second_press(path: Path) -> None:
    async with staged(path) as stage:
        await to_session(stage)
        for wanted in (lambda: stage.has("F8 again"), lambda: stage.phase == "silent_mapping"):
            await stage.press("ctrl+p")
            await stage.until(lambda: isinstance(stage.screen, CommandPalette))
            listed = stage.get("CommandList", OptionList)
            await stage.type("next phase")
            await stage.until(lambda found=listed: found.option_count == 1)  # type: ignore[misc]
            for _ in range(9):  # an Enter while Textual refills the list chooses nothing
                if isinstance(stage.screen, CommandPalette):
                    await stage.press("enter")
            await stage.until(wanted)


@pytest.mark.sweep
async def test_the_keys_of_every_phase(path: Path) -> None:
    steps = {
        "opening": "Red lines",
        "small_groups": "Mix",
        "reposition": "Reveal",
        "amendments": "Enter",
        "decompression": "Don't keep",
        "close": "Seal",
    }
    async with staged(path) as stage:
        await to_session(stage)
        for phase in PHASES:
            await stage.go(phase.name)
            await stage.until("F1 Help")
            last = " ".join(stage.rows()[-2:])
            for command in SESSION:
                if command.label and (command.action, phase.name) not in (("back", NAMES[0]), ("next", NAMES[-1])):
                    assert f"{command.key_name} {command.label}" in last, (phase.name, command)
            assert (f"F4 {steps[phase.name]}" in last) if phase.name in steps else ("F4" not in last), phase.name
            # a key that can do nothing here is not in the palette
            titles = offered(stage)
            assert ("The phase's own step (F4)" in titles) == (phase.name in steps), phase.name
            assert ("Take back the last step (Ctrl+T)" in titles) == (phase.name not in ("sovereignty", "close"))
            assert ("Bring back what was taken back (Ctrl+Y)" in titles) == (
                "Take back the last step (Ctrl+T)" in titles
            )
            assert ("Who has not placed yet (Ctrl+N)" in titles) == (phase.name == "reposition")
            assert ("Observations or moments (Ctrl+N)" in titles) == (phase.name == "small_groups")
            assert ("Back to the phase before (F9)" in titles) == (phase.name != NAMES[0])
            assert ("On to the next phase (F8)" in titles) == (phase.name != NAMES[-1])
            # the help tells of the phase in the essay's terms
            await stage.press("f1")
            page = str(stage.screen.query_one(Static).visual)
            said = phase.say.replace("{minutes}", "Ten")
            assert str(stage.screen.query_one(VerticalScroll).border_title) == phase.title
            for text in ("What the room does now", phase.does, phase.why, "What you can say", said):
                assert text in page
            await stage.press("f1")
            assert stage.phase == phase.name


async def test_light_and_dark(path: Path) -> None:
    async with staged(path) as stage:
        dark = stage.app.theme
        await stage.press("ctrl+l")
        assert stage.app.theme != dark
        assert not stage.app.current_theme.dark
        await to_session(stage)
        await stage.press("ctrl+l")
        assert stage.app.theme == dark


async def test_in_the_smallest_terminal_a_minute_less_goes_from_the_footer_before_the_next_phase(path: Path) -> None:
    async with staged(path, size=(60, 18)) as stage:
        await to_session(stage)
        assert stage.rows()[-1].strip() == "F1 Help F2 Wall F3 Curtain F4 Red lines F5 Clock F8 Next"
        await stage.resize(80, 18)
        await stage.until("F5 Clock F6 +1 F7 −1", "F9 Back")


async def test_the_footer_shows_whole_keys_and_a_click_presses_the_one_that_it_points_at(path: Path) -> None:
    async with staged(path, size=(80, 24)) as stage:
        await stage.until("F1 Help Ctrl+N New")
        keys = stage.get("Keys", Keys)
        offered = [each.binding for each in stage.screen.active_bindings.values() if each.binding.show]
        named = [f"{each.key_display} {each.description}" for each in offered]
        for width, rows in ((160, 1), (120, 2), (80, 2), (60, 2)):
            await stage.resize(width, 24)
            shown = "   ".join(row.strip() for row in stage.rows()[-rows:])
            drawn = re.split(r" +(?=F\d|Ctrl)", shown)
            assert drawn == [each for each in named if each in drawn], width
            assert len(drawn) == len(named) - (width == 60), width
        at = stage.rows()[-rows].index("F1") - keys.region.x
        await stage.pilot.hover(keys, offset=(at + 3, 0))
        assert keys.tooltip == HELP.help
        await stage.pilot.hover(keys, offset=(at + 7, 0))
        assert keys.tooltip is None, "between two keys there is none"
        await stage.pilot.click(keys, offset=(at + 7, 0))
        assert isinstance(stage.screen, LogbookScreen)
        await stage.pilot.click(keys, offset=(at + 3, 0))
        await stage.until(lambda: isinstance(stage.screen, HelpScreen))
