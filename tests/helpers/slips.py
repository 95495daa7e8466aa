"""A room that is typed with slips of the fingers: each line of it, what may go wrong with that line, and how it is put right."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from screens.frame.question import QuestionScreen
from tests.helpers.stage import Stage
from tests.helpers.typed_room import SIGNS

OTHER = {"+": "-", "-": "+"}
NOBODY = "Qqqx"
"""No name begins like that."""


@dataclass(frozen=True)
class Line:
    """A line to type.

    Attributes:
        right: as it belongs.
        refused: what may be typed for it and is refused.
        wrong: what may be typed for it and is entered.
        out: the line that takes `wrong` out again.
        mends: the line that puts `wrong` right in its place; empty where only Up does.
        late: whether that can wait until more was entered.
        blind: whether it is shown to nobody again, and put right by entering it anew.
    """

    right: str
    refused: tuple[str, ...]
    wrong: str
    out: str
    mends: str = ""
    late: bool = False
    blind: bool = False


# ------------------------------------------------------------------------------------------------- the lines of a room


def roster(room: dict[str, Any]) -> Iterator[Line]:
    """A person a line; another organisation is corrected by the right line, another name by `wrong = right`."""
    for at, each in enumerate(room["participants"]):
        name, organisation, role = each.values()
        right = f"{name}; {organisation}; {role}"
        refused = (f"{name}; 99; {role}", name, f"-{NOBODY}", f"{NOBODY} = {name}", f"99: {organisation}")
        if at % 2:
            yield Line(right, refused, f"{name}x; {organisation}; {role}", f"-{name}x", f"{name}x = {name}")
        else:
            yield Line(right, refused, f"{name}; The Other Side; guest", f"-{name}", right)


def moments(room: dict[str, Any]) -> Iterator[Line]:
    """Moments with their authors, some named before the sign and some after it."""
    names = [each["alias"] for each in room["participants"]]
    for at, each in enumerate(room["moments"]):
        sign, by, text, n = SIGNS[each["felt"]], each["by"], each["text"], at + 1
        right = f"@{by} {sign} {text}" if at % 3 else f"{sign} @{by} {text}"
        refused = (f"@{NOBODY} {sign} {text}", f"@{by} {sign}", f"{n + 9}: {text}")
        wrong = f"@{names[at % len(names)]} {OTHER[sign]} {text[:20]} and so on"
        yield _numbered(n, right, refused, wrong, f"@{by} {sign} {text}")


def patterns(room: dict[str, Any]) -> Iterator[Line]:
    """Patterns with their groups and the moments that they rest on."""
    last = len(room["moments"])
    for at, each in enumerate(room["patterns"]):
        sign, text, n = SIGNS[each["felt"]], each["text"], at + 1
        rests = " ".join(str(moment + 1) for moment in each["from"])
        right = f"{each['group']}{sign} {text} # {rests}"
        refused = (f"{each['group']}{sign} {text}", f"1{sign} {text} # {last + 1}", f"88{sign} {text} # 1")
        yield _numbered(n, right, refused, f"2{OTHER[sign]} {text[:20]} # 1 p3", right)


def _numbered(n: int, right: str, refused: tuple[str, ...], wrong: str, again: str) -> Line:
    """The line of an entry that its number names: to put it right in its place, `again`, and to take it out."""
    return Line(right, (*refused, f"-{n + 9}"), wrong, f"-{n}", f"{n}: {again}", late=True)


def ballots(room: dict[str, Any]) -> Iterator[Line]:
    """Ballots; a wrong one is taken back by name."""
    for each in room["actual"]:
        by, x, y = each["by"], each["autonomy"], each["benefit"]
        yield Line(
            f"{by} {x} {y}",
            (f"{NOBODY} {x} {y}", f"{by} {x},5 {y}", f"{by} {x} {y}.5", f"{by} {x} {x} {y}", f"{by} 11 {y}", f"{by}"),
            f"{by} {y} {(x + 1) % 11}",
            f"-{by}",
            blind=True,
        )


def feelings(room: dict[str, Any]) -> Iterator[Line]:
    """Words with how many people said them."""
    for word, n in room["feelings"].items():
        refused = (f"{word} 0", f"-{NOBODY}", f"{word} {n},5", f"{word} {n}.5")
        yield Line(f"{word} {n}", refused, f"{word} {n + 1}", f"-{word} {n + 1}")


# ------------------------------------------------------------------------------------------------------ what goes wrong


@dataclass
class Typist:
    """Somebody who types lines into a field, one in `every` first wrong, beginning with the kind of slip number `seed`.

    Where they are in a hurry they paste: a line before they press Enter, and all lines between two mistakes at once. To type
    every letter takes five times as long.
    """

    stage: Stage
    every: int
    seed: int
    in_a_hurry: bool = False
    typed: int = 0
    made: Counter[str] = field(default_factory=Counter)
    """How often each kind of slip was made."""

    def __post_init__(self) -> None:
        self._kinds: dict[tuple[Slip, ...], Iterator[int]] = {}
        self._later = ""
        self._copied: list[str] = []

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.stage.screen.field.value  # type: ignore[attr-defined,no-any-return]

    def slips(self) -> bool:
        """Whether the next line is one of those that first go wrong."""
        self.typed += 1
        return self.typed % self.every == 0

    def pick(self, several: Sequence[Any]) -> Any:
        """One of several, another one each time, and for each seed."""
        return several[(self.seed + sum(self.made.values())) % len(several)]

    async def write(self, text: str) -> None:
        """Type a text, or paste it."""
        if self.in_a_hurry:
            self.stage.paste(text)
            await self.stage.settle()
        else:
            await self.stage.type(text)

    async def submit(self, line: str) -> None:
        """Type or paste a line and press Enter, whatever comes of it."""
        if self.in_a_hurry:
            self.stage.paste(line)
            await self.stage.press("enter")
        else:
            await self.stage.enter(line)

    async def enter(self, line: str) -> None:
        """Type a line that is entered."""
        await self.submit(line)
        assert self.value == "", (line, self.value, self.stage.hint)

    async def _right(self, line: str) -> None:
        if self.in_a_hurry:
            self._copied.append(line)
        else:
            await self.enter(line)

    async def _paste(self) -> None:
        copied, self._copied = self._copied, []
        if copied:
            self.stage.paste("\n".join(copied))
            await self.stage.settle()
            if len(copied) == 1:
                await self.stage.press("enter")
            assert self.value == "", (copied, self.value, self.stage.hint)

    async def refused(self, line: Line) -> None:
        """Type a line that is refused, and changes nothing."""
        before, wrong = self.stage.debrief, self.pick(line.refused)
        await self.submit(wrong)
        assert self.value == wrong, (wrong, self.stage.hint)
        assert self.stage.debrief is before

    async def type(self, lines: Sequence[Line]) -> None:
        """Type lines; every so many of them are entered only after, or by way of, a mistake."""
        slips = [each for each in SLIPS if all(each.fits(line) for line in lines)]
        kinds = cycle(slips[self.seed % len(slips) :] + slips[: self.seed % len(slips)])
        for line in lines:
            later, self._later = self._later, ""
            if self.slips():
                await self._paste()
                slip = next(kinds)
                self.made[slip.does.__name__] += 1
                await slip.does(self, line)
            else:
                await self._right(line.right)
            if later:
                await self._right(later)
        await self._paste()
        if self._later:
            await self.enter(self._later)


async def type_over(typist: Typist, line: Line) -> None:
    """A refused line is left standing, and the right one typed over it."""
    await typist.refused(line)
    await typist.enter(line.right)


async def empty_first(typist: Typist, line: Line) -> None:
    """A refused line is emptied out."""
    await typist.refused(line)
    await typist.stage.press("escape")
    await typist.enter(line.right)


async def correct(typist: Typist, line: Line) -> None:
    """A refused line is corrected where it stands."""
    await typist.refused(line)
    await typist.stage.press("end", "ctrl+u")
    await typist.enter(line.right)


async def bring_back_the_refused(typist: Typist, line: Line) -> None:
    """A refused line is typed over by half of another one, fetched back with Up and corrected."""
    await typist.refused(line)
    await typist.stage.press("x", "escape", "up", "up", "end", "ctrl+u")
    await typist.enter(line.right)


async def take_back(typist: Typist, line: Line) -> None:
    """A wrong line is entered and taken back."""
    await typist.enter(line.wrong)
    await typist.stage.press("ctrl+t")
    await typist.enter(line.right)


async def back_and_forth(typist: Typist, line: Line) -> None:
    """A wrong line is taken back, brought back and taken back; then so is the right one, which stays."""
    await typist.enter(line.wrong)
    await typist.stage.press("ctrl+t", "ctrl+y", "ctrl+t")
    await typist.enter(line.right)
    await typist.stage.press("ctrl+t", "ctrl+y")


async def take_out(typist: Typist, line: Line) -> None:
    """A wrong line is entered and taken out by its number or name; where something hangs on somebody, that is asked."""
    await typist.enter(line.wrong)
    await typist.submit(line.out)
    if isinstance(typist.stage.screen, QuestionScreen):
        assert typist.stage.has("Entered by mistake")
        await typist.stage.press("2")
    assert typist.value == ""
    await typist.enter(line.right)


async def edit_the_last(typist: Typist, line: Line) -> None:
    """A wrong line is fetched back with Up, and the right one typed over it."""
    await typist.enter(line.wrong)
    await typist.stage.press("escape")
    while not typist.stage.screen.editing:  # type: ignore[attr-defined]
        await typist.stage.press("up")  # past what was refused and emptied before
    await typist.stage.press("home", "shift+end")
    await typist.enter(line.right)


async def enter_anew(typist: Typist, line: Line) -> None:
    """A wrong line that is shown to nobody again is entered anew: refused once, it replaces that one with a second Enter."""
    await typist.enter(line.wrong)
    await typist.submit(line.right)
    assert typist.value == line.right, typist.stage.hint
    await typist.stage.press("enter")
    assert typist.value == "", typist.stage.hint


async def double(typist: Typist, line: Line) -> None:
    """The right line is entered twice, and what came of the second time is undone."""
    await typist.enter(line.right)
    before = typist.stage.debrief
    await typist.submit(line.right)
    if typist.value:
        assert typist.stage.debrief is before
        await typist.stage.press("escape")
    else:
        await typist.stage.press("ctrl+t")


async def reword(typist: Typist, line: Line) -> None:
    """A wrong line is put right in its place."""
    await typist.enter(line.wrong)
    await typist.enter(line.mends)


async def reword_later(typist: Typist, line: Line) -> None:
    """A wrong line is put right after the next one."""
    await typist.enter(line.wrong)
    typist._later = line.mends


@dataclass(frozen=True)
class Slip:
    """A kind of mistake with its remedy, and for which lines there is one."""

    does: Callable[[Typist, Line], Awaitable[None]]
    fits: Callable[[Line], object] = lambda line: True


SLIPS = (
    Slip(type_over),
    Slip(take_back),
    Slip(reword, lambda line: line.mends),
    Slip(double),
    Slip(take_out),
    Slip(empty_first),
    Slip(back_and_forth),
    Slip(edit_the_last, lambda line: not line.blind),
    Slip(enter_anew, lambda line: line.blind),
    Slip(correct),
    Slip(reword_later, lambda line: line.late),
    Slip(bring_back_the_refused),
)
