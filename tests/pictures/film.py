"""A film of a terminal as one animated SVG: the frames stand side by side, and one animation shifts them past the window.

Where motion is not wanted, and in viewers without animation, one frame stands still.
"""

from itertools import accumulate

from tests.pictures.drawing import Drawing, Frame, document, frame_of, window


class Film:
    """Frames, each with how long it is shown."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.seconds: list[float] = []
        self._poster = 0

    @property
    def length(self) -> float:
        """How many seconds it takes."""
        return sum(self.seconds)

    def add(self, frame: Frame, seconds: float) -> None:
        """Show a frame, or the last one for longer if nothing has changed."""
        if self.frames and self.frames[-1] == frame:
            self.seconds[-1] += seconds
        else:
            self.frames.append(frame)
            self.seconds.append(seconds)

    def poster(self) -> None:
        """The last frame is the one that stands still where nothing moves."""
        self._poster = len(self.frames) - 1

    def lasts(self, seconds: float) -> None:
        """Let it take that long in all."""
        by = seconds / self.length
        self.seconds = [each * by for each in self.seconds]

    def svg(self, title: str) -> str:
        """The whole file."""
        drawing = Drawing()
        width, height = window(sum(each.cell_length for each in self.frames[0][0]), len(self.frames[0]))
        shown = "".join(drawing.frame(frame, at * width) for at, frame in enumerate(self.frames))
        rows = drawing.defined()
        starts = (0.0, *accumulate(self.seconds[:-1]))
        steps = "".join(
            f"{start / self.length:.4%}{{transform:translateX({-at * width:.0f}px)}}" for at, start in enumerate(starts)
        )
        still = f"transform:translateX({-self._poster * width:.0f}px)"
        moving = (
            f".film{{animation:film {self.length:.1f}s step-end infinite;{still}}}@keyframes film{{{steps}}}"
            f"@media(prefers-reduced-motion:reduce){{.film{{animation:none}}}}"
        )
        clip = f'<clipPath id="hall"><rect width="{width:.0f}" height="{height:.0f}"/></clipPath>'
        inside = f'{clip}{rows}{frame_of(width, height)}<g clip-path="url(#hall)"><g class="film">{shown}</g></g>'
        return document(width, height, title, drawing.styles() + moving, inside)
