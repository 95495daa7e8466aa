"""What a rule answers when it can't do what was asked."""

from typing import Literal, Self

Remedy = Literal[
    "go on",
    "go on to the choice",
    "go back",
    "go back to the opening",
    "go back to the proposals",
    "go back and reveal",
    "seal",
    "open a second round",
    "reword it",
    "take off the mark",
    "ask somebody",
    "write a principle",
    "write the first principle",
    "consent",
    "take somebody out",
    "place a ballot",
    "take back a ballot",
    "replace a ballot",
    "write a moment",
    "write a pattern",
    "name the evidence",
    "count paper maps",
    "name the group",
    "write a position",
    "write an observation",
    "count a feeling",
    "name a proposal",
    "give a reason",
    "choose none",
]
"""What would help, as a front end knows it: a terminal names a key or what to type, a page may offer a button."""


class Refused(ValueError):
    """One sentence about what is wrong and what to do instead, in words that hold on any front end.

    Attributes:
        remedy: the step that helps, where there is one; the front end says how it is taken.
        in_public: what may be said of it where the hall can read it. Unless somebody has thought of that it is nothing: a
            sentence may quote a name.
    """

    def __init__(self, sentence: str, remedy: Remedy | None = None, *, in_public: str = "") -> None:
        super().__init__(sentence)
        self.remedy = remedy
        self.in_public = in_public

    @classmethod
    def openly(cls, sentence: str, remedy: Remedy | None = None) -> Self:
        """With a sentence that quotes nobody and nothing, so that the hall may read it."""
        return cls(sentence, remedy, in_public=sentence)
