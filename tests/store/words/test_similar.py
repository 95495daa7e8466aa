"""Texts that say nearly the same are offered; those that don't are not."""

import json
from itertools import combinations

from store.words.similar import ALIKE, alike
from tests.conftest import find_room

SAID = "Whoever brings the van and the table brings the agenda."


def test_what_says_nearly_the_same_is_offered_most_alike_first() -> None:
    others = {
        1: "the table and the van bring the agenda, whoever brings them",
        2: "Nobody was in charge of stopping.",
        3: SAID.upper(),
        4: "",
    }
    found = alike(SAID, others)
    assert [key for key, _ in found] == [3, 1]
    assert found[0][1] == 100.0
    assert all(ALIKE <= score <= 100 for _, score in found)


def test_only_the_most_alike_are_offered() -> None:
    assert len(alike(SAID, dict.fromkeys(range(50), SAID), most=3)) == 3


def test_nothing_is_like_nothing() -> None:
    assert alike("", {1: SAID}) == ()
    assert alike(SAID, {}) == ()


def test_patterns_that_say_different_things_are_not_offered_for_each_other() -> None:
    texts = [
        pattern["text"]
        for name in ("tenants-canvass", "noise-protest")
        for pattern in json.loads(find_room(name).read_text("utf-8"))["patterns"]
    ]
    assert not [pair for pair in combinations(texts, 2) if alike(pair[0], {0: pair[1]})]
