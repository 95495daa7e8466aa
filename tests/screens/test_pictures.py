"""Every screen as a picture, at two sizes. After a deliberate change: pytest tests/screens/test_pictures.py --snapshot-update."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from screens.frame.question import QuestionScreen
from store.archive.archive import Archive
from store.debrief import Debrief
from store.demo import fill
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Signature
from store.probe import pact
from tests.helpers.dissenting import kept
from tests.helpers.history import a_history
from tests.helpers.pictures import Before, Snap, app_on, opened, turned_to, until
from tests.helpers.rooms import NOW, closed, room, taken_in
from tests.helpers.stage import at_both_sizes
from tests.helpers.sweeps import swept
from tui.app import RedrawApp


def _in_phase(path: Path, name: str, **changes: object) -> None:
    """Put the archive's one session into a phase, as it would be found again."""
    archive = Archive(path)
    found = archive.debrief("s1")
    archive.commit(found, found.with_session(phase=name, **changes))
    archive.close()


@at_both_sizes
@pytest.mark.parametrize(
    "name",
    [
        "opening",
        *swept("silent_mapping", "small_groups"),
        "reposition",
        "amendments",
        *swept("sovereignty", "decompression"),
        "close",
    ],
)
def test_a_phase(snap_compare: Snap, live: Debrief, path: Path, name: str, size: tuple[int, int]) -> None:
    _in_phase(path, name, revealed=1)
    on_wall = name == "silent_mapping"
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened(*(["f2", "f3"] if on_wall else [])))


@at_both_sizes
def test_the_wall(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    _in_phase(path, "silent_mapping")
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened())


@at_both_sizes
def test_the_matrix_before_the_reveal(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    _in_phase(path, "reposition", revealed=0)
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened())


@pytest.mark.sweep
def test_the_matrix_of_organisations(snap_compare: Snap, live: Debrief, path: Path) -> None:
    _in_phase(path, "reposition", revealed=1)
    assert snap_compare(app_on(path), terminal_size=(120, 40), run_before=opened("tab"))


@pytest.mark.sweep
@at_both_sizes
def test_over_time(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    clocks = live.session.clocks
    over = {"silent_mapping": live.clock("silent_mapping").model_copy(update={"banked": 642.0})}
    _in_phase(path, "silent_mapping", clocks={**clocks, **over})
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened("f5"))


@at_both_sizes
def test_the_logbook(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(
            pilot, lambda: sum(hasattr(line, "probe") for line in app.screen.query("#probes").first().items) == 12
        )

    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


def _from_logbook(key: str, ready: Callable[[Any], Any], *keys: str) -> Before:
    """Press a key of the logbook, wait for what it opens, and press more."""

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes"))
        await pilot.press(key)
        await until(pilot, lambda: ready(app.screen))
        await pilot.press(*keys)

    return run


@pytest.fixture
def years(path: Path) -> Path:
    """An archive of sixty probes, in which one fact is planted."""
    archive = Archive(path)
    archive.save(a_history(60, texts=2, theirs=20))
    archive.close()
    return path


@at_both_sizes
@pytest.mark.parametrize(
    "keys",
    [
        (),
        *swept((*"party", "space", *"voice")),
        ("enter",),
        ("tab",),
        *swept(*(("tab",) * pages for pages in (2, 3, 4))),
    ],
    ids=["counts", "asked", "behind", "matrix", "sovereignty", "time", "rhythm"],
)
def test_the_trends(snap_compare: Snap, years: Path, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    run = _from_logbook("f8", lambda screen: getattr(screen, "_found", None), *keys)
    assert snap_compare(app_on(years), terminal_size=size, run_before=run)


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("curtain", ["drawn", "open"])
def test_the_search(snap_compare: Snap, path: Path, curtain: str, size: tuple[int, int]) -> None:
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    keys = (*"door", *(["f3"] if curtain == "open" else []))
    run = _from_logbook("ctrl+f", lambda screen: getattr(screen, "_index", None), *keys)
    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


@at_both_sizes
@pytest.mark.parametrize("page", ["In short", *swept("Probe", "Who was there", "Patterns", "Matrix", "Close", "Time")])
def test_a_page_of_the_review(snap_compare: Snap, live: Debrief, path: Path, page: str, size: tuple[int, int]) -> None:
    _in_phase(path, "close", sealed="2026-11-07T21:00:00+00:00", revealed=1)

    def drawn(app: RedrawApp) -> bool:
        chart = app.screen.query_one("#chart", Static)
        return turned_to(page)(app) and (page != "Matrix" or (chart.size.height > 10 and "┌" in str(chart.visual)))

    turned = opened(name="ReviewScreen", wait=drawn)
    assert snap_compare(app_on(path), terminal_size=size, run_before=turned)


@at_both_sizes
def test_the_form_of_the_probe(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened("ctrl+o", name="ProbeForm"))


AHEAD = {
    "title": "Weekend tenants' rights canvass, Pellan House",
    "issue": "A 19 per cent rent rise and untreated damp in one 84-flat block",
    "scope": "building",
    "place": "Pellan House, Quay Ward, Harrowmere",
    "our_organisation": "Kettle and Key",
    "partners": [{"name": "Harrowmere Advice Trust", "kind": "NGO", "power": "They bring the van and six wages."}],
    "non_negotiables": ["Tenants in a building decide what happens in that building.", "Our own spokespeople."],
    "pact": {
        "purpose": "Knock on every door in Pellan House once, in mixed pairs.",
        "starts": "2026-11-14",
        "ends": "2026-11-15",
        "sunset": "2026-11-17",
        "responsibilities": [{"who": "Dez", "what": "Caretaker, bin room key, what we do if it rains."}],
        "messaging": ["Both names at every door, whoever is talking."],
        "red_lines": ["Separate literature. Our leaflet stays our leaflet.", "No candidate in any picture."],
        "signatures": [{"name": "Maren", "organisation": "Kettle and Key"}],
    },
}
"""A probe whose pact wants one side's name."""


def _ahead(path: Path) -> None:
    """The probe after two others, one with the same partner and one of the same kind."""
    archive = Archive(path)
    fill(archive, NOW)
    take_in(archive, read_room(AHEAD, "2026-11-01T00:00:00"))
    archive.close()


def _found(*keys: str, there: Callable[[Any], Any], focus: str = "") -> Before:
    """Find the probe by typing, press keys, go to a field, and wait for what is to be seen."""

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes").first().items)
        await pilot.press(*"pellan")
        await until(pilot, lambda: len(app.screen.query("#probes").first().items) == 2)  # with a heading
        await pilot.press(*keys)
        await until(pilot, lambda: type(app.screen).__name__ in ("ProbeForm", "PactScreen"))
        if focus:
            app.screen.set_focus(app.screen.query_one(focus))
        await until(pilot, lambda: there(app.screen))

    return run


def _reads(selector: str, text: str) -> Callable[[Any], bool]:
    return lambda screen: text in " ".join(str(screen.query_one(selector, Static).visual).split())


SECTIONS = {
    "scope": "building < site",
    "partners": "Earlier with any “NGO”",
    "facilitators": "Who leads",
    "starts": "Saturday 14 November 2026, in 7 days",
    "red_lines": "#2",
    "language": "If the coalition adopts",
    "expected": "Where each person expects",
}
"""A field of each section, and what stands beside it."""


@at_both_sizes
@pytest.mark.parametrize(
    "field", [*swept("scope"), "partners", *swept("facilitators", "starts", "red_lines", "language", "expected")]
)
def test_a_section_of_the_form(snap_compare: Snap, path: Path, field: str, size: tuple[int, int]) -> None:
    _ahead(path)
    run = _found("ctrl+o", focus=f"#{field}", there=_reads("#about", SECTIONS[field]))
    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


@at_both_sizes
def test_the_agenda(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    asked = {"silent_mapping": {"minutes": 12, "question": "When was it still ours? When did it slip from us?"}}
    agenda = {"phases": {**asked, "decompression": {"skipped": True}}, "breaks": {"small_groups": {"minutes": 10}}}
    _in_phase(path, "opening", agenda=agenda)
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened("ctrl+a", name="AgendaScreen"))


@pytest.mark.sweep
@at_both_sizes
def test_a_pact_that_wants_a_name(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    _ahead(path)
    run = _found("f6", there=_reads("#missing", "Harrowmere Advice Trust"))
    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


@pytest.mark.sweep
@at_both_sizes
def test_a_pact_that_is_agreed(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    _ahead(path)
    archive = Archive(path)
    found = archive.debrief("p13")
    signatures = (*found.probe.pact.signatures, Signature(name="Gwen", organisation="Harrow"))
    signed = replace(found, probe=found.probe.but(pact=found.probe.pact.but(signatures=signatures)))
    archive.commit(found, pact.agree(signed, NOW))
    archive.close()
    run = _found("f6", there=_reads("#missing", "Agreed by both sides."))
    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


@pytest.mark.sweep
@at_both_sizes
def test_the_help(snap_compare: Snap, live: Debrief, path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened("f1", name="HelpScreen"))


@pytest.mark.sweep
def test_a_question(snap_compare: Snap, live: Debrief, path: Path) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await opened()(pilot)
        pilot.app.push_screen(QuestionScreen("Redraw was away for 3 min.\n\nDoes that time count?", ("Yes", "No")))
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))

    assert snap_compare(app_on(path), terminal_size=(80, 24), run_before=run)


@pytest.mark.sweep
def test_in_a_bright_hall(snap_compare: Snap, live: Debrief, path: Path) -> None:
    _in_phase(path, "reposition", revealed=1)
    assert snap_compare(app_on(path), terminal_size=(120, 40), run_before=opened("ctrl+l"))


def test_an_archive_that_can_not_be_read(snap_compare: Snap, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    path.write_text("this is no archive")
    app = app_on(path)

    async def run(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: type(app.screen).__name__ == "NoticeScreen")
        app.screen.query("Static").first().update("logbook.json is not a Redraw archive.")  # type: ignore[attr-defined]

    assert snap_compare(app, terminal_size=(80, 24), run_before=run)


def test_a_terminal_that_is_too_small(snap_compare: Snap, live: Debrief, path: Path) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "TooSmall")

    assert snap_compare(app_on(path), terminal_size=(50, 15), run_before=run)


@at_both_sizes
@pytest.mark.parametrize("name", [*swept("positions", "proposals"), "placing", *swept("choice")])
def test_a_phase_of_the_open_dissent_session(snap_compare: Snap, path: Path, name: str, size: tuple[int, int]) -> None:
    kept(path, name, revealed=name == "choice", choice="B it is colder there" if name == "choice" else "")
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened())


@pytest.mark.sweep
@at_both_sizes
def test_the_proposals_after_the_reveal(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    kept(path, "placing", revealed=True)
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened())


@pytest.mark.sweep
def test_the_wall_of_positions(snap_compare: Snap, path: Path) -> None:
    kept(path, "positions")
    assert snap_compare(app_on(path), terminal_size=(120, 40), run_before=opened("f2"))


@pytest.mark.sweep
@at_both_sizes
@pytest.mark.parametrize("page", ["Dissent", "Proposals"])
def test_a_page_of_the_open_dissent_session_in_the_review(
    snap_compare: Snap, path: Path, page: str, size: tuple[int, int]
) -> None:
    found = kept(path, "choice", revealed=True, choice="A")
    before = found.with_session(sealed="2026-11-07T18:00:00+00:00", closing={"reason": ""})
    archive = Archive(path)
    archive.commit(found, before)
    begun = archive.open_session("p1", NOW)
    archive.commit(begun, begun.with_session(sealed="2026-11-07T18:30:00+00:00"))
    archive.close()
    turned = opened("f3", name="ReviewScreen", wait=turned_to(page))
    assert snap_compare(app_on(path), terminal_size=size, run_before=turned)


def test_whether_to_begin_an_open_dissent_session(snap_compare: Snap, path: Path) -> None:
    closed(path)  # an empty logbook would say where it is

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes"))
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, QuestionScreen))

    assert snap_compare(app_on(path), terminal_size=(80, 24), run_before=run)


SEEN = [
    {
        "at": "2026-11-07T14:02",
        "by": "Birgit",
        "kind": "synergy",
        "text": "All three blocks on the same beat by accident. People look round at each other.",
    },
    {
        "at": "2026-11-07T14:06",
        "by": "Mateus",
        "kind": "narrative shift",
        "text": "Four minutes in the pact, cut at two.",
    },
    {"at": "2026-11-06T23:10", "by": "Birgit", "kind": "friction", "text": "Two stewards, one megaphone."},
]


def _observed(path: Path) -> None:
    taken_in(path, room(observations=SEEN), began=NOW - 600)


@pytest.mark.sweep
@pytest.mark.parametrize(
    "size", [(32, 12), (40, 16), (60, 18), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}"
)
def test_the_observers_screen(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    _observed(path)

    async def run(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        await until(pilot, lambda: app.screen.query("#probes") or type(app.screen).__name__ == "TooSmall")
        await pilot.press("f5")
        await until(pilot, lambda: getattr(app.screen, "restored", False))
        await pilot.press("@", "m", "a", "t", "enter", "tab")
        await pilot.press(*"noise")

    assert snap_compare(app_on(path), terminal_size=size, run_before=run)


@pytest.mark.sweep
@at_both_sizes
def test_observations_in_small_groups(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    _observed(path)
    _in_phase(path, "small_groups")
    assert snap_compare(app_on(path), terminal_size=size, run_before=opened("ctrl+n"))


@pytest.mark.sweep
@at_both_sizes
def test_observations_in_the_review(snap_compare: Snap, path: Path, size: tuple[int, int]) -> None:
    _observed(path)
    _in_phase(path, "close", sealed="2026-11-07T21:00:00+00:00", revealed=1)
    turned = opened("f3", name="ReviewScreen", wait=turned_to("Observations"))
    assert snap_compare(app_on(path), terminal_size=size, run_before=turned)
