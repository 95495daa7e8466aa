"""Entry at the speed of a room: a line an entry, several at once, mended and taken back, and nothing lost or doubled."""

from pathlib import Path

import pytest

from screens.widgets.entry_field import EntryField
from store.debrief import Debrief
from store.model import Felt
from tests.helpers.rooms import NOW, ROOM, closed, empty_of_entries, room, taken_in
from tests.helpers.stage import Stage, begun, staged

pytestmark = pytest.mark.sweep  # they take a minute or more; .ci/run has them


def at(path: Path, phase: str, **file: object) -> Debrief:
    """A live session in a phase."""
    return taken_in(path, room(**file), began=NOW - 60, phase=phase)


def field(stage: Stage) -> str:
    """What stands in the field."""
    return stage.get("#field", EntryField).value


def moments(stage: Stage) -> list[tuple[str, str]]:
    """Moments as the archive has them."""
    return [(moment.felt.sign, moment.text) for moment in stage.saved.moments]


def keys_beyond(keys: tuple[str, ...], *texts: str) -> int:
    """How many keys somebody presses that are no part of what they want to say."""
    return len(keys) - sum(map(len, texts))


# ------------------------------------------------------------------------------------------------------- keys per entry


async def test_a_moment_costs_two_keys_beyond_its_text_and_can_be_typed_ahead(path: Path) -> None:
    at(path, "silent_mapping", moments=None, patterns=None, amendments=None)
    text = "we held the gate"
    async with begun(path) as stage:
        for keys, felt in (
            ((*text, "enter"), "+"),
            (("tab", *text, "enter"), "−"),
            ((*text, "enter"), "−"),
            (("+", *text, "enter"), "+"),
            (("-", *text, "enter"), "−"),
        ):
            assert keys_beyond(keys, text) <= 2
            stage.send(*keys)
            await stage.settle()
            await stage.until(lambda: field(stage) == "")
            assert moments(stage)[-1] == (felt, text), keys
        assert len(moments(stage)) == 5
        # typed ahead, nothing is lost, doubled or mixed
        said = [f"moment {n} of a fast typist" for n in range(12)]
        stage.send(*(key for text in said for key in ("+", *text, "enter")))
        await stage.until(lambda: len(stage.debrief.moments) == 5 + len(said))
        assert moments(stage)[5:] == [("+", text) for text in said]
        stage.send(*"-down", "enter", "up", *" and out", "enter", "tab", *"up", "enter", *"left over")
        await stage.until(lambda: field(stage) == "left over")
        assert moments(stage)[5 + len(said) :] == [("−", "down and out"), ("+", "up")]


async def test_a_ballot_costs_four_keys_beyond_name_and_numbers(path: Path) -> None:
    at(path, "reposition", actual=None)
    async with begun(path) as stage:
        for keys, name, x, y in (
            (tuple("ay37"), "ay", 3, 7),
            (tuple("br 10 0"), "br", 10, 0),
            (tuple("cu 0/10"), "cu", 0, 10),
            (tuple("Dagny 5 5"), "Dagny", 5, 5),
        ):
            assert keys_beyond((*keys, "enter"), name, str(x), str(y)) <= 4
            stage.send(*keys, "enter")
            await stage.settle()
            await stage.until(lambda: field(stage) == "")
            placed = stage.saved.ballots(1)[-1]
            assert placed.by.startswith(name.title())
            assert (placed.autonomy, placed.benefit) == (x, y)


# ------------------------------------------------------------------------------------------------------ several at once


async def test_a_pasted_roster_with_commas_semicolons_and_tabs(path: Path) -> None:
    at(path, "opening", participants=[], actual=None, expected=None)
    async with begun(path) as stage:
        stage.paste(
            "Ayzel, Breathers of Pellan, facilitator\r\n"
            "Brannoc;Harrowmere Trust\r"
            "\n"
            "Cuthwin\tNightwatch\tnote-taker\n"
            "Dagny\n"
            ", Nightwatch\n"
            "ayzel, Nightwatch\n"
            "Eluned, 3\n"
        )
        await stage.until("Add the organisation after a comma", "(2 more to correct)", lambda: field(stage) == "Dagny")
        assert [(p.alias, p.organisation, p.role) for p in stage.saved.participants] == [
            ("Ayzel", "Breathers of Pellan", "facilitator"),
            ("Brannoc", "Harrowmere Trust", "participant"),
            ("Cuthwin", "Nightwatch", "note-taker"),
            ("Eluned", "Cold-Chain League", "participant"),
        ]
        await stage.press("end")
        await stage.enter(", 1")
        await stage.until("This line has no name", "(1 more to correct)", lambda: field(stage) == ", Nightwatch")
        await stage.press("home")
        await stage.enter("Fenwick")
        await stage.until("ayzel is in the roster already", lambda: field(stage) == "ayzel, Nightwatch")
        await stage.press("home", "delete", "delete")
        await stage.type("Hay")
        await stage.press("enter")
        await stage.until(lambda: field(stage) == "", "In the room", "7 people")
        assert [p.alias for p in stage.saved.participants][4:] == ["Dagny", "Fenwick", "Hayzel"]


async def test_pasted_moments_patterns_ballots_and_words(path: Path) -> None:
    at(path, "silent_mapping", moments=None, patterns=None, amendments=None, actual=None, feelings=None)
    async with begun(path) as stage:
        await stage.type("first of many")
        stage.paste("- second\n\n+\n@da - third\n")
        await stage.until(lambda: field(stage) == "+", lambda: len(stage.debrief.moments) == 3)
        assert [(m.felt, m.text, m.by) for m in stage.saved.moments] == [
            (Felt.STRENGTHENED, "first of many", None),
            (Felt.COMPROMISED, "second", None),
            (Felt.COMPROMISED, "third", "Dagny"),
        ]
        await stage.press("escape")
        stage.paste("one line stays to be looked at\n")
        await stage.until(lambda: field(stage) == "one line stays to be looked at")
        assert len(stage.debrief.moments) == 3
        await stage.go("small_groups")
        stage.paste("2- seen # 1 2\n1+ seen too # p2\nno ground\n- unknown # 9\nm+ late\n")
        await stage.until("Say what it rests on", "(1 more to correct)", lambda: field(stage) == "no ground")
        assert [(p.group, p.felt.sign, p.moments, p.paper_maps) for p in stage.saved.patterns] == [
            (2, "−", (1, 2), 0),
            (1, "+", (), 2),
        ]
        assert stage.saved.moments[-1].text == "late"
        await stage.go("reposition")
        await stage.press(*(["f2"] if stage.app.live.hall.wall else []), "f3")
        stage.paste("ay 1 2\nzz 3 4\nbr 3 11\nay 5 5\ncu 5 6")
        await stage.until("Nobody here is called “zz”", "(2 more to correct)", lambda: field(stage) == "zz 3 4")
        assert [p.by for p in stage.saved.ballots(1)] == ["Ayzel", "Cuthwin"]
        await stage.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await stage.type("ag")
        await stage.press("home", "delete", "d", "end")
        await stage.type(" 3 4")
        await stage.press("enter")
        await stage.until("Both numbers go from 0 to 10", lambda: field(stage) == "br 3 11")
        await stage.press("backspace", "enter")
        await stage.until("Ayzel has placed already", lambda: field(stage) == "ay 5 5")
        await stage.go("decompression")
        stage.paste("tired 3\nrelieved\n")
        await stage.until(lambda: dict(stage.saved.session.feelings) == {"tired": 3, "relieved": 1})


async def test_two_names_that_fit_are_both_offered(path: Path) -> None:
    people = [*ROOM["participants"], {"alias": "Aylin", "organisation": "Nightwatch"}]
    at(path, "reposition", participants=people, actual=None)
    async with begun(path) as stage:
        await stage.press("f3")
        await stage.enter("ay 3 4")
        await stage.until("“ay” fits Ayzel, Aylin", lambda: field(stage) == "ay 3 4")
        await stage.press("home", "right", "right", "l", "enter")
        await stage.until(lambda: [p.by for p in stage.debrief.ballots(1)] == ["Aylin"])


# --------------------------------------------------------------------------------------------------- mended, taken back


@pytest.mark.parametrize(
    ("phase", "line", "said", "more", "after"),
    [
        ("opening", "Jorunn; Nightwatch; participant", lambda d: d.participants[-1].alias, "Jorunn", "Jorunna"),
        ("silent_mapping", "+ a fourth", lambda d: d.moments[-1].text, "a fourth", "a fourth, mended"),
        ("small_groups", "2- a third # 1", lambda d: d.patterns[-1].text, "a third", "mended: a third"),
        ("decompression", "weary 2", lambda d: list(d.session.feelings)[-1], "weary", "very weary"),
    ],
)
async def test_up_mends_the_last_entry_and_ctrl_t_takes_it_back(
    path: Path, phase: str, line: str, said: object, more: object, after: object
) -> None:
    assert callable(said)
    at(path, phase, actual=ROOM["actual"][:-1])
    async with begun(path) as stage:
        before = stage.saved
        if phase in ("silent_mapping",):
            await stage.press("f2", "f3")
        await stage.enter(line)
        await stage.until(lambda: said(stage.debrief) == more)
        await stage.press("up")
        await stage.until(lambda: field(stage) == line)
        await stage.press("escape")
        assert field(stage) == ""
        assert said(stage.saved) == more
        await stage.press("up")
        await stage.until(lambda: field(stage) == line)
        mended = {
            "opening": ("home", *("right",) * 6, "a"),
            "silent_mapping": ("end", *", mended"),
            "small_groups": ("home", "right", "right", "right", *"mended: "),
            "decompression": ("home", *"very "),
        }[phase]
        await stage.press(*mended, "enter")
        await stage.until(lambda: field(stage) == "", lambda: said(stage.debrief) == after)
        counts = {
            name: len(getattr(stage.saved, name)) for name in ("participants", "moments", "patterns", "placements")
        }
        assert sum(counts.values()) - sum(len(getattr(before, name)) for name in counts) == (phase != "decompression")
        await stage.press("ctrl+t")  # the edit is a step of its own
        await stage.until(lambda: said(stage.saved) == more, lambda: stage.hint.startswith("Taken back"))
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.hint.startswith("Taken back"))
        for name in counts:
            assert getattr(stage.saved, name) == getattr(before, name)
        assert stage.saved.session.feelings == before.session.feelings


async def test_what_was_refused_in_mending_is_still_the_mending_of_that_entry(path: Path) -> None:
    at(path, "small_groups")
    async with begun(path) as stage:
        before = stage.saved.patterns
        await stage.press("up", "home", "9", "enter")
        await stage.until("There is no group 92")
        await stage.press("home", "delete", "end", *"3", "enter")
        await stage.until(lambda: field(stage) == "")
        assert [each.text for each in stage.saved.patterns] == [each.text for each in before]
        assert (before[-1].paper_maps, stage.saved.patterns[-1].paper_maps) == (2, 23)


async def test_mending_loses_and_doubles_nothing(path: Path) -> None:
    at(path, "silent_mapping")
    async with begun(path) as stage:
        before = moments(stage)
        # taken back while it is mended, an entry takes no other with it
        await stage.enter("+ a fourth")
        await stage.press("up", "ctrl+t")
        await stage.until(lambda: stage.hint.startswith("Taken back"))
        assert moments(stage) == before
        await stage.press("enter")
        await stage.until(lambda: field(stage) == "")
        assert moments(stage) == [*before, ("+", "a fourth")]
        # several lines pasted are entries of their own
        await stage.press("up")
        await stage.until(lambda: field(stage))
        await stage.type(", and")
        stage.paste("+ more\n- of it")
        await stage.until(lambda: field(stage) == "")
        assert moments(stage) == [*before, ("+", "a fourth, and"), ("+", "more"), ("−", "of it")]
        # the mended line has no text: it is refused, and nothing passes it
        await stage.press("f2", "up", "home", "shift+end")
        await stage.type("-")
        stage.paste("+ one\n+ two")
        await stage.until(lambda: field(stage) == "-", "(2 more to correct)")
        assert len(moments(stage)) == len(before) + 3
        await stage.press("end")
        await stage.type(" of them")
        await stage.press("enter", "enter", "enter")
        await stage.until(lambda: field(stage) == "")
        assert moments(stage)[-3:] == [("−", "of them"), ("+", "one"), ("+", "two")]
        # left for another phase, the mended line is no draft that would be entered once more
        now = moments(stage)
        await stage.press("up", "f8", "f8")
        await stage.until(lambda: stage.phase == "small_groups")
        await stage.press("f9", "f9")
        await stage.until(lambda: stage.phase == "silent_mapping")
        await stage.press("enter")
        assert moments(stage) == now


async def test_what_something_rests_on_is_not_taken_back(path: Path) -> None:
    at(path, "small_groups")
    async with begun(path) as stage:
        stage.app.change(lambda d, _: d.with_session())
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.hint.startswith("Taken back"))
        await stage.press("ctrl+t")
        await stage.until("An amendment rests on pattern 1: take that amendment back first.")
        await stage.go("silent_mapping")
        await stage.press("f2", "ctrl+t")
        await stage.until("A pattern rests on moment 3: take that pattern back first.")
        await stage.go("decompression")
        await stage.press("ctrl+t", "ctrl+t", "ctrl+t", "ctrl+t")
        await stage.until("There is nothing to take back.")


# ------------------------------------------------------------------------------------------------- phase by phase


async def test_somebody_is_taken_out_of_the_roster(path: Path) -> None:
    at(path, "opening")
    async with begun(path) as stage:
        await stage.enter("-ij")
        await stage.until("There is: 1 ballot.")
        await stage.press("escape")
        await stage.enter("Jorunn, 1", "-jo")
        await stage.until("9 people", "Jorunn is out of the roster.")
        assert "Jorunn" not in stage.saved.names


async def test_the_groups_are_mixed_again_and_latecomers_are_seated(path: Path) -> None:
    at(path, "small_groups")
    async with begun(path) as stage:
        await stage.until(lambda: len(stage.debrief.session.groups) == 2)
        await stage.enter("3 groups")
        await stage.until(lambda: [len(g) for g in stage.saved.session.groups] == [3, 3, 3])
        groups = stage.saved.session.groups
        await stage.go("opening")
        await stage.enter("Jorunn, Nightwatch")
        await stage.go("small_groups")
        await stage.until(lambda: "in no group yet: Jorunn" in stage.reads("#groups"))
        await stage.press("f4")  # nobody has to move, so one press is enough
        await stage.until(lambda: "in no group yet" not in stage.reads("#groups"))
        assert [set(old) <= set(new) for old, new in zip(groups, stage.saved.session.groups, strict=True)] == [True] * 3


async def test_the_moments_that_a_pattern_picks_come_first(path: Path) -> None:
    at(path, "small_groups")
    async with begun(path) as stage:
        await stage.until(lambda: "1 + the tannoy" in stage.reads("#moments"))
        await stage.type("1- it was the lanyard # 2 3")
        await stage.until(lambda: stage.reads("#moments").startswith("▸ 2 − a lanyard"))
        await stage.press("tab", "escape")
        await stage.until(lambda: stage.reads("#lead").endswith("+"), lambda: field(stage) == "")


async def test_an_amendment_stands_beside_what_it_replaces_and_can_be_taken_back(path: Path) -> None:
    at(path, "amendments")
    async with begun(path) as stage:
        await stage.focus("#principle")
        await stage.press("f4")
        await stage.until("Write the new principle as one sentence.")
        await stage.type("the nightshift speaks first")
        await stage.press("tab")
        await stage.type("1")
        await stage.press("enter")
        await stage.until(
            lambda: stage.reads("#held") == "[−whoever stands at−] the [−gate−] speaks first",
            lambda: stage.reads("#proposed") == "the [+nightshift+] speaks first",
        )
        await stage.press("f4")
        await stage.until("Say which patterns it rests on")
        await stage.type("7")
        await stage.press("f4")
        await stage.until("There is no pattern 7: they go from 1 to 2.")
        await stage.press("backspace", "1")
        await stage.until(lambda: stage.reads("#patterns").startswith("▸ 1 − lanyards decide"))
        await stage.press("tab", "right", "tab")
        await stage.type("word for word")
        await stage.press("enter")
        await stage.type("and a second")
        await stage.press("f4")
        await stage.until("Entered as guideline 1.")
        entered = stage.saved.amendments[-1]
        assert entered.principle == "the nightshift speaks first"
        assert entered.replaces == "whoever stands at the gate speaks first"
        assert entered.because == (1,)
        assert entered.decision == "consent with reservations"
        assert entered.reservations == ("word for word", "and a second")
        assert [g.text for g in stage.saved.guidelines] == ["the nightshift speaks first"]
        await stage.press("ctrl+t")
        await stage.until("Taken back", "the nightshift speaks first")
        assert len(stage.saved.amendments) == 1
        assert [g.text for g in stage.saved.guidelines] == ["whoever stands at the gate speaks first"]
        await stage.press("f4")
        await stage.until("Entered as guideline 1.")
        assert stage.saved.amendments[-1].reservations == ("word for word", "and a second")


async def test_the_words_of_decompression_may_be_left_unsaved(path: Path) -> None:
    at(path, "decompression")
    async with begun(path) as stage:
        await stage.press("f4")
        await stage.until("which will not be kept", "not kept: the words leave the archive at the close")
        assert not stage.saved.session.keep_feelings
        await stage.press("f4")
        await stage.until(lambda: stage.saved.session.keep_feelings)


async def test_the_measures_are_chosen_by_keys_and_turnout_is_asked_last(path: Path) -> None:
    at(path, "sovereignty", sovereignty=None, turnout=None)
    async with begun(path) as stage:
        stage.send("+", "+", "tab", *"who decides", "tab", "-", "tab", "tab", "left", "left", "left", "tab", "tab", "0")
        await stage.until(lambda: len(stage.debrief.session.sovereignty) == 4)
        await stage.focus("#turnout")
        await stage.type("many")
        await stage.press("tab")
        await stage.until("Turnout is a whole number, such as 138")
        await stage.focus("#turnout")
        await stage.press(*("backspace",) * 4, *"138", "tab")
        await stage.until(lambda: stage.debrief.session.turnout == 138)
        said = stage.saved.session
        assert {name: change.change for name, change in said.sovereignty.items()} == {
            "decision-making capacity": 2,
            "skills": -1,
            "infrastructure": -2,
            "narrative clarity": 0,
        }
        assert said.sovereignty["decision-making capacity"].note == "who decides"


async def test_new_organisers_are_asked_beside_turnout_and_who_stayed_once_somebody_had_joined(path: Path) -> None:
    closed(path, title="The first", joined=4)
    at(path, "sovereignty", turnout=None)
    async with begun(path) as stage:
        await stage.until(lambda: stage.debrief.session.phase == "sovereignty")
        assert "4 joined through 1 earlier probe: how many of them are still with us?" in stage.reads("#stayed-note")
        await stage.focus("#turnout")
        await stage.press(*"70", "tab", *"3", "tab", *"5", "tab")
        await stage.until("Type 4 at most: that is how many joined through earlier probes.")
        await stage.focus("#stayed")
        await stage.press("backspace", *"2", "tab")
        await stage.until(lambda: stage.saved.session.stayed == 2)
        assert (stage.saved.session.turnout, stage.saved.session.joined) == (70, 3)


async def test_nobody_is_asked_who_stayed_while_nobody_had_joined(path: Path) -> None:
    at(path, "sovereignty")
    async with begun(path) as stage:
        await stage.until(lambda: stage.screen.query("#joined"))
        assert stage.screen.query_one("#joined-row").display
        assert not stage.screen.query_one("#stayed-row").display


async def test_a_paper_map_that_turns_up_later_is_added_in_the_review_and_marked(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left")
        stage.turn_to("Moments")
        await stage.press("tab")
        await stage.press("ctrl+t")
        await stage.until("what was said in it stays as it is")
        await stage.enter("found in a coat", "+ found in a shoe")
        await stage.until("5 moments wait behind the curtain", "Entered, marked added later.")
        stage.paste("+ one\n- two\n+\n")
        await stage.until(lambda: field(stage) == "+", "7 moments wait behind the curtain")
        await stage.press("escape", "f3")
        await stage.until("4 − found in a coat (added later)", "5 + found in a shoe (added later)")
        assert [m.added_later for m in stage.saved.moments] == [False] * 3 + [True] * 4
        await stage.press("tab", "up", "up")  # the first brings back what Escape has emptied
        await stage.until(lambda: field(stage) == "- two", "Edit it and press Enter")
        await stage.type(", rather")
        await stage.press("enter")
        await stage.until("7 − two, rather (added later)")
        assert [m.text for m in stage.saved.moments][-2:] == ["one", "two, rather"]
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved.moments[-1].text == "two", "Taken back: - two, rather")
        await stage.press("ctrl+t")  # the paste goes as it came
        await stage.until(lambda: len(stage.saved.moments) == 5, "Taken back: 3 lines")
        assert stage.saved.sealed


async def test_what_was_said_in_the_room_is_not_edited_in_the_review(path: Path) -> None:
    closed(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until("as it was left")
        stage.turn_to("Moments")
        await stage.press("tab", "up")
        await stage.until("There is no entry to edit.")
        assert field(stage) == ""


async def test_who_is_known_from_the_probe_is_offered_and_entered_by_a_plus(path: Path) -> None:
    taken_in(path, {**empty_of_entries(ROOM), "participants": [], "facilitators": ["Hesper"], "observers": ["Tilda"]})
    async with begun(path) as stage:
        await stage.until("Nobody is entered yet", "Known, not entered yet", "+: the ")
        assert "Tilda" in stage.reads("#roster")
        await stage.press("f3")
        await stage.until(lambda: "Tilda" not in stage.text())
        await stage.press("f3")
        await stage.enter("+til")
        await stage.until(
            lambda: [(each.alias, each.role) for each in stage.saved.participants] == [("Tilda", "observer")]
        )
        await stage.enter("+")
        await stage.until(lambda: "Hesper" in stage.saved.names)
        assert "Known, not entered" not in stage.reads("#roster")
