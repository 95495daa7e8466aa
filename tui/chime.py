"""A chime of our own, and the programs of the computer that can play it.

Where none works nothing is said: the caller rings the terminal's bell instead, since the room has a debrief to hold.
"""

import math
import os
import shutil
import subprocess
import sys
import wave
from array import array
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from store.clock import Cue

_PLAYERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("afplay",),),
    "linux": (
        ("pw-play",),
        ("paplay",),
        ("aplay", "-q"),
        ("ffplay", "-nodisp", "-autoexit", "-v", "quiet"),
        ("play", "-q"),
    ),
}
"""The programs that play a file, by platform, each as the words before the file's name; the first that works is taken."""

_LONGEST = 5.0
"""Seconds after which a player is given up: one that waits for a sound server that isn't there waits for ever."""

_RATE = 22_050
_LOUDNESS = 0.5
_NOTES: dict[Cue, tuple[float, ...]] = {Cue.TWO_MINUTES: (660.0,), Cue.TIME_UP: (880.0, 660.0)}
"""The notes of a chime in hertz, one after the other: one note while there is time left, two that fall when it is up."""

_NOTE = 0.7
"""Seconds from one note to the next; each fades like a struck bell."""


def has_player() -> bool:
    """Whether this computer can play a chime that is heard where the terminal is: over SSH it would be heard elsewhere."""
    return "SSH_CONNECTION" not in os.environ and (sys.platform == "win32" or bool(_players()))


def _players() -> Sequence[tuple[str, ...]]:
    offered = _PLAYERS.get(sys.platform, _PLAYERS["linux"])
    return [each for each in offered if shutil.which(each[0])]


def played(sound: bytes) -> bool:
    """Play a WAVE file to its end; False if nothing here can."""
    try:
        with TemporaryDirectory(prefix="redraw-sound-") as folder:
            file = Path(folder) / "chime.wav"
            file.write_bytes(sound)
            return _played_by_windows(file) if sys.platform == "win32" else any(_run(each, file) for each in _players())
    except OSError:
        return False


def _run(player: Sequence[str], file: Path) -> bool:
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run([*player, file], stdin=quiet, stdout=quiet, stderr=quiet, timeout=_LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _played_by_windows(file: Path) -> bool:
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True
    return False


@cache
def chime(cue: Cue) -> bytes:
    """The chime of a cue as a WAVE file: one channel of 16 bits."""
    notes = _NOTES.get(cue, _NOTES[Cue.TIME_UP])
    samples = array("h")
    for at in range(int(_RATE * _NOTE * (len(notes) + 0.5))):
        seconds = at / _RATE
        loud = sum(_struck(note, seconds - n * _NOTE) for n, note in enumerate(notes))
        samples.append(round(32_767 * _LOUDNESS * max(-1.0, min(1.0, loud))))
    if sys.byteorder == "big":
        samples.byteswap()
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(_RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def _struck(hertz: float, seconds: float) -> float:
    """A struck bell, −1 to 1: a note with its octave, which fades."""
    if seconds < 0:
        return 0.0
    turn = 2 * math.pi * hertz * seconds
    return min(1.0, seconds * 200) * math.exp(-5 * seconds) * (0.7 * math.sin(turn) + 0.3 * math.sin(2 * turn))
