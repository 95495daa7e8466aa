"""The chime and what plays it: a sound file of our own, any player that works, and False where none does."""

import io
import os
import sys
import time
import wave
from pathlib import Path

import pytest

from store.clock import Cue
from tests.helpers.command_line import needs_posix
from tui import chime


@pytest.fixture
def players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of the path, as on a Linux computer at which somebody sits."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def player(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.parametrize("cue", [Cue.TWO_MINUTES, Cue.TIME_UP])
def test_a_chime_is_a_short_wave_that_can_be_heard_and_ends_quietly(cue: Cue) -> None:
    with wave.open(io.BytesIO(chime.chime(cue))) as found:
        assert (found.getnchannels(), found.getsampwidth()) == (1, 2)
        assert 0.5 < found.getnframes() / found.getframerate() < 3
        data = memoryview(found.readframes(found.getnframes())).cast("h")
    assert 8_000 < max(data) < 32_767, "loud, and not overdriven"
    assert max(map(abs, data[-50:])) < 600, "it doesn't end in a click"
    assert abs(data[0]) < 600


def test_the_end_sounds_different_from_two_minutes() -> None:
    assert len(chime.chime(Cue.TIME_UP)) > len(chime.chime(Cue.TWO_MINUTES))


@needs_posix
def test_a_player_gets_the_file_and_the_file_is_gone_afterwards(players: Path, tmp_path: Path) -> None:
    player(players, "paplay", f'/bin/cp "$1" {tmp_path}/got; echo "$1" > {tmp_path}/name')
    assert chime.has_player()
    assert chime.played(b"RIFF")
    assert (tmp_path / "got").read_bytes() == b"RIFF"
    assert not Path((tmp_path / "name").read_text().strip()).parent.exists()


@needs_posix
def test_the_next_player_is_tried_where_one_fails(players: Path, tmp_path: Path) -> None:
    player(players, "pw-play", "exit 1")
    player(players, "aplay", f"echo $1 > {tmp_path}/played")
    assert chime.played(b"RIFF")
    assert (tmp_path / "played").read_text() == "-q\n"


@needs_posix
def test_where_no_player_works_it_says_so(players: Path) -> None:
    assert not chime.has_player()
    assert not chime.played(b"RIFF")
    player(players, "paplay", "exit 1")
    assert chime.has_player()
    assert not chime.played(b"RIFF")


@needs_posix
def test_a_player_that_waits_for_ever_is_given_up(players: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chime, "_LONGEST", 0.2)
    player(players, "paplay", "exec /bin/sleep 60")
    begun = time.monotonic()
    assert not chime.played(b"RIFF")
    assert time.monotonic() - begun < 10


@needs_posix
def test_over_ssh_there_is_no_player_since_nobody_sits_where_it_would_be_heard(
    players: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(players, "paplay", "exit 0")
    assert chime.has_player()
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22")
    assert not chime.has_player()


def test_a_folder_that_cannot_be_written_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_folder(*_given: object, **_named: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(chime, "TemporaryDirectory", no_folder)
    assert not chime.played(b"RIFF")
