"""What the group holds across probes: its non-negotiables and its alliance guidelines, each with its history."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from store.model.base import Record, Stamp, Text, Value
from store.model.privacy import Asked, Public, Said
from store.ranges import Count, Number

_unless_empty: Any = Field(default=(), exclude_if=lambda value: not value)
"""A list that a row has only where there is something in it."""


class Stance(Value):
    """Somebody who doesn't simply consent, and why."""

    name: Asked[Text]
    reason: Said[Text]


class Given(Value):
    """What people answered to one wording of a draft, by its principles: kept while the draft has another wording."""

    principles: Public[tuple[Text, ...]]
    consents: Asked[tuple[Text, ...]] = ()
    stands_aside: tuple[Stance, ...] = _unless_empty
    objects: tuple[Stance, ...] = _unless_empty


class NonNegotiables(Record):
    """One revision of the group's statement of principles that can't be traded.

    Attributes:
        number: the revision, from 1.
        at: when it was begun.
        principles: one sentence each.
        asked: who was asked, by name.
        consents: who of them consents.
        stands_aside: who of them stands aside: lets it pass without consenting.
        objects: who of them objects.
        given: what was answered to other wordings of a draft, and by people who aren't asked any more; nothing once it is adopted.
        open: what is still open, verbatim.
        adopted: since when it is in force; None while it is a draft. The newest revision that was adopted is in force.
        source: where it came from, if it was not written here: the probe of a file that was imported.
    """

    table: ClassVar[str] = "non_negotiables"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Public[Count]
    at: Public[Stamp]
    principles: Public[tuple[Text, ...]] = ()
    asked: Asked[tuple[Text, ...]] = ()
    consents: Asked[tuple[Text, ...]] = ()
    stands_aside: tuple[Stance, ...] = _unless_empty
    objects: tuple[Stance, ...] = _unless_empty
    given: tuple[Given, ...] = _unless_empty
    open: Said[tuple[Text, ...]] = ()
    adopted: Public[Stamp | None] = None
    source: Public[str] = ""


class Version(Value):
    """One wording of a guideline. `session` is None for a wording that was older than the archive."""

    text: Public[Text]
    since: Public[Stamp | None] = None
    session: Public[str | None] = None


class Guideline(Record):
    """A numbered principle of the alliance guidelines, with its history, oldest first."""

    table: ClassVar[str] = "guidelines"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Public[Number]
    history: Annotated[tuple[Version, ...], Field(min_length=1)]

    @property
    def text(self) -> str:
        """The wording in force."""
        return self.history[-1].text


class Seen(Value):
    """A pattern, by its session and its number there."""

    session: Public[str]
    pattern: Public[Count]


class RecurringPattern(Record):
    """A pattern that a group has seen again, by a name of its own, and where it was seen, in the order of the debriefs."""

    table: ClassVar[str] = "recurring_patterns"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Public[Number]
    text: Public[Text]
    seen: tuple[Seen, ...] = ()
