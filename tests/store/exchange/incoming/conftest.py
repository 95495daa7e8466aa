"""Our archive, and an export of another group's."""

from pathlib import Path

import pytest

from store.archive.archive import Archive
from tests.helpers.imports import OURS, THEIRS, holding, out


@pytest.fixture
def ours(tmp_path: Path) -> Archive:
    return holding(tmp_path / "ours.json", OURS)


@pytest.fixture
def theirs(tmp_path: Path) -> bytes:
    return out(holding(tmp_path / "theirs.json", THEIRS), tmp_path / "theirs-out.json")
