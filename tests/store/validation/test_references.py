"""What records say of one another: nobody is there twice, and what was left out on purpose is not missed."""

from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Amendment, Moment, Participant, Pattern, Placement, Probe, Session
from store.validation.records import validated
from store.validation.references import GroupRules
from tests.helpers.damage import spoil
from tests.helpers.texts import room

AT = "2026-11-07T19:00:00"


def rows(**changes: Any) -> dict[type[Any], list[dict[str, Any]]]:
    """A small probe, with other rows for some kinds, by the names of their tables."""
    tables: dict[type[Any], list[dict[str, Any]]] = {
        Probe: [{"id": "p1", "created": AT, "title": "x"}],
        Session: [{"id": "s1", "probe": "p1", "created": AT}],
        Participant: [{"session": "s1", "number": 1, "alias": "Ana", "organisation": "Ours"}],
        Moment: [{"session": "s1", "number": 1, "at": AT, "felt": "compromised", "text": "y"}],
        Pattern: [
            {"session": "s1", "number": 1, "at": AT, "group": 1, "felt": "compromised", "text": "z", "moments": [1]}
        ],
        Placement: [{"probe": "p1", "round": 0, "number": 1, "by": "Ana", "autonomy": 1, "benefit": 1}],
        Amendment: [],
    }
    return {kind: validated(kind, changes.get(kind.table, found)) for kind, found in tables.items()}


def wrong(found: dict[type[Any], list[dict[str, Any]]], named: bool = True) -> list[tuple[tuple[int | str, ...], str]]:
    return [(path, what) for path, what in GroupRules().within(found, ("probes", 4), named)]


def test_nothing_is_wrong_with_a_probe_that_is_whole() -> None:
    assert wrong(rows()) == []


def test_a_path_leads_to_the_field_and_the_sentence_says_what_is_missing() -> None:
    assert wrong(rows(moments=[])) == [(("probes", 4, "patterns", 0, "moments"), "there is no moment 1 in s1")]


def test_what_came_without_names_has_no_moments_and_many_under_one_name() -> None:
    ballots = [
        {"probe": "p1", "round": 0, "number": number, "by": by, "autonomy": 1, "benefit": 1}
        for number, by in enumerate(("Ours", " ours "), 1)
    ]
    found = rows(moments=[], placements=ballots)
    assert [what for _, what in wrong(found)] == [" ours  is there twice", "there is no moment 1 in s1"]
    assert wrong(found, named=False) == []


def test_a_record_of_another_probe_is_not_let_in_by_one_that_came_before() -> None:
    rules = GroupRules()
    assert not list(rules.within(rows(), ("probes", 0), named=True))
    other = rows(probes=[{"id": "p2", "created": AT, "title": "x"}], sessions=[])
    assert [what for _, what in rules.within(other, ("probes", 1), named=True)].count("there is no session s1") == 3


@pytest.mark.parametrize(
    ("id", "differs", "what"),
    [
        ("", "", "an id is letters and digits"),
        ("p 1", "", "an id is letters and digits"),
        ("p1", "p\u202e", "it should be an id"),
        ("p1", "p1", "can't differ from itself"),
    ],
)
def test_an_id_is_what_can_be_typed_in_a_shell(id: str, differs: str, what: str) -> None:
    probe = {"id": id, "created": AT, "title": "x", "conflicts_with": differs}
    found = rows(probes=[probe], sessions=[], participants=[], moments=[], patterns=[], placements=[])
    assert [what in each for _, each in wrong(found)] == [True]


@pytest.mark.parametrize(
    ("table", "changes", "sentence"),
    [
        ("participants", {"alias": " 1X "}, "participants 9: the same name is there twice."),
        ("placements", {"by": "1x", "number": 9}, "placements 9: the same name is there twice."),
    ],
)
def test_a_check_says_where_somebody_is_there_twice_unless_the_session_came_without_names(
    archive: Archive, path: Path, table: str, changes: dict[str, Any], sentence: str
) -> None:
    take_in(archive, read_room(room("x"), AT))
    archive.close()

    def twice(tables: dict[str, dict[str, Any]]) -> None:
        first = next(row for row in tables[table].values() if row.get("alias", row.get("by")) == "1x")
        tables[table]["9"] = {**first, "number": 9, **changes}

    spoil(path, twice)
    assert Archive(path).check()[1] == [sentence]
    spoil(path, lambda tables: tables["moments"].clear())
    assert Archive(path).check()[1] == []
