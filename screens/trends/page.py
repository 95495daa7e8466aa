"""What the pages of the trends screen have in common, and the figures that they show."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from store.trends.case import Case
from store.trends.finding import Finding
from store.trends.overview import Overview

BESIDE = 110
"""Columns from which the probes behind what is chosen have a panel beside the list."""


@dataclass(frozen=True)
class TrendsData:
    """All that the pages show.

    Attributes:
        overview: what was counted; of at least one case.
        letters: the sign of each probe on every page.
        findings: the findings on each page that has some, in their order there.
    """

    overview: Overview
    letters: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The probes that were counted, oldest first."""
        return self.overview.cases


class TrendsPage(Widget):
    """A page below the row of pages. It draws itself only while it is displayed."""

    title: ClassVar[str] = ""
    """Its name in the row of pages."""

    data: TrendsData | None = None

    class Changed(Message):
        """The sentence below the page, or the hint, has to be updated."""

    @dataclass
    class Opened(Message):
        """Somebody opened a finding: show the probes behind it."""

        finding: Finding

    @dataclass
    class TurnedTo(Message):
        """Somebody opened another page, by its title."""

        title: str

    def show(self, data: TrendsData) -> None:
        self.data = data

    @abstractmethod
    def draw(self) -> None:
        """Draw the page for its size, where there is something to draw."""

    @abstractmethod
    def move(self, by: int) -> None:
        """Choose a line or a figure further down, or up where `by` is negative."""

    @abstractmethod
    def open(self) -> None:
        """Open what is chosen."""

    def sentence(self) -> str:
        """What to say below the page; may be empty."""
        return ""

    @property
    def is_key(self) -> bool:
        """Whether that sentence only tells what the signs of the page mean."""
        return False

    def hints(self, next_page: str) -> list[str]:
        """The keys that do something here."""
        return [f"Tab: {next_page}"]
