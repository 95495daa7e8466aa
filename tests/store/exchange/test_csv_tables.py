"""An export as tables for a spreadsheet."""

from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.outgoing import csv_tables
from store.exchange.outgoing.export import export
from tests.helpers.exports import rows, with_room
from tests.helpers.rooms import ROOM
from tests.helpers.texts import room, telling


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(archive: Archive, tmp_path: Path, begin: str) -> None:
    text = f'{begin}cmd|"/C calc"!A0'
    with_room(archive, room(text))
    folder = export(archive, (), "csv", tmp_path / "tables", raw=True)
    hits = 0
    for file in folder.iterdir():
        for row in rows(file.read_text("utf-8-sig") if begin not in "\r\n" else file.read_bytes().decode("utf-8-sig")):
            hits += row.count(f"'{text}")
            for cell in row:
                assert cell[:1] not in ("=", "+", "@", "\t", "\r", "\n"), cell
                assert cell[:1] != "-" or float(cell) < 0
    assert hits > 20


def test_numbers_stay_numbers_and_texts_with_commas_stay_one_cell() -> None:
    assert [csv_tables.cell(value) for value in (-2, -0.5, 3, True, None, "-2", "a, b")] == [
        -2,
        -0.5,
        3,
        True,
        None,
        "'-2",
        "a, b",
    ]


@pytest.mark.parametrize("text", telling(), ids=lambda text: ascii(text[:16]))
def test_tables_hold_every_text_to_what_utf_8_can_hold(archive: Archive, tmp_path: Path, text: str) -> None:
    with_room(archive, room(text))
    folder = export(archive, (), "csv", tmp_path / "tables", raw=True)
    for file in folder.iterdir():
        data = file.read_bytes()
        assert data.startswith("\ufeff".encode()), "Excel takes it for something older otherwise"
        found = rows(data.decode("utf-8-sig"))
        assert len({len(row) for row in found}) == 1, file.name
    titles = [row[4] for row in rows((folder / "probes.csv").read_bytes().decode("utf-8-sig"))]
    assert titles == ["title", csv_tables.cell(text)]


def test_tables_without_raw_notes_have_none_of_moments_and_observations(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, ROOM)
    plain = {file.name for file in export(archive, (), "csv", tmp_path / "plain").iterdir()}
    raw = {file.name for file in export(archive, (), "csv", tmp_path / "raw", raw=True).iterdir()}
    assert raw - plain == {"moments.csv", "observations.csv"}
    assert {"probes.csv", "sessions.csv", "patterns.csv", "amendments.csv", "matrix.csv"} <= plain
    only = export(archive, ("guidelines",), "csv", tmp_path / "only")
    assert [file.name for file in only.iterdir()] == ["guidelines.csv"]
