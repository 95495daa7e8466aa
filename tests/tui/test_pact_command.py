"""The pact as the command prints it."""

import json
from datetime import datetime, timedelta

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from tests.conftest import Shell
from tests.helpers.texts import HOSTILE, harmless, room, telling

AT = "2026-11-07T19:00:00"


@pytest.mark.parametrize(
    "text", [*telling(text for text in HOSTILE if text.strip()), "連盟 " * 300], ids=lambda text: ascii(text)[1:20]
)
def test_a_pact_prints_at_most_60_lines_of_80_columns_whatever_it_holds(
    redraw: Shell, archive: Archive, text: str
) -> None:
    from store.words.cells import width

    taken = take_in(archive, read_room(room(text), AT))
    archive.close()
    done = redraw("pact", taken.probe.id)
    lines = done.out.splitlines()
    assert 0 < len(lines) <= 60
    assert all(width(line) <= 80 for line in lines)
    assert harmless(done.out)
    if done.code:
        assert done.code == 1
        assert done.err.count("\n") == 1
        assert "longer than one page: shorten it in its form." in done.err


def test_a_pact_that_runs_over_says_by_how_much(redraw: Shell, archive: Archive) -> None:
    file = {"title": "Long", "pact": {"red_lines": [f"line {at}" for at in range(100)]}}
    take_in(archive, read_room(file, AT))
    archive.close()
    done = redraw("pact", "p1")
    assert done.code == 1
    assert len(done.out.splitlines()) == 60
    over = done.err.removeprefix("redraw: The pact is ").partition(" ")[0]
    assert done.err == f"redraw: The pact is {over} lines longer than one page: shorten it in its form.\n"
    assert int(over) > 50


def test_the_pact_of_an_unknown_probe_is_said_in_one_sentence(redraw: Shell, filled: Archive) -> None:
    done = redraw("pact", "p99")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("redraw: There is no probe and no session 'p99'")


def test_what_is_owed_past_its_sunset_is_listed_as_lapsed_with_its_debrief(redraw: Shell, archive: Archive) -> None:
    today = datetime.now().astimezone().date()
    days = {name: (today - timedelta(days)).isoformat() for name, days in (("starts", 5), ("ends", 4), ("sunset", 3))}
    take_in(archive, read_room({"title": "Choir", "pact": days}, AT))
    archive.close()
    (entry,) = json.loads(redraw("list", "--json").out)
    assert entry["state"] == "lapsed"
    assert "sunset" in entry["when"]
    assert "debrief" in entry["when"]
    assert "late" in redraw("list").out


def test_the_versions_stand_below_the_page_where_it_has_room(redraw: Shell, archive: Archive) -> None:
    close = {"sunset": "renew", "reason": "more", "decided_by": "Ana", "renewed_until": "2026-12-01", "rhythm": "act"}
    file = {"title": "Short", "pact": {"sunset": "2026-11-20"}, "close": close}
    probe = take_in(archive, read_room(file, AT)).probe
    archive.save([probe.but(pact=probe.pact.but(agreed=AT))])
    archive.close()
    out = redraw("pact", "p1").out
    wrapped = " ".join(out.partition("\nVERSIONS\n")[2].split())
    assert wrapped == (
        "- version 1, agreed on 7 November 2026 - version 2, renewed on 7 November 2026 until 1 December 2026: more; decided"
        " by Ana dates: Sunset [−20 November−] [+1 December+] 2026"
    )
    archive.save([probe.but(pact=probe.pact.but(agreed=AT, red_lines=tuple(map(str, range(32)))))])
    archive.close()
    done = redraw("pact", "p1")
    assert (done.code, "VERSIONS" in done.out) == (0, False)
    assert "version 2, renewed on" in redraw("show", "p1").out
