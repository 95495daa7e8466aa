"""A pause that was decided on: for how long it counts, and where it is told when the next probe comes too soon."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief, EarlierDebrief, GroupHistory
from store.model import Closing
from store.probe.form import FIELDS
from store.probe.form_hints import hints
from store.refused import Refused
from store.report.debrief_report import close
from store.session import decisions, pause
from tests.helpers.builders import AT, NOW, debrief, with_pact
from tests.helpers.rooms import closed

TODAY = date(2026, 11, 7)
SAID = "After the debrief of “Supper” on 1 November 2026 you decided to pause"
BY_ID = {field.id: field for field in FIELDS}


def following(until: date | None = None, rhythm: str = "pause", at: str = "2026-11-01T19:00:00") -> Debrief:
    """A new probe after a debrief that decided what comes next."""
    held = EarlierDebrief("s9", "p9", "Supper", at, rhythm=rhythm, paused_until=until)
    older = EarlierDebrief("s8", "p8", "Older", "2026-01-01T19:00:00", rhythm="pause", paused_until=date(2027, 1, 1))
    return replace(debrief(id=""), past=GroupHistory(debriefs=(older, held)))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (following(), f"{SAID}: is it time again?"),
        (following(date(2026, 12, 1)), f"{SAID} until 1 December 2026: is it time again?"),
        (following(date(2026, 11, 6)), ""),
        (following(date(2026, 11, 7)), f"{SAID} until 7 November 2026: is it time again?"),
        (following(rhythm="act"), ""),
        (following(at="2026-10-23T19:00:00"), ""),
        (with_pact(following(), starts=date(2026, 11, 15)), f"{SAID}: is it time again?"),
        (with_pact(following(), starts=date(2026, 11, 16)), ""),
        (with_pact(following(date(2026, 12, 1)), starts=date(2026, 12, 2)), ""),
        (following().with_session(id="s1"), ""),
        (debrief(id=""), ""),
    ],
)
def test_a_pause_counts_until_its_end_or_two_weeks_from_the_day_of_the_last_debrief(found: Debrief, said: str) -> None:
    assert pause.too_soon(found, TODAY) == said


def test_the_form_of_a_new_probe_warns_of_it_first() -> None:
    for field in ("title", "starts"):
        assert hints(following(), BY_ID[field], "", NOW)[1] == f"! {SAID}: is it time again?"
    assert not any("pause" in line for line in hints(following(), BY_ID["place"], "", NOW))


def test_what_a_close_decided_is_what_the_next_probe_is_told(path: Path) -> None:
    taken = closed(path)
    archive = Archive(path)
    sealed = taken.session
    archive.save([sealed.but(closing=sealed.closing.but(rhythm="pause", paused_until=date(2026, 11, 30)))])
    said = pause.too_soon(archive.new_debrief(NOW), TODAY)
    assert said == (
        "After the debrief of “Noise protest at Gate 2” on 7 November 2026 you decided to pause until 30 November 2026:"
        " is it time again?"
    )


def test_the_end_of_a_pause_is_a_day_after_today() -> None:
    found = debrief()
    paused = decisions.pause_until(found, "2026-12-01", NOW)
    assert paused.session.closing.paused_until == date(2026, 12, 1)
    assert decisions.pause_until(paused, " ", NOW) == found
    with pytest.raises(Refused, match="A pause ends after today: 7 November 2026 doesn't"):
        decisions.pause_until(found, "2026-11-07", NOW)


def test_the_report_says_until_when() -> None:
    found = debrief(sealed=AT, closing=Closing(rhythm="pause", paused_until=TODAY + timedelta(days=30)))
    assert [str(line) for line in close(found)] == ["next: pause until 7 December 2026"]
    assert "paused_until" not in Closing(rhythm="pause").model_dump(), "a row has it only where it says something"
