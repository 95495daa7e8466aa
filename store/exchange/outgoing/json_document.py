"""An export as JSON: lossless with raw notes, and what `redraw import` takes.

    {
    "redraw": 1,
    "group": "Kettle and Key",
    "anonymous": false,
    "guidelines": [
    {…},
    {…}
    ],
    "non_negotiables": […],
    "recurring_patterns": […],
    "probes": [
    {"probe": {…}, "sessions": […], "participants": […], "moments": […], …},
    {…}
    ]
    }

A probe stands on one line, and the names come in an order that lets whoever reads know all that is needed before the first.
"""

from collections.abc import Iterable

from store.debrief import OF_THE_GROUP
from store.exchange.bundle import Row
from store.exchange.outgoing.contents import Contents
from store.exchange.outgoing.debrief_json import FORM
from store.exchange.outgoing.files import Fill, Put
from store.words.json_text import encoded

HEAD = ("redraw", "group", "anonymous")
"""What stands before the lists."""

GROUPS = tuple(kind.table for kind in OF_THE_GROUP)
"""The lists of what the group holds across probes."""


def files(contents: Contents) -> dict[str, Fill]:
    """The file."""

    def write(put: Put) -> None:
        head = zip(HEAD, (FORM, contents.group, not contents.raw), strict=True)
        put(b"{\n" + b"".join(b"%b: %b,\n" % (_json(name), _json(value)) for name, value in head))
        held = contents.held()
        for name in GROUPS:
            _list(put, name, held[name])
            put(b",\n")
        _list(put, "probes", (bundle.row() for bundle in contents.bundles()))
        put(b"\n}\n")

    return {f"{contents.name}.json": write}


def _list(put: Put, name: str, rows: Iterable[Row]) -> None:
    put(_json(name) + b": [")
    between = b"\n"
    for row in rows:
        put(between + _json(row))
        between = b",\n"
    put(b"]" if between == b"\n" else b"\n]")


def _json(value: object) -> bytes:
    return encoded(value).encode()
