"""Samples, their statistics and the tables that show them."""

import math
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Row:
    """A row of a table: Redraw's samples, the samples to compare with, and the highest acceptable ratio."""

    what: str
    ours: Sequence[float]
    theirs: Sequence[float]
    bar: float
    share: float = 0.5
    """The quantile to compare; 0.5 is the median."""


def quantile(samples: Sequence[float], share: float) -> float:
    """The sample at a quantile."""
    assert samples
    return sorted(samples)[max(0, math.ceil(share * len(samples)) - 1)]


def load() -> str:
    """The computer's load."""
    return "load " + " ".join(f"{each:.1f}" for each in os.getloadavg())


def table(title: str, unit: str, rows: Sequence[Row]) -> None:
    """Print a table of measurements."""
    print(f"\n\n{title}   ({load()})")
    print(f"{'':<44}{'redraw':>10}{'bare':>10}{'ratio':>8}{'bar':>7}{'spread':>16}   n")
    for row in rows:
        ours, theirs = quantile(row.ours, row.share), quantile(row.theirs, row.share)
        held = "" if ours / theirs <= row.bar else "   over"
        spread = f"{min(row.ours):.1f}–{max(row.ours):.1f}"
        print(
            f"{row.what:<44}{ours:>8.1f} {unit}{theirs:>7.1f} {unit}{ours / theirs:>8.2f}{row.bar:>7.2f}{spread:>16}"
            f"   {len(row.ours)}{held}"
        )


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median ratio of samples taken one right after the other."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def peak(pid: int) -> float:
    """The peak memory of a process so far, in MiB."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("this system has no /proc to read peak memory from")
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
