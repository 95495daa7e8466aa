"""The sign before a line: + for strengthened, − for compromised."""

from store.model import Felt

SIGNS = {"+": Felt.STRENGTHENED, "-": Felt.COMPROMISED, "−": Felt.COMPROMISED, "–": Felt.COMPROMISED}


def takes_out(line: str) -> bool:
    """Whether a line begins with a minus, and so takes somebody (or their ballot) out again."""
    return line.lstrip()[:1] in ("-", "−", "–")


def signed(text: str, felt: Felt) -> tuple[Felt, str]:
    """The sign before a line, or `felt`; one blank after the sign belongs to it, all else is kept as typed."""
    stripped = text.lstrip()
    if stripped and stripped[0] in SIGNS:
        rest = stripped[1:]
        return SIGNS[stripped[0]], rest[1:] if rest.startswith(" ") else rest
    return felt, text
