"""What F1 says of each screen: what it is, what to do there, what to say to the room."""

from typing import NamedTuple

from store.phases import Phase


class HelpText(NamedTuple):
    """The help of a screen: its title, and paragraphs under their heads."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]


LOGBOOK_HELP = HelpText(
    "The logbook",
    (
        ("What this is", "The logbook: every alliance as a small, time-boxed experiment, and what it taught."),
        (
            "What to do here",
            "Enter on a probe starts its debrief, goes on with an open one, or shows a past one. Type to find a probe."
            " A debrief belongs within 24 hours of the action: what is due comes first. Before an action an open dissent session"
            " finds out which one would teach the most. Lapsed is what is past its sunset: beside it stands whether it was"
            " debriefed, and its gap, where it landed against what was expected.",
        ),
    ),
)
REVIEW_HELP = HelpText(
    "A past session",
    (
        ("What this is", "A past session as it was left: nothing in it changes any more."),
        (
            "What to do here",
            "Up and down turn the pages. Moments and patterns stay behind the curtain, for they were written for that room:"
            " F3 opens it. A paper map that turns up later can be typed in on the page of moments.",
        ),
    ),
)
FORM_HELP = HelpText(
    "The probe and its pact",
    (
        ("What this is", "The probe: what is done with whom, until when, and what is not for sale."),
        (
            "What to do here",
            "Fill in what is known; every field can wait. Tab goes on, and a field is saved when it is left."
            " Beside the form, or below it, stands what to know about the field that you are in: earlier probes, what may be a"
            " red line, how a day was read. Lists have one entry a line. Expected placements entered after the action are marked reconstructed.",
        ),
    ),
)

PACT_HELP = HelpText(
    "The pact on its page",
    (
        ("What this is", "The pact as it prints: one page, which both sides draft together and put their names under."),
        (
            "What to do here",
            "Read it aloud, line by line, with both sides looking at the wall. Ctrl+O changes it in the form. What it lacks"
            " stands beside it or below. F4 twice, once both sides say yes: from then on it is agreed, and a change to its"
            " terms makes it a draft again. On paper: redraw pact, and the probe's number.",
        ),
    ),
)
PRINCIPLES_HELP = HelpText(
    "The non-negotiables",
    (
        (
            "What this is",
            "The non-negotiables: a concise statement of the principles that the group won't trade, agreed by its members before"
            " it enters an alliance. Without them dilution is invisible until it is irreversible.",
        ),
        (
            "What to do here",
            "A line adds a principle; “3: new wording” puts the third differently and “-3” takes it out. Tab goes on to who is"
            " asked, who of them consents, and what is still open. A consent is to the wording as it stands: where that changes,"
            " everybody is asked anew.",
        ),
        (
            "In force",
            "F4, twice, puts the draft in force; who had not consented and what was open stays with it for good. The next change"
            " begins a new draft. Nothing that was in force is ever lost: F5 and F6 turn to the earlier revisions, F3 marks what"
            " changed, [−out−] and [+in+].",
        ),
    ),
)
RED_LINES_HELP = HelpText(
    "The red lines",
    (
        (
            "What the room does now",
            "Each red line of the pact is read out. The room says whether it was held, strained or crossed.",
        ),
        (
            "Why",
            "Crossing a red line without noticing is how independence erodes. What was strained is where the moments of the"
            " silent mapping will be.",
        ),
        ("What you can say", "“Did this one hold? One word; we come to the reasons later.”"),
    ),
)
OBSERVER_HELP = HelpText(
    "Observe the action",
    (
        (
            "What this is",
            "The observer's screen: observers don't lead, they notice. Friction, narrative shifts, synergy that nobody planned,"
            " any sign of autonomy erosion.",
        ),
        (
            "What to do here",
            "Type what you see and press Enter; it has the time of now. Tab, or f: n: s: a: before it, says its kind; 14:05 or"
            " 2026-10-17 14:05 before that, when it was; @name, whose it is, which stays. Several lines can be pasted."
            " Where another Redraw writes, the notes are handed to that one.",
        ),
    ),
)

TRENDS_HELP = HelpText(
    "Trends",
    (
        (
            "What this is",
            "What the probes tell together. One case is a case; what repeats here, and not elsewhere, is a lesson.",
        ),
        (
            "What to do here",
            "Type what you want to know, in your own words: “do alliances with parties cost us our voice?” or “party voice”."
            " Who names two, parties and unions, compares them; a “not” puts first where it happened least. Tab turns to the matrix"
            " of all probes, sovereignty over time, the time of the phases, the rhythm, and the record of impulses and of patterns"
            " that recur. Enter on a line or a figure shows the probes behind it.",
        ),
        (
            "How to read a line",
            "“7 of 9, 45 to 94” is a count, and where its share lies in a hundred with 95 % confidence (Wilson's interval): the"
            " fewer the cases, the wider. REPEATS stands where it happened three times or more, the interval here lies wholly above"
            " the one elsewhere, and chance would hardly bring it (Fisher's test, held against how many counts there are). “Part of"
            " it” stands below such a line where some of its probes show the same fact, and no more than its others. Elsewhere are"
            " those other probes of which the partner, kind, issue, scope or red lines are known.",
        ),
        (
            "How to read a chart",
            "A probe has one letter on every page, A the latest. On the matrix arrow heads say whither each went from where it was"
            " expected. A bar of sovereignty goes up for what was gained, down for what was lost; on the line nothing changed; ? was"
            " not said. A bar of time is the median used, ┃ the plan, and the thin line goes on to the longest.",
        ),
    ),
)
SEARCH_HELP = HelpText(
    "Search",
    (
        ("What this is", "Search over every text of every probe, and over what the group holds across them."),
        (
            "What to do here",
            "Type: every word has to be in the text. Enter opens the probe at the page where it stands. Moments, observations,"
            " dissent and people were written for one room: the list only counts them until F3 opens the curtain.",
        ),
    ),
)
GUIDELINES_HELP = HelpText(
    "The guidelines",
    (
        (
            "What this is",
            "The guidelines in force, each from lived experience: what it rests on, and whether it worked.",
        ),
        (
            "What to do here",
            "Type words to find a guideline, or a day or month to read what was held then: “what did we hold in March?”, March 2026, 15.3.2026. Enter shows"
            " every wording with what changed, how it was decided and the patterns below it; Enter there opens the probe."
            " Moments were written for one room: F3 opens that curtain.",
        ),
        (
            "What recurs",
            "Tab turns to the patterns that were seen more than once: where, what was amended against them, and whether they still"
            " recur; and to whose impulse was right. Enter opens each probe and guideline there. In small groups Ctrl+Y marks a pattern that was seen before.",
        ),
    ),
)

VERDICTS_HELP = HelpText(
    "Did it work?",
    (
        ("What this is", "The guidelines that the last debrief added or revised, now that they have met an action."),
        (
            "What to do here",
            "Read each aloud and ask: did it work? One key says so. Too early is an answer: it comes up again next time. A"
            " guideline that did not work is the next amendment.",
        ),
    ),
)

IMPULSES_HELP = HelpText(
    "Borne out?",
    (
        (
            "What this is",
            "The positions that were said before the action, word for word. Now it is known what happened.",
        ),
        (
            "What to do here",
            "Read each aloud: did what happened bear it out? B says yes, N no; unsaid is an answer too. Nobody is judged, only what"
            " pulled the room: if autonomy advocates are proven right, that strengthens your red lines; if pragmatists are, your"
            " framework expands.",
        ),
    ),
)


def phase_help(phase: Phase) -> HelpText:
    """A phase in the essay's terms."""
    return HelpText(
        phase.title,
        (
            ("What the room does now", phase.does),
            ("Why", phase.why),
            ("What you can say", phase.say),
        ),
    )
