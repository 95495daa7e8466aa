"""The shapes of large letters, drawn in bits: digits, capitals, signs, and the marks that accented letters are composed of.

A letter is as wide as it needs, five rows high, and in a sixth row is only what hangs below the line. The letters of a table
stand beside one another, parted by upright strokes, so that a table can be read as it will look.
"""

from collections.abc import Mapping
from typing import TypeAlias

Font: TypeAlias = Mapping[str, tuple[str, ...]]
"""For each letter its rows, from the top."""

DIGITS = "0123456789:+"


def font(letters: str, *rows: str) -> Font:
    """The font that these rows draw: the letters beside one another, parted by upright strokes."""
    return dict(zip(letters, zip(*(row.split("|") for row in rows), strict=True), strict=True))


SMALL = font(
    DIGITS,
    "###| # |###|###|# #|###|###|###|###|###| |   ",
    "# #|## |  #|  #|# #|#  |#  |  #|# #|# #|#| # ",
    "# #| # |###|###|###|###|###|  #|###|###| |###",
    "# #| # |#  |  #|  #|  #|# #|  #|# #|  #|#| # ",
    "###|###|###|###|  #|###|###|  #|###|###| |   ",
)
"""Digits without the sixth row: a time is as high as its digits."""

_LATIN: Font = {
    **font(
        "ABCDEFGHIJKLM",
        " # |## | ##|## |###|###| ##|# #|#|  #|# #|#  |#   #",
        "# #|# #|#  |# #|#  |#  |#  |# #|#|  #|# #|#  |## ##",
        "###|## |#  |# #|## |## |# #|###|#|  #|## |#  |# # #",
        "# #|# #|#  |# #|#  |#  |# #|# #|#|# #|# #|#  |#   #",
        "# #|## | ##|## |###|#  | ##|# #|#| # |# #|###|#   #",
        "   |   |   |   |   |   |   |   | |   |   |   |     ",
    ),
    **font(
        "NOPQRSTUVWXYZ",
        "#  #| # |## | # |## | ##|###|# #|# #|#   #|# #|# #|###",
        "## #|# #|# #|# #|# #|#  | # |# #|# #|#   #|# #|# #|  #",
        "# ##|# #|## |# #|## | # | # |# #|# #|# # #| # | # | # ",
        "#  #|# #|#  |# #|# #|  #| # |# #|# #|## ##|# #| # |#  ",
        "#  #| # |#  | ##|# #|## | # |###| # |#   #|# #| # |###",
        "    |   |   |   |   |   |   |   |   |     |   |   |   ",
    ),
    **font(
        "ÆŒØÐĐĦŁŊÞẞŦƏĸ",
        " ####| ####| ####| ## | ## | # # | #  |#  #|#  |### |###| ## |   ",
        "# #  |# #  |#  ##| # #| # #|#####| ## |## #|## |#  #| # |   #|# #",
        "#### |# ###|# # #|## #|## #| ### |##  |# ##|# #|# # |###|####|## ",
        "# #  |# #  |##  #| # #| # #| # # | #  |#  #|## |#  #| # |#  #|## ",
        "# ###| ####|#### | ## | ## | # # | ###|#  #|#  |# # | # | ## |# #",
        "     |     |     |    |    |     |    |  # |   |    |   |    |   ",
    ),
    **font(
        "ŢȚªºµ",  # a mark below T would only make its stem longer
        "###|###| ##| # |   ",
        " # | # |# #|# #|# #",
        " # | # | ##| # |# #",
        "   |   |   |   |# #",
        " # | # |###|###|###",
        "#  |#  |   |   |#  ",
    ),
}

_GREEK: Font = {
    **font(
        "ΓΔΘΛΞΠΣΦΨΩ",
        "###|  #  | ### |  #  |####|####|####| ### |# # #| ### ",
        "#  | # # |#   #| # # |    |#  #| #  |# # #|# # #|#   #",
        "#  | # # |# # #| # # | ## |#  #|  # |# # #| ### |#   #",
        "#  |#   #|#   #|#   #|    |#  #| #  | ### |  #  | # # ",
        "#  |#####| ### |#   #|####|#  #|####|  #  |  #  |## ##",
        "   |     |     |     |    |    |    |     |     |     ",
    ),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", map(_LATIN.__getitem__, "ABEZHIKMNOPTYX"), strict=True)),
}

_CYRILLIC: Font = {
    **font(
        "БДЖЗИЛУЦЧШЩ",
        "###|  ## |# # #|## |#  #| ###|# #|# # |# #|# # #|# # # ",
        "#  | # # |# # #|  #|#  #| # #|# #|# # |# #|# # #|# # # ",
        "## | # # | ### | # |# ##| # #| ##|# # | ##|# # #|# # # ",
        "# #|#####|# # #|  #|## #| # #|  #|# # |  #|# # #|# # # ",
        "## |#   #|# # #|## |#  #|#  #|## |####|  #|#####|######",
        "   |     |     |   |    |    |   |   #|   |     |     #",
    ),
    **font(
        "ЪЫЬЭЮЯЄҐЂЋЉЊЏ",
        "##  |#   #|#  |### |#  ## | ##| ###|  #|#### |#### | ###  |# #  |# #",
        " #  |#   #|#  |   #|# #  #|# #|#   |###| #   | #   | # #  |# #  |# #",
        " ## |##  #|## | ###|###  #| ##|### |#  | ### | ### | # ## |#### |# #",
        " # #|# # #|# #|   #|# #  #|# #|#   |#  | #  #| #  #| # # #|# # #|# #",
        " ## |##  #|## |### |#  ## |# #| ###|#  | #  #| #  #|#  ## |# ## |###",
        "    |     |   |    |      |   |    |   |   # |     |      |     | # ",
    ),
    **dict(zip("АВЕКМНОРСТХІЈЅ", map(_LATIN.__getitem__, "ABEKMHOPCTXIJS"), strict=True)),
    **dict(zip("ГПФ", map(_GREEK.__getitem__, "ΓΠΦ"), strict=True)),
}

_SIGNS: Font = {
    **font(
        ".,;!?'’\"“”-−–—…×/()&",
        " |  |  |#|## |#|#|# #|# #|# #|  |   |   |    |     |   |  #| #|# | # ",
        " |  |  |#|  #|#|#|# #|# #|# #|  |   |   |    |     |# #|  #|# | #|# #",
        " |  | #|#| # | | |   |   |   |##|###|###|####|     | # | # |# | #| # ",
        " |  |  | |   | | |   |   |   |  |   |   |    |     |# #|#  |# | #|# #",
        "#| #| #|#| # | | |   |   |   |  |   |   |    |# # #|   |#  | #|# | ##",
        " |# |# | |   | | |   |   |   |  |   |   |    |     |   |   |  |  |   ",
    ),
    **font(
        "‘ʼ‚„¡¿«»‹›·•%#=*_<>[]{}|\\",
        "#|#|  |    | |   |    |    |  |  | |  |# #| # # |   |  #  |   |  #|#  |##|##| ##|## |#|#  ",
        "#|#|  |    |#| # | # #|# # | #|# | |  |  #|#####|###|# # #|   | # | # |# | #| # | # |#|#  ",
        " | |  |    | |   |# # | # #|# | #|#|##| # | # # |   | ### |   |#  |  #|# | #|#  |  #|#| # ",
        " | |  |    |#| # | # #|# # | #|# | |##|#  |#####|###|# # #|   | # | # |# | #| # | # |#|  #",
        " | | #| # #|#|#  |    |    |  |  | |  |# #| # # |   |  #  |   |  #|#  |##|##| ##|## |#|  #",
        " | |# |# # |#| ##|    |    |  |  | |  |   |     |   |     |###|   |   |  |  |   |   |#|   ",
    ),
    **font(
        "@$€£§°→←÷±^~`",
        " ### | ####|  ###|  ##| ###| # |     |     | # | # | # |    |# ",
        "# # #|# #  | #   | #  |##  |# #|   # | #   |   |###|# #| # #| #",
        "# ###| ### |#### |### |# # | # |#####|#####|###| # |   |# # |  ",
        "#    |  # #| #   | #  | # #|   |   # | #   |   |   |   |    |  ",
        " ### |#### |  ###|####|  ##|   |     |     | # |###|   |    |  ",
        "     |     |     |    |### |   |     |     |   |   |   |    |  ",
    ),
}

LETTERS: Font = {
    **_LATIN,
    **_GREEK,
    **_CYRILLIC,
    **_SIGNS,
    **{digit: (*rows, " " * len(rows[0])) for digit, rows in SMALL.items()},
}
"""Capitals, digits and signs. Letters that print alike, such as the three A, are drawn alike."""

ABOVE: Font = {
    "\N{COMBINING GRAVE ACCENT}": ("#  ", " # "),
    "\N{COMBINING ACUTE ACCENT}": ("  #", " # "),
    "\N{COMBINING CIRCUMFLEX ACCENT}": (" # ", "# #"),
    "\N{COMBINING TILDE}": ("## #", "# ##"),
    "\N{COMBINING MACRON}": ("###",),
    "\N{COMBINING BREVE}": ("#  #", " ## "),
    "\N{COMBINING DOT ABOVE}": ("#",),
    "\N{COMBINING DIAERESIS}": ("# #",),
    "\N{COMBINING RING ABOVE}": (" # ", "# #", " # "),
    "\N{COMBINING DOUBLE ACUTE ACCENT}": (" # #", "# # "),
    "\N{COMBINING CARON}": ("# #", " # "),
    "\N{COMBINING HOOK ABOVE}": ("##", " #"),
    "\N{COMBINING DIAERESIS}\N{COMBINING ACUTE ACCENT}": ("  #  ", "# # #"),
}
"""Marks above a letter, from one row to three. Others that are above it together stand side by side."""

BELOW: Mapping[str, str] = {
    "\N{COMBINING COMMA BELOW}": "middle",
    "\N{COMBINING CEDILLA}": "middle",
    "\N{COMBINING DOT BELOW}": "middle",
    "\N{COMBINING OGONEK}": "end",
}
"""Marks below a letter, each a bit in the sixth row, and where that stands."""

HORN = "\N{COMBINING HORN}"
"""A mark that grows out of a letter: a bit at its upper right."""
