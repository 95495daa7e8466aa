"""A pytest plugin under which TinyDB's own tests run against the durable storage.

`.ci/run` does it with the tests of the release that is locked, in their own folder, with `-p tests.helpers.tinydb_suite`. They are in a
package called `tests` too; `--import-mode importlib` keeps the two apart. Wherever those tests say JSONStorage they get
DurableStorage, and every table is a DurableTable.
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
    """Takes the one argument that tests pass which are not about it: letters stand as they are in any case."""

    def __init__(self, path: str, ensure_ascii: bool = False) -> None:
        assert not ensure_ascii
        super().__init__(path)


tinydb.JSONStorage = tinydb.storages.JSONStorage = Storage  # type: ignore[misc, assignment]
TinyDB.default_storage_class = Storage  # type: ignore[assignment]
TinyDB.table_class = DurableTable


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, by name, what tests JSONStorage itself."""
    own = Path(tinydb.__file__).is_relative_to(config.rootpath.parent)
    assert not own, "the TinyDB that is installed is to be tested, not one that lies beside its tests"
    left_out = [item for item in items if item.name in EXCLUDED]
    assert {item.name for item in left_out} == EXCLUDED.keys()
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
