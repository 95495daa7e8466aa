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

from collections.abc import Callable, Iterable, Mapping, Sequence

from store.debrief import OF_THE_GROUP
from store.exchange.bundle import Bundle, Row
from store.exchange.outgoing.debrief_json import FORM
from store.words.json_text import encoded

HEAD = ("redraw", "group", "anonymous")
"""What stands before the lists."""

GROUPS = tuple(kind.table for kind in OF_THE_GROUP)
"""The lists of what the group holds across probes."""


def write(
    put: Callable[[bytes], None],
    group: str,
    anonymous: bool,
    held: Mapping[str, Sequence[Row]],
    bundles: Iterable[Bundle],
) -> None:
    """Write an export.

    Args:
        put: takes the bytes.
        group: whose it is.
        anonymous: whether names and raw notes were left out.
        held: what the group holds across probes, by the names of `GROUPS`.
        bundles: the probes.
    """
    head = zip(HEAD, (FORM, group, anonymous), strict=True)
    put(b"{\n" + b"".join(b"%b: %b,\n" % (_json(name), _json(value)) for name, value in head))
    for name in GROUPS:
        _list(put, name, held[name])
        put(b",\n")
    _list(put, "probes", (bundle.row() for bundle in bundles))
    put(b"\n}\n")


def _list(put: Callable[[bytes], None], name: str, rows: Iterable[Row]) -> None:
    put(_json(name) + b": [")
    between = b"\n"
    for row in rows:
        put(between + _json(row))
        between = b",\n"
    put(b"]" if between == b"\n" else b"\n]")


def _json(value: object) -> bytes:
    return encoded(value).encode()
