"""Texts as people type, paste and break them, and a room full of one such text."""

import re
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from tests.helpers.sweeps import swept

ANY = st.text(st.characters(exclude_categories=()), max_size=30)
"""Any text at all, including lone surrogates and control characters."""

HOSTILE = (
    "array[/0]",
    "[click=app.exit]go[/]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "a\tb\nc\r\nd\x0b\x0c",
    "a\x00b",
    "\x7f\x80\x9b31m",
    "\u202eevil\u202c \u2066x\u2069 \u200f\u061c",
    "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈",
    "\u2028\u2029\x85",
    "a\ud800b",
    "\udfff\ud83d",
    "שלום عربى",
    "e\u0301 é İıiI",
    "  two blanks  ",
    "\ufeffbom\u00ad\u200b",
    '"quotes" \\ \\u0041 \\ud800 {\n}\n}\n',
    '\n},\n"meta":\n{\n"1": {}\n}\n}\n',
    "\U0010ffff\U000e0041",
    "x" * 10_000,
)


TELLING = ("array[/0]", "\x1b[31mred\x1b[0m \x1b]0;title\x07")
"""Markup that fails, and escape sequences: the texts that break most."""


def telling(texts: Iterable[str] = HOSTILE, always: Iterable[str] = TELLING) -> list[Any]:
    """Texts for `parametrize`: some always run, the others in the sweeps."""
    return [case for text in texts for case in ([text] if text in always else swept(text))]


def room(text: str) -> dict[str, Any]:
    """A room file with `text` in every field that takes text."""
    one, two, three = f"1{text}", f"2{text}", f"3{text}"

    def marks() -> list[dict[str, Any]]:
        places = ((one, 3, 4), (two, 5, 10), (three, 0, 6))
        return [{"by": name, "autonomy": x, "benefit": y} for name, x, y in places]

    return {
        "title": text,
        "issue": text,
        "scope": text,
        "place": text,
        "context": text,
        "our_organisation": text,
        "partners": [{"name": text, "kind": text, "power": text}],
        "non_negotiables": [text, text],
        "dissent": [{"voice": text, "pull": "autonomy", "text": text}],
        "proposals": [{"title": text, "placements": marks()}],
        "pact": {
            "purpose": text,
            "starts": "2026-11-06",
            "ends": "2026-11-07",
            "ends_at": "15:30",
            "sunset": "2026-11-09",
            "responsibilities": [{"who": text, "what": text}],
            "messaging": [text],
            "red_lines": [text],
        },
        "observations": [{"at": "2026-11-07T11:48", "by": text, "kind": text, "text": text}],
        "participants": [
            {"alias": one, "organisation": text, "role": text},
            {"alias": two, "organisation": text, "role": "facilitator"},
            {"alias": three, "organisation": text, "role": text},
        ],
        "moments": [
            {"by": text, "felt": "strengthened", "text": text},
            {"felt": "compromised", "text": text},
        ],
        "patterns": [{"group": 1, "felt": "compromised", "text": text, "from": [1, 0], "paper_maps": 2}],
        "expected": marks(),
        "actual": marks(),
        "amendments": [
            {
                "principle": text,
                "replaces": text,
                "because": [0],
                "decision": text,
                "reservations": [text, text],
            }
        ],
        "sovereignty": {"skills": {"change": -2, "note": text}},
        "turnout": 138,
        "feelings": {text: 2, two: 1},
        "close": {
            "next_facilitator": text,
            "rhythm": "pause",
            "sunset": "renew",
            "reason": text,
            "renewed_until": "2026-12-01",
            "no_amendment": text,
        },
    }


def said(value: object) -> list[str]:
    """Every string in a JSON value, without member names."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for member in value.values() for text in said(member)]
    return [text for member in value for text in said(member)] if isinstance(value, list) else []


_ACTED_ON = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(output: str) -> bool:
    """Whether a terminal only shows this output and acts on nothing in it. Line breaks are allowed."""
    return not _ACTED_ON.search(output)
