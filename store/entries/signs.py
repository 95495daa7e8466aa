"""The signs that begin a line: + for strengthened, − for compromised; before a name, − takes somebody out."""

from dataclasses import dataclass

from store.model import Felt

SIGNS = {"+": Felt.STRENGTHENED, "-": Felt.COMPROMISED, "−": Felt.COMPROMISED, "–": Felt.COMPROMISED}


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Somebody to take out again, or whose ballot to take back, by their whole name."""

    name: str


def takes_out(line: str) -> bool:
    """Whether a line begins with a minus, and so takes somebody (or their ballot) out again."""
    return line.lstrip()[:1] in ("-", "−", "–")


def signed(text: str, felt: Felt) -> tuple[Felt, str]:
    """The feeling that a line's sign gives, or `felt` without one, and the text.

    One blank after the sign belongs to it; everything else stays as typed.
    """
    stripped = text.lstrip()
    if stripped and stripped[0] in SIGNS:
        rest = stripped[1:]
        return SIGNS[stripped[0]], rest[1:] if rest.startswith(" ") else rest
    return felt, text
