"""What `redraw trends` says and gives, from a generated history in which one fact is planted."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive, ArchiveError
from store.demo import fill
from store.exchange.incoming.importing import import_file
from store.trends.overview import build, built
from store.trends.overview_text import EMPTY, wrapped
from store.trends.trends import ENOUGH
from tests.conftest import Shell, find_room
from tests.helpers.builders import HOSTILE_LINES
from tests.helpers.history import FELL, PARTIES, a_history
from tests.helpers.rooms import closed, room, taken_in
from tests.helpers.texts import harmless


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both rooms and two hundred generated probes, of which every 25th is another group's."""
    path = tmp_path_factory.mktemp("years") / "logbook.json"
    archive = Archive(path)
    archive.save(a_history(200, theirs=25))
    for name in ("tenants-canvass", "noise-protest"):
        with find_room(name).open("rb") as file:
            import_file(archive, file.read, time.time())
    archive.close()
    return path


def test_the_planted_fact_is_found_and_nothing_that_was_not_planted(years: Path) -> None:
    found = built(Archive(years))
    party = [each for each in found.trends if (each.dimension, each.value) == ("kind", "party")]
    fell = next(each for each in party if each.fact == "narrative clarity fell")
    assert (fell.count, fell.of) == (FELL, PARTIES)
    assert (fell.low, fell.high) == pytest.approx((0.4526, 0.9368), abs=1e-4)
    assert fell.is_pattern
    patterns = [each for each in found.trends if each.is_pattern]
    assert found.trends[: len(patterns)] == tuple(patterns)
    assert {each.fact for each in patterns} == {"narrative clarity fell"}
    for each in patterns:
        assert each.count >= ENOUGH
        assert set(each.probes) <= set(fell.probes), "a partner that is one of the parties"
    assert found.search.find("do alliances with parties cost us our voice?").trends[0] in patterns


def test_the_command_gives_the_same_as_json(years: Path) -> None:
    shell = Shell(years)
    said: Any = json.loads(shell("trends", "--json").out)
    fell = next(
        each
        for each in said["trends"]
        if (each["dimension"], each["value"], each["fact"]) == ("kind", "party", "narrative clarity fell")
    )
    assert (fell["count"], fell["of"], fell["pattern"]) == (FELL, PARTIES, True)
    assert fell["interval"] == pytest.approx([0.4526, 0.9368], abs=1e-4)
    assert len(fell["probes"]) == FELL
    assert set(fell["probes"]) < set(fell["cases"]) <= set(said["probes"])
    assert said["counted"] == {"probes": 202, "ours": 194, "theirs": {"Clear Estuary": 8}}
    assert said["probes"]["p25"]["origin"] == "Clear Estuary"
    skills = said["sovereignty"]["skills"]
    assert skills["gained"]["of"] == len(skills["changes"]) == skills["above_mean_before"]["of"] + 1
    assert said["time"]["opening"]["over"]["of"] == 200
    assert said["rhythm"]["within_24_hours"]["of"] == 194, "the rhythm is ours"
    ours: Any = json.loads(shell("trends", "--ours", "--json").out)
    assert ours["counted"] == {"probes": 194, "ours": 194, "theirs": {}}


def test_the_command_as_text_says_first_what_repeats(years: Path) -> None:
    said = Shell(years)("trends").out
    head, _, rest = said.partition("\n\n")
    assert "202 probes debriefed: 194 ours, 8 of Clear Estuary." in head
    assert rest.startswith("WHAT REPEATS\n  narrative clarity fell in ")
    assert "7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere" in rest
    for title in ("BY KIND", "BY PARTNER", "OVER ALL PROBES", "SOVEREIGNTY OVER TIME", "TIME PLANNED", "RHYTHM"):
        assert f"\n{title}" in rest
    assert "of 194: act " in rest
    assert "%" not in rest


def test_every_figure_of_the_text_names_its_probes_and_what_happened_once_is_not_hidden(
    redraw: Shell, path: Path
) -> None:
    archive = Archive(path)
    fill(archive, time.time())
    archive.close()
    lines = redraw("trends").out.splitlines()
    at = lines.index("WORTH WATCHING, MAY BE CHANCE")
    assert lines[at - 3 : at] == ["WHAT REPEATS", "  No pattern yet.", ""]
    watched = lines[at + 1 : lines.index("", at)]
    assert any(
        line.startswith(
            "  skills rose in 3 of 3 probes with partners of the kind “union” (44 to 100 of 100), elsewhere 1 of 5: worth"
            " watching since "
        )
        and line.endswith(", may be chance [p3, p6, p9]")
        for line in watched
    )
    assert "  narrative clarity fell in one probe: faith group 1 of 2 [p7], party 1 of 2 [p4]" in lines
    text = "\n".join(lines)
    assert "the latest: p1 31; p2 17" in text
    assert "[gained p2, p5, p6, p9; lost p3, p4; the same p1, p7]" in text
    assert "over in 2 of 8 debriefs [p5, p7]" in text
    assert "6 of 8 began within 24 hours of the action [p1, p2, p3, p6, p7, p9]" in text
    assert "autonomy: borne out in 11 of 16 positions over 8 probes (44 to 86 of 100) [" in text
    assert "“Whoever has the keys ends the meeting.” seen 2 times; guideline" in text


def test_for_a_terminal_long_lines_hang_below_their_beginning() -> None:
    lines = [
        "WHAT REPEATS",
        "",
        "  skills rose in 3 of 3 probes with partners of the kind “union”, elsewhere 1 of 5 [p3]",
    ]
    assert list(wrapped(lines, 50)) == [
        "WHAT REPEATS",
        "",
        "  skills rose in 3 of 3 probes with partners of",
        "      the kind “union”, elsewhere 1 of 5 [p3]",
    ]


def test_the_record_is_in_the_json_with_its_probes(redraw: Shell, path: Path) -> None:
    archive = Archive(path)
    fill(archive, time.time())
    archive.close()
    said: Any = json.loads(redraw("trends", "--json").out)
    autonomy = said["impulses"]["autonomy"]
    assert (autonomy["count"], autonomy["of"]) == (11, 16)
    assert sum(each["count"] for each in autonomy["probes"]) == 11
    assert sum(each["of"] for each in autonomy["probes"]) == 16
    assert autonomy["interval"] == pytest.approx([0.444, 0.858], abs=1e-3)
    keys = next(each for each in said["recurring_patterns"] if "keys" in each["pattern"])
    assert (keys["times"], len(keys["probes"])) == (2, 2)
    assert {"guideline", "principle", "probe"} == set(keys["amendments"][0])
    assert keys["since_the_last"]["of"] >= keys["since_the_last"]["again"]


def test_without_a_debriefed_probe_there_is_one_sentence(redraw: Shell, path: Path) -> None:
    taken_in(path, {"title": "planned one"})
    assert redraw("trends").out == f"{EMPTY}\n"
    assert json.loads(redraw("trends", "--json").out)["trends"] == []


def test_what_is_typed_is_harmless_in_print_and_exact_in_json(redraw: Shell, path: Path) -> None:
    for text in HOSTILE_LINES[:12]:
        closed(path, title=text, partners=[{"name": text, "kind": text}], issue=text, scope=text)
    assert harmless(redraw("trends").out)
    said = redraw("trends", "--json").out
    assert harmless(said)
    assert {each["title"] for each in json.loads(said)["probes"].values()} == set(HOSTILE_LINES[:12])


def test_building_says_how_far_it_is(years: Path) -> None:
    *shares, found = build(Archive(years))
    assert found == built(Archive(years))
    assert len(shares) > 5
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert all(isinstance(share, float) and 0 <= share <= 1 for share in shares)


def test_a_probe_that_is_in_conflict_is_not_counted(path: Path) -> None:
    archive = Archive(path)
    records = [*a_history(PARTIES)]
    twin = next(each for each in records if each.table == "probes")
    archive.save(records)
    archive.save([twin.but(conflicts_with="p2")])
    assert [case.probe for case in built(archive).cases] == [f"p{n}" for n in range(2, PARTIES + 1)]


def test_a_damaged_record_is_said_in_a_sentence(redraw: Shell, path: Path) -> None:
    closed(path, **room())
    data = json.loads(path.read_bytes())
    del data["placements"]["1"]["round"]
    path.write_text(json.dumps(data))
    done = redraw("trends")
    assert done.code == 0
    assert done.err.startswith("redraw: One damaged record is left out: “redraw check” says which")
    with pytest.raises(ArchiveError):
        built(Archive(path))
