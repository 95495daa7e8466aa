"""A debrief as people read it: every section, nothing that is not theirs to see, no control character raw."""

import re
from dataclasses import replace
from datetime import date

import pytest

from store.debrief import Debrief
from store.entries import feeling_rule, moment_rule, participant_rule, pattern_rule
from store.model import Change, Closing, Felt, Observation, Partner
from store.report import summary
from store.report.debrief_report import as_text, sections
from store.report.lines import feelings
from store.session import amending, decisions, flow, red_lines
from store.session.amending import AmendmentForm
from store.words.numbers import number, signed
from tests.helpers.builders import (
    AT,
    HOSTILE_LINES,
    NOW,
    debrief,
    entered,
    in_short,
    probe,
    ready_to_seal,
    room,
    with_ballots,
    with_moments,
    with_pact,
    with_pattern,
)
from tests.helpers.zones import ZONES, in_every_zone


def lines_of(found: Debrief, title: str, now: float = NOW) -> tuple[str, ...]:
    """The lines of one section that hold anything, without what they are moved in by."""
    lines = next(section.lines for section in sections(found, now) if section.title == title)
    return tuple(told for line in lines if (told := str(line).strip()))


def numbers(line: str) -> list[str]:
    """The figures in a line."""
    return re.findall(r"[0-9.]+", line)


def test_the_sections_follow_the_session_and_what_people_wrote_is_raw() -> None:
    found = sections(debrief(), NOW)
    assert [section.title for section in found] == [
        "Probe",
        "Who was there",
        "Moments",
        "Observations",
        "Patterns",
        "Matrix",
        "Amendments",
        "Sovereignty",
        "Decompression",
        "Close",
        "Time",
    ]
    assert [section.title for section in found if section.raw] == ["Moments", "Observations", "Patterns"]


def test_the_probe_is_told_with_its_partners_dates_and_red_lines() -> None:
    found = with_pact(
        replace(debrief(), probe=probe(issue="venting", partners=(Partner(name="Fund", kind="NGO", power="press"),))),
        ends=date(2026, 11, 7),
        red_lines=("Own banner.",),
    )
    assert lines_of(found, "Probe") == (
        "issue: venting",
        "ourselves: Breathers",
        "with: Fund (NGO): press",
        "ends: 7 November 2026",
        "red lines: Own banner.",
        f"debriefed: {flow.lateness(found, NOW)}",
        "kept as: p1, session s1",
    )


def test_the_roster_is_by_organisation_with_roles_and_groups() -> None:
    found = entered(participant_rule, debrief(), "Ana, Breathers, facilitator", "Tam, Fund", "Bo, Breathers")
    assert lines_of(found.with_session(groups=(("Ana", "Tam"), ("Bo",))), "Who was there") == (
        "Breathers (2)",
        "Ana, facilitator",
        "Bo",
        "Fund (1)",
        "Tam",
        "group 1: Ana, Tam",
        "group 2: Bo",
    )


def test_a_moment_is_told_without_its_author_and_says_whether_it_came_later() -> None:
    found = entered(moment_rule(Felt.STRENGTHENED), debrief("Ana"), "@ana - they took the mic").with_session(
        sealed="2026-11-08"
    )
    found = entered(moment_rule(Felt.STRENGTHENED), found, "+ from paper")
    assert lines_of(found, "Moments") == ("1 − they took the mic", "2 + from paper (added later)")


@pytest.mark.parametrize(
    ("line", "told"),
    [("x # 1", "moment 1"), ("x # 1 2 p1", "moments 1, 2 and 1 paper map"), ("x # p3", "3 paper maps")],
)
def test_a_pattern_is_told_with_what_it_rests_on(line: str, told: str) -> None:
    found = entered(pattern_rule(2, Felt.COMPROMISED), with_moments(debrief(), "one", "two"), line)
    shown = lines_of(found, "Patterns")
    assert shown[:2] == ("1 − x", f"group 2, rests on {told}")
    assert len(shown) == 2 + len(found.patterns[0].moments)


def test_a_blind_round_is_not_told() -> None:
    found = with_ballots(debrief("Ana", "Bo"), {"Ana": (9, 1), "Bo": (9, 1)})
    assert lines_of(found, "Matrix") == ()
    before = dict.fromkeys(("Ana", "Bo", "Cem"), (3, 3))
    expected = "\n".join(lines_of(with_ballots(found, before, round=0), "Matrix"))
    assert "9, " not in expected
    assert "●" not in expected
    assert "actual: 2 placed, not revealed" in expected


def test_the_matrix_is_told_with_gap_medians_quartiles_and_agreement() -> None:
    before = {"Xi": (7, 6), "Yan": (6, 6), "Zoe": (6, 6), "Wim": (7, 6)}
    found = with_ballots(debrief("Ana", "Bo", "Cem"), before, round=0, reconstructed=True)
    found = with_ballots(found, {"Ana": (5, 2), "Bo": (4, 2), "Cem": (4, 2)}).with_session(revealed=1)
    told = lines_of(found, "Matrix")
    gap = "2.5 less autonomy, 4 less benefit than expected, at the medians of different people. It may be chance."
    said = told[told.index(gap) + 1 :]
    assert [line.split()[0] for line in said] == ["○", "●", "autonomy:", "benefit:", "A"]
    assert [numbers(line) for line in said] == [
        ["6.5", "6", "4"],
        ["4", "2", "3", "2"],  # of the three, two stand exactly under the mark, where the chart can't show them
        ["4", "4.5", "0.93"],
        ["2", "1.00"],  # all three
        ["4", "2", "3"],
    ]
    assert ["reconstructed" in line for line in said] == [True, False, False, False, False]
    assert "Breathers" in said[-1]


def test_both_rounds_are_told_one_after_the_other() -> None:
    people = ("Ana", "Bo", "Cem")
    found = with_ballots(debrief(*people), dict.fromkeys(people, (5, 2))).with_session(revealed=2, round=2)
    told = lines_of(with_ballots(found, dict.fromkeys(people, (6, 2)), round=2), "Matrix")
    assert [line for line in told if line.startswith("Round")] == ["Round 1", "Round 2"]
    assert [numbers(line) for line in told if line.startswith("● actual")] == [
        ["5", "2", "3", "3"],
        ["6", "2", "3", "3"],
    ]


def test_an_amendment_is_told_with_old_and_new_why_and_every_reservation() -> None:
    form = AmendmentForm("We read it aloud.", "We agree it.", "1 2", "vote", "Leila: no.\nGed: and write it down.")
    found = amending.amend(with_pattern(with_pattern(debrief())), form, NOW)
    assert lines_of(found, "Amendments") == (
        "guideline 1: We read it aloud.",
        "before: We agree it.",
        "rests on patterns 1, 2",
        "decided by vote",
        "reservation: Leila: no.",
        "reservation: Ged: and write it down.",
    )


def test_without_an_amendment_the_reason_is_told() -> None:
    assert lines_of(ready_to_seal(), "Amendments") == ("No amendment: We were too few to decide.",)


def test_sovereignty_is_told_with_signs_and_turnout_stands_apart() -> None:
    measured = {"skills": Change(change=1), "narrative clarity": Change(change=-2, note="ask anybody")}
    told = lines_of(debrief(sovereignty=measured, turnout=138), "Sovereignty")
    skills, clarity = (next(line for line in told if line.startswith(name)) for name in measured)
    assert skills.endswith("+1")
    assert "−2" in clarity
    assert "ask anybody" in " ".join(told)
    assert told[-1] == "turnout, not added in: 138"


def test_feelings_are_told_by_how_often_they_were_said() -> None:
    found = entered(feeling_rule, debrief(), "tired 2", "proud 5", "Angry 2")
    told = lines_of(found, "Decompression")
    assert [next(word for word in ("proud", "Angry", "tired") if word in line) for line in told] == [
        "proud",
        "Angry",
        "tired",
    ]
    assert lines_of(flow.seal(ready_to_seal(feelings={"sad": 1}, keep_feelings=False), NOW), "Decompression") == ()


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        (Closing(sunset="lapse", reason="As written."), "sunset: lapses at its sunset: As written."),
        (
            Closing(sunset="renew", renewed_until=date(2026, 12, 1), reason="Yes."),
            "sunset: renewed until 1 December 2026: Yes.",
        ),
        (Closing(sunset="renew"), "sunset: renewed without a new end, so it still lapses"),
        (Closing(sunset="lapse", renewed_until=date(2026, 12, 1)), "sunset: lapses at its sunset"),
    ],
)
def test_the_close_tells_lapse_or_renewal(closing: Closing, told: str) -> None:
    assert lines_of(debrief(closing=closing), "Close") == (told,)


def test_the_close_tells_the_rhythm_and_the_next_facilitator() -> None:
    told = lines_of(debrief(closing=Closing(rhythm="pause", next_facilitator="Dilys")), "Close")
    assert told == ("next: pause", "facilitates: Dilys")


def test_time_is_told_as_planned_against_used_with_every_event() -> None:
    found = flow.start_or_pause(debrief(), NOW)
    found = flow.advance(flow.extend(found, NOW), NOW + 400)
    told = lines_of(found, "Time", NOW + 500)
    assert told[:4] == (
        "planned         used",
        "Opening            5 min   6 min 40 s  1 min 40 s over",
        "Silent mapping    10 min   1 min 40 s  8 min 20 s under",
        "together          15 min   8 min 20 s  6 min 40 s under",
    )
    narrow = next(section.lines for section in sections(found, NOW + 500, 37) if section.title == "Time")
    assert str(narrow[2]) == "Silent mapping    10 min   1 min 40 s"
    assert [line.split("  ", 1)[1] for line in told[4:]] == [
        "opening: session began",
        "opening: extended by 1 min",
        "opening: advanced, 40 seconds over",
    ]
    found = flow.start_or_pause(flow.go_back(flow.came_back(found, NOW + 500, 60, False), NOW + 500), NOW + 500)
    assert [line.split("  ", 1)[1] for line in lines_of(found, "Time", NOW + 500)[7:]] == [
        "silent mapping: away for 1 min, not counted",
        "silent mapping: returned, 9 min 20 s left",
        "opening: paused, 40 seconds over",
    ]


def test_of_a_clock_that_was_never_started_no_times_are_told() -> None:
    found = flow.advance(debrief(), NOW)
    assert lines_of(found, "Time")[0].startswith("The clock was never started, so how long")
    assert not any("planned" in line for line in lines_of(found, "Time"))


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_text_is_told_on_one_line_and_harmlessly(text: str) -> None:
    found = replace(debrief(), probe=probe(title=text, context=text, partners=(Partner(name=text, kind=text),)))
    found = entered(participant_rule, found, f"{text}\t{text}\t{text}", f"2{text}\t{text}", f"3{text}\t{text}")
    found = entered(moment_rule(Felt.COMPROMISED), found, f"- {text}", f"- {text}")
    found = entered(pattern_rule(1, Felt.COMPROMISED), found, f"- {text} # 1 2")
    found = amending.amend(found, AmendmentForm(text, text + "x", "1", "vote", text), NOW)
    found = entered(feeling_rule, decisions.measure(found, "skills", 1, text), f"{text} 3")
    found = decisions.explain_no_amendment(decisions.close_with(found, reason=text, next_facilitator=text), text)
    found = with_ballots(found, dict.fromkeys(found.names, (3, 7))).with_session(revealed=1, groups=(found.names,))
    told = as_text(found, NOW)
    assert not [sign for sign in told if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)]
    assert not {"\u202e", "\u2066", "\u2028", "\ud800"} & set(told)
    assert len(told.split("\n")) == sum(len(s.lines) + 2 for s in sections(found, NOW) if s.lines) + 1
    told.encode()


def test_a_room_is_told_from_its_title_to_its_next_facilitator() -> None:
    told = as_text(room("noise-protest"), NOW)
    for said in (
        "Noise protest at Gate 2, Ostrey resin works",
        "10 of 10 placed it lower on autonomy than they expected (median −6).",
        "nobody stands at the median of 5.",
        "facilitates: Dilys",
        "turnout, not added in: 138",
    ):
        assert said in told


def test_nothing_is_told_of_sections_that_are_empty() -> None:
    assert [part.split("\n")[0] for part in as_text(debrief(), NOW).split("\n\n")] == ["Noise protest", "PROBE"]
    assert "MATRIX" not in as_text(debrief(), NOW)


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (5.0, "5", "+5"),
        (5.5, "5.5", "+5.5"),
        (5.25, "5.25", "+5.25"),
        (-2, "−2", "−2"),
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (10, "10", "+10"),
        (-0.001, "0", "0"),
        (100, "100", "+100"),
    ],
)
def test_figures_are_written_as_a_room_reads_them(value: float, plain: str, with_sign: str) -> None:
    assert number(value) == plain
    assert signed(value) == with_sign


def test_the_feelings_of_a_report_hold_their_counts() -> None:
    told = list(feelings(debrief(feelings={"tired": 3})))
    assert len(told) == 1
    assert "3" in told[0].lead


def test_a_sealed_session_begins_with_what_was_learned_and_nothing_that_was_written_for_the_room() -> None:
    found = room("noise-protest")
    first = sections(found, NOW)[0]
    assert (first.title, first.raw) == ("In short", False)
    told = "\n".join(map(str, first.lines))
    heads = [line.text for line in first.lines if line.head]
    assert heads[0] == "What was learned"
    assert {"What we do differently", "Sovereignty", "In the room"} <= set(heads)
    assert "    10 of 10 placed it lower on autonomy than they expected (median −6)." in told
    assert all(each.principle in told for each in found.amendments)
    raw = [*(each.text for each in found.moments), *(each.text for each in found.patterns)]
    assert raw
    assert not any(text in told for text in raw)


def test_in_short_says_why_there_was_no_amendment_and_which_lines_did_not_hold() -> None:
    found = with_pact(debrief(), red_lines=("Own banner.", "No logos."))
    found = red_lines.mark(red_lines.mark(found, "Own banner.", "held"), "No logos.", "crossed")
    told = [str(line) for line in summary.in_short(decisions.explain_no_amendment(found, "Too tired."))]
    assert f"    {summary.NOTHING_NEW} Too tired." in told
    assert "    crossed: No logos." in told
    assert "    held: Own banner." not in told


def test_roles_the_place_of_the_debrief_and_what_independence_came_to_stand_in_the_review() -> None:
    found = debrief("Ana", sealed=AT, joined=4, turnout=138, independence={"ally": "Yes, standing."})
    told = replace(
        found,
        probe=found.probe.but(
            spokespeople=("Tilda", "Marek"), debrief_place="the depot gate", independence={"funding": "We have none."}
        ),
    )
    text = as_text(told, NOW)
    for line in (
        "  spokespeople: Tilda, Marek",
        "  debrief at: the depot gate",
        "  If the ally withdraws, can we continue?\n      before: not answered\n      after: Yes, standing.",
        "  If the funding disappears, can we pivot?\n      before: We have none.\n      after: not answered",
        "  turnout, not added in: 138",
        "  new organisers, not added in: 4 joined",
    ):
        assert line in text, text


# ----------------------------------------------------------------------------------------------------------- every zone


def test_a_sealed_record_tells_what_was_seen_by_the_clock_of_its_room() -> None:
    seen = Observation(probe="p1", number=1, at="2026-11-07T14:05:00+01:00", text="They push.")
    found = replace(debrief("Ana", sealed="2026-11-07T20:00:00+01:00"), observations=(seen,))
    told = in_every_zone(lambda: lines_of(found, "Observations"))
    assert told[0] == ("7 November, 14:05", "They push.")
    assert told == [told[0]] * len(ZONES)
