"""Lines of the choice."""

import pytest

from store.entries.choices import read_choice
from store.session.dissent import NewChoice


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("A", ("A", "")),
        ("b it tests both", ("b", "it tests both")),
        ("  B:  two blanks ", ("B", " two blanks ")),
        ("AA, far off", ("AA", "far off")),
        ("none it is too early", (None, "it is too early")),
        ("because we can", ("", "because we can")),
        ("1 x", ("", "1 x")),
        ("", ("", "")),
    ],
)
def test_a_choice_begins_with_a_letter(line: str, wanted: tuple[str | None, str]) -> None:
    assert read_choice(line) == NewChoice(*wanted)
