"""The logbook and the review on screen: found by typing, what is due first, and Enter does what it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from screens.frame.question import QuestionScreen
from screens.logbook import LogbookScreen
from screens.probe.form import ProbeForm
from screens.review import ReviewScreen
from screens.widgets.line_list import Heading, LineList
from store.archive.archive import Archive
from store.demo import fill
from store.logbook import listing
from store.matrix.chart import ACTUAL, EXPECTED
from store.model import Closing, Probe
from tests.helpers.builders import AT
from tests.helpers.rooms import NOW, ORGANISATIONS, ROOM, closed, empty_of_entries, room, taken_in
from tests.helpers.stage import Stage, staged


def listed(stage: Stage) -> list[str]:
    """The titles of the probes in the list, from the top."""
    return [each.title for each in stage.get("#probes", LineList).items if not isinstance(each, Heading)]


def headings(stage: Stage) -> list[str]:
    """The headings in the list with how many probes each is for; blank lines are left out."""
    lines = stage.get("#probes", LineList).items
    return [f"{each.title} {each.n}" for each in lines if isinstance(each, Heading) and each.title]


async def test_what_is_due_comes_first_and_typing_finds(path: Path) -> None:
    taken_in(path, {"title": "planned one", "pact": {"starts": "2026-12-01"}})
    taken_in(path, {"title": "running one", "pact": {"starts": "2026-11-01", "ends": "2026-11-30"}})
    closed(path, title="an old Évening")
    taken_in(path, room(title="due one", participants=None, moments=None, patterns=None, amendments=None, actual=None))
    taken_in(path, room(title="overdue one", pact={"ends": "2026-11-04"}) | {"participants": ROOM["participants"]})
    taken_in(path, room(title="live one"), began=NOW - 60)
    async with staged(path) as stage:
        assert listed(stage) == ["live one", "overdue one", "due one", "running one", "planned one", "an old Évening"]
        assert headings(stage) == ["LIVE 1", "TO DEBRIEF 2", "Running 1", "Planned 1", "Debriefed 1"]
        await stage.until("Logbook 6 probes, 3 to debrief", "Enter goes on with the session, at opening")
        for typed, found in (("evening", 1), ("évening", 1), ("one due", 2), ("harrow", 4), ("zzz", 0), ("p1", 1)):
            stage.get("#search", Input).value = ""
            await stage.type(typed)
            await stage.until(lambda n=found: len(listed(stage)) == n)  # type: ignore[misc]
        stage.get("#search", Input).value = "zzz"
        await stage.until("No probe has that in its title", "Nothing fits what is typed: Escape clears it.")
        assert "gap:" not in stage.text(), "no heads over an empty list"
        await stage.press("enter", "ctrl+o", "escape")
        await stage.until(lambda: len(listed(stage)) == 6)
        await stage.press("down", "down")
        await stage.until("Enter starts the debrief")
        await stage.press("down")
        await stage.until("Enter opens it")
        await stage.press("pagedown")
        await stage.until("Enter shows the session")
        await stage.press("up", "up")
        await stage.until("Enter opens it", lambda: stage.get("#probes", LineList).item.title == "running one")  # type: ignore[union-attr]
        await stage.press("pageup", "pageup")
        await stage.until("Enter goes on with the session", lambda: stage.get("#probes", LineList).scroll_offset.y == 0)
        await stage.press("pagedown", "pagedown", "enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "an old Évening as it was left")
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_enter_on_what_is_due_starts_the_debrief_with_its_roster(path: Path) -> None:
    taken_in(path, empty_of_entries(ROOM))
    async with staged(path) as stage:
        await stage.until("TO DEBRIEF 1", "debrief within 20 h", "Enter starts the debrief", ORGANISATIONS[1])
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening", "In the room", "9 people", "F5 starts the clock")
        assert "3 h 30 min after the action" in stage.reads("#agreed")
        assert "within the 24 hours" in stage.reads("#agreed")
        assert "never without the nightshift" in stage.reads("#agreed")
        assert "autonomy 6, benefit 5 (3 placed it)" in stage.reads("#agreed")
        assert "Has not facilitated yet: Ayzel, Cuthwin" in stage.reads("#agreed")


@pytest.mark.sweep
async def test_who_has_facilitated_is_told_in_the_opening_and_at_the_close(path: Path) -> None:
    closed(path)
    taken_in(path, empty_of_entries(ROOM))
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening")
        assert "Has not facilitated yet: Ayzel, Cuthwin" in stage.reads("#agreed")
        assert "Has facilitated: Brannoc 1×." in stage.reads("#agreed")
        await stage.go("close")
        await stage.resize(120, 40)  # where there is little room the page of the close has it
        await stage.settle()
        assert "Has not facilitated yet: Ayzel, Cuthwin" in stage.reads("#turns")
        await stage.go("sovereignty")
        await stage.until("before: +1")


async def test_a_past_session_page_by_page(path: Path) -> None:
    closed(path)
    pages = {
        "In short": "On benefit: 3 of 3 higher",
        "Probe": "issue night flights",
        "Who was there": "Breathers of Pellan (4)",
        "Moments": "3 moments wait behind the curtain. F3 opens it.",
        "Observations": "Nothing was recorded.",
        "Patterns": "2 patterns wait behind the curtain. F3 opens it.",
        "Matrix": "the same 3 now 3, 7",
        "Amendments": "guideline 1: whoever stands at the gate speaks first",
        "Sovereignty": "turnout, not added in: 138",
        "Decompression": "2 jittery",
        "Close": "facilitates Hesper",
        "Time": "Nothing was recorded.",
    }
    async with staged(path, size=(120, 40)) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        for text in pages.values():
            await stage.until(lambda said=text: any(said in stage.reads(at) for at in ("#text", "#words")))  # type: ignore[misc]
            await stage.press("down")
        await stage.press("up", "up", "up", "up", "up")
        before = stage.saved
        await stage.press("right", "right", "left")
        assert stage.saved == before


@pytest.mark.sweep
async def test_a_long_list_is_drawn_where_it_is_in_sight_and_each_line_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(path)
    archive.save([Probe(id=f"p{n}", created=AT, title=f"probe {n:03}") for n in range(1, 301)])
    archive.close()
    drawn: list[str] = []
    row = LogbookScreen._row

    def counted(screen: LogbookScreen, entry: listing.LogbookEntry) -> Content:
        drawn.append(entry.title)
        return row(screen, entry)

    monkeypatch.setattr(LogbookScreen, "_row", counted)
    async with staged(path) as stage:
        await stage.until("Logbook 300 probes", "probe 001")
        first = len(drawn)
        assert first < 60
        await stage.type("probe")
        assert len(drawn) == first
        await stage.press("pagedown", "down")
        await stage.until("probe 012")
        await stage.type(" 29")
        await stage.until("probe 290", lambda: "probe 289" not in stage.text())
        assert len(drawn) < first + 40
        await stage.press("escape", "up")
        await stage.until("probe 001")
        await stage.press(*["pagedown"] * 31)
        await stage.until("probe 300")
        assert stage.get("#probes", LineList).highlighted == 300, "below the heading"
        await stage.press("up", "ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm), "probe 299")


async def test_the_mouse_shows_what_a_click_opens_and_a_click_opens_it(path: Path) -> None:
    taken_in(path, {"title": "one"})
    closed(path, title="another")
    async with staged(path) as stage:
        probes = stage.get("#probes", LineList)
        at = next(n for n, line in enumerate(probes.items) if line.title == "another")
        assert isinstance(probes.items[at - 1], Heading)
        await stage.pilot.hover("#probes", (5, at))
        assert probes.hovered == at
        for nothing in (9, at - 1):
            await stage.pilot.hover("#probes", (5, nothing))
            assert probes.hovered is None
        await stage.pilot.hover("#probes", (5, at))
        await stage.pilot.hover("#search")
        assert probes.hovered is None
        await stage.pilot.click("#probes", (5, 9))
        await stage.pilot.click("#probes", (5, at - 1))
        await stage.pilot.click("#probes", (0, at))
        assert isinstance(stage.screen, LogbookScreen)
        await stage.pilot.click("#probes", (5, at))
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen), "another as it was left")


async def test_wide_letters_stay_in_their_column(path: Path) -> None:
    taken_in(path, {"title": "抗議" * 40, "partners": [{"name": "Kiln Union"}]})
    taken_in(path, {"title": "plain", "partners": [{"name": "Kiln Union"}]})
    async with staged(path, size=(120, 40)) as stage:
        await stage.until("抗議", "plain", "…")
        wide, plain = (
            next(row for row in stage.rows() if row.lstrip("│ ").startswith(text)) for text in ("抗議", "plain")
        )
        assert cell_len(wide.split("Kiln")[0]) == cell_len(plain.split("Kiln")[0])


async def test_another_theme_draws_the_list_in_its_colours(path: Path) -> None:
    taken_in(path, {"title": "one"})
    async with staged(path) as stage:
        probes = stage.get("#probes", LineList)
        before = probes.render_line(0)
        stage.app.theme = stage.app._light.name
        await stage.until(lambda: probes.render_line(0) != before)


async def test_enter_goes_by_what_is_so_now_where_an_action_has_ended_meanwhile(path: Path) -> None:
    taken_in(path, {"title": "running one", "pact": {"starts": "2026-11-01", "ends": "2026-11-30"}})
    async with staged(path) as stage:
        await stage.until("Running 1", "until 30 November", "Enter opens it")
        stage.clock.now += 24 * 24 * 3600
        stage.app._minute = int(
            stage.app.live.now() // 60
        )  # Enter comes before the list is read again for the new minute
        await stage.press("enter")
        await stage.until("This action has ended (due, debrief within")
        assert not Archive(path).rows("sessions"), "the list said that Enter opens it"
        await stage.press("down", "enter")
        await stage.until(lambda: stage.phase == "opening")


async def test_a_probe_that_was_never_debriefed_opens_and_only_f4_starts_its_debrief(path: Path) -> None:
    taken_in(path, {"title": "long ago", "pact": {"ends": "2026-09-09", "sunset": "2026-09-12"}})
    async with staged(path) as stage:
        await stage.until("never debriefed", "Enter opens it")
        await stage.press("enter")
        await stage.until("not debriefed yet", "F4 Debrief")
        assert not Archive(path).rows("sessions")
        await stage.press("f4")
        await stage.until(lambda: stage.phase == "opening")
        assert len(Archive(path).rows("sessions")) == 1
        await stage.press("ctrl+q", "ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_a_session_that_was_sealed_offers_no_debrief(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left")
        assert "F4" not in stage.rows()[-1]
        await stage.press("f4")
        assert isinstance(stage.screen, ReviewScreen)
        assert len(Archive(path).rows("sessions")) == 1


async def test_enter_does_not_read_the_whole_list_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(path)
    async with staged(path) as stage:
        with monkeypatch.context() as patched:
            patched.setattr(listing, "entries", None)
            await stage.press("enter")
            await stage.until(lambda: isinstance(stage.screen, ReviewScreen))


async def test_at_every_size_it_is_plain_what_was_debriefed_and_with_what_gap(path: Path) -> None:
    closed(
        path,
        title="a long title that runs on until the right edge",
        pact={"ends": "2026-09-01", "sunset": "2026-09-20"},
    )
    taken_in(path, {"title": "forgotten", "pact": {"ends": "2026-09-01", "sunset": "2026-09-20"}})
    async with staged(path) as stage:
        for size in ((60, 18), (80, 24), (120, 40), (200, 60)):
            await stage.resize(*size)
            await stage.until("Lapsed 2", "never debriefed")
            rows = [
                row for row in stage.rows() if "debriefed" in row and row.startswith(("│   forgotten", "│   a long"))
            ]
            debriefed = next(row for row in rows if "never" not in row)
            if size[0] > 60:
                assert "gap: autonomy, benefit" in stage.flat()
                assert debriefed[: stage.get("#listed", Vertical).size.width].strip("│ ").split()[-2:] == ["−3", "+2"]
            else:
                await stage.press("pagedown" if "never" in rows[0] else "pageup")
                await stage.until("−3 autonomy, +2 benefit")
        await stage.resize(80, 24)
        await stage.until(
            lambda: stage.get("#detail", Static).display and max(map(len, map(str.rstrip, stage.rows()))) <= 80
        )
        lines = stage.get("#probes", LineList)
        assert lines.draw(lines.items[1]).cell_length == lines.scrollable_content_region.width


async def test_beside_the_list_stands_what_is_known_of_the_probe(path: Path) -> None:
    closed(
        path,
        partners=[{"name": "Kiln Union", "kind": "union"}],
        pact={"ends": "2026-11-01", "sunset": "2026-12-20", "red_lines": ["never without the nightshift"]},
    )
    taken_in(path, {"title": "planned [b]one[/b]", "pact": {"starts": "2026-12-01", "purpose": "to learn\x1b[31m"}})
    async with staged(path, size=(120, 40)) as stage:
        await stage.until("planned [b]one[/b]", "purpose to learn␛[31m")
        await stage.until(lambda: "pact drafted, not agreed yet: F6" in stage.reads("#pane"))
        await stage.press("down")
        for said in ("placed it lower on", "Kiln Union (union)", "sunset 20 December 2026", "facilitates next: Hesper"):
            await stage.until(lambda said=said: said in stage.reads("#pane"))  # type: ignore[misc]
        assert "to learn" not in stage.reads("#pane")
        await stage.resize(80, 24)
        await stage.until(lambda: not stage.get("#pane", Static).display)
        await stage.until(lambda: "with Kiln Union" in stage.reads("#detail"))


async def test_a_renewal_without_an_end_is_not_told_as_one(path: Path) -> None:
    taken_in(path, room(), sealed="2026-11-07T21:00:00+00:00", closing=Closing(sunset="renew"))
    async with staged(path, size=(120, 40)) as stage:
        await stage.until(lambda: "pact renewed without a new end, so it still lapses" in stage.reads("#pane"))


async def test_looking_closer_reads_only_the_probe_that_is_looked_at_and_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(path)
    taken_in(path, {"title": "another"})
    async with staged(path, size=(120, 40)) as stage:
        await stage.until("another")
        read: list[tuple[str, str]] = []
        real = Archive.where

        def where(self: Archive, table: str, field: str, value: str) -> Iterator[dict[str, Any]]:
            read.append((table, value))
            return real(self, table, field, value)

        with monkeypatch.context() as patched:
            for name in ("rows", "each", "debrief"):
                patched.setattr(Archive, name, None)
            patched.setattr(Archive, "where", where)
            for _ in range(2):
                await stage.press("down")
                await stage.until(
                    lambda: "lower on autonomy" in stage.reads("#pane"), lambda: "● actual" in stage.reads("#pane")
                )
                await stage.press("up")
        probe = stage.app.live.logbook.latest[-1].probe
        assert sorted(read) == sorted((table, probe) for table in ("probes", "sessions", "placements"))


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_a_debriefed_probe_has_a_small_matrix_in_the_pane(path: Path, size: tuple[int, int]) -> None:
    closed(path, title="the protest", pact={"ends": "2026-11-01", "sunset": "2026-12-20", "purpose": "to learn " * 40})
    async with staged(path, size=size) as stage:
        await stage.until("the protest", lambda: "facilitates next" in stage.reads("#pane"))
        assert "● actual" not in stage.reads("#pane")
        await stage.press("down")
        pane = stage.get("#pane", Static)

        def rows() -> list[str]:
            return str(pane.visual).split("\n")

        await stage.until(
            lambda: "● actual" in stage.reads("#pane"),
            lambda: (
                len(rows()) <= pane.content_size.height
                and not [row for row in rows() if len(row) > pane.content_size.width]
            ),
        )
        text = "\n".join(rows())
        assert text.index("placed it lower") < text.index("10┤") < text.index("with ")
        assert text.count(ACTUAL) == text.count(EXPECTED) == 2
        assert ("Enter shows the rest" in text) == (size == (120, 40))


async def test_a_probe_with_too_few_ballots_has_no_small_matrix(path: Path) -> None:
    closed(path, actual=None)
    async with staged(path, size=(120, 40)) as stage:
        await stage.until(lambda: "facilitates next" in stage.reads("#pane"))
        assert "┤" not in stage.reads("#pane")


async def test_an_empty_logbook_says_where_the_practice_begins(path: Path) -> None:
    async with staged(path) as stage:
        await stage.until(
            lambda: all(way in stage.reads("#begin") for way in ("Begin a probe", "redraw demo", "redraw import FILE"))
        )
        await stage.until(
            "F7 your non-negotiables", "F4 an open dissent session", "Ctrl+N a probe that is already agreed"
        )
        footer = "  ".join(stage.rows()[-2:])
        for key in ("Ctrl+N New", "F4 Dissent", "F7 Non-negotiables"):
            assert key in footer
        assert "Pact" not in footer
        for size in ((120, 40), (60, 18), (80, 24)):
            await stage.resize(*size)
            await stage.until("F4 an open dissent session")
            assert not stage.get("#pane", Static).display
        await stage.press("f5", "f6", "ctrl+o", "enter")
        assert isinstance(stage.screen, LogbookScreen)
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.type("the first\t")
        await stage.press("escape")
        await stage.until(
            "Logbook 1 probe", lambda: "F6 Pact" in stage.rows()[-2], lambda: not stage.get("#begin", Static).display
        )
        heads, row = (next(each for each in stage.rows() if text in each) for text in ("  probe ", "no dates yet"))
        assert heads.index("when") == row.index("no dates yet"), "the heads stand above their columns"


async def test_the_keys_that_matter_most_are_in_sight(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.until("Ctrl+O its form · Ctrl+Q quits", "Ctrl+F searches every text")
        footer = "  ".join(stage.rows()[-2:])
        for key in ("F1 Help", "Ctrl+N New", "F8 Trends", "F9 Guidelines"):
            assert key in footer


async def test_a_debrief_that_went_on_without_its_clock_is_live(path: Path) -> None:
    taken_in(path, ROOM, phase="silent_mapping")
    async with staged(path) as stage:
        await stage.until("LIVE 1", "Enter goes on with the session, at silent mapping")
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "silent_mapping")


async def test_a_review_in_a_small_terminal_cuts_neither_hint_nor_times(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        while stage.page != "Moments":
            await stage.press("down")
        await stage.until(lambda: stage.hint == "↑ ↓ turn the pages  ·  F3 opens the curtain  ·  Tab: to the field")
        while stage.page != "Decompression":
            await stage.press("down")
        await stage.until(lambda: stage.hint == "↑ ↓ turn the pages")


async def test_the_demo_says_that_it_is_one(path: Path) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    async with staged(path, speed=60) as stage:
        await stage.until("DEMO, clock ×60", "TO DEBRIEF 1", "debrief within 19 h")
        assert len(listed(stage)) >= 5
        assert {"TO DEBRIEF 1", "Debriefed 1"} <= set(headings(stage))
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening", "clock ×60")


async def test_escape_gives_a_question_its_harmless_answer(path: Path) -> None:
    fields = {name: of for name, of in ROOM.items() if name in ("title", "partners", "our_organisation")}
    taken_in(path, fields)
    async with staged(path) as stage:
        for key in ("enter", "f4"):
            await stage.press(key)
            await stage.until(lambda: isinstance(stage.screen, QuestionScreen), "(Escape)")
            await stage.press("escape")
            await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        assert Archive(path).rows("sessions") == []


async def test_the_form_of_a_sealed_debrief_takes_nothing_that_the_debrief_rests_on(path: Path) -> None:
    sealed = closed(path)
    async with staged(path) as stage:
        await stage.press("ctrl+o")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm), "debriefed: what was agreed stays as it was")
        assert {
            each.id for each in stage.screen.query("Input, TextLines") if not each.has_pseudo_class("disabled")
        } == {
            "issue",
            "tags",
            "scope",
            "scope_reason",
            "place",
            "context",
            "facilitators",
            "spokespeople",
            "observers",
        }
        await stage.type("afterwards")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        assert stage.saved.probe == sealed.probe.but(issue=stage.saved.probe.issue)
        assert "afterwards" in stage.saved.probe.issue


async def test_the_first_probe_has_its_whole_pane_as_soon_as_it_is_there(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:
        await stage.until("No probes yet")
        await stage.press("ctrl+n")
        await stage.until(lambda: isinstance(stage.screen, ProbeForm))
        await stage.type("a first alliance of many words")
        await stage.press("escape")
        await stage.until(lambda: str(stage.get("#pane", Static).visual).startswith("a first alliance of many words\n"))


async def test_a_mistyped_archive_is_said_until_an_entry_begins_one_there(path: Path) -> None:
    async with staged(path, size=(120, 40)) as stage:
        told = f"There is no archive at {path} yet: your first entry begins one there."
        await stage.until(lambda: told in stage.reads("#begin"))
        await stage.press("f7")
        await stage.type("nobody speaks for us")
        await stage.press("enter", "escape")
        await stage.until("No probes yet")
        assert "There is no archive" not in stage.flat()


async def test_what_the_matrix_says_in_words_scrolls_in_the_review(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left")
        stage.get("#pages", OptionList).highlighted = 6
        await stage.until("Round 1, revealed", "PageDown scrolls")
        assert "B others" not in stage.flat()
        await stage.press("pagedown")
        await stage.until("B others")


async def test_nothing_stands_behind_the_curtain_where_nothing_was_recorded(path: Path) -> None:
    closed(path, observations=None)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left")
        stage.get("#pages", OptionList).highlighted = 4
        await stage.until("Nothing was recorded.")
        assert "F3 opens" not in stage.flat()


async def test_an_empty_logbook_names_all_three_ways_to_begin_in_the_smallest_terminal(path: Path) -> None:
    async with staged(path, size=(60, 18)) as stage:
        await stage.until(
            "F7 your non-negotiables",
            "F4 an open dissent session",
            "Ctrl+N a probe",
            "redraw demo",
            "redraw import FILE",
        )
        await stage.resize(80, 30)
        await stage.until(
            "Enter within 24 hours", lambda: "an export of another Redraw, or a room file" in stage.reads("#begin")
        )
