"""The non-negotiables on screen: a draft is typed, consensus is shown, adopting is deliberate, history stays."""

from pathlib import Path

import pytest

from screens.logbook import LogbookScreen
from screens.probe.non_negotiables import PrinciplesScreen
from screens.widgets.entry_field import HIDDEN, EntryField
from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import NonNegotiables, stamp
from tests.helpers.builders import HOSTILE_LINES, in_short
from tests.helpers.rooms import NOW, room
from tests.helpers.stage import SIZES, Stage, staged
from tests.helpers.texts import harmless

IN_FORCE = NonNegotiables(
    number=1,
    at=stamp(NOW - 90 * 86400),
    principles=("Tenants decide what happens in their building.", "Our own literature at every door."),
    asked=("Maren", "Anders", "Ana"),
    consents=("Maren", "Anders"),
    open=("Do photographs count?",),
    adopted=stamp(NOW - 80 * 86400),
)


def held(path: Path, *revisions: NonNegotiables) -> None:
    """An archive of a group that has these revisions."""
    archive = Archive(path)
    archive.save(revisions)
    archive.close()


def kept(path: Path) -> tuple[NonNegotiables, ...]:
    """The revisions as the archive has them."""
    return Archive(path).group_records(NonNegotiables)


async def opened(stage: Stage) -> PrinciplesScreen:
    await stage.press("f7")
    await stage.until(lambda: isinstance(stage.screen, PrinciplesScreen), "Non-negotiables")
    assert isinstance(stage.screen, PrinciplesScreen)
    return stage.screen


async def test_steps_of_the_statement_go_back_and_forth_and_consents_come_back_with_them(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path, size=(120, 40)) as stage:
        await opened(stage)
        await stage.until("2 principles")
        await stage.enter("A third one.")
        await stage.until("Consents start over", "3 principles")
        assert kept(path)[-1].consents == ()
        await stage.enter("1: Tenants decide.")
        changed = kept(path)
        await stage.press("ctrl+t", "ctrl+t")
        await stage.until("Taken back: A third one.", lambda: kept(path) == (IN_FORCE,))
        await stage.press("ctrl+y", "ctrl+y")
        await stage.until("Brought back: 1: Tenants decide.", lambda: kept(path) == changed)


async def test_a_statement_is_written_agreed_and_put_in_force(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage)
        await stage.until("Nothing is written yet.", "principle ›")
        await stage.press("f4")
        await stage.until("There is no draft yet: enter a principle first.")
        await stage.enter("Tenants decide.", "No endorsements.", "2: No endorsement of any candidate.")
        await stage.until("draft: nobody asked yet", "2 No endorsement of any candidate.")
        await stage.press("tab")
        await stage.enter("Maren, Anders, Ana")
        await stage.press("tab")
        await stage.enter("mar")
        await stage.until("draft: 3 asked, 1 consents, 2 have not answered", "✓ 1 of 3 consents", "Anders, Ana")
        await stage.enter("an")
        await stage.until("“an” fits Anders, Ana: type more of the name.")
        await stage.press("escape", "tab")
        await stage.enter("and photographs?")
        await stage.until("1 question open", "Still open")
        await stage.press("f4")
        await stage.until(
            "F4 again puts revision 1 in force although 2 of 3 have not consented (Anders, Ana) and 1 question is"
        )
        assert kept(path)[0].adopted is None
        await stage.press("f4")
        await stage.until("in force since 7 November 2026, 1 of 3 consented, 1 question open", "In force.")
        found = kept(path)
        assert [(each.number, each.principles, each.consents) for each in found] == [
            (1, ("Tenants decide.", "No endorsement of any candidate."), ("Maren",))
        ]
        await stage.press("f4")
        await stage.until("Revision 1 is already in force: your next change starts a draft.")
        await stage.press("escape")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))


async def test_a_changed_wording_asks_everybody_anew_and_shows_what_changed(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path) as stage:
        await opened(stage)
        await stage.until(
            "revision 1 in force since 19 August 2026, 2 of 3 consented, 1 question open", "2 of 3 consented"
        )
        await stage.enter("2: Our own leaflet at every door.")
        await stage.until(
            "2 Our own [−literature−] [+leaflet+] at every door.",
            "Consents start over: 2 were given to the old wording.",
            "draft: 3 asked, none consent, 3 have not answered; 1 question open",
        )
        await stage.press("f3")
        await stage.until("2 Our own leaflet at every door.")
        await stage.press("f5")
        await stage.until("▸ 1", "2 Our own literature at every door.")
        await stage.press("f5")
        await stage.until("This is the first revision.")
        await stage.press("f6")
        await stage.until("▸ 2", "[+leaflet+]")
        before = kept(path)
        assert before[0] == IN_FORCE
        await stage.press("up")
        await stage.until(lambda: stage.get("#field", EntryField).value == "2: Our own leaflet at every door.")
        await stage.press("escape", "f4")
        await stage.until("F4 again")
        await stage.enter("-1")
        await stage.until("[−Tenants decide what happens in their building.−]", lambda: "F4 again" not in stage.hint)
        await stage.press("f4")
        assert kept(path)[-1].adopted is None, "another draft takes a first press of its own"
        await stage.press("f4", "f5")
        await stage.until("▸ 1", "in force from 19 August 2026 to 7 November 2026, 2 of 3 consented, 1 question open")
        assert kept(path)[0] == IN_FORCE


async def test_a_slip_takes_no_consent_for_good(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path) as stage:
        await opened(stage)
        await stage.enter("Sign nothing.")
        await stage.press("tab", "tab")
        await stage.enter("all but ana", "ana objects: too late")
        await stage.until("✓ 2 of 3 consent", "! 1 of 3 objects", "Ana: too late")
        await stage.enter("mar, and")
        await stage.until("All of them have already consented")
        await stage.press("escape", "tab", "tab")
        await stage.enter("-1")
        await stage.until("Consents start over: 3 were given to the old wording. They are kept in case it comes back.")
        await stage.enter("1: Sign nothing.", "2: Our own literature at every door.")
        await stage.enter("-1", "Sign nothing.")
        assert kept(path)[-1].principles != (*IN_FORCE.principles, "Sign nothing.")
        await stage.enter("1: Tenants decide what happens in their building.", "2: Our own literature at every door.")
        await stage.enter("Sign nothing.")
        await stage.until("That wording was answered before: all 3 answers are there again.", "! 1 of 3 objects")


async def test_nothing_is_entered_into_a_draft_that_is_not_shown(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path) as stage:
        await opened(stage)
        await stage.enter("Sign nothing.")
        await stage.press("tab", "tab")
        await stage.enter("all")
        before = kept(path)
        await stage.press("f5", "tab", "tab")
        await stage.until("▸ 1")
        await stage.enter("A line for the old one.")
        await stage.until("Revision 1 is shown, but a line changes the draft, revision 2: F6 turns to it.")
        await stage.press("escape", "up", "enter")
        await stage.until("Revision 1 is shown")
        assert kept(path) == before
        await stage.press("f6")
        await stage.enter("A line for the draft.")
        await stage.until("4 [+A line for the draft.+]")


async def test_an_objection_is_asked_about_before_the_draft_is_in_force(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path) as stage:
        await opened(stage)
        await stage.press("tab", "tab")
        await stage.enter("ana objects: the photographs", "mar, and, ana")
        await stage.until("Skipped: Maren, Anders have consented already.")
        await stage.enter("ana objects: the photographs")
        await stage.press("f4")
        asked = "Put revision 2 in force although only 2 of 3 consent, 1 objects (Ana) and 1 question is open?"
        await stage.until("No, it stays a draft", lambda: asked in stage.reads("#asked"))
        await stage.until("Ana: the photographs")
        await stage.press("escape")
        assert kept(path)[-1].adopted is None
        await stage.press("f4")
        await stage.until("Put revision 2 in force")
        await stage.press("2")
        await stage.until("In force.", "2 of 3 consented, 1 objected, 1 question open")
        assert kept(path)[-1].adopted is not None


async def test_the_wall_counts_objections_and_names_nobody(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path) as stage:
        await opened(stage)
        await stage.press("tab", "tab")
        await stage.enter("ana objects: the photographs")
        await stage.press("f2", "f4")
        asked = "although only 2 of 3 consent, 1 objects and 1 question is open?"
        await stage.until("No, it stays a draft", lambda: asked in stage.reads("#asked"))
        assert not stage.has("Ana")
        assert not stage.has("photographs")


@pytest.mark.sweep
async def test_a_first_press_is_forgotten_after_a_while(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage)
        await stage.enter("One.")
        await stage.press("f4")
        await stage.until("F4 again puts revision 1 in force although nobody was asked. That stays on record.")
        stage.later(7)
        await stage.until(lambda: "F4 again" not in stage.hint)
        await stage.press("f4")
        await stage.until("F4 again")
        assert kept(path)[0].adopted is None


async def test_a_second_press_counts_only_while_its_sentence_is_in_sight(path: Path) -> None:
    async with staged(path) as stage:
        screen = await opened(stage)
        await stage.enter("One.")
        await stage.press("f4", "f2")
        await stage.until(lambda: screen.wall and "F4 again" not in stage.hint)
        await stage.press("f4")
        await stage.until("F4 again puts revision 1 in force")
        assert kept(path)[0].adopted is None
        await stage.press("f4")
        await stage.until("In force.")


async def test_the_wall_has_the_statement_and_no_name(path: Path) -> None:
    held(path, IN_FORCE)
    async with staged(path, size=(120, 40)) as stage:
        screen = await opened(stage)
        await stage.until("Do photographs count?", "Anders")
        await stage.press("f2", "tab", "tab")
        await stage.type("an")
        await stage.until(f"consents › {HIDDEN * 2}", "2 of 3 consented")
        await stage.press("enter")
        await stage.until("That fits several names: type more of it.")
        assert not any(stage.has(text) for text in ("Anders", "Maren", "photographs"))
        await stage.press("escape")
        await stage.enter("ana")
        await stage.press("f4")
        await stage.until("1 question is open")
        assert not any(stage.has(text) for text in ("Anders", "Maren", "photographs"))
        await stage.press("f2")
        await stage.until("✓ 3 of 3 consent", lambda: not screen.wall)


async def test_what_is_half_typed_is_there_again(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage)
        await stage.press("tab")
        await stage.type("Maren, Til")
        await stage.press("ctrl+q")
        await stage.until(lambda: isinstance(stage.screen, LogbookScreen))
        await opened(stage)
        await stage.until("asked › Maren, Til")
        await stage.press("escape")
        await stage.until(lambda: stage.get("#field", EntryField).value == "")
        assert isinstance(stage.screen, PrinciplesScreen)


async def test_what_a_file_brought_is_not_ours_until_we_adopt_it(path: Path) -> None:
    archive = Archive(path)
    take_in(archive, read_room(room(non_negotiables=["Never without the night shift."]), stamp(NOW)))
    take_in(archive, read_room(room(non_negotiables=["Sign everything."]), stamp(NOW)))
    archive.close()
    async with staged(path) as stage:
        await opened(stage)
        await stage.until(
            "1 Never without the night shift.",
            "in force since 6 November 2026, came in with",
            "2 came in with probe p2, not adopted",
        )
        await stage.press("f6")
        await stage.until("1 Sign everything.")
        await stage.enter("Sign nothing.")
        await stage.until("revision 3, draft", "1 Never without the night shift.", "2 [+Sign nothing.+]")


async def test_where_another_redraw_writes_it_can_only_be_read(path: Path) -> None:
    held(path, IN_FORCE)
    other = Archive(path)
    other.claim()
    async with staged(path) as stage:
        await opened(stage)
        await stage.until("READ ONLY", "Tenants decide")
        await stage.enter("Third.")
        await stage.until("Nothing can be entered here: close the other Redraw first.")
        await stage.press("escape", "f4", "f4")
        other.save([IN_FORCE.but(number=2, principles=("Said by the other.",))])
        stage.later(2)
        await stage.until("Said by the other.")
        assert len(kept(path)) == 2
    other.close()


async def test_more_than_ten_are_too_many_to_remember(path: Path) -> None:
    async with staged(path) as stage:
        await opened(stage)
        stage.paste("\n".join(f"Principle of {n * 'very '}many words." for n in range(10)))
        await stage.until("10 Principle of")
        assert not stage.has("concise")
        await stage.enter("x" * 300)
        await stage.until("11 principles: a concise statement is better remembered", "10 Principle of")
        assert kept(path)[0].principles[-1] == "x" * 300


@pytest.mark.sweep
@pytest.mark.parametrize("text", [*HOSTILE_LINES, "[b]x[/] " * 1250], ids=in_short)
async def test_whatever_is_typed_is_shown_as_itself(path: Path, text: str) -> None:
    full = IN_FORCE.but(principles=(text, "x"), asked=(text, "Ana"), consents=(text,), open=(text,), source=text)
    held(path, full)
    async with staged(path) as stage:
        await opened(stage)
        for size in SIZES:
            await stage.resize(*size)
            for key in ("f2", "f2", "f3", "tab", "tab", "tab", "tab"):
                await stage.press(key)
                stage.paste(text)
                await stage.settle()
                await stage.press("enter", "f4")
                if stage.get("#field", EntryField).value:
                    await stage.press("escape")
                assert len(stage.rows()) == size[1]
                assert all(harmless(row) for row in stage.rows())
                assert isinstance(stage.screen, PrinciplesScreen)
        assert kept(path)[0] == full
