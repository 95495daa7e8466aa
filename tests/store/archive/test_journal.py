"""The journal's lines: one chain, in which a torn end is told from damage."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive.disk import journal
from store.archive.disk.changes import Changes
from store.archive.disk.journal import Chain, Damaged, header, mark, read
from tests.helpers.texts import ANY


def lines_of(*contents: bytes, base: str = "b0") -> list[bytes]:
    """The lines of a journal upon a file."""
    chain = Chain()
    lines = []
    for content in (header([base]), *contents):
        line, chain = chain.line(content)
        lines.append(line)
    return lines


def content(number: int) -> bytes:
    return Changes(tables={"moments": {number: b'{"text": "\\u2028 %d"}' % number}}).content()


FIVE = lines_of(*(content(number) for number in range(1, 6)))


def saved(data: bytes) -> list[int]:
    """The numbers of the documents that are in a journal."""
    return [int(id) for change in read(data).changes for id in change["tables"]["moments"]]


SEALED = st.none() | st.dictionaries(ANY, ANY, max_size=2).map(lambda found: json.dumps(found).encode())
CHANGES = st.builds(
    Changes,
    st.sets(ANY, max_size=2),
    st.dictionaries(ANY, st.dictionaries(st.integers(0, 10**12), SEALED, max_size=3), max_size=2),
    st.dictionaries(ANY, ANY.map(lambda text: json.dumps(text).encode()), max_size=2),
)


@settings(max_examples=60)
@given(st.lists(CHANGES, max_size=4))
def test_what_was_changed_comes_back_from_its_line_to_the_code_point(given_: list[Changes]) -> None:
    def meaning(changes: Changes) -> Any:
        parsed = {
            name: {id: sealed if sealed is None else json.loads(sealed) for id, sealed in documents.items()}
            for name, documents in changes.tables.items()
        }
        return changes.dropped, parsed, {name: json.loads(value) for name, value in changes.values.items()}

    lines = lines_of(*(changes.content() for changes in given_))
    assert all(line.count(b"\n") == 1 for line in lines)
    found = read(b"".join(lines))
    assert [meaning(Changes.of(each)) for each in found.changes] == [meaning(changes) for changes in given_]
    assert (found.bases, found.torn) == (["b0"], b"")


def test_checkpoints_name_the_files_that_the_lines_can_be_put_upon() -> None:
    found = read(b"".join(lines_of(content(1), mark("b1"), content(2), mark("b2"))))
    assert found.bases == ["b0", "b1", "b2"]
    assert len(found.changes) == 2


def test_a_journal_cut_off_anywhere_holds_the_lines_that_are_whole() -> None:
    data = b"".join(FIVE)
    for length in range(len(data) + 1):
        found = read(data[:length])
        whole = data[:length].count(b"\n")
        assert found.good == sum(map(len, FIVE[:whole]))
        assert len(found.changes) == max(whole - 1, 0)


@pytest.mark.parametrize("torn", [b"", b"\0" * 50, b"6 ", b"6 abc {}\n", b"\xff\xfe\n", b"\n", FIVE[2], FIVE[5]])
def test_what_is_no_next_line_at_the_end_is_torn(torn: bytes) -> None:
    found = read(b"".join(FIVE) + torn)
    assert len(found.changes) == 5
    assert found.good == sum(map(len, FIVE))


@pytest.mark.parametrize(
    ("what", "at"),
    [
        (what, at)
        for what in ("its number", "its digest", "its content", "its end")
        for at in range(4 if what == "its end" else 5)  # the last end would make one line of the last two
    ],
)
def test_damage_before_a_good_line_is_never_taken_for_a_torn_end(what: str, at: int) -> None:
    lines = list(FIVE)
    number, digest, rest = lines[at].split(b" ", 2)
    lines[at] = {
        "its number": b"%d %b %b" % (int(number) + 7, digest, rest),
        "its digest": b"%b %b %b" % (number, digest[::-1], rest),
        "its content": b"%b %b %b" % (number, digest, rest.replace(b'"', b"'", 1)),
        "its end": lines[at][:-1] + b"?",
    }[what]
    with pytest.raises(Damaged, match="can't be read"):
        read(b"".join(lines))


@pytest.mark.parametrize(
    "order", [(0, 2, 1, 3, 4, 5), (0, 1, 2, 2, 3, 4, 5), (0, 1, 3, 4, 5), (1, 2, 3, 4, 5)], ids=str
)
def test_lines_in_another_order_twice_or_missing_are_damage(order: tuple[int, ...]) -> None:
    with pytest.raises(Damaged):
        read(b"".join(FIVE[number] for number in order))


def test_a_line_of_another_journal_does_not_fit() -> None:
    other = lines_of(*(content(number) for number in range(1, 6)), base="b1")
    assert saved(b"".join(FIVE[:3]) + other[3]) == [1, 2]
    with pytest.raises(Damaged):
        read(b"".join([*FIVE[:3], *other[3:]]))


@pytest.mark.parametrize("first", ['{"journal": 2, "bases": [], "codec": "plain"}', '{"checkpoint": "b1"}', "[]", "1"])
def test_a_header_that_this_version_does_not_know_is_damage(first: str) -> None:
    line, _ = Chain().line(first.encode())
    with pytest.raises(Damaged, match="header"):
        read(line)


def test_what_is_no_journal_at_all_holds_nothing() -> None:
    for data in (b"", b"\n", b"Dear diary,\nit rained.\n", b"{}\n", b"0 \n", b"\0" * 5000):
        found = read(data)
        assert (found.changes, found.bases, found.good) == ([], [], 0)


def test_a_journal_is_followed_line_by_line_as_it_grows() -> None:
    found = journal.Read()
    data = b"".join(FIVE)
    for length in range(0, len(data) + 1, 7):
        found.follow(data[found.good : length])
    found.follow(data[found.good :])
    assert [int(id) for change in found.changes for id in change["tables"]["moments"]] == [1, 2, 3, 4, 5]
