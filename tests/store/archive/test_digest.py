"""What is kept in memory of each document: made once, again only where a document changed, and never out of date."""

import json
from pathlib import Path
from typing import Any

import pytest

from store.archive.digest import Digest
from store.archive.disk.changes import Changes
from store.archive.storage import DurableStorage


class Made:
    """What is made of a document; it counts how often that is done."""

    times = 0

    def __init__(self, row: dict[str, Any]) -> None:
        type(self).times += 1
        self.text = row["text"]


@pytest.fixture
def kept(path: Path) -> DurableStorage:
    """An archive with three documents in its file."""
    Made.times = 0
    storage = DurableStorage(path)
    storage.change(Changes(tables={"moments": {at: row("first") for at in (1, 2, 3)}}))
    storage.checkpoint()
    return storage


def row(text: str) -> bytes:
    return json.dumps({"text": text, "role": "one"}).encode()


def texts(digest: Digest[Made], storage: DurableStorage) -> dict[int, str]:
    return {id: each.text for id, each in sorted(digest.now(storage.tables).items())}


def test_only_what_changed_is_made_again(kept: DurableStorage) -> None:
    digest = Digest("moments", Made)
    before = dict(digest.now(kept.tables))
    assert Made.times == 3
    kept.change(Changes(tables={"moments": {2: row("second"), 3: None, 4: row("new")}}))
    assert texts(digest, kept) == texts(digest, kept) == {1: "first", 2: "second", 4: "new"}
    assert digest.now(kept.tables)[1] is before[1]
    assert Made.times == 5


def test_a_checkpoint_and_another_process_are_followed(kept: DurableStorage, path: Path) -> None:
    digest, reader = Digest("moments", Made), DurableStorage(path)
    before = dict(digest.now(reader.tables))
    kept.change(Changes(tables={"moments": {2: row("second")}}))
    kept.checkpoint()
    kept.change(Changes(tables={"moments": {3: row("third")}}))
    assert texts(digest, reader) == {1: "first", 2: "first", 3: "first"}
    assert reader.follow()
    assert texts(digest, reader) == {1: "first", 2: "second", 3: "third"}
    assert digest.now(reader.tables)[1] is before[1]
    assert Made.times == 5


def test_only_some_are_kept_where_only_some_are_wanted(kept: DurableStorage) -> None:
    digest = Digest("moments", Made, ("role", "other"))
    assert texts(digest, kept) == {}
    kept.change(Changes(tables={"moments": {1: b'{"text": "now", "role": "other"}'}}))
    assert texts(digest, kept) == {1: "now"}
    kept.checkpoint()
    assert texts(digest, kept) == {1: "now"}
    kept.change(Changes(tables={"moments": {1: row("and back")}}))
    assert texts(digest, kept) == {}


def test_a_table_that_was_dropped_is_empty(kept: DurableStorage) -> None:
    digest = Digest("moments", Made)
    assert texts(digest, kept)
    kept.change(Changes({"moments"}))
    assert texts(digest, kept) == {}


def test_damage_is_raised_every_time(kept: DurableStorage) -> None:
    digest = Digest("moments", Made)
    kept.change(Changes(tables={"moments": {2: b'{"no": "text"}'}}))
    for _ in range(2):
        with pytest.raises(KeyError):
            digest.now(kept.tables)
