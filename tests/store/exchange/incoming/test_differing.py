"""A conflict with both values: on the command line and as a question, and nothing is replaced that nobody decided on."""

import json
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.exchange.bundle import Bundle
from store.exchange.incoming.differing import NOTHING, Differing, values
from store.exchange.incoming.rooms import read_room
from tests.conftest import Shell
from tests.helpers.builders import AT
from tests.helpers.exports import out
from tests.helpers.rooms import ROOM


def record(**changes: Any) -> Bundle:
    return Bundle.of(read_room({**ROOM, **changes}, AT))


PACT = {**ROOM["pact"], "sunset": "2026-12-24", "red_lines": ["never without the nightshift", "own banner"]}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, ()),
        ({"title": "Another"}, (Differing("title", "Noise protest at Gate 2", "Another"),)),
        ({"issue": ""}, (Differing("issue", "night flights", NOTHING),)),
        (
            {"pact": PACT},
            (
                Differing("pact: sunset", "2026-11-20", "2026-12-24"),
                Differing("pact: red lines", NOTHING, "own banner"),
            ),
        ),
        (
            {"partners": list(reversed(ROOM["partners"]))},
            (Differing("partners", "in this order", "in another order"),),
        ),
        ({"moments": ROOM["moments"][:2], "patterns": ROOM["patterns"][1:]}, None),
    ],
)
def test_both_values_of_all_that_differs_are_there(
    changes: dict[str, Any], wanted: tuple[Differing, ...] | None
) -> None:
    found = values(record(), record(**changes))
    if wanted is not None:
        assert found == wanted
        return
    moments, patterns = found
    assert moments == Differing("moments", "3 records", "2 records")
    assert (patterns.what, patterns.there) == ("patterns", NOTHING)
    assert "lanyards decide" in patterns.here


def test_what_was_written_for_one_room_and_ballots_are_only_counted() -> None:
    worded = [{**each, "text": "secret"} for each in ROOM["moments"]]
    moved = [{**each, "autonomy": 10} for each in ROOM["actual"]]
    said = repr(values(record(), record(moments=worded, actual=moved)))
    assert "moments" in said
    assert "placements" in said
    for private in ("secret", *(each["text"] for each in ROOM["moments"]), "Ayzel"):
        assert private not in said


def test_long_values_are_shown_from_where_they_differ() -> None:
    same = "word " * 100
    for here, there in (
        Differing("context", f"{same}ours", f"{same}theirs").clipped(80),
        Differing("x", same, "").clipped(80),
    ):
        assert max(len(here), len(there)) <= 80
        assert here != there
    here, there = Differing("context", f"{same}ours", f"{same}theirs").clipped(80)
    assert here.startswith("…word")
    assert here.endswith("word ours")
    assert there.endswith("word theirs")
    assert Differing("context", "night", "day").clipped(80) == ("night", "day")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The same probe in two exports of one group; in the second one its title and its sunset are others."""
    from store.exchange.incoming.importing import take_in

    archive = Archive(tmp_path / "other.json")
    take_in(archive, read_room({**ROOM, "close": {"sunset": "lapse", "rhythm": "act"}}, AT))
    first = json.loads(out(archive, tmp_path, "json", raw=True))
    second = json.loads(json.dumps(first))
    second["probes"][0]["probe"]["title"] = "Another"
    second["probes"][0]["probe"]["pact"]["sunset"] = "2026-12-24"
    names = []
    for at, data in enumerate((first, second)):
        place = tmp_path / f"{at}.json"
        place.write_text(json.dumps(data), "utf-8")
        names.append(str(place))
    return names[0], names[1]


def titles(redraw: Shell) -> list[str]:
    return sorted(row["title"] for row in json.loads(redraw("list", "--json").out))


def test_without_a_terminal_nothing_is_replaced_and_the_option_that_decides_is_named(
    redraw: Shell, files: tuple[str, str]
) -> None:
    assert redraw("import", files[0]).code == 0
    done = redraw("import", files[1])
    assert done.code == 0
    for line in (
        "  title\n    here: Noise protest at Gate 2\n    in the file: Another\n",
        "  pact: sunset\n    here: 2026-11-20\n    in the file: 2026-12-24\n",
        "Nothing was replaced: --keep ours, theirs or both decides, or open ",
    ):
        assert line in done.out
    assert titles(redraw) == ["Another", "Noise protest at Gate 2"]


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "later"])
@pytest.mark.parametrize(
    ("keep", "wanted", "said"),
    [
        ("ours", ["Noise protest at Gate 2"], "stays as it was."),
        ("theirs", ["Another"], "What came in took the place of "),
        ("both", ["Another", "Noise protest at Gate 2"], "Both stay: "),
    ],
)
def test_the_option_decides_also_of_a_conflict_that_waits(
    redraw: Shell, files: tuple[str, str], keep: str, wanted: list[str], said: str, waits: bool
) -> None:
    redraw("import", files[0])
    if waits:
        redraw("import", files[1])
    assert said in redraw("import", files[1], "--keep", keep).out
    assert titles(redraw) == wanted
    assert redraw("check").code == 0
    assert not any(row["conflicts_with"] for row in json.loads(redraw("list", "--json").out))
