"""JSON out and in again: every text to the code point, harmless in a terminal, and mistakes named."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import demo
from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.json_document import as_json
from store.model import Closing, Guideline
from store.refused import Refused
from store.session import flow
from store.words.json_text import encoded
from tests.conftest import Shell
from tests.helpers.rooms import imported
from tests.helpers.texts import ANY, harmless, room, said, telling

NOW = 1_794_060_000.0
AT = "2026-11-07T19:00:00"


def around(folder: Path, found: Debrief) -> tuple[dict[str, Any], dict[str, Any]]:
    """An export out of one archive, and what another gives back after taking it in."""
    first, second = Archive(folder / "first.json"), Archive(folder / "second.json")
    taken = take_in(first, found)
    out = encoded(as_json(first.debrief(taken.probe.id)))
    assert harmless(out)
    again = imported(second, out, NOW)
    return as_json(taken), as_json(Archive(second.path).debrief(again.probe.id))


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_a_text_goes_out_in_and_out_again_to_the_code_point(tmp_path: Path, text: str) -> None:
    out, again = around(tmp_path, read_room(room(text), AT))
    assert out == again
    assert said(again).count(text) >= 30
    assert text in again["session"]["feelings"]


@settings(max_examples=30)
@given(ANY)
def test_any_text_goes_out_in_and_out_again_to_the_code_point(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, again = around(Path(folder), read_room(room(text), AT))
        assert out == again


@settings(max_examples=50)
@given(
    st.recursive(
        ANY | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(ANY, inner), max_leaves=8
    )
)
def test_json_is_exact_and_harmless_whatever_it_holds(value: Any) -> None:
    for ascii in (False, True):
        text = encoded(value, indent=1, ascii=ascii)
        assert json.loads(text) == value
        assert harmless(text)
        text.encode("ascii" if ascii else "utf-8")


def test_letters_stand_in_json_as_they_are() -> None:
    assert encoded(["Zoë", "İ", "שלום", "👩\u200d👩"]) == '["Zoë", "İ", "שלום", "👩\u200d👩"]'
    assert encoded(["Zoë 👩"], ascii=True) == '["Zo\\u00eb \\ud83d\\udc69"]'


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_what_show_prints_holds_every_text_and_harms_no_terminal(
    redraw: Shell, archive: Archive, tmp_path: Path, text: str
) -> None:
    taken = take_in(archive, read_room(room(text), AT))
    archive.close()
    for arguments in (("--format", "json"), ("--json",)):
        done = redraw("show", "p1", *arguments)
        assert harmless(done.out)
        assert json.loads(done.out) == as_json(taken)
    plain = redraw("show", "p1", "--json", encoding="ascii")
    assert json.loads(plain.out) == as_json(taken)
    elsewhere = Shell(tmp_path / "elsewhere.json")
    assert elsewhere("import", "-", stdin=plain.out.encode()).code == 0
    copy = json.loads(elsewhere("show", "p1", "--json").out)
    assert said(copy["moments"][0])[-2:] == said(as_json(taken)["moments"][0])[-2:]
    assert copy["session"]["feelings"] == as_json(taken)["session"]["feelings"]


def test_an_export_holds_every_record_of_the_probe_and_no_other(archive: Archive) -> None:
    others = take_in(archive, read_room(room("other"), AT))
    taken = take_in(archive, read_room(room("x"), AT))
    out = as_json(archive.debrief("p2"))
    rows = [out["probe"], out["session"], *(row for value in out.values() if isinstance(value, list) for row in value)]
    assert sorted(map(repr, rows)) == sorted(
        repr(record.row()) for record in taken.records() if record not in (*others.guidelines, *others.non_negotiables)
    )
    assert out["redraw"] == 1


def test_an_export_holds_the_guidelines_that_its_amendments_touched(archive: Archive) -> None:
    take_in(archive, read_room(room("other"), AT))
    out = as_json(take_in(archive, read_room(room("x"), AT)))
    assert [Guideline.model_validate(row).text for row in out["guidelines"]] == ["x"]


def test_a_probe_without_a_session_goes_out_and_in(tmp_path: Path) -> None:
    out, again = around(tmp_path, read_room({"title": "bare", "expected": room("x")["expected"]}, AT))
    assert out == again
    assert out["session"] is None


def test_a_live_session_goes_out_and_in_with_its_clock_and_its_record(tmp_path: Path) -> None:
    found = read_room(room("x"), AT).with_session(sealed=None, phase="opening", closing=Closing())
    live = flow.extend(flow.advance(flow.start_or_pause(found, NOW), NOW + 100.5), NOW + 101)
    out, again = around(tmp_path, live)
    assert out == again
    assert out["session"]["clocks"]["silent_mapping"]["started"] == NOW + 100.5
    assert [event["what"] for event in again["events"]] == ["session began", "advanced", "extended"]


def test_every_sample_goes_out_and_in(tmp_path: Path) -> None:
    first, second = Archive(tmp_path / "first.json"), Archive(tmp_path / "second.json")
    demo.fill(first, NOW)
    for n in range(1, 13):
        taken = imported(second, encoded(as_json(first.debrief(f"p{n}"))), NOW)
        out, again = (as_json(archive.debrief(taken.probe.id)) for archive in (first, second))
        for each in (out, again):
            each["guidelines"] = each["recurring_patterns"] = []  # another group holds its own
            for revision in each["non_negotiables"]:
                del revision["adopted"]  # which the second group decides for itself
        assert out == again
    assert second.check()[1] == []


# ---------------------------------------------------------------------------------------------------------- bad exports

Change = Callable[[dict[str, Any]], object]

WRONG: dict[str, tuple[Change, str]] = {
    "another form": (lambda e: e.update(redraw=2), "update Redraw"),
    "a form in words": (lambda e: e.update(redraw="one"), "update Redraw"),
    "no probe": (lambda e: e.pop("probe"), "Fix the file at"),
    "a probe that is a list": (lambda e: e.update(probe=[]), "Fix the file at"),
    "a probe without a title": (lambda e: e["probe"].pop("title"), "title"),
    "a session that is empty": (lambda e: e.update(session={}), "id"),
    "a session that is missing": (lambda e: e.update(session=None), "at session: it is missing"),
    "a session in an unknown phase": (lambda e: e["session"].update(phase="lunch"), "phase"),
    "a clock that is a number": (lambda e: e["session"].update(clocks={"opening": 5}), "clocks.opening"),
    "moments that are an object": (lambda e: e.update(moments={}), "moments: it should be a list"),
    "a moment that is a text": (lambda e: e["moments"].append("x"), "Fix the file at"),
    "an unknown list": (lambda e: e.update(moment=[]), "at moment: an export holds only"),
    "an unknown name in a moment": (lambda e: e["moments"][0].update(mood="good"), "mood"),
    "a ballot of 11": (lambda e: e["placements"][0].update(autonomy=11), "autonomy"),
    "a moment that is there twice": (lambda e: e["moments"].append(e["moments"][0]), "moments.2: the same number"),
    "a person who is there twice": (
        lambda e: e["participants"].append(e["participants"][0]),
        "participants.3: the same number",
    ),
    "a second ballot": (
        lambda e: e["placements"].append({**e["placements"][-1], "number": 9}),
        "is there twice",
    ),
    "a pattern on an unknown moment": (
        lambda e: e["patterns"][0].update(moments=[1, 3]),
        "at patterns.0.moments: there is no moment 3 in s1",
    ),
    "a pattern on moment 0": (
        lambda e: e["patterns"][0].update(moments=[0]),
        "at patterns.0.moments: there is no moment 0 in s1",
    ),
    "an amendment on an unknown pattern": (
        lambda e: e["amendments"][0].update(because=[2]),
        "at amendments.0.because: there is no pattern 2 in s1",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_export_with_a_mistake_is_refused_in_a_sentence_and_nothing_is_saved(
    redraw: Shell, path: Path, tmp_path: Path, name: str
) -> None:
    change, wanted = WRONG[name]
    data = as_json(take_in(Archive(tmp_path / "other.json"), read_room(room("x"), AT)))
    imported(Archive(tmp_path / "third.json"), json.dumps(data), NOW)
    change(data)
    with pytest.raises(Refused) as raised:
        imported(Archive(path), json.dumps(data), NOW)
    assert wanted in str(raised.value)
    assert redraw("import", "-", stdin=json.dumps(data).encode()).sentence == str(raised.value)
    assert not path.exists()
