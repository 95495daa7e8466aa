"""What was taken back stands in no backup after the next close, and all else stays in them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive.archive import Archive, ArchiveError
from store.archive.backups import grown
from store.archive.disk.calls import Disk
from store.archive.following import LEFTOVERS
from store.archive.storage import DurableStorage
from store.debrief import Debrief
from tests.conftest import beside, fails
from tests.helpers.disks import Killed
from tests.helpers.small_archives import ballot, debrief_of, moment, new_probe
from tests.helpers.sweeps import swept

BACKUPS = (1, 2, 3)


def closed(path: Path, before: Debrief | None, after: Debrief) -> Debrief:
    """The archive is opened, changed and closed."""
    archive = Archive(path)
    archive.commit(before, after)
    archive.close()
    return after


def holding(path: Path, text: str) -> list[str]:
    """The ends of the names of all files in the archive's folder that hold a text."""
    names = (each.name for each in sorted(path.parent.iterdir()) if text.encode() in each.read_bytes())
    return [name.removeprefix(path.name) for name in names]


def years(path: Path, *texts: str) -> Debrief:
    """A session that was closed after each of some moments."""
    before, found = None, debrief_of(moments=())
    for number, text in enumerate(texts, 1):
        found = debrief_of(moments=(*found.moments, moment(number, text)))
        before = closed(path, before, found)
    return found


def test_what_was_taken_out_is_in_no_backup_after_the_close_and_all_else_is(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    found = years(path, "the first", "the marked one", "the third", "the fourth")
    assert holding(path, "the marked one") == ["", ".backup-1", ".backup-2"]
    closed(path, found, debrief_of(moments=tuple(each for each in found.moments if each.number != 2)))
    assert holding(path, "the marked one") == []
    assert holding(path, "the first") == ["", ".backup-1", ".backup-2", ".backup-3"]
    assert holding(path, "the third") == ["", ".backup-1", ".backup-2"]
    assert holding(path, "the fourth") == ["", ".backup-1"]


def test_a_text_that_was_mended_and_a_ballot_that_was_placed_anew_are_in_no_backup_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    before = debrief_of(moments=(moment(1, "as it was typed"),), placements=(ballot(1, "Zoeq"),))
    closed(
        path,
        closed(path, None, before),
        found := debrief_of(moments=(*before.moments, moment(2)), placements=before.placements),
    )
    assert holding(path, '"by": "Zoeq", "autonomy": 3') == ["", ".backup-1"]
    mended = (found.moments[0].but(text="as it is now"), found.moments[1])
    closed(path, found, debrief_of(moments=mended, placements=(ballot(1, "Zoeq").but(autonomy=9),)))
    assert holding(path, "as it was typed") == holding(path, '"by": "Zoeq", "autonomy": 3') == []
    assert (
        holding(path, "as it is now") == holding(path, '"by": "Zoeq", "autonomy": 9') == ["", ".backup-1", ".backup-2"]
    )


@pytest.mark.parametrize("value", [None, {"1": {"text": "another"}}, "no table"])
def test_a_table_that_tinydb_drops_or_replaces_is_in_no_backup(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "logbook.json"
    for n in range(3):
        storage = DurableStorage(path)
        storage.write({"mine": {"1": {"text": "the marked one"}}, "other": {"1": {"text": f"{n}"}}})
        storage.close()
    assert holding(path, "the marked one") == ["", ".backup-1", ".backup-2"]
    storage = DurableStorage(path)
    storage.write({"other": {"1": {"text": "3"}}, **({} if value is None else {"mine": value})})
    storage.close()
    assert holding(path, "the marked one") == []
    kept = json.loads(beside(path, "backup-2").read_bytes())
    assert kept.get("mine") == value
    assert kept["other"]["1"]["text"] == "3", "a text that was replaced"


def test_where_nothing_was_taken_back_the_backups_are_the_earlier_files_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    states = []
    before, found = None, debrief_of()
    for number in range(5):
        before = closed(path, before, found)
        states.append(path.read_bytes())
        clocks: dict[str, Any] = {
            "phase": "silent_mapping" if number % 2 else "opening",
            "round": number + 1,
            "began": 9.0,
        }
        found = debrief_of(moments=(*found.moments, moment(number + 3))).with_session(**clocks)
    assert [beside(path, f"backup-{n}").read_bytes() for n in BACKUPS] == states[-2:-5:-1]


def test_a_backup_holds_what_it_held_however_the_archive_was_damaged(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    found = years(path, "the first", "the marked one", "the third")
    path.write_bytes(path.read_bytes().replace(b"the first", b"the f1rst"))
    closed(path, found, debrief_of(moments=found.moments[::2]))
    assert holding(path, "the marked one") == []
    assert holding(path, "the first") == [".backup-2", ".backup-3"]


def test_a_backup_that_can_not_be_read_goes_and_one_that_is_another_archives_stays(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    found = years(path, "the first", "the marked one", "the third", "the fourth")
    beside(path, "backup-1").write_bytes(b"{ the marked one")
    theirs = json.dumps({"moments": {"2": {"session": "s9", "text": "another archive's"}}})
    beside(path, "backup-2").write_text(theirs, encoding="utf-8")
    closed(path, found, debrief_of(moments=found.moments[::3]))
    assert holding(path, "the marked one") == []
    assert not beside(path, "backup-2").exists()
    assert beside(path, "backup-3").read_text(encoding="utf-8") == theirs


def test_closes_that_fail_use_up_no_backup_and_later_ones_go_on_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logbook.json"
    found = years(path, "the first", "the marked one", "the third", "the fourth")
    archive = Archive(path)
    archive.commit(found, found := debrief_of(moments=(found.moments[0], *found.moments[2:])))
    really = Disk.rename
    with monkeypatch.context() as patch:
        patch.setattr(Disk, "rename", lambda disk, old, new: fails(5)() if new == path else really(disk, old, new))
        for _ in range(3):
            with pytest.raises(ArchiveError):
                archive.checkpoint()
    assert holding(path, "the marked one") == [""]
    archive.checkpoint()
    assert holding(path, "the marked one") == []
    assert holding(path, "the fourth") == ["", ".backup-1"]
    assert holding(path, "the first") == ["", ".backup-1", ".backup-2", ".backup-3"]
    for number in range(5, 9):
        before = path.read_bytes()
        archive.commit(found, found := debrief_of(moments=(*found.moments, moment(number))))
        archive.checkpoint()
        assert beside(path, "backup-1").read_bytes() == before


def test_what_a_crash_has_left_half_written_is_gone_after_the_next_close(tmp_path: Path) -> None:
    path = tmp_path / "logbook.json"
    found = years(path, "the first", "the marked one")
    for name in LEFTOVERS:
        beside(path, name).write_bytes(path.read_bytes())
    closed(path, found, debrief_of(moments=found.moments[:1]))
    assert holding(path, "the marked one") == []
    assert not any(beside(path, name).exists() for name in LEFTOVERS)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_in_the_place_of_a_backup_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "in" / "logbook.json"
    path.parent.mkdir()
    found = years(path, "the first", "the marked one")
    victim = tmp_path / "victim.json"
    victim.write_bytes(path.read_bytes())
    beside(path, "backup-1").unlink()
    beside(path, "backup-1").symlink_to(victim)
    closed(path, found, debrief_of(moments=found.moments[:1]))
    assert b"the marked one" in victim.read_bytes()
    assert beside(path, "backup-2").is_symlink()
    assert json.loads(beside(path, "backup-1").read_bytes())["moments"].keys() == {"1"}


@pytest.mark.parametrize("step", [5, *swept(1)])
def test_a_close_that_is_killed_at_any_call_leaves_all_whole_and_the_next_one_takes_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """At each call to the operating system that changes anything."""
    calls = ("open", "write", "sync", "sync_folder", "rename", "link", "remove")

    def until(path: Path, at: int) -> bool:
        """Whether a close ended before a number of calls was made."""
        found = years(path, "the first", "the marked one", "the third")
        archive = Archive(path)
        archive.commit(found, debrief_of(moments=found.moments[::2]))
        left = at
        with monkeypatch.context() as patch:
            for name in calls:
                really = getattr(Disk, name)

                def call(*arguments: Any, really: Any = really) -> Any:
                    nonlocal left
                    left -= 1
                    if left < 0:
                        raise Killed
                    return really(*arguments)

                patch.setattr(Disk, name, call)
            try:
                archive.close()
            except Killed:
                pass
            else:
                return True
        archive._storage._lock.release()
        return False

    at = 0
    while not until(path := tmp_path / f"{at}" / "logbook.json", at):
        for each in (path, *(beside(path, f"backup-{n}") for n in BACKUPS)):
            assert not each.exists() or json.loads(each.read_bytes())["moments"], (at, each)
        archive = Archive(path)
        assert [each.text for each in archive.debrief("p1").moments] == ["the first", "the third"], at
        new_probe(archive, "later", 1_794_060_000.0)
        assert archive.repair() is not None
        archive.close()
        assert holding(path, "the marked one") == [], at
        assert "the first" in beside(path, "backup-1").read_text(encoding="utf-8"), at
        at += step
    assert holding(path, "the marked one") == []
    assert at > 20


TEXTS = st.lists(st.sampled_from("abc"), max_size=3)
ROOMS = st.lists(st.dictionaries(st.integers(1, 4), TEXTS, max_size=4), min_size=2, max_size=7)


@settings(max_examples=15)
@given(ROOMS)
def test_whatever_is_said_and_taken_back_a_backup_never_says_more_than_the_archive(
    tmp_path_factory: pytest.TempPathFactory, rooms: list[dict[int, list[str]]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "logbook.json"
    states = [debrief_of(moments=tuple(moment(n, "".join(said)) for n, said in sorted(room.items()))) for room in rooms]
    before = None
    for found in states:
        before = closed(path, before, found)
        now = json.loads(path.read_bytes())
        for n in BACKUPS:
            if beside(path, f"backup-{n}").exists():
                assert grown(json.loads(beside(path, f"backup-{n}").read_bytes()), now), n


@pytest.mark.parametrize(
    ("old", "new", "grows"),
    [
        ("", "a", True),
        ("a", "b", False),
        ("a", "", False),
        (None, 0, True),
        (0, 1, False),
        (["a"], ["b", "a"], True),
        (["a", "b"], ["b", "a"], False),
        ({"by": None}, {"by": "Ana", "text": "x"}, True),
        ({"by": "Ana"}, {"by": None}, False),
        ({"by": "Ana"}, {}, False),
        ([{"by": "Ana"}], [{"by": "Bo"}, {"by": "Ana", "x": 1}], True),
        (False, True, True),
        (True, False, False),
    ],
)
def test_what_only_adds(old: object, new: object, grows: bool) -> None:
    assert grown(old, new) == grows
