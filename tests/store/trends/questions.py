"""Questions as facilitators type them, each with its right reading over the demo's archive.

Written before the search was changed to answer them, and never fitted to it.
"""

from __future__ import annotations

from dataclasses import dataclass

LESS_AUTONOMY, MORE_AUTONOMY = "less autonomy than expected", "more autonomy than expected"
LESS_BENEFIT, MORE_BENEFIT = "less benefit than expected", "more benefit than expected"
GAP = (LESS_AUTONOMY, MORE_AUTONOMY, LESS_BENEFIT, MORE_BENEFIT)
MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
VOICE = ("narrative clarity fell", "decision-making capacity fell")
VOICE_ROSE = ("narrative clarity rose", "decision-making capacity rose")
SPLIT = ("the room was split on autonomy", "the room was split on benefit")
LOST = (LESS_AUTONOMY, LESS_BENEFIT, *(f"{name} fell" for name in MEASURES))
WON = (MORE_AUTONOMY, MORE_BENEFIT, *(f"{name} rose" for name in MEASURES))
HELD, STRAINED, CROSSED = "all red lines held", "a red line was strained", "a red line was crossed"
WORTH = f"{MORE_BENEFIT}, without {LESS_AUTONOMY}"
ALL = (*GAP, *(f"{name} {way}" for name in MEASURES for way in ("fell", "rose")), *SPLIT)
ANYWHERE = ("kind", "partner", "issue", "scope", "red lines", "all probes")

TIMETABLE = ("sentence", "The N6 is down to be cut at the next timetable")


@dataclass(frozen=True)
class Asked:
    """A question and its right reading.

    Attributes:
        typed: the question.
        facts: what is counted; lines may be about these alone, and some line is about one of them.
        places: the partners, kinds, issues or scopes that lines may be about, with their dimension; empty for any.
        each: the dimension of which each value gets one line.
        rank: `most` where the widest gap or the largest change stands first, `least` where the smallest does.
        page: the page that answers it instead.
        unknown: the words that nothing is counted under; then nothing is shown.
    """

    typed: str
    facts: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    each: tuple[str, ...] = ()
    rank: str = ""
    page: str = ""
    unknown: tuple[str, ...] = ()


PARTY, UNION, NGO = ("kind", "party"), ("kind", "union"), ("kind", "NGO")
STUDENTS, FAITH = ("kind", "student group"), ("kind", "faith group")

QUESTIONS = (
    # what was lost or won, with whom
    Asked("Do alliances with parties cost us our voice?", VOICE, (PARTY,)),
    Asked("Does working with unions erode our independence?", (LESS_AUTONOMY,), (UNION,)),
    Asked("Did we lose control with the party?", VOICE, (PARTY,)),
    Asked("Do NGOs weaken our decision-making?", ("decision-making capacity fell",), (NGO,)),
    Asked("What did unions cost us?", LOST, (UNION,)),
    Asked("What do we gain from unions?", WON, (UNION,)),
    Asked("Do we learn anything from student groups?", ("skills rose", "skills fell"), (STUDENTS,)),
    Asked("Do parties take over our message?", ("narrative clarity fell",), (PARTY,)),
    Asked("Did we give up control to NGOs?", VOICE, (NGO,)),
    Asked("Do unions strengthen our voice?", VOICE_ROSE, (UNION,)),
    Asked("Are parties good for our skills?", ("skills rose",), (PARTY,)),
    Asked("Do parties cost us more voice than unions?", VOICE, (PARTY, UNION)),
    Asked("Where did we lose our independence?", (LESS_AUTONOMY,)),
    Asked("Where do we lose skills?", ("skills fell",)),
    Asked("Are we building skills?", ("skills rose",)),
    Asked(
        "What did the harbour party do to our autonomy?",
        (LESS_AUTONOMY, MORE_AUTONOMY),
        (("partner", "New Harbour Party, Marl Hill ward"),),
    ),
    Asked("Did the timetable campaign get us anything?", WON, (TIMETABLE,)),
    Asked("Does the timetable cost us our voice?", VOICE, (TIMETABLE,)),
    Asked("Do we lose voice in the building?", VOICE, (("scope", "building"),)),
    # the most and the least
    Asked("Which kind of partner costs us the most autonomy?", (LESS_AUTONOMY,), each=("kind",), rank="most"),
    Asked("Which partner costs us most?", LOST, each=("partner",), rank="most"),
    Asked("Who gave us the most benefit?", (MORE_BENEFIT,), each=("kind", "partner"), rank="most"),
    Asked("Where is the gap on autonomy largest?", (LESS_AUTONOMY, MORE_AUTONOMY), rank="most"),
    Asked("Which probe disappointed us most?", (LESS_AUTONOMY, LESS_BENEFIT), each=("probe",), rank="most"),
    Asked("Which scope erodes our autonomy least?", (LESS_AUTONOMY,), each=("scope",), rank="least"),
    Asked("Do bigger probes cost us autonomy?", (LESS_AUTONOMY,), each=("scope",)),
    Asked("What was the worst gap with parties?", (LESS_AUTONOMY, LESS_BENEFIT), (PARTY,), rank="most"),
    # but, worth it, hold, again
    Asked(
        "Who gives us benefit but costs us autonomy?",
        (f"{MORE_BENEFIT}, but {LESS_AUTONOMY}",),
        each=("kind", "partner"),
    ),
    Asked("Where did skills rise without losing autonomy?", (f"skills rose, without {LESS_AUTONOMY}",)),
    Asked("Does benefit come at the cost of autonomy?", (f"{MORE_BENEFIT}, but {LESS_AUTONOMY}",)),
    Asked("Are parties worth it?", (WORTH, MORE_BENEFIT, LESS_AUTONOMY), (PARTY,)),
    Asked("Was it worth it?", (WORTH, MORE_BENEFIT, LESS_AUTONOMY)),
    Asked("Did our red lines hold with unions?", (HELD,), (UNION,)),
    Asked("Do our red lines hold?", (HELD,)),
    Asked("Which partner crossed our red lines?", (CROSSED,), each=("partner",)),
    Asked("Does our autonomy hold with unions?", (LESS_AUTONOMY, MORE_AUTONOMY), (UNION,)),
    Asked(
        "What happens to autonomy when red lines are crossed?",
        (LESS_AUTONOMY, MORE_AUTONOMY),
        (("red lines", "crossed"),),
    ),
    Asked("Should we work with NGOs again?", ALL, (NGO,)),
    Asked("Does it happen again and again?", page="record"),
    # expected, split
    Asked("What surprised us?", GAP),
    Asked("Do we overestimate the benefit?", (LESS_BENEFIT,)),
    Asked("Which issue splits the room?", SPLIT, each=("issue",)),
    Asked("Do faith groups divide us?", SPLIT, (FAITH,)),
    # other pages
    Asked("Did we go over time?", page="time"),
    Asked("Are we resting enough?", page="rhythm"),
    Asked("Do our guidelines hold?", page="guidelines"),
    Asked("Does turnout rise with parties?", page="sovereignty"),
    Asked("Does our voice get weaker over time?", page="sovereignty"),
    Asked("Whose dissent was right?", page="record"),
    # not known
    Asked("Do churches cost us our voice?", unknown=("churches",)),
    Asked("Do parties cost us trust?", unknown=("trust",)),
    Asked("Do we lose people with unions?", unknown=("people",)),
    Asked("Did we lose autonomy last year?", unknown=("last", "year")),
    Asked("Do women benefit from unions?", unknown=("women",)),
)
