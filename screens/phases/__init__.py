"""One file for each phase of a debrief or a dissent session, named like the phase."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from screens.phases.base import PhaseScreen


def phase_screen(name: str) -> PhaseScreen:
    """A new screen for the phase called `name`: the `SCREEN` of its file."""
    return cast("PhaseScreen", import_module(f"screens.phases.{name}").SCREEN())
