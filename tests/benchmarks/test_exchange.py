"""Exporting and importing a thousand sessions, compared with Python's own `json` on the same data.

Redraw's export writes a new file, syncs it and renames it. It is compared with `json.dump` into an open file, without sync or
rename. Redraw's import reads, checks and saves the file and makes a checkpoint, with two writes and two syncs. It is compared with
`json.load` and one write of the same data with one sync, and with `json.load` alone.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import import_file
from store.exchange.outgoing.export import export
from tests.benchmarks.measuring import Row, table
from tests.conftest import find_room

SESSIONS = 1_000
ROUNDS = 5

pytestmark = pytest.mark.benchmark


def _milliseconds(work: Callable[[], object]) -> float:
    os.sync()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of an archive of a thousand sessions, copied from two real rooms."""
    folder = tmp_path_factory.mktemp("exchange")
    sample = Archive(folder / "sample.json")
    for name in ("noise-protest", "tenants-canvass"):
        with find_room(name).open("rb") as file:
            import_file(sample, file.read, time.time())
    export(sample, (), "json", folder / "two.json", raw=True)
    sample.close()
    two = json.loads((folder / "two.json").read_bytes())
    lines = [json.dumps(each, ensure_ascii=False) for each in two["probes"]]
    many = []
    for at in range(1, SESSIONS + 1):
        line = lines[at % 2]
        for number in (1, 2):
            line = line.replace(f'"p{number}"', f'"p#{at}"').replace(f'"s{number}"', f'"s#{at}"')
            line = line.replace(two["probes"][number - 1]["probe"]["uid"], f"uid-{at}")
        many.append(json.loads(line.replace("#", "")))
    first = folder / "first.json"
    first.write_text(json.dumps({**two, "probes": many}, ensure_ascii=False), encoding="utf-8")
    archive = Archive(folder / "archive.json")
    with first.open("rb") as file:
        import_file(archive, file.read, 0.0)
    archive.close()
    assert len(Archive(archive.path).rows("sessions")) == SESSIONS
    return export(Archive(archive.path), (), "json", folder / "out.json", raw=True)


def test_export_against_json_dump(exported: Path, tmp_path: Path) -> None:
    archive = exported.with_name("archive.json")
    data = json.loads(exported.read_bytes())

    def ours(raw: bool, form: str = "json") -> None:
        place = tmp_path / ("tables" if form == "csv" else f"ours.{form}")
        export(Archive(archive), (), form, place, raw=raw, force=True)

    def dump() -> None:
        with (tmp_path / "theirs.json").open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)

    def dumps() -> None:
        (tmp_path / "theirs.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    ways: dict[str, Callable[[], None]] = {
        "ours": lambda: ours(raw=True),
        "nameless": lambda: ours(raw=False),
        "md": lambda: ours(raw=False, form="md"),
        "csv": lambda: ours(raw=False, form="csv"),
        "dump": dump,
        "dumps": dumps,
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            taken[name].append(_milliseconds(way))
    size = exported.stat().st_size / 2**20
    table(
        f"Export of {SESSIONS:,} sessions, {size:.0f} MiB, with its archive opened, against json.dump of the same data",
        "ms",
        [
            Row("JSON with raw notes", taken["ours"], taken["dump"], 2),
            Row("JSON without names and raw notes", taken["nameless"], taken["dump"], 2),
            Row("the first against json.dumps and a write", taken["ours"], taken["dumps"], float("inf")),
            Row("for comparison: Markdown", taken["md"], taken["dump"], float("inf")),
            Row("for comparison: tables", taken["csv"], taken["dump"], float("inf")),
        ],
    )


def test_import_against_json_load_and_a_write(exported: Path, tmp_path: Path) -> None:
    other = json.dumps({"title": "ours", "our_organisation": "Us"}).encode()

    def ours(path: Path, filled: bool) -> None:
        archive = Archive(path)
        if filled:
            import_file(archive, io.BytesIO(other).read, 0.0)
        with exported.open("rb") as file:
            assert len(import_file(archive, file.read, 0.0, fill=True).probes) == SESSIONS
        archive.close()

    def again(path: Path) -> None:
        archive = Archive(path)
        with exported.open("rb") as file:
            assert {each.how for each in import_file(archive, file.read, 0.0).probes} == {"same"}
        archive.close()

    def load() -> object:
        with exported.open("rb") as file:
            return json.load(file)

    def theirs() -> None:
        data = load()
        with (tmp_path / "theirs.json").open("w", encoding="utf-8") as file:
            file.write(json.dumps(data, ensure_ascii=False))
            file.flush()
            os.fsync(file.fileno())

    taken: dict[str, list[float]] = {name: [] for name in ("empty", "filled", "again", "theirs", "load")}
    for at in range(ROUNDS):
        taken["empty"].append(_milliseconds(lambda at=at: ours(tmp_path / f"{at}.json", filled=False)))  # type: ignore[misc]
        taken["theirs"].append(_milliseconds(theirs))
        taken["filled"].append(_milliseconds(lambda at=at: ours(tmp_path / f"f{at}.json", filled=True)))  # type: ignore[misc]
        taken["load"].append(_milliseconds(load))
        taken["again"].append(_milliseconds(lambda at=at: again(tmp_path / f"f{at}.json")))  # type: ignore[misc]
    table(
        f"Import of {SESSIONS:,} sessions, saved and in one file, against json.load and one plain write with one sync",
        "ms",
        [
            Row("into an empty archive", taken["empty"], taken["theirs"], 1.6),
            Row("beside our own probes", taken["filled"], taken["theirs"], 1.6),
            Row("for comparison: once more, nothing changes", taken["again"], taken["theirs"], float("inf")),
            Row("for comparison: the first against json.load", taken["empty"], taken["load"], float("inf")),
        ],
    )


def test_peak_memory_of_large_files(exported: Path, tmp_path: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from store.archive.archive import Archive
from store.exchange.outgoing.export import export
from store.exchange.incoming.importing import import_file
from tests.benchmarks.measuring import peak
archive = Archive(Path(sys.argv[2]))
if sys.argv[3] == "in":
    with open(sys.argv[1], "rb") as file:
        import_file(archive, file.read, 0.0)
    archive.close()
else:
    export(archive, (), "json", Path(sys.argv[1]), raw=True, force=True)
print(peak(os.getpid()))
"""
    plain = "import json, os, sys; data = json.load(open(sys.argv[1], 'rb')); from tests.benchmarks.measuring import peak; print(peak(os.getpid()))"

    def held(*arguments: str) -> float:
        done = subprocess.run([sys.executable, "-c", *arguments], check=True, capture_output=True, text=True)
        return float(done.stdout)

    size = exported.stat().st_size / 2**20
    came_in = held(script, str(exported), str(tmp_path / "memory.json"), "in")
    went_out = held(script, str(tmp_path / "out.json"), str(tmp_path / "memory.json"), "out")
    print(
        f"\n\npeak memory with {size:.0f} MiB: import {came_in:.0f} MiB, export {went_out:.0f} MiB; json.load alone"
        f" {held(plain, str(exported)):.0f} MiB"
    )
