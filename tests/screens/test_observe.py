"""The observer's screen, notes from elsewhere while a session is live, and the observations in the debrief."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll

from screens.frame.help import HelpScreen
from screens.logbook import LogbookScreen
from screens.observe import ObserveScreen
from screens.review import ReviewScreen
from screens.too_small import TooSmall
from screens.widgets.entry_field import EntryField
from store.archive.archive import Archive
from store.debrief import Debrief
from store.notes.spool import Note, Spool
from tests.conftest import beside
from tests.helpers.builders import HOSTILE_LINES, in_short
from tests.helpers.rooms import NOW, closed, room, taken_in
from tests.helpers.stage import FakeClock, Stage, begun, staged
from tests.helpers.sweeps import swept
from tests.helpers.texts import harmless, telling

SEEN: list[dict[str, Any]] = [
    {"at": "2026-11-07T11:20", "by": "Wojtek", "kind": "synergy", "text": "the vicar lent the hall key"},
    {"at": "2026-11-06T23:10", "by": "Tilda", "kind": "friction", "text": "two stewards, one megaphone"},
]


def observed(path: Path, **session: object) -> Debrief:
    """The room with observations, live."""
    return taken_in(path, room(observations=SEEN), began=NOW - 600, **session)


def drop(path: Path, *texts: str, probe: str = "p1", by: str | None = None, kind: str = "") -> list[str]:
    """Notes as `redraw note` leaves them; their names."""
    rows = Archive(path).rows("probes")
    created = next((row["created"] for row in rows if row["id"] == probe), "")
    at = datetime.fromtimestamp(NOW, UTC).isoformat()
    return [Spool(path).drop(Note(probe, created, at, by, kind, text)) for text in texts]


def texts(found: Debrief) -> list[str]:
    return [each.text for each in found.observations]


async def observing(stage: Stage) -> ObserveScreen:
    await stage.press("f5")
    await stage.until(lambda: isinstance(stage.screen, ObserveScreen) and stage.screen.restored)
    assert isinstance(stage.screen, ObserveScreen)
    return stage.screen


def told(stage: Stage) -> str:
    return " ".join(each.message for each in stage.app._notifications)


def seen(stage: Stage) -> str:
    return stage.reads("#list")


# ----------------------------------------------------------------------------------------------------- the screen


async def test_what_is_seen_is_noted_with_its_time_kind_and_observer(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await stage.press("f5")
        await stage.until("19:00 Observe Noise protest at Gate 2", "@name says who you are")
        await stage.enter("@Tilda")
        await stage.until("Noted for Tilda from now on.", "Tilda ›")
        await stage.enter("f: tannoy cut")
        await stage.until("Noted: 19:00, friction, Tilda.")
        await stage.enter("18:30 they queue with us")
        last = stage.saved.observations[-2:]
        assert [(each.by, each.kind, each.text) for each in last] == [
            ("Tilda", "friction", "tannoy cut"),
            ("Tilda", "", "they queue with us"),
        ]
        assert last[1].at == "2026-11-07T18:30:00+00:00"
        assert seen(stage).startswith(
            "19:00 friction Tilda 3: tannoy cut 18:30 Tilda 4: they queue with us 11:20 synergy Wojtek 1:"
        )
        assert "Friday, 6 November 2026 23:10 friction Tilda" in seen(stage)


async def test_tab_goes_through_the_kinds_and_a_line_starts_anew(path: Path) -> None:
    observed(path)
    async with staged(path, size=(60, 18)) as stage:
        screen = await observing(stage)
        found = []
        for _ in range(5):
            await stage.press("tab")
            found.append(screen.kind)
            assert f"[{screen.kind or 'no kind'}]" in stage.reads("#kind")
        assert found == ["friction", "narrative shift", "synergy", "autonomy erosion", ""]
        await stage.type("18:30 a: we")
        assert "[autonomy erosion]" in stage.reads("#kind"), "the line's own kind shows as it is typed"
        await stage.press("escape")
        assert "[no kind]" in stage.reads("#kind")
        await stage.press("tab", "tab")
        await stage.enter("they say clients")
        assert stage.saved.observations[-1].kind == "narrative shift"
        assert screen.kind == ""


async def test_up_mends_the_last_and_ctrl_t_takes_it_back(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await observing(stage)
        await stage.enter("18:30 @Tilda f: tanoy cut")
        await stage.press("up")
        field = stage.get("#field", EntryField)
        assert field.value == "2026-11-07 18:30 @Tilda friction: tanoy cut"
        field.value = field.value.replace("tanoy", "tannoy")
        await stage.press("enter")
        await stage.until("tannoy cut")
        assert texts(stage.saved) == [SEEN[0]["text"], SEEN[1]["text"], "tannoy cut"]
        await stage.press("ctrl+t")
        await stage.until("tanoy cut", lambda: texts(stage.saved)[-1] == "tanoy cut")
        await stage.press("ctrl+t")
        await stage.until(lambda: len(stage.saved.observations) == 2)
        await stage.press("up", "escape")
        assert field.value == ""
        assert isinstance(stage.screen, ObserveScreen)
        assert len(stage.saved.observations) == 2


async def test_lines_pasted_behind_an_edited_one_are_entered_too(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await observing(stage)
        await stage.enter("the tanoy is cut")
        await stage.press("up")
        stage.get("#field", EntryField).value = "f: the tannoy is cut"
        stage.paste("\na second\na third")
        await stage.until("2 observations")
        assert texts(stage.saved)[-3:] == ["the tannoy is cut", "a second", "a third"]


async def test_lines_with_times_are_pasted_and_what_is_refused_waits(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await observing(stage)
        stage.paste("2026-11-06 10:00 Tilda f: one\n23:30 too early\n2026-11-07T11:00 Wojtek synergy: two\n")
        await stage.until("still to come")
        assert stage.get("#field", EntryField).value == "23:30 too early"
        assert [(each.by, each.kind, each.text) for each in stage.saved.observations[2:]] == [
            ("Tilda", "friction", "one"),
            ("Wojtek", "synergy", "two"),
        ]


@pytest.mark.sweep
async def test_half_a_line_survives_leaving_and_a_crash(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await observing(stage)
        await stage.type("half a li")
        await stage.until(lambda: beside(path, "draft").exists() and "half a li" in beside(path, "draft").read_text())
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await observing(stage)
        assert stage.get("#field", EntryField).value == "half a li"
    async with staged(path) as stage:
        await observing(stage)
        assert stage.get("#field", EntryField).value == "half a li"
        await stage.press("escape")
        assert isinstance(stage.screen, ObserveScreen)
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_the_curtain_hides_what_was_seen(path: Path) -> None:
    observed(path)
    async with staged(path) as stage:
        await observing(stage)
        await stage.press("f3")
        await stage.until("Curtain drawn: 2 observations. F3 opens the curtain.")
        assert not any(each["text"] in stage.flat() for each in SEEN)
        await stage.press("f3")
        await stage.until(SEEN[0]["text"])


async def test_an_assigned_observer_is_offered_and_found_by_the_beginning(path: Path) -> None:
    taken = observed(path)
    archive = Archive(path)
    archive.save([taken.probe.but(observers=("Birgit",))])
    archive.close()
    async with staged(path) as stage:
        screen = await observing(stage)
        assert screen.host.observer == "Birgit"
        await stage.enter("@")
        assert screen.host.observer is None
        await stage.press("x", "escape")
        await stage.until("@Birgit says who you are")
        await stage.enter("@til", "@W", "@bi")
        assert screen.host.observer == "Birgit"


@pytest.mark.parametrize(
    "text", telling([*(each for each in HOSTILE_LINES if len(each) < 300), "[b]x[/] " * 1250]), ids=in_short
)
async def test_hostile_text_is_drawn_and_kept(path: Path, text: str) -> None:
    observed(path)
    async with staged(path, size=(40, 16)) as stage:
        await stage.until(lambda: isinstance(stage.screen, TooSmall))
        await observing(stage)
        stage.paste(f": {text}")
        await stage.until(lambda: stage.get("#field", EntryField).value == f": {text}".strip("\r\n"))
        assert all(harmless(row) for row in stage.rows())
        await stage.press("enter")
        await stage.until(lambda: len(stage.saved.observations) == 3)
        assert stage.saved.observations[-1].text == text
        assert all(harmless(row) for row in stage.rows())


# ------------------------------------------------------------------------------------------------------- its size


async def test_a_refusal_can_be_read_to_its_end_on_a_telephone(path: Path) -> None:
    observed(path)
    async with staged(path, size=(32, 12)) as stage:
        await stage.press("f5")
        await stage.enter("23:59 a: tomorrow")
        assert stage.hint.endswith("or leave the time out.")
        await stage.until("is still to come", "or leave the time out.")


@pytest.mark.parametrize("size", [(30, 10), *swept((32, 12), (40, 16)), (60, 18), (80, 24), *swept((120, 40))])
async def test_it_is_whole_in_a_small_terminal(path: Path, size: tuple[int, int]) -> None:
    observed(path)
    async with staged(path, size=(80, 24)) as stage:
        await observing(stage)
        await stage.resize(*size)
        await stage.enter("@Tilda", "f: short")
        await stage.until("19:00 friction Tilda", "Tilda ›", "short", "Escape Back", "19:00 Observe")
        assert not any(isinstance(screen, TooSmall) for screen in stage.app.screen_stack)
        await stage.press("f1")
        await stage.until(lambda: isinstance(stage.screen, HelpScreen))
        await stage.press("f1")
        await stage.until(lambda: isinstance(stage.screen, ObserveScreen))


async def test_below_its_own_size_it_is_covered_and_so_is_the_logbook_that_it_goes_back_to(path: Path) -> None:
    observed(path)
    async with staged(path, size=(40, 16)) as stage:
        await stage.until(lambda: isinstance(stage.screen, TooSmall), "Redraw needs 60 × 18", "F5 opens the observer")
        await observing(stage)
        await stage.resize(29, 10)
        await stage.until(lambda: isinstance(stage.screen, TooSmall), "needs 30 × 10")
        await stage.press("f5")
        assert isinstance(stage.screen, TooSmall)
        await stage.resize(40, 16)
        await stage.until(lambda: isinstance(stage.screen, ObserveScreen))
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, TooSmall), "Redraw needs 60 × 18")
        await stage.resize(80, 24)
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await observing(stage)
        await stage.resize(40, 16)
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, TooSmall), "Redraw needs 60 × 18")


async def test_from_a_small_terminal_it_opens_for_what_is_running(path: Path) -> None:
    taken_in(path, room())
    taken_in(
        path,
        room(
            title="The one that runs",
            participants=None,
            actual=None,
            pact={"starts": "2026-11-06", "ends": "2026-11-09"},
        ),
    )
    async with staged(path, size=(40, 16)) as stage:
        await stage.until(lambda: isinstance(stage.screen, TooSmall))
        await observing(stage)
        assert stage.debrief.probe.title == "The one that runs"


# ------------------------------------------------------------------------------------------------ notes from elsewhere


async def test_a_note_comes_into_a_live_session_and_nobody_at_the_keyboard_notices(path: Path) -> None:
    observed(path)
    clock = FakeClock()
    async with begun(path, clock, start=True) as stage:
        await stage.type("half a na")
        screen, focused, before = stage.screen, stage.app.focused, stage.rows()
        digits = stage.digits
        drop(path, "from the landing", by="Tilda", kind="friction")
        stage.notes_due()
        await stage.until(lambda: texts(stage.debrief)[2:] == ["from the landing"])
        assert (stage.screen, stage.app.focused, stage.rows(), stage.digits) == (screen, focused, before, digits)
        assert stage.saved.observations == stage.debrief.observations
        assert not Spool(path).waiting()
        await stage.type("me, 2")
        await stage.press("enter")
        await stage.until(lambda: stage.debrief.names[-1] == "half a name")
        assert stage.saved == Archive(path).debrief("p1")
        assert texts(stage.saved)[2:] == ["from the landing"]


async def test_a_note_for_another_probe_goes_there(path: Path) -> None:
    observed(path)
    taken_in(path, room(title="another"))
    async with begun(path) as stage:
        probe = stage.debrief.probe.id
        other = {"p1": "p2", "p2": "p1"}[probe]
        drop(path, "elsewhere", probe=other)
        stage.notes_due()
        await stage.until(lambda: not Spool(path).waiting())
        assert "elsewhere" in texts(Archive(path).debrief(other))
        assert "elsewhere" not in texts(stage.debrief)


async def test_what_waited_is_taken_in_at_the_start(path: Path) -> None:
    observed(path)
    drop(path, "before the start")
    async with staged(path) as stage:
        await stage.until(lambda: not Spool(path).waiting())
        assert texts(Archive(path).debrief("p1"))[2:] == ["before the start"]


async def test_a_note_that_can_not_be_saved_waits_and_the_session_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.conftest import fails

    observed(path)
    async with begun(path) as stage:
        await stage.type("half")
        with monkeypatch.context() as patch:
            patch.setattr("store.archive.disk.calls.Disk.write", fails(28))
            drops = Spool(path)
            patch.undo()
            drop(path, "waits")
            patch.setattr("store.archive.disk.calls.Disk.write", fails(28))
            stage.notes_due()
            await stage.settle()
            assert len(drops.waiting()) == 1
            assert stage.debrief == stage.app.live._saved
            assert not stage.app.live.status.unsaved
        stage.notes_due()
        await stage.until(lambda: not drops.waiting())
        assert texts(stage.saved)[2:] == ["waits"]


async def test_what_can_not_be_taken_in_is_told_once(path: Path) -> None:
    observed(path)
    (name,) = drop(path, "for nobody", probe="p9")
    async with staged(path, size=(120, 40)) as stage:
        await stage.until(lambda: told(stage))
        assert "is no probe here" in told(stage)
        stage.app.clear_notifications()
        for _ in range(3):
            stage.notes_due()
            await stage.settle()
        assert not told(stage)
        assert [each for each, _ in Spool(path).waiting()] == [name]


async def test_where_another_redraw_writes_notes_are_handed_to_it(path: Path) -> None:
    observed(path)
    writer = Archive(path)
    writer.claim()
    try:
        async with staged(path) as stage:
            await stage.until("READ ONLY")
            await observing(stage)
            await stage.enter("@Tilda", "f: seen from here")
            await stage.until(
                "Noted: 19:00, friction, Tilda, handed to the Redraw that writes.",
                lambda: "19:00 friction Tilda seen from here" in seen(stage),
            )
            ((name, note),) = Spool(path).waiting()
            assert isinstance(note, Note)
            assert (note.probe, note.by, note.kind, note.text) == ("p1", "Tilda", "friction", "seen from here")
            await stage.press("ctrl+t")
            await stage.until("Nothing can be entered here")
            await stage.press("up")
            await stage.until("only in the Redraw that writes")
            await stage.enter("25:00 no such time")
            await stage.until("There is no time")
            assert len(Spool(path).waiting()) == 1
            from store.notes import take_in

            take_in.take_in_all(writer)
            stage.later(2)
            await stage.until(lambda: any(each.note == name for each in stage.debrief.observations))
            assert seen(stage).count("seen from here") == 1
    finally:
        writer.close()


# --------------------------------------------------------------------------------------------------- in the debrief


@pytest.mark.sweep
async def test_in_small_groups_they_stand_beside_the_moments_once_somebody_opens_them(path: Path) -> None:
    observed(path)
    async with begun(path) as stage:
        await stage.go("small_groups")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 3  Ctrl+N: 2 observations")
        assert not any(each["text"] in stage.flat() for each in SEEN)
        await stage.press("ctrl+n")
        await stage.until(lambda: stage.panel("#moments-box") == "Observations 2  Ctrl+N: moments")
        assert stage.reads("#moments").endswith(
            "Friday, 6 November 2026 23:10 friction Tilda two stewards, one megaphone"
            " Saturday, 7 November 2026 11:20 synergy Wojtek the vicar lent the hall key"
        )
        await stage.type("1- seen # 1")
        assert stage.panel("#moments-box") == "Observations 2  Ctrl+N: moments"
        for key in ("f3", "f2"):
            await stage.press(key)
            assert not any(each["text"] in stage.flat() for each in SEEN)
            await stage.press("ctrl+n")
            await stage.until("curtain") if key == "f3" else None
            assert not any(each["text"] in stage.flat() for each in SEEN)
            await stage.press(key)
            await stage.until(SEEN[0]["text"])  # as it was left: the key did nothing behind the curtain
        await stage.go("silent_mapping")
        await stage.press("ctrl+n")
        assert not any(each["text"] in stage.flat() for each in SEEN)
        await stage.press("f2", "f3")
        await stage.go("small_groups")
        await stage.until(lambda: stage.panel("#moments-box") == "Moments 3  Ctrl+N: 2 observations")


async def test_in_the_review_they_are_a_page_behind_the_curtain(path: Path) -> None:
    closed(path, observations=SEEN)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.screen, ReviewScreen))
        stage.turn_to("Observations")
        await stage.until("Curtain drawn: 2 observations of the action. F3 opens it.")
        assert SEEN[0]["text"] not in stage.flat()
        await stage.press("f3")
        await stage.until(SEEN[0]["text"])
        assert stage.reads("#text").startswith(
            "Observations 6 November, 23:10 friction Tilda two stewards, one megaphone 7 November, 11:20 synergy Wojtek"
        )
        drop(path, *(f"line {n}" for n in range(30)))
        stage.notes_due()
        await stage.until("line 3")
        await stage.press("pagedown")
        page = stage.get("#page", VerticalScroll)
        scrolled = page.scroll_offset.y
        assert scrolled
        drop(path, "one more")
        stage.notes_due()
        await stage.until(lambda: len(stage.debrief.observations) == 33)
        assert page.scroll_offset.y == scrolled, "what somebody reads stays where it is"


async def test_where_another_probe_runs_than_the_highlighted_one_it_is_asked_which(path: Path) -> None:
    taken_in(path, {"title": "the due one", "pact": {"ends": "2026-11-06"}})
    taken_in(path, {"title": "the running one", "pact": {"starts": "2026-11-06", "ends": "2026-11-08"}})
    async with staged(path) as stage:
        await stage.press("f5")
        await stage.until("Which action is observed?", "1 the running one (running", "2 the due one (due", "3 Neither")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        for answer in ("1", "2"):
            await stage.press("f5", answer)
            await stage.until(lambda: isinstance(stage.screen, ObserveScreen))
            assert stage.debrief.probe.title == ("the running one", "the due one")[int(answer) - 1]
            await stage.press("escape")
            await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await stage.press("down")
        await observing(stage)
