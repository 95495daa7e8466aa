"""User text: kept exactly as typed, and shown with nothing in it hidden."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_BIDI_CONTROL = "\N{LEFT RIGHT ARROW}"
_FORMAT_CONTROL = "\N{MIDDLE DOT}"

_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # the Unicode control pictures
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _BIDI_CONTROL),
    **dict.fromkeys((0x00AD, 0x180E, 0x200B, 0x2028, 0x2029, 0xFEFF), _FORMAT_CONTROL),
    **dict.fromkeys((*range(0x2060, 0x2065), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)), _FORMAT_CONTROL),
    **dict.fromkeys((*range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE0080)), _FORMAT_CONTROL),
}


LETTERS, LINES = 100_000, 2_000
"""Letters of a text, and lines of a paste, at most."""


def too_long(text: str) -> str:
    """Why a text is too long to be typed or pasted at once, as a sentence; empty where it isn't."""
    if len(text) > LETTERS:
        return f"That is {len(text):,} letters, and {LETTERS:,} can come in at a time: leave some out."
    if (lines := text.count("\n") + 1) > LINES:
        return f"That is {lines:,} lines, and {LINES:,} can come in at a time: paste it in parts."
    return ""


def visible(text: str) -> str:
    """`text` with each control character replaced by one visible character, so that lengths and cursors still match.

    Escape becomes ``␛``, a newline ``␊``, a bidirectional control ``↔``, a lone surrogate ``\N{REPLACEMENT CHARACTER}``.
    Zero-width joiners stay, because emoji need them.
    """
    return text.translate(_SHOWN)


def clipped(text: str, length: int) -> str:
    """`text` made `visible` and cut to at most `length` characters, with an ellipsis if anything was cut."""
    if len(text) > length:
        text = text[: max(0, length - 1)] + "…"
    return visible(text)


BOM = "\ufeff"
"""The byte-order mark that some programs put before a text; it is no part of it."""


def encoding_of(head: bytes) -> str:
    """The encoding of a text that begins so: UTF-16 by its mark or by the NULs in every other place, otherwise UTF-8.

    A mark is dropped in decoding.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[first::2], head[1 - first :: 2]
        if len(zeros) == len(others) < 2 * zeros.count(0) and not others.count(0):
            return encoding
    return "utf-8-sig"


def decoded(data: bytes) -> str:
    """Piped text, its line ends as line feeds; a byte that can't be decoded becomes a lone surrogate or a replacement character."""
    encoding = encoding_of(data)
    text = data.decode(encoding, "surrogateescape" if encoding == "utf-8-sig" else "replace")
    return text.replace("\r\n", "\n")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a paste that aren't blank. Only line breaks split lines; a form feed stays inside its line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(line for line in lines if line.strip())
