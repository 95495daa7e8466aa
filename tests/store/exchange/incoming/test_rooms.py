"""Room files: whole debriefs as people would type them, taken in exactly or refused in one sentence."""

import json
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from store.exchange.incoming.rooms import checked, read_room
from store.refused import Refused
from tests.conftest import Shell, find_room
from tests.helpers.texts import HOSTILE, harmless, room, said

AT = "2026-11-07T19:00:00"


def test_every_text_of_a_room_is_shown_again_exactly(redraw: Shell, room_file: Path) -> None:
    assert redraw("import", str(room_file)).code == 0
    shown = json.loads(redraw("show", "p1", "--format", "json").out)
    data = json.loads(room_file.read_text("utf-8"))
    probe, session = shown["probe"], shown["session"]
    for name in ("title", "issue", "scope", "place", "context", "our_organisation", "non_negotiables"):
        assert probe[name] == data[name]
    assert probe["partners"] == data["partners"]
    assert {name: probe["pact"][name] for name in data["pact"]} == data["pact"]
    assert [{name: row[name] for name in ("alias", "organisation", "role")} for row in shown["participants"]] == data[
        "participants"
    ]
    for table, names in (
        ("moments", ("by", "felt", "text")),
        ("observations", ("at", "by", "kind", "text")),
        ("dissent", ("voice", "pull", "text")),
        ("proposals", ("title", "placements")),
        ("amendments", ("principle", "replaces", "decision", "reservations")),
        ("patterns", ("group", "felt", "text")),
    ):
        assert [[row[name] for name in names] for row in shown[table]] == [
            [record.get(name) for name in names] for record in data[table]
        ]
    assert session["feelings"] == data["feelings"]
    assert session["turnout"] == data["turnout"]
    assert session["sovereignty"] == data["sovereignty"]
    assert {name: session["closing"][name] for name in data["close"]} == data["close"]
    assert set(said(data)) <= set(said(shown)), "a text is missing"


def test_patterns_and_amendments_rest_on_the_records_that_the_file_names_from_0(redraw: Shell, room_file: Path) -> None:
    assert redraw("import", str(room_file)).code == 0
    shown = json.loads(redraw("show", "s1", "--format", "json").out)
    data = json.loads(room_file.read_text("utf-8"))
    moments = {row["number"]: row["text"] for row in shown["moments"]}
    patterns = {row["number"]: row["text"] for row in shown["patterns"]}
    assert [[moments[n] for n in row["moments"]] for row in shown["patterns"]] == [
        [data["moments"][at]["text"] for at in pattern.get("from", [])] for pattern in data["patterns"]
    ]
    assert [[patterns[n] for n in row["because"]] for row in shown["amendments"]] == [
        [data["patterns"][at]["text"] for at in amendment["because"]] for amendment in data["amendments"]
    ]


def test_an_import_says_what_came_in(redraw: Shell, room_file: Path) -> None:
    data = json.loads(room_file.read_text("utf-8"))
    done = redraw("import", str(room_file), "--json")
    assert (done.code, done.err) == (0, "")
    names = ("participants", "moments", "patterns", "amendments", "dissent", "proposals", "observations")
    counts = {name: len(data[name]) for name in names}
    counts["placements"] = len(data["expected"]) + len(data["actual"])
    assert json.loads(done.out) == {"probe": "p1", "session": "s1", "counts": counts}
    assert redraw("check").code == 0


def test_an_import_says_so_in_words_and_what_the_room_left_open(redraw: Shell) -> None:
    said = redraw("import", str(find_room("tenants-canvass"))).out.splitlines()
    assert said[0].startswith("Took in p1 Weekend tenants' rights canvass, Pellan House: 18 participants, 70 moments")
    assert said[1:] == ["It is marked renewed but has no new end, so it still lapses on 20 October 2026."]
    assert "lapsed" in redraw("list").out
    assert "debriefed, agreement not recorded" in redraw("pact", "p1").out.splitlines()[0]
    unclosed = {**room("x"), "close": None}
    assert redraw("import", "-", stdin=json.dumps(unclosed).encode()).out.splitlines()[1:] == [
        "It doesn't say how it closed: it counts as a debrief that is over."
    ]
    assert [each["state"] for each in json.loads(redraw("list", "--json").out)] == ["lapsed", "lapsed"]


def test_the_same_room_file_once_more_changes_nothing(redraw: Shell, path: Path, room_file: Path) -> None:
    redraw("import", str(room_file))
    before = path.read_bytes()
    title = json.loads(room_file.read_text("utf-8"))["title"]
    assert redraw("import", str(room_file)).out == f"p1 {title} is here already: nothing changed.\n"
    again = json.loads(redraw("import", str(room_file), "--json").out)
    assert again == {"probe": "p1", "session": "s1", "counts": {}}
    undated = json.dumps({"title": "x", "moments": [{"felt": "strengthened", "text": "y"}]})
    assert path.read_bytes() == before
    redraw("import", "-", stdin=undated.encode())
    assert "is here already" in redraw("import", "-", stdin=f" {undated}".encode()).out
    other = undated.replace("y", "z")
    assert redraw("import", "-", stdin=other.encode()).out.startswith("Took in p3")


def quartiles(values: list[int]) -> dict[str, float]:
    q1, _, q3 = statistics.quantiles(values, n=4, method="inclusive")
    return {"n": len(values), "median": statistics.median(values), "q1": q1, "q3": q3}


def without_agreement(axes: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {axis: {name: of[name] for name in of if name != "agreement"} for axis, of in axes.items()}


def test_the_figures_of_a_room_are_those_of_its_ballots(redraw: Shell, room_file: Path) -> None:
    assert redraw("import", str(room_file)).code == 0
    found = json.loads(redraw("matrix", "p1", "--json").out)
    data = json.loads(room_file.read_text("utf-8"))
    axes = ("autonomy", "benefit")
    for kind in ("expected", "actual"):
        assert without_agreement(found[kind]) == {axis: quartiles([m[axis] for m in data[kind]]) for axis in axes}
        assert all(-1 <= found[kind][axis]["agreement"] <= 1 for axis in axes)
    gap = {axis: found["actual"][axis]["median"] - found["expected"][axis]["median"] for axis in axes}
    assert found["gap"] == {**gap, "length": pytest.approx((gap["autonomy"] ** 2 + gap["benefit"] ** 2) ** 0.5)}
    assert found["reconstructed"] is False

    home = {person["alias"]: person["organisation"] for person in data["participants"]}
    ballots: dict[str, list[dict[str, int]]] = {}
    for mark in data["actual"]:
        ballots.setdefault(home[mark["by"]], []).append(mark)
    for name, marks in ballots.items():
        for axis in axes:
            median = statistics.median(m[axis] for m in marks) if len(marks) >= 3 else None
            assert found["by_organisation"][name][axis] == {"n": len(marks), "median": median}
    small = sum(len(marks) for marks in ballots.values() if len(marks) < 3)
    assert set(found["by_organisation"]) == {*ballots, *(["others"] if small >= 3 else [])}


def test_the_noise_protest_landed_two_below_and_four_below(redraw: Shell) -> None:
    assert redraw("import", str(find_room("noise-protest"))).code == 0
    found = json.loads(redraw("matrix", "s1", "--json").out)
    medians = {
        kind: [found[kind][axis]["median"] for axis in ("autonomy", "benefit")] for kind in ("expected", "actual")
    }
    assert medians == {"expected": [7, 6], "actual": [5, 2]}
    assert (found["gap"]["autonomy"], found["gap"]["benefit"]) == (-2, -4)
    listed = json.loads(redraw("list", "--json").out)
    assert listed[0]["gap"] == {**found["gap"], "paired": found["paired"]}
    assert found["paired"]["autonomy"] == {"median": -6, "lower": 10, "same": 0, "higher": 0}
    assert "10 of 10 placed it lower on autonomy than they expected (median −6)." in redraw("matrix", "p1").out
    assert "−6 autonomy, −4 benefit, same 10 people" in redraw("list").out


@pytest.mark.parametrize(("ballots", "revealed"), [(2, 0), (3, 1)])
def test_what_fewer_than_three_placed_comes_in_blind(ballots: int, revealed: int) -> None:
    people = [{"alias": name, "organisation": "Ours"} for name in "abc"]
    marks = [{"by": name, "autonomy": 3, "benefit": 4} for name in "abc"[:ballots]]
    found = read_room({"title": "x", "our_organisation": "Ours", "participants": people, "actual": marks}, AT)
    assert found.session.revealed == revealed


# ------------------------------------------------------------------------------------------------------- bad room files

Change = Callable[[dict[str, Any]], object]

WRONG: dict[str, tuple[Change, str]] = {
    "no title": (lambda r: r.pop("title"), "title"),
    "a title that is a number": (lambda r: r.update(title=5), "title"),
    "a title that is null": (lambda r: r.update(title=None), "title"),
    "a title that is a deep list": (lambda r: r.update(title=json.loads("[" * 500 + "]" * 500)), "title"),
    "an unknown name": (lambda r: r.update(weather="rain"), "weather"),
    "an unknown name with a surrogate": (lambda r: r.update({"\ud800": "rain"}), "the file"),
    "an unknown name in a moment": (lambda r: r["moments"][1].update(mood="good"), "moments.1.mood"),
    "an unknown name in the pact": (lambda r: r["pact"].update(clause="x"), "pact.clause"),
    "moments that are an object": (lambda r: r.update(moments={}), "moments"),
    "moments that are a text": (lambda r: r.update(moments="x"), "moments"),
    "a moment that is a text": (lambda r: r["moments"].append("x"), "moments.2"),
    "a moment without its feeling": (lambda r: r["moments"][0].pop("felt"), "moments.0.felt"),
    "a moment with another feeling": (lambda r: r["moments"][0].update(felt="mixed"), "moments.0.felt"),
    "a moment without text": (lambda r: r["moments"][0].pop("text"), "moments.0.text"),
    "a ballot of 11": (lambda r: r["actual"][1].update(autonomy=11), "actual.1.autonomy"),
    "a ballot of -1": (lambda r: r["expected"][0].update(benefit=-1), "expected.0.benefit"),
    "a ballot of 3.5": (lambda r: r["actual"][1].update(autonomy=3.5), "actual.1.autonomy"),
    "a ballot in words": (lambda r: r["actual"][0].update(autonomy="six"), "actual.0.autonomy"),
    "a ballot that is null": (lambda r: r["actual"][0].update(autonomy=None), "actual.0.autonomy"),
    "a ballot that is a list": (lambda r: r["actual"][0].update(autonomy=[6]), "actual.0.autonomy"),
    "a ballot in a proposal": (
        lambda r: r["proposals"][0]["placements"][1].update(benefit=99),
        "proposals.0.placements.1.benefit",
    ),
    "a second ballot": (lambda r: r["actual"].append({**r["actual"][0]}), "actual.3: 1x has placed twice"),
    "a second ballot in other letters": (
        lambda r: r["expected"].append({"by": " 1X ", "autonomy": 1, "benefit": 1}),
        "expected.3",
    ),
    "a ballot of nobody in the room": (
        lambda r: r["actual"].append({"by": "Zed", "autonomy": 1, "benefit": 1}),
        "actual.3: Zed is not among the participants",
    ),
    "somebody twice": (
        lambda r: r["participants"].append({"alias": "1X", "organisation": "y"}),
        "participants.3: 1X is there twice",
    ),
    "somebody without a name": (
        lambda r: r["participants"].append({"alias": " ", "organisation": "y"}),
        "participants.3: there is no name",
    ),
    "somebody without an organisation": (
        lambda r: r["participants"].append({"alias": "Z"}),
        "participants.3.organisation",
    ),
    "a pattern on a moment beyond the last": (
        lambda r: r["patterns"][0].update({"from": [0, 2]}),
        "patterns.0.from: there is no 2 among the 2 moments",
    ),
    "a pattern on a moment before the first": (
        lambda r: r["patterns"][0].update({"from": [-1]}),
        "patterns.0.from: there is no -1",
    ),
    "a pattern on a moment in words": (lambda r: r["patterns"][0].update({"from": ["first"]}), "patterns.0.from.0"),
    "a pattern of group 0": (lambda r: r["patterns"][0].update(group=0), "patterns.0.group"),
    "a pattern on fewer than no paper maps": (
        lambda r: r["patterns"][0].update(paper_maps=-1),
        "patterns.0.paper_maps",
    ),
    "an amendment on a pattern that is not there": (
        lambda r: r["amendments"][0].update(because=[1]),
        "amendments.0.because: there is no 1 among the 1 patterns",
    ),
    "an unknown measure": (
        lambda r: r["sovereignty"].update({"morale": {"change": 1}}),
        "sovereignty: “morale” is not one of decision-making capacity",
    ),
    "a measure beyond the scale": (
        lambda r: r["sovereignty"].update({"skills": {"change": 3}}),
        "sovereignty.skills.change",
    ),
    "a turnout below zero": (lambda r: r.update(turnout=-1), "turnout"),
    "a feeling that nobody had": (lambda r: r["feelings"].update(sad=0), "feelings.sad"),
    "a date that is none": (lambda r: r["pact"].update(ends="2026-02-30"), "pact.ends"),
    "an hour that is none": (lambda r: r["pact"].update(ends_at="25:00"), "pact.ends_at"),
    "an observation at no time": (lambda r: r["observations"][0].update(at="noon"), "observations.0.at"),
    "an unknown rhythm": (lambda r: r["close"].update(rhythm="rest"), "close.rhythm"),
    "an unknown pull": (lambda r: r["dissent"][0].update(pull="money"), "dissent.0.pull"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_room_with_a_mistake_is_refused_in_a_sentence_that_names_the_place(name: str) -> None:
    change, place = WRONG[name]
    data = room("x")
    change(data)
    with pytest.raises(Refused) as raised:
        read_room(data, AT)
    sentence = str(raised.value)
    assert sentence.startswith(f"Fix the room file at {place}")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 400
    for jargon in ("input should", "valid", "field required", "extra inputs", "isoformat"):
        assert jargon not in sentence.casefold()


def test_a_sentence_about_a_room_shows_hostile_texts_visibly_and_cut(redraw: Shell, path: Path) -> None:
    for text in HOSTILE:
        if not text.strip():
            continue
        data = room("x")
        data["sovereignty"] = {"a" + text.replace("\ud800", "").replace("\udfff\ud83d", ""): {"change": 1}}
        done = redraw("import", "-", stdin=json.dumps(data).encode())
        assert len(done.sentence) < 400
        assert harmless(done.sentence)
    assert not path.exists()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "not JSON"),
        (b"Dear diary", "not JSON"),
        (b'{"title": "x"', "not JSON"),
        (b'{"title": "x", "turnout": NaN}', "not JSON"),
        (b'{"title": "x", "turnout": 1e999}', "not JSON"),
        (b'{"title": "x", "turnout": 1' + b"0" * 5000 + b"}", "not JSON"),
        (b"[]", "an object with a title"),
        (b'"room"', "an object with a title"),
        (b"null", "an object with a title"),
        (b"{}", "title: it is missing"),
        (b"[" * 200_000, "an object with a title"),
        (b'{"title": ' + b'{"a":' * 200_000, "nested too deeply"),
        ('{"title": "Zoë"}'.encode("latin-1"), "not UTF-8"),
        ('{"title": "x"}'.encode("utf-16")[:-1], "not UTF-8 or UTF-16"),
    ],
    ids=lambda value: ascii(value[:24]),
)
def test_a_file_that_is_no_room_is_refused_and_nothing_is_saved(
    redraw: Shell, path: Path, tmp_path: Path, data: bytes, wanted: str
) -> None:
    (tmp_path / "room.json").write_bytes(data)
    assert wanted in redraw("import", str(tmp_path / "room.json")).sentence
    assert wanted in redraw("import", "-", "--json", stdin=data).sentence
    assert not path.exists()


def test_a_room_with_a_mistake_changes_nothing_in_the_archive(redraw: Shell, path: Path) -> None:
    assert redraw("import", "-", stdin=json.dumps(room("good")).encode()).code == 0
    before = path.read_bytes()
    for change, place in WRONG.values():
        data = room("x")
        change(data)
        assert place in redraw("import", "-", stdin=json.dumps(data).encode()).sentence
        assert path.read_bytes() == before


# ------------------------------------------------------------------------------------------------------ what rooms hold


def test_a_title_is_all_that_a_room_needs() -> None:
    found = read_room({"title": "x"}, AT)
    assert (found.probe.title, found.probe.created, found.begun) == ("x", AT, False)
    assert list(found.records()) == [found.probe]


def test_a_probe_dates_from_the_day_on_which_it_was_chosen() -> None:
    data = room("x")
    assert read_room(data, AT).probe.created == "2026-11-06T09:00:00"
    chosen = {**data, "choice": {"proposal": 1, "at": "2026-10-30T20:10:00+01:00"}}
    assert read_room(chosen, AT).probe.created == "2026-10-30T20:10:00+01:00"


@pytest.mark.parametrize("part", ["participants", "moments", "patterns", "actual", "amendments", "close"])
def test_whatever_belongs_to_a_debrief_makes_a_session(part: str) -> None:
    data = room("x")
    needed = {"actual": ("participants",), "patterns": ("moments",), "amendments": ("patterns", "moments")}
    kept = {"title", part, *needed.get(part, ())}
    found = read_room({name: value for name, value in data.items() if name in kept}, AT)
    assert found.begun
    assert found.sealed == (part != "participants"), "whoever is only expected has not been debriefed"
    assert found.session.revealed == (1 if part == "actual" else 0)


def test_what_was_expected_and_observed_needs_no_session() -> None:
    data = room("x")
    found = read_room({name: data[name] for name in ("title", "expected", "observations", "pact")}, AT)
    assert not found.begun
    assert (len(found.expected), len(found.observations)) == (3, 1)


def test_a_room_is_debriefed_in_the_evening_of_its_last_day_or_when_it_is_said() -> None:
    assert read_room(room("x"), AT).session.sealed == "2026-11-07T20:00:00"
    assert read_room(room("x"), AT, "2026-11-08T19:30:00").session.sealed == "2026-11-08T19:30:00"
    assert read_room({**room("x"), "pact": {}}, AT).session.sealed == AT


def test_a_moment_may_have_nobodys_name() -> None:
    assert [m.by for m in checked(room("x")).moments] == ["x", None]


def test_names_are_kept_as_typed() -> None:
    data = {"title": "x", "participants": [{"alias": " İrem  e\u0301 ", "organisation": "y"}]}
    data["actual"] = [{"by": "irem é", "autonomy": 0, "benefit": 10}]
    found = read_room(data, AT)
    assert found.participants[0].alias == " İrem  e\u0301 "
    assert found.ballots(1)[0].by == "irem é"
    assert found.organisation_of("IREM É") == "y"
