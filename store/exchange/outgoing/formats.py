"""The formats of an export. A new one is a module and a line here.

The modules are loaded when they write: the command line reads this table at each start.
"""

from typing import NamedTuple


class Format(NamedTuple):
    """One way to write an export.

    Attributes:
        name: what it is called on the command line, and how the names of its files end.
        about: what it is, for the help.
        module: where its `file(contents)` is, which yields the bytes of the file; of a folder its `files(contents)`, which
            gives the bytes of each file by the file's name.
        folder: whether it is several files, for which a folder is needed and standard output won't do.
    """

    name: str
    about: str
    module: str
    folder: bool = False


FORMATS = {
    each.name: each
    for each in (
        Format("md", "a document to read", "store.exchange.outgoing.markdown"),
        Format("csv", "a folder of tables for a spreadsheet", "store.exchange.outgoing.csv_tables", folder=True),
        Format("json", "what “redraw import” takes", "store.exchange.outgoing.json_document"),
    )
}
"""The formats by their names."""
