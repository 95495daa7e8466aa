"""A field or a table that nobody has listed goes out in no export, with names or without; nor does what stays at home."""

import functools
import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from store.archive.archive import Archive
from store.exchange.outgoing.formats import FORMATS
from store.model import (
    RECORDS,
    EarlierPact,
    Event,
    Given,
    Mark,
    NonNegotiables,
    Pact,
    Probe,
    Proposal,
    Record,
    RecurringPattern,
    Seen,
    Session,
    Signature,
    Stance,
    Verdict,
)
from store.model.privacy import fields
from tests.conftest import Shell
from tests.helpers.builders import AT
from tests.helpers.texts import room

NEVER = "Zwentibold"
"""Stands in every field that nobody has listed."""

ROWS = dict[str, dict[str, Any]]

WAYS = [(form, raw) for form in FORMATS for raw in (False, True)]


@pytest.fixture
def whole(path: Path) -> Path:
    """An archive with a record of every kind, and a value for every part of one."""
    redraw = Shell(path)
    assert redraw("import", "-", stdin=json.dumps(room("x")).encode()).code == 0
    archive = Archive(path)
    found = archive.debrief("p1")
    session = found.session.but(verdicts=(Verdict(guideline=1, worked="yes"),))
    signed = Pact(agreed=AT, signatures=(Signature(name="x", organisation="x"),))
    earlier = (EarlierPact(title="x", sides=("x",), pact=signed),)
    probe = found.probe.but(earlier_pacts=earlier, choice={"proposal": 1, "at": AT})
    against = (Stance(name="x", reason="x"),)
    given = (Given(principles=("y",), consents=("x",), objects=against),)
    revision = NonNegotiables(number=9, at=AT, asked=("x",), stands_aside=against, objects=against, given=given)
    recurs = RecurringPattern(number=1, text="x", seen=(Seen(session="s1", pattern=1),) * 2)
    event = Event(session="s1", number=1, at=AT, phase="opening", what="began")
    archive.save([probe, session, revision, recurs, event])
    archive.close()
    tables: dict[str, ROWS] = json.loads(path.read_text())
    assert all(tables[kind.table] for kind in RECORDS)
    return path


def exported(path: Path, folder: Path, complete: bool = True) -> str:
    """Everything that goes out of an archive by any export, and by what is printed for other programs.

    A record that is damaged may hinder an export; otherwise it is `complete`.
    """
    redraw, found = Shell(path), []
    for form, raw in WAYS:
        place = folder / f"{form}-{raw}"
        redraw("export", "--format", form, "-o", str(place), *(["--with-raw-notes"] if raw else []))
        files = place.iterdir() if place.is_dir() else [place] if place.exists() else []
        found += [file.read_text() for file in files]
    if complete:
        assert len(found) > len(WAYS), "every format has come out"
    found += [redraw("show", "p1", "--json").out, redraw("list", "--json").out]
    return "\n".join(found)


def planted_parts(kind: type[BaseModel], row: Any, at: Callable[[], bool]) -> Any:
    """A row with a field more in each of its parts, and in itself, where `at` says so."""
    found = dict(row)
    for field in fields(kind):
        value = row.get(field.name)
        if field.part is None or not value:
            continue
        if isinstance(value, list):
            found[field.name] = [planted_parts(field.part, each, at) for each in value]
        elif field.keyed:
            found[field.name] = {key: planted_parts(field.part, each, at) for key, each in value.items()}
        else:
            found[field.name] = planted_parts(field.part, value, at)
    return {**found, "planted": NEVER} if at() else found


def places(kind: type[Record], row: Any) -> int:
    """In how many places of a row a field can be planted."""
    count = 0

    def each() -> bool:
        nonlocal count
        count += 1
        return False

    planted_parts(kind, row, each)
    return count


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.sweep)], ids=["outer and inner", "each"])
@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_field_that_no_model_lists_goes_out_nowhere(
    whole: Path, tmp_path: Path, kind: type[Record], every: bool
) -> None:
    tables: dict[str, ROWS] = json.loads(whole.read_text())
    first = min(tables[kind.table])
    row = tables[kind.table][first]
    last = places(kind, row) - 1  # the record itself; before it stand its parts
    for nth in range(last + 1) if every else {0, last}:
        here = iter(range(10_000))
        changed = planted_parts(kind, row, lambda here=here, nth=nth: next(here) == nth)  # type: ignore[misc]
        assert NEVER in json.dumps(changed)
        tables[kind.table][first] = changed
        other, folder = tmp_path / f"{nth}.json", tmp_path / f"out-{nth}"
        other.write_text(json.dumps(tables))
        folder.mkdir()
        assert NEVER not in exported(other, folder, complete=False), changed


def test_a_mark_of_a_proposal_with_a_field_more_goes_out_without_it(whole: Path, tmp_path: Path) -> None:
    tables: dict[str, ROWS] = json.loads(whole.read_text())
    for mark in tables[Proposal.table]["1"]["placements"]:
        mark["planted"] = NEVER
    whole.write_text(json.dumps(tables))
    for raw in ([], ["--with-raw-notes"]):
        done = Shell(whole)("export", "--format", "json", "-o", "-", *raw)
        (found,) = json.loads(done.out)["probes"]
        assert len(found["proposals"][0]["placements"]) == 3
        assert all(set(each) == set(Mark.model_fields) for each in found["proposals"][0]["placements"])


def test_a_table_that_nobody_knows_goes_out_nowhere(whole: Path, tmp_path: Path) -> None:
    tables: dict[str, ROWS] = json.loads(whole.read_text())
    for name in ("planted", "probe", "sessions2", "drafts"):
        tables[name] = {"1": {"probe": "p1", "session": "s1", "number": 1, "text": NEVER}}
    whole.write_text(json.dumps(tables))
    said = exported(whole, tmp_path)
    assert NEVER not in said
    assert said.count('"uid"') == 5, "everything else does"


def clear_caches() -> None:
    """Forget what was kept of the models."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and (each.__module__ or "").startswith("store."):
            each.cache_clear()


@pytest.fixture
def a_field_more(request: pytest.FixtureRequest) -> Iterator[type[Record]]:
    """A kind of record whose class has a field more, of which nobody has said what it holds."""
    kind: type[Record] = request.param
    listed = dict(kind.__pydantic_fields__)
    kind.__pydantic_fields__["planted"] = FieldInfo(annotation=str, default="")
    kind.model_rebuild(force=True)
    clear_caches()
    yield kind
    kind.__pydantic_fields__.clear()
    kind.__pydantic_fields__.update(listed)
    kind.model_rebuild(force=True)
    clear_caches()


@pytest.mark.parametrize("a_field_more", RECORDS, ids=lambda kind: kind.__name__, indirect=True)
def test_a_field_of_a_model_that_says_nothing_goes_out_nowhere(
    whole: Path, tmp_path: Path, a_field_more: type[Record]
) -> None:
    tables: dict[str, ROWS] = json.loads(whole.read_text())
    for row in tables[a_field_more.table].values():
        row["planted"] = NEVER
    whole.write_text(json.dumps(tables))
    assert Shell(whole)("check").code == 0, "it is a field of the record"
    said = exported(whole, tmp_path)
    assert NEVER not in said
    assert '"sessions": [{' in said


def test_the_digest_of_a_file_stays_at_home(whole: Path, tmp_path: Path) -> None:
    digest = Archive(whole).debrief("p1").probe.file_digest
    assert digest
    said = exported(whole, tmp_path)
    assert digest not in said
    assert "file_digest" not in said


def test_every_kind_of_record_has_its_rows_in_these_tests(whole: Path) -> None:
    tables: dict[str, ROWS] = json.loads(whole.read_text())
    parts = {kind: places(kind, next(iter(tables[kind.table].values()))) for kind in RECORDS}
    assert (parts[Probe], parts[Session]) >= (8, 8)
    assert parts[Proposal] == 4
