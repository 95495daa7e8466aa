"""The formats of an export. A new one is a module with a function `files`, and a line here.

The modules are loaded when they write: the command line reads this table at each start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.exchange.outgoing.contents import Contents
    from store.exchange.outgoing.files import Fill


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an export.

    Attributes:
        name: what it is called on the command line.
        about: what it is, for the help.
        module: where its `files` is.
        folder: whether it is several files, for which a folder is needed and standard output won't do.
    """

    name: str
    about: str
    module: str
    folder: bool = False

    def files(self, contents: "Contents") -> "Mapping[str, Fill]":
        """What writes each of its files, by the file's name; just one unless it is a folder."""
        found: Mapping[str, Fill] = import_module(self.module).files(contents)
        return found


FORMATS = {
    each.name: each
    for each in (
        Format("md", "a document to read", "store.exchange.outgoing.markdown"),
        Format("csv", "a folder of tables for a spreadsheet", "store.exchange.outgoing.csv_tables", folder=True),
        Format("json", "what “redraw import” takes", "store.exchange.outgoing.json_document"),
    )
}
"""The formats by their names."""
