"""How a refusal reads in the terminal: what is wrong, then the key or the words that help."""

import re
from typing import get_args

import pytest

from screens.frame import keys
from screens.frame.refusals import REMEDIES, with_remedy
from store.refused import Refused, Remedy

KEY = re.compile(r"\b(?:F\d{1,2}|Ctrl\+\w)\b")


def test_every_remedy_has_its_words() -> None:
    assert set(REMEDIES) == set(get_args(Remedy))


@pytest.mark.parametrize("words", REMEDIES.values())
def test_the_words_name_only_keys_of_a_session_and_end_without_a_full_stop(words: str) -> None:
    assert set(KEY.findall(words)) <= {command.key_name for command in keys.SESSION}
    assert words[-1] not in ".:"


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (Refused("Round 1 is revealed.", "open a second round"), "Round 1 is revealed: F4 opens a second round."),
        (Refused("Look: it is over.", "go on"), "Look: it is over. F8 goes on to the next phase."),
        (
            Refused("No moments: use paper.", "count paper maps"),
            "No moments: use paper. “# p3” stands for three of them.",
        ),
        (
            Refused("Say what it rests on.", "name the evidence"),
            "Say what it rests on: end the line with # and moments (“# 3 8”) or paper maps (“# p2”).",
        ),
        (Refused("Groups are numbered from 1."), "Groups are numbered from 1."),
        (OSError("disk full"), "disk full"),
    ],
)
def test_the_remedy_follows_what_is_wrong(why: Exception, sentence: str) -> None:
    assert with_remedy(why) == sentence
