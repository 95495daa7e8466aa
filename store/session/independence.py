"""The three questions of independence (the essay, “Independence as Sovereign Capacity”), before the action and after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.debrief import Debrief
from store.model import QUESTIONS
from store.session.flow import live


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with both answers, each empty if not given."""

    name: str
    question: str
    before: str
    after: str


def answers(debrief: Debrief) -> tuple[Answered, ...]:
    """The three questions with the answers from before the action and from the debrief."""
    before: Mapping[Any, str] = debrief.probe.independence
    after: Mapping[Any, str] = debrief.session.independence
    return tuple(
        Answered(name, question, before.get(name, ""), after.get(name, "")) for name, question in QUESTIONS.items()
    )


def answer(debrief: Debrief, name: str, text: str) -> Debrief:
    """Record what the room answers in the debrief, as typed; a blank text takes the answer back.

    Raises:
        Refused: the session is sealed.
        KeyError: there is no such question.
    """
    live(debrief)
    if name not in QUESTIONS:
        raise KeyError(name)
    answered: Mapping[Any, str] = debrief.session.independence
    said = {**answered, name: text}
    return debrief.with_session(independence={each: said[each] for each in QUESTIONS if said.get(each, "").strip()})
