"""The one plan of keys: a binding, its place in the footer, its palette entry and its row in the help all come from here."""

import signal
from dataclasses import dataclass, replace

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """Something a key does.

    Attributes:
        action: the Textual action, on the screen or the app that offers it.
        key: the key, as Textual spells it.
        label: for the footer, two words at most; empty for keys that only the help and the palette list.
        title: for the palette and the help.
        help: one sentence for the help screen and the tooltip.
        group: what it is about; the footer parts keys of different groups.
    """

    action: str
    key: str
    label: str
    title: str
    help: str
    group: str = ""

    @property
    def key_name(self) -> str:
        """The key as a person reads it: `F8`, `Ctrl+T`."""
        return "+".join(
            part.upper() if part[:1] == "f" and part[1:].isdigit() else part.title() for part in self.key.split("+")
        )

    def binding(self, label: str | None = None) -> Binding:
        """The Textual binding; `label` if a screen has a better word than the plan."""
        shown = self.label if label is None else label
        return Binding(
            self.key,
            self.action,
            shown or self.title,
            show=bool(shown),
            priority=True,  # ahead of the keys that follow: fast typing overtakes a key that waits in queues
            key_display=self.key_name,
            tooltip=self.help,
            id=self.action,
            group=Binding.Group(self.group) if self.group else None,
        )


HELP = KeyCommand("guide", "f1", "Help", "Help", "What happens here, what to say to the room, and every key.")
WALL = KeyCommand(
    "wall",
    "f2",
    "Wall",
    "Wall view on or off",
    "The view for the projector: the time, the phase, the question, a count, nothing private. It stays, also in the next phases,"
    " until this key leaves it.",
    group="hall",
)
CURTAIN = KeyCommand(
    "curtain",
    "f3",
    "Curtain",
    "Draw or open the curtain",
    "Hides every name and all that people wrote, or shows them again. It stays drawn, also in the next phases, until this key"
    " opens it. Silent mapping and blind ballots draw it. Opened, it lets a wall in its own window show groups, positions, words and the"
    " amendment as you type it, until you draw it or go on.",
    group="hall",
)
ACT = KeyCommand(
    "act",
    "f4",
    "",
    "The phase's own step",
    "The one thing that this screen does: mix, reveal, enter, seal. The footer names it.",
)
CLOCK = KeyCommand(
    "clock",
    "f5",
    "Clock",
    "Start or pause the clock",
    "Starts the phase's clock, pauses it, and lets it go on.",
    group="time",
)
MORE = KeyCommand(
    "minute(1)",
    "f6",
    "+1",
    "Add a minute",
    "One minute more for this phase; the clock shows beforehand when the session would then end.",
    group="time",
)
LESS = KeyCommand("minute(-1)", "f7", "−1", "Take a minute", "One minute less for this phase.", group="time")
NEXT = KeyCommand(
    "next",
    "f8",
    "Next",
    "On to the next phase",
    "Press it twice. The time left here is kept in case you come back.",
    group="way",
)
BACK = KeyCommand(
    "back",
    "f9",
    "Back",
    "Back to the phase before",
    "Press it twice. Its content and its time are as you left them.",
    group="way",
)
TAKE_BACK = KeyCommand(
    "take_back",
    "ctrl+t",
    "",
    "Take back the last step",
    "Goes back over what was done here, a step at a time: an entry, a paste, an edit; a reveal within ten seconds.",
)
BRING_BACK = KeyCommand(
    "bring_back",
    "ctrl+y",
    "",
    "Bring back what was taken back",
    "Goes forward again over what Ctrl+T took back, until something new is entered here.",
)
HIDE = KeyCommand(
    "hide", "ctrl+g", "", "Hide or show what is typed", "Whether the text can be read while it is being typed."
)
RESTART = KeyCommand(
    "restart", "ctrl+r", "", "Restart the phase's clock", "Press it twice. The phase has its planned time again."
)
SOUND = KeyCommand(
    "sound",
    "ctrl+e",
    "",
    "Sound at the end: bell, chime or none",
    "Two minutes before the end of a phase and at its end. Each press chooses the next and lets it be heard; it stays for the next"
    " debriefs. Without it the end is only seen.",
)
PROBE = KeyCommand(
    "probe",
    "ctrl+o",
    "",
    "The probe and its pact",
    "The form for the probe, its partners, red lines, dates and expected placements.",
)
LEAVE = KeyCommand(
    "leave",
    "ctrl+q",
    "",
    "Leave",
    "Press it twice in a live session. The logbook offers the session again, as it was.",
    group="leave",
)
SAVE = KeyCommand(
    "save",
    "ctrl+s",
    "",
    "Try again to save",
    "For when the screen says NOT SAVED. Redraw tries again every five seconds anyway; everything is saved as it is entered.",
)
COPY = KeyCommand(
    "copy_session",
    "f10",
    "",
    "Save this session as a copy",
    "For when the screen says NOT SAVED, or that the archive was moved: a file elsewhere, which “redraw import” takes in.",
)
THEME = KeyCommand("theme", "ctrl+l", "", "Light or dark", "For a bright hall or a dark one.")
PALETTE = KeyCommand("command_palette", "ctrl+p", "", "All commands", "Find any command by typing.")
SUSPEND = KeyCommand(
    "suspend_process",
    "ctrl+z",
    "",
    "Back to the shell for a moment",
    "Type fg and Enter in the shell to come back. In a debrief Redraw then asks whether the time away counts.",
)
REPORT = KeyCommand(
    "report",
    "f12",
    "",
    "Save a report of a fault",
    "After something went wrong: where in Redraw, its versions, the terminal. Nothing that people wrote is in it.",
)

OBSERVATIONS = KeyCommand(
    "observations",
    "ctrl+n",
    "",
    "Observations or moments",
    "In small groups: what the observers noted during the action instead of the moments; hidden until you open it.",
)

WAITING = replace(
    OBSERVATIONS,
    action="waiting",
    title="Who has not placed yet",
    help="While people place: names them on your screen, never on the wall or behind the curtain; the same key or Escape hides them.",
)

LOOK_BACK = KeyCommand(
    "look_back",
    "ctrl+b",
    "",
    "Look back",
    "In small groups: this pattern was seen before. In amendments: did the last guidelines work? At the close: which positions"
    " were borne out?",
)

AGENDA = KeyCommand(
    "agenda",
    "ctrl+a",
    "Agenda",
    "The agenda",
    "The minutes, questions and breaks of the session, and what it skips, with the times of day.",
)
READY = KeyCommand(
    "ready",
    "ctrl+d",
    "",
    "A group is ready, or not yet",
    "In small groups: type the number of the group, then this key. The wall counts the groups that are ready.",
)

PACT = KeyCommand(
    "pact",
    "f6",
    "Pact",
    "The pact on its page",
    "As it prints, with what is missing before both sides can agree to it.",
    group="probe",
)
AGREE = replace(
    ACT, label="Agree", title="Agree to the pact", help="Press it twice, when both sides have read the page."
)
NEW = KeyCommand("new", "ctrl+n", "New", "New probe", "Enter a probe: title, partners, pact.", group="begin")
DISSENT = KeyCommand(
    "dissent",
    "f4",
    "Dissent",
    "Open dissent session",
    "Before the action: what pulls the room, which probes it proposes, where each would land, and which one teaches most.",
    group="begin",
)
TRENDS = KeyCommand(
    "trends",
    "f8",
    "Trends",
    "Trends across probes",
    "What repeats and with whom; sovereignty over time; planned and used time; the rhythm; the record.",
    group="book",
)
SEARCH = KeyCommand(
    "search", "ctrl+f", "Search", "Search everything", "Find any text in any probe as you type.", group="book"
)
OURS = KeyCommand(
    "ours",
    "f4",
    "Ours",
    "Ours alone, or all",
    "Leaves out the probes of other groups that were imported, or brings them back.",
)
GUIDELINES = KeyCommand(
    "guidelines",
    "f9",
    "Guidelines",
    "The guidelines",
    "The principles in force, or as they were on any day, each with where it comes from and whether it worked.",
    group="book",
)
OPEN_PROBE = replace(PROBE, label="Form", group="probe")
QUIT = replace(
    LEAVE,
    label="Quit",
    title="Quit",
    help="Everything is saved as it is entered; if something isn't, you are asked first.",
)
LEAVE_PAGE = replace(LEAVE, key="escape", label="Back", title="Back", help="Back to the screen before.")
DONE = replace(ACT, label="Done", title="Done", help="Back to the screen before, with the form as it is.")
DEBRIEF = replace(
    ACT,
    label="Debrief",
    title="Start the debrief",
    help="Starts the debrief of a probe that has none, or goes on with an open one. Looking at a probe starts nothing.",
)
OBSERVE = KeyCommand(
    "observe",
    "f5",
    "Observe",
    "Observe the action",
    "A small screen for noting what you see, for the highlighted probe.",
    group="probe",
)
FORGET = replace(LEAVE_PAGE, action="forget", help="Empties the field; from an empty field, back to the logbook.")

PRINCIPLES = KeyCommand(
    "principles",
    "f7",
    "Non-negotiables",
    "The non-negotiables",
    "The statement of principles that can't be traded: the one in force, the next draft, and all earlier ones.",
    group="book",
)
ALONE = replace(WALL, help="The statement alone, for the projector: no names and no open points.")
MARKED = KeyCommand(
    "changes",
    "f3",
    "Changes",
    "Show or hide what changed",
    "Marks the words that were added or removed since the revision before.",
)
ADOPT = replace(
    ACT,
    label="Adopt",
    title="Put the draft in force",
    help="Press it twice. The record keeps who has not consented and what is open.",
)
EARLIER = KeyCommand("turn(-1)", "f5", "Earlier", "An earlier revision", "The revision before the one on screen.")
LATER = KeyCommand("turn(1)", "f6", "Later", "A later revision", "The revision after the one on screen.")

HELD = KeyCommand("mark('held')", "h", "Held", "Held", "The room says that this red line was held.")
STRAINED = KeyCommand("mark('strained')", "s", "Strained", "Strained", "The room says that it was strained.")
CROSSED = KeyCommand("mark('crossed')", "c", "Crossed", "Crossed", "The room says that it was crossed.")
UNMARKED = KeyCommand("unmark", "backspace", "", "Take the mark off", "The room has not said yet.")

YES = KeyCommand("mark('yes')", "y", "Yes", "Yes", "The room says that it worked.")
PARTLY = KeyCommand("mark('partly')", "p", "Partly", "Partly", "The room says that it worked in part.")
NO = KeyCommand("mark('no')", "n", "No", "No", "The room says that it did not work.")
TOO_EARLY = KeyCommand("mark('too early')", "t", "Too early", "Too early", "It comes up again in the next debrief.")

BORNE_OUT = KeyCommand("mark('borne out')", "b", "Borne out", "Borne out", "What happened bore this position out.")
NOT_BORNE_OUT = KeyCommand("mark('not')", "n", "Not", "Not borne out", "What happened did not bear it out.")

RECURRING = KeyCommand(
    "other", "tab", "Patterns", "Recurring patterns", "Patterns that were seen more than once, and what became of them."
)
TO_GUIDELINES = replace(RECURRING, label="Guidelines", title="The guidelines", help="The principles in force.")

SUSPENDS = hasattr(signal, "SIGTSTP")
"""Whether a program can be suspended here; on Windows none can."""

EVERYWHERE = (HELP, LEAVE, SAVE, COPY, THEME, PALETTE, *((SUSPEND,) if SUSPENDS else ()), REPORT)
_TIME = (CLOCK, MORE, LESS, NEXT, BACK)
SESSION = (
    HELP,
    WALL,
    CURTAIN,
    ACT,
    *_TIME,
    TAKE_BACK,
    BRING_BACK,
    HIDE,
    RESTART,
    SOUND,
    PROBE,
    OBSERVATIONS,
    WAITING,
    LOOK_BACK,
    replace(AGENDA, label=""),
    READY,
)
LOGBOOK = (HELP, NEW, DISSENT, OPEN_PROBE, PACT, OBSERVE, TRENDS, GUIDELINES, PRINCIPLES, SEARCH, QUIT)
REVIEW = (HELP, CURTAIN, DEBRIEF, TAKE_BACK, BRING_BACK, LEAVE_PAGE)
STATEMENT = (HELP, ALONE, MARKED, ADOPT, EARLIER, LATER, TAKE_BACK, BRING_BACK, FORGET)
RED_LINES = (HELP, HELD, STRAINED, CROSSED, UNMARKED, LEAVE_PAGE)
IMPULSES = (HELP, BORNE_OUT, NOT_BORNE_OUT, UNMARKED, LEAVE_PAGE)
VERDICTS = (HELP, YES, PARTLY, NO, TOO_EARLY, UNMARKED, LEAVE_PAGE)
FORM = (HELP, DONE, PACT, AGENDA, LEAVE_PAGE)
PAGE = (
    HELP,
    AGREE,
    replace(EARLIER, title="An earlier version", help="The version of the pact before the one on screen."),
    replace(
        LATER, title="A later version", help="The version after the one on screen, and at last the page as it is now."
    ),
    OPEN_PROBE,
    LEAVE_PAGE,
)
OBSERVER = (HELP, CURTAIN, TAKE_BACK, BRING_BACK, FORGET)
AGENDA_PAGE = (HELP, TAKE_BACK, BRING_BACK, replace(FORGET, help="Empties the field; from an empty field, back."))
ACROSS = (HELP, OURS, LEAVE_PAGE)
BEHIND = (HELP, LEAVE_PAGE)
CURTAINED = (HELP, CURTAIN, LEAVE_PAGE)
GUIDELINES_PAGE = (HELP, RECURRING, FORGET)
RECURRING_PAGE = (HELP, TO_GUIDELINES, LEAVE_PAGE)

ENTRY_KEYS = (
    ("Enter", "enters the line"),
    ("Up Down", "in an empty field, bring back what was refused or emptied, and then the last entry to edit"),
    (
        "12: … -12",
        "rewords entry 12 of the list, or takes it out; proposals by their letter, moments in small groups as m12",
    ),
    ("Tab", "switches, for instance from strengthened to compromised; in a form, goes to the next field"),
    ("Escape", "empties the field; Up brings it back"),
    ("PageUp PageDown", "scroll what is longer than the screen"),
    ("Mouse", "clicks choices, phases and keys; select text, then Ctrl+C copies it where the terminal allows (OSC 52)"),
)
"""What the keys do in a field, for the help screen."""


SCROLLING = (
    Binding("pagedown", "scroll(1)", "Down", show=False, priority=True),
    Binding("pageup", "scroll(-1)", "Up", show=False, priority=True),
)
"""The keys of `BaseScreen.action_scroll`."""

MOVING = (
    Binding("down", "move(1)", "Down", show=False, priority=True),
    Binding("up", "move(-1)", "Up", show=False, priority=True),
    Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
    Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
)
"""The keys that move in a list while its field has the focus."""


def bindings(commands: tuple[KeyCommand, ...]) -> list[Binding]:
    """The Textual bindings of some commands."""
    return [command.binding() for command in commands]
