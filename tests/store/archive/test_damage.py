"""What is no archive, and what is damaged in one: refused or named, and left alone."""

import contextlib
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.source import Source
from store.debrief import Debrief
from store.exchange.incoming import rooms
from store.exchange.incoming.importing import take_in
from tests.conftest import beside, fails
from tests.helpers.damage import BAD_FILES, DAMAGE, NOWHERE, spoil
from tests.helpers.small_archives import AT, NOW, ballot, debrief_of, moment, new_probe, same
from tests.helpers.texts import room


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_archive_is_refused_in_a_sentence_and_left_alone(path: Path, name: str) -> None:
    data, why = BAD_FILES[name]
    path.write_bytes(data)
    with pytest.raises(ArchiveError) as raised:
        Archive(path)
    assert why in str(raised.value)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert path.read_bytes() == data


def test_an_archive_cut_off_anywhere_is_refused_and_left_alone(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    data = path.read_bytes()
    for length in range(0, len(data) - 1, 7):
        path.write_bytes(data[:length])
        with pytest.raises(ArchiveError, match="untouched"):
            Archive(path)


def test_a_folder_a_device_a_loop_and_an_impossible_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder: name a file in it"):
        Archive(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path / "loop", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(ArchiveError, match="--archive"):
            Archive(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ArchiveError, match="is not a file"):
            Archive(tmp_path / "pipe")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_can_not_be_read_is_refused(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    with monkeypatch.context() as broken:
        broken.setattr(Source, "of", fails(number))
        with pytest.raises(ArchiveError, match=f"can't be read \\({os.strerror(number).lower()}\\)"):
            Archive(path)
    other = Archive(path)
    new_probe(other, "x", NOW)
    other.close()
    with monkeypatch.context() as broken:
        broken.setattr(Source, "of", fails(number))
        with pytest.raises(ArchiveError, match=os.strerror(number).lower()):
            archive.commit(debrief_of(), debrief_of(moments=()))
    archive.commit(debrief_of(), debrief_of(moments=()))
    assert same(Archive(path).debrief("p1"), debrief_of(moments=()))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_permissions_are_taken_at_their_word(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    path.chmod(0)
    with pytest.raises(ArchiveError, match="can't be read"):
        Archive(path)
    path.chmod(0o600)
    beside(path, "lock").unlink()
    path.parent.chmod(0o500)
    try:
        with pytest.raises(ArchiveError, match="permissions of its folder"):
            new_probe(archive, "x", NOW)
    finally:
        path.parent.chmod(0o700)


def test_a_damaged_table_is_said_by_name_copied_as_it_is_and_never_written_over(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    damaged = path.read_bytes().replace(b'"a moment"', b'"a mo"ment')
    path.write_bytes(damaged)
    opened = Archive(path)
    assert [row["title"] for row in opened.rows("probes")] == ["Weekend canvass"]
    for read in (
        lambda: opened.debrief("p1"),
        lambda: list(opened.rows("moments")),
        lambda: opened.save([moment(5)]),
        lambda: opened.save([ballot(1), moment(5)]),
    ):
        with pytest.raises(ArchiveError, match=r"The table “moments” in .* is damaged"):
            read()
        assert path.read_bytes() == damaged
    new_probe(opened, "x", NOW)
    opened.close()
    assert path.read_bytes().count(b'"a mo"ment') == 2
    (sentence,) = opened.check()[1]
    assert sentence.startswith("moments, after 0 records: ")


def full(archive: Archive) -> Debrief:
    """A whole debrief, in the archive's file."""
    taken = take_in(archive, rooms.read_room(room("x"), AT))
    archive.close()
    return taken


def test_a_check_counts_every_record(archive: Archive) -> None:
    full(archive)
    counts, wrong = archive.check()
    assert wrong == []
    assert counts == {
        "probes": 1,
        "sessions": 1,
        "participants": 3,
        "moments": 2,
        "patterns": 1,
        "placements": 6,
        "amendments": 1,
        "dissent": 1,
        "proposals": 1,
        "observations": 1,
        "guidelines": 1,
        "non_negotiables": 1,
    }


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_names_the_record_and_what_is_wrong_with_it(archive: Archive, path: Path, name: str) -> None:
    full(archive)
    change, wanted = DAMAGE[name]
    spoil(path, change)
    spoilt = path.read_bytes()
    _, wrong = Archive(path).check()
    assert any(sentence.startswith(wanted) for sentence in wrong), wrong
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("name", NOWHERE)
def test_a_check_names_what_rests_on_a_number_under_which_nothing_stands(
    archive: Archive, path: Path, name: str
) -> None:
    full(archive)
    change, sentence = NOWHERE[name]
    spoil(path, change)
    assert Archive(path).check()[1] == [sentence]


def test_a_check_misses_nothing_that_was_left_out_on_purpose_nor_what_stands_in_another_groups_book(
    archive: Archive, path: Path
) -> None:
    full(archive)

    def spoilt(tables: dict[str, dict[str, Any]]) -> None:
        tables["moments"].clear()
        tables["probes"]["1"]["origin"] = "Others"
        tables["amendments"]["1"]["guideline"] = 99
        seen = [{"session": "s1", "pattern": 1}, {"session": "s77", "pattern": 1}]
        tables["recurring_patterns"] = {"1": {"number": 1, "text": "x", "seen": seen}}

    spoil(path, spoilt)
    assert Archive(path).check()[1] == []


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in DAMAGE
        if not name.startswith(("a missing s", "a missing p", "a session", "a record", "an unknown t"))
    ],
)
def test_whatever_reads_a_damaged_record_says_one_sentence(archive: Archive, path: Path, name: str) -> None:
    full(archive)
    spoil(path, DAMAGE[name][0])
    opened = Archive(path)
    with pytest.raises(ArchiveError) as raised:
        opened.debrief("p1")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            b'"number": 2,',
            b'"number": 3, "number": 2,',
            "moments, after 1 records: “number” is there twice in one object",
        ),
        (
            b'"2": {"session"',
            b'"1": {"session"',
            "moments, after 1 records: document 1 stands in the wrong place or twice",
        ),
        (b'"2": {"session"', b'"x": {"session"', "moments, after 1 records: a line that is no document"),
        (b'"number": 2,', b'"number": NaN,', "moments, after 1 records: NaN is not JSON"),
        (b'"number": 2,', b'"number": 1e999,', "moments 2: number: "),
    ],
    ids=str,
)
def test_damage_in_a_line_is_named_by_a_check_and_no_save_is_lost_for_it(
    archive: Archive, path: Path, old: bytes, new: bytes, wanted: str
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    good = path.read_bytes()
    path.write_bytes(good.replace(old, new))
    opened = Archive(path)
    assert any(sentence.startswith(wanted) for sentence in opened.check()[1]), opened.check()
    saved = [probe(number, opened) for number in (2, 3)]
    with contextlib.suppress(ArchiveError):
        opened.save([moment(1, "mended")])
    with contextlib.suppress(ArchiveError):
        opened.save([moment(7)])
    with contextlib.suppress(ArchiveError):
        opened.close()
    assert [row["id"] for row in Archive(path).rows("probes")] == ["p1", *saved]


def probe(number: int, archive: Archive) -> str:
    return new_probe(archive, f"{number}", NOW).id


def test_a_damaged_guideline_stops_an_import_with_a_sentence(archive: Archive, path: Path) -> None:
    full(archive)
    spoil(path, lambda tables: tables["guidelines"]["1"].update(number="one"))
    spoilt = path.read_bytes()
    with pytest.raises(ArchiveError, match="redraw check"):
        full(Archive(path))
    assert path.read_bytes() == spoilt
