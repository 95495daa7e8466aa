"""Questions about the trends are read as they are meant, or not at all, and what was understood is said back."""

import statistics
from dataclasses import replace
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.demo import fill
from store.trends.case import MEASURES, Case
from store.trends.read_cases import cases
from store.trends.trend_search import Answer, TrendSearch
from store.trends.trends import FACTS, Trend, trends
from store.words.names import fold
from tests.helpers.rooms import NOW
from tests.store.trends.questions import QUESTIONS, Asked


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    archive = Archive(Path(tmp_path_factory.mktemp("demo")) / "archive.json")
    fill(archive, NOW)
    return cases(archive)


def over(found: tuple[Case, ...]) -> TrendSearch:
    return TrendSearch(trends(found), found)


@pytest.fixture(scope="module")
def asking(demo: tuple[Case, ...]) -> TrendSearch:
    return over(demo)


def shown(answer: Answer) -> list[Trend]:
    return [*answer.trends, *(each for also in answer.also.values() for each in also)]


def groups(lines: list[Trend] | tuple[Trend, ...]) -> list[tuple[str, str]]:
    return [(each.dimension, fold(each.value)) for each in lines]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.typed)
def test_a_question_is_read_as_it_is_meant(asking: TrendSearch, asked: Asked) -> None:
    answer = asking.find(asked.typed)
    assert tuple(answer.unknown) == asked.unknown
    assert answer.page == asked.page
    lines = shown(answer)
    assert {each.fact for each in lines} <= {*asked.facts}
    if asked.unknown or asked.page:
        assert not lines
        return
    assert answer.said.startswith(("Probes", "All probes", "For each", "Each of the probes"))
    if not lines:
        assert answer.wanting == "It happened in none of the probes."
        assert not any(each.count for fact in asked.facts for each in asking.find(fact).trends)
    if asked.places:
        assert set(groups(lines)) == {(dimension, fold(value)) for dimension, value in asked.places}
    if asked.each:
        assert {each.dimension for each in lines} <= {*asked.each}
        assert len(answer.trends) == len(
            {(*group, each.cases) for group, each in zip(groups(answer.trends), answer.trends, strict=True)}
        )
    assert bool(asked.rank) <= bool(answer.sizes)


def median_gap(demo: tuple[Case, ...], dimension: str, value: str, axis: int) -> float:
    found = [each.gap[axis] for each in demo if each.gap and (dimension, value) in each.groups]
    return statistics.median(found)


@pytest.mark.parametrize("dimension", ["kind", "partner", "scope", "issue"])
def test_most_and_least_rank_by_the_size_of_the_gap(
    asking: TrendSearch, demo: tuple[Case, ...], dimension: str
) -> None:
    most = asking.find(f"which {dimension} costs us most autonomy?")
    sizes = [median_gap(demo, dimension, each.value, 0) for each in most.trends]
    assert sizes == sorted(sizes)
    assert sizes == [most.sizes[each] for each in most.trends]
    assert f"For each {dimension}" in most.said
    assert most.said.endswith("the largest gap first")
    least = asking.find(f"which {dimension} costs us least autonomy?")
    sizes = [median_gap(demo, dimension, each.value, 0) for each in least.trends]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == len({value for each in demo if each.gap for name, value in each.groups if name == dimension})
    assert least.least


def test_single_probes_are_ranked_by_their_own_gap(asking: TrendSearch, demo: tuple[Case, ...]) -> None:
    answer = asking.find("Which probe disappointed us most on autonomy?")
    told = [(answer.sizes[each], each.value) for each in answer.trends]
    assert sorted(told) == sorted((each.gap[0], each.title) for each in demo if each.gap and each.gap[0] < 0)
    assert [size for size, _ in told] == sorted(size for size, _ in told)
    with_parties = asking.find("which probe with parties lost most autonomy?")
    assert [each.cases for each in with_parties.trends] == [
        (each.probe,) for each in demo if ("kind", "party") in each.groups and each.gap and each.gap[0] < 0
    ]


def test_two_facts_of_the_same_probes_are_counted_together(asking: TrendSearch, demo: tuple[Case, ...]) -> None:
    (all_probes,) = (
        each
        for each in asking.find("Where did skills rise but autonomy fall?").trends
        if each.dimension == "all probes"
    )
    known = [each for each in demo if each.gap and "skills" in each.sovereignty]
    assert all_probes.cases == tuple(each.probe for each in known)
    assert all_probes.probes == tuple(
        each.probe for each in known if each.gap and each.gap[0] < 0 < each.sovereignty["skills"]
    )
    assert all_probes.elsewhere == (0, 0)
    (worth,) = asking.find("are unions worth it?").trends
    unions = [each for each in demo if ("kind", "union") in each.groups and each.gap]
    assert (worth.count, worth.of) == (sum(each.gap[1] > 0 <= each.gap[0] for each in unions if each.gap), len(unions))
    others = [each for each in demo if "kind" in dict(each.groups) and each not in unions and each.gap]
    assert worth.elsewhere[1] == len(others)


def test_red_lines_are_counted_as_they_turned_out(asking: TrendSearch, demo: tuple[Case, ...]) -> None:
    (held,) = asking.find("did our red lines hold with unions").trends
    unions = [each for each in demo if ("kind", "union") in each.groups and "red lines" in dict(each.groups)]
    assert held.cases == tuple(each.probe for each in unions)
    assert held.count == sum(("red lines", "held") in each.groups for each in unions)
    assert asking.find("do parties break our red lines").trends[0].fact == "a red line was crossed"


def test_a_kind_and_an_issue_narrow_each_other_and_two_kinds_are_compared(asking: TrendSearch) -> None:
    narrow = asking.find("do parties cost us skills on the lift?")
    assert [(each.of, each.beside) for each in narrow.trends] == [
        (1, "about “The only lift at the clinic has been out for fourteen weeks”")
    ]
    assert "with partners of the kind “party” about “The only lift" in narrow.trends[0].in_words()
    both = asking.find("do parties cost us more skills than unions?")
    assert sorted(groups(both.trends)) == [("kind", "party"), ("kind", "union")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("do parties erode our narrative?", "Probes with parties where narrative clarity fell"),
        ("who lost us the most autonomy", "For each kind and partner, probes where there was less autonomy than expected, the largest gap first"),
        ("do unions strengthen skills or narrative", "Probes with unions where skills or narrative clarity rose"),
        ("does benefit come at the cost of autonomy", "Probes where there was more benefit than expected, but there was less autonomy than expected"),
        ("autonomy with NGOs", "Probes with NGOs where there was less or more autonomy than expected"),
        ("what did unions cost us?", "Probes with unions where anything was lost"),
        ("how often do we lose skills", "All probes where skills fell"),
        ("what does not cost us skills", "Probes where skills fell, least often first"),
        ("which kind erodes our narrative most", "For each kind, probes where narrative clarity fell, the largest change first"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_back(asking: TrendSearch, typed: str, said: str) -> None:
    assert asking.find(typed).said == said


@pytest.mark.parametrize("typed", ["Did we go over?", "is it good to go?", "did it take time?"])
def test_a_word_finds_no_longer_word_that_it_begins(asking: TrendSearch, typed: str) -> None:
    answer = asking.find(typed)
    assert not {each.dimension for each in answer.trends} & {"issue", "partner"} or len({*groups(answer.trends)}) > 20
    assert asking.find("tim").said == asking.find("par").said == "", "not whole yet"


@pytest.mark.parametrize("typed", ["", "  ?! ", "par", "do all", "do allia"])
def test_where_nothing_is_asked_yet_all_lines_are_shown(
    asking: TrendSearch, demo: tuple[Case, ...], typed: str
) -> None:
    assert asking.find(typed).trends == trends(demo)


def test_where_a_word_is_not_known_nothing_is_shown_and_one_spelled_alike_is_offered(asking: TrendSearch) -> None:
    answer = asking.find("do parties cost us autonmy and trust?")
    assert (answer.trends, answer.page, answer.said) == ((), "", "")
    assert dict(answer.unknown) == {"autonmy": "autonomy", "trust": ""}
    assert tuple(asking.find("wh party").unknown) == ("wh",)
    for typed in ("w", "wh", "whe", "where"):
        assert not asking.find(typed).unknown, "it is still being typed"


def test_what_can_not_be_answered_says_what_is_wanting(asking: TrendSearch) -> None:
    for typed, said in (
        ("which partner most?", "Say what happened there"),
        ("who gives most for the least autonomy?", "one at a time"),
        ("do parties cost skills on the lift with students?", "No probe tells that."),
    ):
        answer = asking.find(typed)
        assert answer.trends == ()
        assert said in answer.wanting


def test_proper_names_of_the_archive_are_known_however_they_are_made(demo: tuple[Case, ...]) -> None:
    names = ("Doctors Without Borders", "Power House", "We Say No", "Copper party", "Bethel Yard Chapel")
    found = tuple(
        replace(each, groups=(("partner", name), ("kind", "choir"))) for each, name in zip(demo, names, strict=False)
    )
    asking = over(found)
    for typed, name in (
        ("did doctors without borders cost us our voice?", names[0]),
        ("did Power House cost us our voice?", names[1]),
        ("we say no and our skills", names[2]),
        ("did the copper party cost us our voice?", names[3]),
        ("what did Bethel Yard give us?", names[4]),
    ):
        assert {each.value for each in asking.find(typed).trends} == {name}
    assert {each.dimension for each in asking.find("do choirs have power?").trends} == {"kind"}


def test_not_puts_first_where_it_happened_least(asking: TrendSearch) -> None:
    for typed in ("what does not cost our narrative?", "what doesn't cost us our narrative", "narrative never lost "):
        answer = asking.find(typed)
        highs = [each.high for each in answer.trends]
        assert answer.least
        assert highs == sorted(highs)
    kinds = asking.find("which kind doesn't cost us our narrative?").trends
    assert [bool(each.count) for each in kinds] == sorted(bool(each.count) for each in kinds)


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("did it work?", "guidelines"),
        ("what did we agree?", "guidelines"),
        ("who has facilitated", "rhythm"),
        ("overtime", "time"),
        ("whose dissent was borne out", "record"),
        ("are we getting worse at narrative clarity?", "sovereignty"),
        ("does our autonomy fall over time?", "matrix"),
        ("should we work with parties", ""),
    ],
)
def test_what_no_line_tells_is_told_on_another_page(asking: TrendSearch, typed: str, page: str) -> None:
    answer = asking.find(typed)
    assert answer.page == page
    assert bool(answer.trends) is not bool(page)


def test_every_fact_is_found_by_its_own_words(asking: TrendSearch) -> None:
    for fact in FACTS:
        assert {each.fact for each in asking.find(fact).trends} == {fact}
    for name in MEASURES:
        assert {each.fact for each in asking.find(name).trends} == {f"{name} fell", f"{name} rose"}
