"""The letters by which the probes are known on every chart and in every list across probes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.matrix.chart import MARK
from store.trends.case import Case

LETTERED = 26
"""How many probes get a letter: the latest ones."""


def letters(cases: Sequence[Case]) -> Mapping[str, str]:
    """The sign of each probe: a letter, A for the latest, or a dot for those older than the last letter."""
    latest = enumerate(reversed(cases))
    return {case.probe: chr(ord("A") + at) if at < LETTERED else MARK for at, case in latest}
