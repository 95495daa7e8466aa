"""What is pasted reaches the app as it was, in whatever pieces the terminal's bytes are read."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tui.terminal import BEGIN, END, PasteDecoder, undisguised

BEFORE, AFTER = BEGIN.encode(), END.encode()

TYPED = st.sampled_from(
    (b"a", b"\r", b"\t", "é".encode(), "🏳️‍🌈".encode(), b"\x1b", b"\x1b[A", b"\x1b[20~", b"\x1b[2", b"\x00")
)
PASTED = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        (
            b"\x1b",
            b"\x1b[31m",
            b"\x1b[200~",
            b"\x1b[201",
            b"\x1b]0;t\x07",
            b"\x00",
            b"caf\xe9",
            b"\xe2\x82",
            b"\xed\xb0\x9b",
        )
    ),
)
STREAM = st.lists(
    st.one_of(TYPED, PASTED.map(lambda body: BEFORE + body + AFTER), PASTED, st.sampled_from((BEFORE, AFTER)))
).map(b"".join)


def pieces(data: bytes, cuts: list[int]) -> Iterator[bytes]:
    """`data` cut at some places."""
    at = 0
    for cut in sorted(cut % (len(data) + 1) for cut in cuts):
        yield data[at:cut]
        at = cut
    yield data[at:]


def decoded(*parts: bytes) -> str:
    """What the parts become, with everything that was held back."""
    decoder = PasteDecoder()
    return "".join(map(decoder.decode, parts)) + decoder.decode(b"", final=True)


def arrived(*parts: bytes) -> list[str]:
    """The pastes that reach the app through Textual's own parser."""
    decoder, parser = PasteDecoder(), XTermParser()
    read = filter(None, map(decoder.decode, parts))  # nothing at all would be the end of the input
    found = [event for text in read for event in parser.feed(text)]
    return [undisguised(event.text) for event in found if isinstance(event, events.Paste)]


@given(STREAM, st.lists(st.integers(min_value=0)))
def test_it_makes_no_difference_in_which_pieces_the_bytes_are_read(stream: bytes, cuts: list[int]) -> None:
    assert decoded(*pieces(stream, cuts)) == decoded(stream)


@given(
    st.lists(PASTED).map(b"".join).filter(lambda body: bool(body) and AFTER not in body),
    st.lists(st.integers(min_value=0)),
)
def test_every_byte_of_a_paste_arrives(body: bytes, cuts: list[int]) -> None:
    stream = BEFORE + body + AFTER + b"x"
    assert arrived(*pieces(stream, cuts)) == [body.decode("utf-8", "surrogateescape")]


@given(st.lists(TYPED).map(b"".join))
def test_what_is_typed_goes_on_at_once_and_as_it_is(typed: bytes) -> None:
    decoder = PasteDecoder()
    letters = [decoder.decode(bytes([byte])) for byte in typed]
    assert "".join(letters) == typed.decode()
    assert all(letter for letter, byte in zip(letters, typed, strict=True) if byte < 0x80)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"two\r\nlines", "two\r\nlines"),
        (b"caf\xe9", "caf\udce9"),
        (b"\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"),
        (b"a\x00b", "a\x00b"),
        (b"ends in escape\x1b", "ends in escape\x1b"),
        ("שלום 👩‍👧".encode(), "שלום 👩‍👧"),
    ],
)
def test_broken_bytes_and_control_characters_stay_in_a_paste(body: bytes, text: str) -> None:
    assert arrived(BEFORE + body + AFTER, b"x") == [text]


def test_a_mark_that_is_read_in_two_pieces_begins_a_paste() -> None:
    for cut in range(1, len(BEFORE)):
        assert arrived(BEFORE[:cut], BEFORE[cut:] + b"\x1b[31mred", AFTER, b"x") == ["\x1b[31mred"]


def test_escape_is_not_held_back() -> None:
    assert PasteDecoder().decode(b"\x1b") == "\x1b"
