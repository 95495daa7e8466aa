"""A document's line in the archive's file: its number, and the document as JSON."""


def line_of(id: int, document: bytes) -> bytes:
    """The line, without the comma and the newline behind it."""
    return b'"%d": %b' % (id, document)


def document_in(line: bytes) -> tuple[int, bytes]:
    """The number and the document of a line, which is without its newline.

    Raises:
        ValueError: it is no such line.
    """
    number, colon, document = line.partition(b'": ')
    if not colon or number[:1] != b'"' or not number[1:].isdigit():
        raise ValueError("a line that is no document")
    return int(number[1:]), document.removesuffix(b",")
