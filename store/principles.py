"""The non-negotiables: the statement of principles that can't be traded, revision after revision."""

from collections.abc import Sequence

from store.model import NonNegotiables


def in_force(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The newest revision that was adopted; None while there is none."""
    return next((each for each in reversed(revisions) if each.adopted is not None), None)


def quoted(
    revisions: Sequence[NonNegotiables], theirs: NonNegotiables
) -> tuple[tuple[NonNegotiables, ...], int | None]:
    """The revisions with one that a probe from elsewhere quotes, and the number it has here; None where it says nothing.

    The same words are the same revision. Others become a revision of their own: in force where nothing is yet, otherwise a
    draft, for to take in a file decides nothing for the group.
    """
    if not theirs.principles:
        return tuple(revisions), None
    if same := next((each for each in reversed(revisions) if each.principles == theirs.principles), None):
        return tuple(revisions), same.number
    number = max((each.number for each in revisions), default=0) + 1
    adopted = None if in_force(revisions) else theirs.adopted or theirs.at
    return (*revisions, theirs.but(number=number, adopted=adopted)), number
