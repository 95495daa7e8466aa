"""Trends are found by the words of the records and by those of a newcomer, also by a whole question."""

from dataclasses import replace

import pytest

from store.trends.trend_search import TrendSearch
from store.trends.trends import Trend


def trend(dimension: str, value: str, fact: str) -> Trend:
    return Trend(dimension, value, fact, 1, 2, 0.1, 0.9, (0, 3), ("p1",), ("p1", "p2"), False)


TRENDS = (
    trend("kind", "party", "narrative clarity fell"),
    trend("kind", "party", "narrative clarity rose"),
    trend("kind", "union", "narrative clarity fell"),
    trend("kind", "party", "decision-making capacity fell"),
    trend("partner", "Bethel Yard Chapel", "skills rose"),
    trend("red lines", "crossed", "less autonomy than expected"),
    trend("scope", "building", "the room was split on benefit"),
    trend("all probes", "", "more benefit than expected"),
)
ASKING = TrendSearch(TRENDS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", range(8)),
        ("  ?! ", range(8)),
        ("party voice", [0, 1]),
        ("PARTIES", [0, 1, 3]),
        ("parti", [0, 1, 3]),
        ("do alliances with parties cost us our voice?", [0]),
        ("What did unions cost?", [2]),
        ("voice/narrative", [0, 1, 2]),
        ("kind", [0, 1, 2, 3]),
        ("decisions", [3]),
        ("capacity decision-making", [3]),
        ("learn", [4]),
        ("bethel", [4]),
        ("chapels", [4]),
        ("crossed independence", [5]),
        ("broken red", [5]),
        ("disagreement", [6]),
        ("buildings", [6]),
        ("overall gain", [7]),
        ("do parties cost our voice more than unions?", [0, 2]),
        ("party union", [0, 1, 2, 3]),
        ("should we work with parties again", [0, 1, 3]),
        ("more benefit than expected", [7]),
        ("do all", [7]),
        ("do allia", range(8)),
    ],
)
def test_a_question_finds_its_lines(typed: str, found: object) -> None:
    assert [TRENDS.index(each) for each in ASKING.find(typed).trends] == list(found)  # type: ignore[call-overload]


def test_a_word_under_which_nothing_is_counted_is_named_and_the_others_still_find() -> None:
    answer = ASKING.find("party zeppelin")
    assert answer.unknown == ("zeppelin",)
    assert {each.value for each in answer.trends} == {"party"}
    nothing = ASKING.find("zeppelin")
    assert (nothing.trends, nothing.unknown) == ((), ("zeppelin",))


def test_not_puts_first_where_it_happened_least() -> None:
    rare, often = (replace(TRENDS[0], value=value, high=high) for value, high in (("union", 0.3), ("party", 0.9)))
    asking = TrendSearch((often, rare))
    for typed in ("what does not cost our voice?", "who doesn't cost us our voice", "voice never lost "):
        answer = asking.find(typed)
        assert (answer.trends, answer.least, answer.unknown) == ((rare, often), True, ())
    assert not asking.find("cost voice").least
    assert not asking.find("cost voice no").least, "it can still become another word"
    named = TrendSearch((replace(often, value="No Borders"),))
    assert not named.find("no borders voice").least


def of_partner(name: str, fact: str, count: int, of: int) -> Trend:
    cases = tuple(f"p{at}" for at in range(of))
    return Trend("partner", name, fact, count, of, 0.1, 0.2 + count / of, (1, 9), cases[:count], cases, False)


OF_PARTNERS = (
    of_partner("Copper", "skills fell", 3, 5),
    of_partner("Bethel", "skills fell", 1, 2),
    of_partner("Marl", "skills fell", 1, 1),
    of_partner("Marl", "narrative clarity fell", 1, 1),
    of_partner("Copper", "narrative clarity fell", 1, 5),
    of_partner("Sluice", "skills fell", 0, 4),
    of_partner("Sluice", "narrative clarity fell", 0, 4),
    of_partner("Bethel", "skills rose", 1, 2),
)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("which partner costs us most?", {0: [4], 2: [3], 1: []}),
        ("what ally cost us most", {0: [4], 2: [3], 1: []}),
        ("who hurts us", {0: [4], 2: [3], 1: []}),
        ("worst partner", {0: [4], 2: [3], 1: []}),
        ("which partner cost us our voice", {3: [], 4: []}),
        ("best partner", {7: []}),
        ("which partner costs us least?", {5: [], 1: [], 0: [4], 2: [3]}),
    ],
)
def test_who_asks_which_gets_one_line_for_each_and_what_else_happened_there(
    typed: str, lines: dict[int, list[int]]
) -> None:
    asking = TrendSearch(OF_PARTNERS + TRENDS[:1])
    answer = asking.find(typed)
    assert [OF_PARTNERS.index(each) for each in answer.trends if each.dimension == "partner"] == list(lines)
    assert answer.unknown == ()
    for at, also in lines.items():
        assert [OF_PARTNERS.index(each) for each in answer.also[OF_PARTNERS[at]]] == also


def test_which_kind_of_partner_asks_for_kinds_and_one_that_is_named_is_told_whole() -> None:
    kinds = (trend("kind", "party", "skills fell"), trend("kind", "union", "skills fell"))
    asking = TrendSearch((*OF_PARTNERS, *kinds))
    assert asking.find("which kind of partner costs us most?").trends == kinds
    named = asking.find("what did Copper cost us?")
    assert (named.trends, dict(named.also)) == ((OF_PARTNERS[0], OF_PARTNERS[4]), {})


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("are we resting enough?", "rhythm"),
        ("did it work?", "guidelines"),
        ("what did we agree?", "guidelines"),
        ("who has facilitated", "rhythm"),
        ("overtime", "time"),
        ("whose dissent was borne out", "record"),
        ("should we work with parties", ""),
    ],
)
def test_what_no_line_tells_is_told_on_another_page(typed: str, page: str) -> None:
    answer = ASKING.find(typed)
    assert answer.page == page
    assert bool(answer.trends) is not bool(page)
    assert not page or answer.unknown == ()


def test_what_was_named_in_full_goes_before_what_was_named_in_part() -> None:
    partner = trend("partner", "Copper party", "skills fell")
    asking = TrendSearch((partner, *TRENDS))
    assert asking.find("parties").trends[-1] is partner


def test_words_that_are_in_no_line_together_find_nothing() -> None:
    answer = ASKING.find("union skills")
    assert (answer.trends, answer.unknown) == ((), ())


def test_while_a_filling_word_is_being_typed_nothing_is_missing() -> None:
    for typed in ("w", "wh", "whe", "where"):
        assert ASKING.find(typed).unknown == ()
    assert ASKING.find("wh party").unknown == ("wh",)
