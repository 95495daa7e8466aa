"""A pytest plugin that runs TinyDB's own tests against our durable storage.

`.ci/run` runs the tests of the locked release in their own folder with `-p tests.helpers.tinydb_suite`. They are also in a package
called `tests`, and `--import-mode importlib` keeps the two apart. Those tests get DurableStorage instead of JSONStorage, and every
table is a DurableTable.
"""

from pathlib import Path

import pytest
import tinydb
import tinydb.storages
from tinydb import TinyDB

from store.archive.storage import DurableStorage
from store.archive.table import DurableTable

OWN_ARGUMENT = "tests an argument of JSONStorage's own"
OWN_HANDLE = "looks at JSONStorage's file handle"
OWN_NAME = "wants the names of TinyDB's own classes"

EXCLUDED = {
    "test_caching_json_write": OWN_HANDLE,
    "test_json_kwargs": OWN_ARGUMENT,
    "test_json_read": OWN_ARGUMENT,
    "test_create_dirs": OWN_ARGUMENT,
    "test_encoding": OWN_ARGUMENT,
    "test_json_invalid_mode_warning": OWN_ARGUMENT,
    "test_table_repr[memory]": OWN_NAME,
    "test_table_repr[json]": OWN_NAME,
}


class Storage(DurableStorage):
    """Accepts and ignores the one argument that unrelated tests pass, since we never escape letters."""

    def __init__(self, path: str, ensure_ascii: bool = False) -> None:
        assert not ensure_ascii
        super().__init__(path)


tinydb.JSONStorage = tinydb.storages.JSONStorage = Storage  # type: ignore[misc, assignment]
TinyDB.default_storage_class = Storage  # type: ignore[assignment]
TinyDB.table_class = DurableTable


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, by name, the tests of JSONStorage itself."""
    own = Path(tinydb.__file__).is_relative_to(config.rootpath.parent)
    assert not own, "test the installed TinyDB, not a copy beside its tests"
    left_out = [item for item in items if item.name in EXCLUDED]
    assert {item.name for item in left_out} == EXCLUDED.keys()
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
