"""A whole debrief as a story for the camera: the due one of the sample year, typed as a room would."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import App
from textual.widgets import OptionList

from tests.helpers.stage import Stage
from tests.pictures.drawing import Frame

Look = Callable[[float], None]
"""Show what is on the screen for some seconds."""

At = Callable[[str], Awaitable[None]]
"""Called at each place of the story, with its name."""


@dataclass
class Scene:
    """The stage with a camera before it."""

    stage: Stage
    look: Look
    at: At

    async def press(self, *keys: str, seconds: float = 0.4) -> None:
        """Press keys and show what comes of each."""
        for key in keys:
            await self.stage.press(key)
            self.look(seconds)

    async def type(self, text: str, *, seconds: float = 0.5, by: int = 6) -> None:
        """Type a line, `by` letters a picture, and enter it."""
        for start in range(0, len(text), by):
            self.stage.send(*text[start : start + by])
            self.stage.later(0.5)
            await self.stage.settle()
            self.look(0.07)
        await self.press("enter", seconds=seconds)

    async def on(self, phase: str) -> None:
        """Go on to a phase; where the wall covers it and its curtain is drawn, show the wall for a moment and open both."""
        await self.stage.press("f8", "f8")
        if self.stage.debrief.session.resting:
            self.look(0.9)
            await self.at("break")
            await self.stage.press("f8", "f8")
        await self.stage.until(lambda: self.stage.phase == phase and self.stage.screen.is_mounted)
        self.look(0.9)
        if self.stage.app.live.hall.wall:
            await self.at(f"{phase}, wall")
            await self.stage.press("f2")
        if self.stage.has("Curtain drawn"):
            await self.stage.press("f3")
        self.look(0.4)


def frame(app: App[None]) -> Frame:
    """What is on the terminal."""
    return tuple(tuple(strip) for strip in app.screen._compositor.render_strips())


MOMENTS = (
    "+ we closed lane 4 and three buses waited for us",
    "- their rota put a lanyard on the count",
    "+ Tobi asked Bronagh before he counted a single head",
    "+ a driver told us the real timetable",
    "- the paper rang them, not us",
)
PLACED = "Nguyễn 7 8\nİrem 6 7\nDov 4 6\nZoë 6 8\nŁukasz 5 8\nPatience 7 7\nBronagh 3 7\nHettie 6 9\nSolveig 8 6\nBarney 7 7\nAnwar 5 9\nTobi 6 8"
SAID = "proud 4\ntired 3\nstubborn 2\nhungry"


async def debrief(scene: Scene) -> None:
    """From the logbook to the seal."""
    stage = scene.stage
    await stage.until("to debrief")
    scene.look(1.2)
    await scene.at("logbook")
    await scene.press("enter")
    await stage.until(lambda: stage.phase == "opening" and stage.screen.is_mounted)
    await scene.press("f5", seconds=1.2)
    await scene.at("opening")
    await scene.press("f4", seconds=0.9)
    for key in "hhsh":
        await scene.press(key, "enter", seconds=0.25)
    await scene.at("red lines")
    for key in "hh":
        await scene.press(key, "enter", seconds=0.2)
    await scene.press("escape", seconds=0.3)
    await scene.on("silent_mapping")
    for line in MOMENTS:
        await scene.type(line)
    stage.later(300)
    await scene.at("silent mapping")
    scene.look(0.8)
    await scene.on("small_groups")
    await scene.press("f4", seconds=0.8)
    await scene.type("1- whoever holds the rota holds the count # 2 5", by=9)
    await scene.type("2+ people who do the work know the numbers # 3 4", by=9)
    await scene.at("small groups")
    scene.look(0.8)
    await scene.on("reposition")
    await scene.at("reposition, blind")
    stage.paste(PLACED)
    await scene.press("enter", seconds=0.8)
    await scene.press("f4", seconds=0.6)
    await stage.press("f4")
    await stage.until("revealed")
    scene.look(3.2)
    await scene.at("reposition")
    await scene.press("tab", seconds=1.4)
    await scene.at("organisations")
    await scene.on("amendments")
    await scene.type("We write the rota before anybody brings a lanyard", by=5)
    await scene.press("enter", seconds=0.2)
    await scene.type("1 2", seconds=0.3)
    await scene.at("amendments, the form")
    await scene.press("f4", seconds=1.2)
    await scene.at("amendments")
    await scene.on("sovereignty")
    for key in ("2", "1", "0", "1"):
        await scene.press(key, seconds=0.25)
        await scene.press("tab", "tab", seconds=0.1)
    await scene.at("sovereignty")
    scene.look(0.8)
    await scene.on("decompression")
    stage.paste(SAID)
    await scene.press("enter", seconds=1.6)
    await scene.at("decompression")
    await scene.on("close")
    await scene.press("left", "tab", seconds=0.3)
    await scene.type("The count is done, and the number is the Corporation's now", by=9, seconds=0.3)
    await scene.press("right", "tab", seconds=0.3)
    await scene.type("Dov", seconds=0.5)
    await scene.at("close")
    scene.look(0.8)
    await stage.press("f4")
    scene.look(0.6)
    await stage.press("f4")
    await stage.until(lambda: not stage.phase)
    scene.look(2.0)
    await scene.at("sealed")
    await scene.press("escape", seconds=1.5)
    await scene.at("logbook, afterwards")


async def tour(scene: Scene) -> None:
    """The other screens, from the logbook on, after a debrief."""
    stage = scene.stage
    await scene.press(*"cooker", "enter")
    await stage.until("In short")
    pages = stage.get("#pages", OptionList)
    for number in range(pages.option_count):
        await scene.at(f"review {number:02}")
        await scene.press("down")
    await scene.press("f3", "home")
    for number in range(pages.option_count):
        await scene.at(f"review {number:02}, open")
        await scene.press("down")
    await scene.press("escape", "f8")
    for number in range(6):
        await stage.until(lambda: not stage.has("Reading the logbook"))
        await scene.at(f"trends {number}")
        await scene.press("tab")
    await scene.press("enter")
    await scene.at("trends, behind")
    await scene.press("escape", "escape", "f9")
    await scene.at("guidelines")
    await scene.press("enter")
    await scene.at("guideline")
    await scene.press("escape", "tab")
    await scene.at("recurring")
    await scene.press("escape", "escape", "ctrl+f", *"door")
    await scene.at("search")
    await scene.press("f3")
    await scene.at("search, open")
    await scene.press("escape", "escape", "escape")
    for key, place in (
        ("ctrl+o", "form"),
        ("f6", "pact"),
        ("f7", "principles"),
        ("f5", "observer"),
        ("ctrl+n", "form, new"),
    ):
        await scene.press(*"bay", key)
        await stage.settle()
        await scene.at(place)
        await scene.press("escape", "escape")
    await scene.press("f1")
    await scene.at("help")
    await scene.press("escape", "ctrl+p")
    await scene.at("palette")
    await scene.press("escape")


async def dissent(scene: Scene) -> None:
    """An open dissent session, from the logbook on."""
    stage = scene.stage
    await scene.press("f4")
    await scene.at("dissent, asked")
    await scene.press("enter")
    await stage.until(lambda: stage.phase == "positions" and stage.screen.is_mounted)
    await stage.press("f5")
    if stage.app.live.hall.wall:
        await stage.press("f2")
    await scene.type("@Ruth a> By Sunday night it's their canvass and we're the local colour.")
    await scene.type("@Noor b> My aunt's ceiling is black. She wants it not black by Christmas.")
    if stage.has("Curtain drawn"):
        await stage.press("f3")
    await scene.at("positions")
    await scene.on("proposals")
    for line in (
        "Weekend canvass in one stairwell",
        "Advice drop-in at the Trust's office, six weeks",
        "Rent the bin room",
    ):
        await scene.type(line, by=20)
    await scene.at("proposals")
    await scene.on("placing")
    stage.paste("Ruth 6 6 2 7 9 2\nNoor 5 5 3 7 8 3\nDez 7 4 1 8 9 2\nAna 6 6 2 6 9 3")
    await scene.press("enter")
    await scene.at("placing")
    await scene.press("f4", "f4")
    await scene.at("placing, revealed")
    await scene.on("choice")
    await scene.type("A it tests both", by=20)
    await scene.at("choice")
