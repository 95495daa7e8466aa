"""The gap in words: how the same people moved, or where too few placed twice, the step between the medians of different people.

It reads the rows that a session keeps, so that the logbook can say it before the models are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.words.numbers import signed, step_in_words

AXES = ("autonomy", "benefit")

FEW = 12
"""People from which a gap isn't called chance for their number alone: of five who haven't changed their minds, half show one."""

COIN = 0.1
"""A count of lower against higher that a coin gives this often may be chance."""

GapRow = Mapping[str, Any]
"""A session's `gap` as it is kept."""


def step(gap: GapRow | None) -> tuple[float, float] | None:
    """The gap as two numbers, autonomy and benefit: of the same people where it is known, otherwise of the medians."""
    if not gap:
        return None
    paired = gap.get("paired")
    autonomy, benefit = ((paired or gap)[axis] for axis in AXES)
    return (autonomy["median"], benefit["median"]) if paired else (autonomy, benefit)


def may_be_chance(gap: GapRow, axis: str) -> bool:
    """Whether the gap of the same people on an axis may be chance: it rests on few people, or its count could be a coin's."""
    from store.matrix.statistics import sign_test  # on first use: the logbook's first screen needs no statistics

    paired = gap["paired"]
    return bool(paired["n"] < FEW or sign_test(paired[axis]["lower"], paired[axis]["higher"]) >= COIN)


def sentences(gap: GapRow, chance: Mapping[str, bool] | None = None) -> Iterator[str]:
    """The gap, one sentence for each thing that is to be said.

    Args:
        gap: as it is kept.
        chance: by axis, whether the step between the medians of different people may be chance, where that is known.
    """
    paired = gap.get("paired")
    if paired:
        chance = {axis: may_be_chance(gap, axis) for axis in AXES}
        for axis in AXES:
            yield _moved(paired["n"], axis, paired[axis], again=axis != AXES[0])
    else:
        yield f"{step_in_words(gap['autonomy'], gap['benefit']).removesuffix('.')}, at the medians of different people."
    by_chance = [axis for axis in AXES if chance and chance[axis]]
    if paired and paired["n"] < FEW:
        yield "Fewer than twelve people: it may be chance."
    elif by_chance:
        yield "It may be chance." if len(by_chance) == len(AXES) else f"On {by_chance[0]} it may be chance."


def in_words(gap: GapRow | None, chance: Mapping[str, bool] | None = None) -> str:
    """The same in one line."""
    if not gap:
        return "No gap yet: it takes both what was expected and where it landed."
    return " ".join(sentences(gap, chance))


def in_numbers(gap: GapRow | None) -> str:
    """The gap as its two numbers: “−6 autonomy, −1 benefit”; empty without one."""
    found = step(gap)
    return f"{signed(found[0])} autonomy, {signed(found[1])} benefit" if found else ""


def in_short(gap: GapRow | None) -> str:
    """The same with whose gap it is: “−6 autonomy, −1 benefit, same 10 people”."""
    if not gap:
        return ""
    who = f"same {gap['paired']['n']} people" if gap.get("paired") else "different people"
    return f"{in_numbers(gap)}, {who}"


def _moved(n: int, axis: str, shift: Mapping[str, Any], again: bool) -> str:
    """“7 of 8 placed it lower on autonomy than they expected, 1 the same (median −2)”; where said `again`, in short."""
    counts = {"lower": shift["lower"], "higher": shift["higher"], "the same": shift["same"]}
    first, *others = sorted(counts, key=lambda way: (-counts[way], way == "the same"))
    most = f"{counts[first]} of {n}"
    if again:
        said = f"On {axis}: {most} {first}"
    elif first == "the same":
        said = f"{most} placed it where they expected on {axis}"
    else:
        said = f"{most} placed it {first} on {axis} than they expected"
    rest = "".join(f", {counts[way]} {way}" for way in others if counts[way])
    return f"{said}{rest} (median {signed(shift['median'])})."
