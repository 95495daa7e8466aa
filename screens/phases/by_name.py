"""Finds the screen of a phase: it is `SCREEN` in the module that has the phase's name."""

from importlib import import_module
from typing import cast

from screens.phases.base import PhaseScreen


def phase_screen(name: str) -> PhaseScreen:
    """A new screen for the phase called `name`."""
    return cast(PhaseScreen, import_module(f"screens.phases.{name}").SCREEN())
