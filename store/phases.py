"""The eight phases of a debrief and the four of an open dissent session, in order.

A phase is an entry here and a file of the same name in `screens/phases/`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phase:
    """What a phase is called, how long it takes and what the room does in it.

    Attributes:
        name: its name in the archive, and the name of its file in `screens/phases/`.
        title: its name on the screen.
        short: a shorter title for narrow screens.
        minutes: how long it is planned to take, unless the group's agenda says otherwise.
        prompt: the question or request on the wall, likewise.
        does: what the room does now.
        why: the reason, in the essay's terms.
        say: what the facilitator can say to the room; `{minutes}` stands for the minutes of the agenda.
        curtain: whether it draws the curtain as it begins; only its key opens it.
        wall: whether it turns to the wall view as it begins; only its key leaves that.
    """

    name: str
    title: str
    short: str
    minutes: int
    prompt: str
    does: str
    why: str
    say: str
    curtain: bool = False
    wall: bool = False

    @property
    def seconds(self) -> float:
        """The planned time in seconds, by default."""
        return self.minutes * 60.0


PHASES = (
    Phase(
        "opening",
        "Opening",
        "opening",
        5,
        "Who is here, and for whom?",
        "The group opens with its ritual. Everyone says their name, their organisation and their role in the action. Somebody reads out the pact's red"
        " lines and the expected placement.",
        "Meeting again within twenty-four hours, in a place connected to the action, signals that reflection is as"
        " important as action. Reading the red lines first lets the room measure the action against them.",
        "“We are here to learn, not to judge. These are the red lines we set ourselves, and this is where we"
        " expected to land. Nobody is right yet.”",
    ),
    Phase(
        "silent_mapping",
        "Silent mapping",
        "mapping",
        10,
        "When did independence feel strengthened? When did it feel compromised?",
        "Everyone writes down moments, alone and in silence: when independence felt strengthened, and when it felt"
        " compromised.",
        "Silence lets everyone remember for themselves before the loudest memory becomes the group's. Until somebody"
        " opens the curtain, the screen shows only how many moments there are.",
        "“{minutes} minutes. No discussion. Write moments, not opinions: where you stood, what was said. Then come to the"
        " keyboard, or hand in your paper.”",
        curtain=True,
        wall=True,
    ),
    Phase(
        "small_groups",
        "Small groups",
        "groups",
        15,
        "Share your maps. What do you see across them?",
        "Mixed groups read their maps to each other and look for patterns: things that show up in more than one map.",
        "An alliance looks different from each side of it. Mixed groups keep one organisation from agreeing with"
        " itself, and a pattern rests on moments that somebody lived.",
        "“Read your maps to each other first and argue later. Bring back two or three patterns, and say which moments"
        " each one rests on.”",
    ),
    Phase(
        "reposition",
        "Reposition",
        "reposition",
        10,
        "Where did it land?",
        "Everyone places the action where it actually landed, blind: autonomy preserved and concrete benefit"
        " delivered, 0 to 10 each. Then the reveal.",
        "The gap between expectation and experience is the teaching moment. Blind ballots keep the first answer from"
        " becoming everybody's answer.",
        "“Two numbers from 0 to 10: how much of our autonomy did we keep, and how much concrete benefit did it"
        " bring? Don't say them aloud. What would have had to happen for the expected point to be right?”",
        curtain=True,
    ),
    Phase(
        "amendments",
        "Amendments",
        "amend",
        15,
        "What will we do differently, in one sentence?",
        "The group adds or revises at least one alliance guideline from what people experienced, with the old and the new"
        " wording side by side.",
        "Updating the guidelines at once keeps theory from fossilizing. A guideline that rests on a pattern is a lesson. One"
        " that doesn't is an opinion.",
        "“Which pattern do we never want to see again? Which do we always want to see? Say it as a rule that a stranger"
        " could follow. Who has a reservation? We keep it word for word.”",
    ),
    Phase(
        "sovereignty",
        "Sovereignty",
        "sovereign",
        5,
        "What can we do now that we couldn't before?",
        "For each of four measures the group says whether it lost or gained: decision-making capacity, skills,"
        " infrastructure, narrative clarity. Turnout and new organisers are asked last.",
        "Numbers alone are not power. Independence is the capacity to act without permission, so the group measures"
        " sovereignty, not heads. Turnout and new organisers are recorded but never added in.",
        "“If they withdrew tomorrow, what could we still do? −2 means we lost a lot, +2 means we gained a lot.”",
    ),
    Phase(
        "decompression",
        "Decompression",
        "feelings",
        10,
        "How are you? One word.",
        "Everyone says in one word how they are. Feelings, not strategy. Nobody answers and nobody explains.",
        "Betrayal, excitement, suspicion and hope distort analysis when they stay unprocessed. Psychological safety is"
        " strategic infrastructure.",
        "“One word each, no reasons. You can pass. We count the words but never who said them, and we don't have to save"
        " them.”",
    ),
    Phase(
        "close",
        "Close",
        "close",
        5,
        "What ends here, and what goes on?",
        "The group decides whether the collaboration lapses at its sunset or is deliberately renewed, whether to act,"
        " reflect or pause next, and who facilitates next time.",
        "Renewal must be deliberate, not automatic. Facilitation rotates so that no informal hierarchy grows. Act"
        " intensely, reflect deeply, pause deliberately.",
        "“The alliance ends at its sunset unless we decide otherwise now and say why. Who hasn't facilitated yet?”",
    ),
)

NAMES = tuple(phase.name for phase in PHASES)

DISSENT_PHASES: tuple[Phase, ...] = (
    Phase(
        "positions",
        "Positions",
        "positions",
        20,
        "What pulls you: our autonomy, or what we could win together?",
        "Everyone says what pulls them: keeping our autonomy or a concrete benefit. Each position is written down word for"
        " word, with or without a name.",
        "Conflicting incentives are not a problem to eliminate. They are energy to harness: those who fear co-optation"
        " protect the movement's spine, those who crave quick wins keep it relevant. Nothing is smoothed over.",
        "“Say it as you would say it outside. Nobody answers yet. I write it down exactly as you say it and read it back"
        " to you.”",
    ),
    Phase(
        "proposals",
        "Proposals",
        "proposals",
        10,
        "Which small, time-boxed action could test this?",
        "The room proposes probes, each concrete and limited: what, where, with whom, for how long.",
        "An alliance is a laboratory experiment, not a marriage. The narrower the scope, the clearer the data.",
        "“One sentence each: what we would do, where, with whom, and when it ends. We don't argue for them yet.”",
    ),
    Phase(
        "placing",
        "Placing",
        "placing",
        10,
        "Where would each of these land?",
        "Everyone places each proposal on the matrix, blind: autonomy preserved and concrete benefit delivered, 0 to 10"
        " each. Then the reveal.",
        "The proposal closest to the centre is often the most instructive: it puts real pressure on both values. Blind"
        " placements keep the first answer from becoming everybody's answer.",
        "“Two numbers for each proposal: how much of our autonomy would we keep, and how much benefit would it really"
        " bring? Don't say them aloud.”",
        curtain=True,
    ),
    Phase(
        "choice",
        "Choice",
        "choice",
        10,
        "Which of them would teach us most?",
        "The matrix shows the proposals, ranked by how close they are to its centre. The group chooses one and says why. It"
        " needn't be the first.",
        "You are not choosing the safest option. You are choosing the most educational one. Where the room placed the chosen"
        " proposal is what it expects, and the debrief measures the action against that.",
        "“The middle of the chart is where both sides are tested. If we choose a proposal further out, we say why and keep"
        " the reason.”",
    ),
)
"""The phases of an open dissent session, before the action."""

FIRST_AND_LAST = (PHASES[0].name, PHASES[-1].name, DISSENT_PHASES[0].name, DISSENT_PHASES[-1].name)
"""The phases that no agenda can skip: a session begins in its first one and is sealed in its last."""

PASSING = frozenset(("phase", "resting", "clocks", "began", "rate", "wall", "curtain", "opened", "sound"))
"""The fields of a session that its clock, its way through the phases, what is shut and what is heard change: nobody said them."""

EVERY = {phase.name: phase for phase in (*PHASES, *DISSENT_PHASES)}
"""All phases by name."""


def plan(name: str) -> tuple[Phase, ...]:
    """All phases of the kind of session that has a phase called `name`, in order."""
    return PHASES if name in NAMES else DISSENT_PHASES


def phase(name: str) -> Phase:
    """The phase called `name`. Raises KeyError if there is none."""
    return EVERY[name]
