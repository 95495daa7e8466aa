"""The table of formats: whoever adds one writes a module and a line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from store.archive.archive import Archive
from store.exchange.outgoing.export import Contents, export
from store.exchange.outgoing.formats import FORMATS, Format
from tests.helpers.exports import SLUICES, with_room


def file(contents: Contents) -> Iterator[bytes]:
    """The format that is added: who is named, a line each."""
    yield "\n".join(row["alias"] for bundle in contents.bundles for row in bundle.lists["participants"]).encode()


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format more."""
    module = ModuleType("a_new_format")
    module.file = file  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_new_format", module)
    monkeypatch.setitem(FORMATS, "txt", Format("txt", "a list of people", "a_new_format"))


@pytest.mark.usefixtures("added")
def test_a_format_is_added_by_a_line(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, SLUICES)
    place = export(archive, (), "txt", tmp_path)
    assert place.name == "p1.txt"
    assert set(place.read_text("utf-8").split("\n")) == {"Sluice Street Assembly", "somebody"}
    parts: list[bytes] = []
    export(archive, (), "txt", Path("-"), raw=True, stream=parts.append)
    assert b"Hettie" in b"".join(parts)


ADDED = """
import sys
from store.exchange.outgoing.formats import FORMATS, Format
FORMATS["txt"] = Format("txt", "a list of people", "tests.store.exchange.test_formats")
from tui.start import main
main()
"""


def test_the_command_line_offers_and_writes_it_too(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, SLUICES)
    archive.close()

    def redraw(*arguments: str) -> str:
        command = [sys.executable, "-c", ADDED, "--archive", str(archive.path), "export", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "txt: a list of people" in " ".join(redraw("--help").split())
    listed = redraw("--format", "txt", "--output", "-").splitlines()  # in an order made anew each time
    assert sorted(listed) == ["Sluice Street Assembly"] * 4 + ["somebody"] * 2
