"""A whole room, typed line by line into a `Live` as on the screens, in a program of its own: no screen, no terminal.

    python -m tests.helpers.typed_room ARCHIVE ROOM.json

It prints the names of the news that it was told, one a line. `as_room` gives what came of it in the words of a room file.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

BARRED = ("textual", "rich", "click", "screens", "tui")

SIGNS = {"strengthened": "+", "compromised": "-"}


class Barrier(MetaPathFinder):
    """Lets no module be imported that a front end without a terminal hasn't got."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise where it is one of those."""
        if name.partition(".")[0] in BARRED:
            raise ImportError(f"{name} can't be imported here")


class Operator:
    """Somebody who runs a room with a front end that draws nothing, at a time that only they move."""

    def __init__(self, path: Path, room: Mapping[str, Any]) -> None:
        self.path, self.room = path, room
        self.heard: list[Any] = []
        self.time = datetime.fromisoformat(room["pact"]["starts"]).astimezone().timestamp() - 2 * 86400
        self.sit_down()

    def sit_down(self) -> None:
        """Start Redraw."""
        from store.live.live import Live
        from store.timekeeper import Timekeeper

        self.live = Live(self.path, Timekeeper(wall=lambda: self.time, steady=lambda: self.time))
        self.live.listeners.append(self.heard.append)
        self.live.writer.start()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(int(seconds)):
            self.time += 1
            self.live.tick()

    def until(self, day: str, hour: str) -> None:
        """Be there at an hour of a day."""
        self.time = datetime.fromisoformat(f"{day}T{hour}").astimezone().timestamp()
        self.live.tick()

    def enter(self, rule: Any, lines: Sequence[str]) -> None:
        """Type lines: the first one by itself, the others as a paste."""
        for text in filter(None, (lines[0], "\n".join(lines[1:]))):
            assert self.live.enter(rule, text) == ()
            assert not self.live.status.unsaved

    def change(self, rule: Callable[..., Any], *arguments: Any) -> None:
        """Have a form's field saved."""
        self.live.change(lambda debrief, _: rule(debrief, *arguments))

    @property
    def phase(self) -> str:
        """The phase that the session has come to."""
        return self.live.debrief.session.phase


def principles(operator: Operator) -> None:
    """The non-negotiables: each a line, those who consent by name, and then in force."""
    from store.probe import drafting

    live, room = operator.live, operator.room
    assert live.open_new()
    operator.enter(drafting.enter_principle, room["non_negotiables"])
    names = [each["by"] for each in room["expected"]]
    operator.enter(drafting.enter_asked, [", ".join(names)])
    operator.enter(drafting.enter_consent, names)
    live.change(drafting.adopt)


def open_dissent(operator: Operator) -> None:
    """The open dissent session, of a probe that nobody has named yet."""
    from store import entries
    from store.session import dissent, flow

    live, room = operator.live, operator.room
    position = entries.position_rule("autonomy")
    assert live.begin_dissent(None)
    live.change(flow.start_or_pause)
    operator.enter(position, [f"@{each['voice']} {each['pull'][0]}> {each['text']}" for each in room["dissent"]])
    live.enter(position, "said by mistake")
    operator.change(entries.take_back, "dissent")
    operator.wait(30)
    live.change(flow.advance)
    titles = [each["title"] for each in room["proposals"]]
    operator.enter(entries.add_proposal, titles)
    live.change(flow.advance)
    for at, mark in enumerate(room["proposals"][0]["placements"]):
        marks = [proposal["placements"][at] for proposal in room["proposals"]]
        placing = entries.placing_rule(live.debrief.proposals[0].number)
        operator.enter(placing, [" ".join([mark["by"], *(f"{m['autonomy']} {m['benefit']}" for m in marks)])])
    live.change(dissent.reveal)
    live.change(flow.advance)
    operator.enter(entries.choice_rule, [f"{'ABCDEFG'[titles.index(room['title'])]} it is what the room wants to try"])
    live.change(dissent.seal)
    assert live.debrief.sealed
    assert not live.in_session


def plan(operator: Operator) -> None:
    """The probe and its pact, a field of the form at a time."""
    from store.probe import form

    live, room = operator.live, operator.room
    pact = room["pact"]
    assert live.open(live.debrief.probe.id)
    typed = {
        **{name: room[name] for name in ("issue", "scope", "place", "context", "our_organisation")},
        "partners": "\n".join("; ".join((each["name"], each["kind"], each["power"])) for each in room["partners"]),
        **{name: pact[name] for name in ("purpose", "starts", "ends", "sunset")},
        "responsibilities": "\n".join(f"{each['who']}: {each['what']}" for each in pact["responsibilities"]),
        "messaging": "\n".join(pact["messaging"]),
        "red_lines": "\n".join(pact["red_lines"]),
        "expected": "\n".join(f"{each['by']} {each['autonomy']} {each['benefit']}" for each in room["expected"]),
    }
    for field in form.FIELDS:
        if field.id in typed:
            live.change(lambda debrief, now, field=field: form.put(debrief, field, typed[field.id], now))  # type: ignore[misc]


def observe(operator: Operator) -> None:
    """What the observers saw, in the evening of the last day."""
    from store.entries import observation_rule

    operator.until(operator.room["pact"]["ends"], "19:00")
    for each in operator.room["observations"]:
        line = f"{each['at'].replace('T', ' ')} @{each['by']} {each['kind']}: {each['text']}"
        assert operator.live.observe(observation_rule(), line) == ()


def opening(operator: Operator) -> None:
    """The roster, and the clock."""
    from store.entries import participant_rule
    from store.session import flow

    live = operator.live
    operator.enter(participant_rule, ["; ".join(each.values()) for each in operator.room["participants"]])
    live.change(flow.start_or_pause)
    live.change(flow.extend)
    operator.wait(90)


def silent_mapping(operator: Operator) -> None:
    """The moments; half of them are in when Redraw is stopped, and the room goes on without it for a while."""
    from store.entries import moment_rule
    from store.model import Felt

    rule = moment_rule(Felt.STRENGTHENED)
    lines = [f"@{each['by']} {SIGNS[each['felt']]} {each['text']}" for each in operator.room["moments"]]
    half = len(lines) // 2
    operator.enter(rule, lines[:half])
    operator.wait(10)
    id, left = operator.live.debrief.probe.id, operator.live.debrief.clock().left(operator.time)
    operator.live.writer.close()
    operator.time += 300
    operator.sit_down()
    assert operator.live.begin(id)
    away = operator.heard[-1].seconds
    assert 300 <= away < 303
    operator.live.came_back(counts=False)
    assert abs(operator.live.debrief.clock().left(operator.time) - left) < 3
    assert operator.phase == "silent_mapping"
    operator.enter(rule, lines[half:])


def small_groups(operator: Operator) -> None:
    """The groups, and what they saw."""
    from store.entries import pattern_rule
    from store.model import Felt
    from store.session import decisions

    operator.live.change(decisions.mix_groups)
    operator.enter(
        pattern_rule(1, Felt.STRENGTHENED),
        [
            f"{each['group']}{SIGNS[each['felt']]} {each['text']} # {' '.join(str(at + 1) for at in each['from'])}"
            for each in operator.room["patterns"]
        ],
    )


def reposition(operator: Operator) -> None:
    """Blind ballots, and the reveal."""
    from store.entries import ballot_rule
    from store.refused import Refused
    from store.session import decisions

    lines = [f"{each['by']} {each['autonomy']} {each['benefit']}" for each in operator.room["actual"]]
    operator.enter(ballot_rule, lines[:2])
    with suppress(Refused):
        operator.live.change(decisions.reveal)
    assert operator.live.debrief.session.revealed == 0, "two would be one person's vote"
    operator.enter(ballot_rule, lines[2:])
    assert operator.live.debrief.session.revealed == 0
    operator.live.change(decisions.reveal)
    assert operator.live.debrief.session.revealed == 1


def amendments(operator: Operator) -> None:
    """Each through its form."""
    from store.session.amending import AmendmentForm, amend

    for each in operator.room["amendments"]:
        form = AmendmentForm(
            each["principle"],
            each["replaces"] or "",
            " ".join(str(at + 1) for at in each["because"]),
            each["decision"],
            "\n".join(each["reservations"]),
        )
        operator.live.change(lambda debrief, now, form=form: amend(debrief, form, now))  # type: ignore[misc]


def sovereignty(operator: Operator) -> None:
    """The four measures, and last the turnout."""
    from store.session import decisions

    for name, said in operator.room["sovereignty"].items():
        operator.change(decisions.measure, name, said["change"], said["note"])
    operator.change(decisions.count, "turnout", str(operator.room["turnout"]))


def decompression(operator: Operator) -> None:
    """A word a line; after a look back at the phase before."""
    from store.entries import feeling_rule
    from store.session import flow

    operator.live.change(flow.go_back)
    assert operator.phase == "sovereignty"
    operator.live.change(flow.advance)
    operator.enter(feeling_rule, [f"{word} {count}" for word, count in operator.room["feelings"].items()])


def close(operator: Operator) -> None:
    """What ends and what goes on, and the seal."""
    from store.session import decisions, flow

    live, closing = operator.live, dict(operator.room["close"])
    if until := closing.pop("renewed_until", ""):
        live.change(lambda debrief, now: decisions.renew_until(debrief, until, now))
    for name, said in closing.items():
        live.change(lambda debrief, _, name=name, said=said: decisions.close_with(debrief, **{name: said}))  # type: ignore[misc]
    live.change(flow.seal)
    assert live.debrief.sealed


PHASES = (opening, silent_mapping, small_groups, reposition, amendments, sovereignty, decompression, close)


def main(path: str, room_file: str) -> Iterator[str]:
    """Type a room in; answers with the names of the news."""
    sys.meta_path.insert(0, Barrier())
    from store.session import flow

    room = json.loads(Path(room_file).read_text(encoding="utf-8"))
    operator = Operator(Path(path), room)
    for step in (principles, open_dissent, plan, observe):
        step(operator)
    debrief_day = datetime.fromisoformat(room["pact"]["ends"]) + timedelta(days=1)
    operator.until(f"{debrief_day:%Y-%m-%d}", "11:00")
    assert operator.live.begin(operator.live.debrief.probe.id)
    for phase in PHASES:
        assert operator.phase == phase.__name__
        phase(operator)
        if phase is not close:
            operator.live.change(flow.advance)
    assert operator.live.writer.close() == ""
    assert not [name for name in sys.modules if name.partition(".")[0] in BARRED]
    return (getattr(each, "name", type(each).__name__) for each in operator.heard)


# ------------------------------------------------------------------------------------------------------ what came of it


def _some(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names} for row in rows]


def as_room(shown: dict[str, Any]) -> dict[str, Any]:
    """What `show --format json` gives of a debrief, in the words and with the counting from 0 of a room file."""
    probe, session = shown["probe"], shown["session"]

    def marks(turn: int) -> list[dict[str, Any]]:
        placements = [row for row in shown["placements"] if row["round"] == turn]
        return _some(placements, "by", "autonomy", "benefit")

    names = ("title", "issue", "scope", "place", "context", "our_organisation", "partners")

    def filled_in(record: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in record.items() if value not in (None, "", [])}

    return {
        **{name: probe[name] for name in names},
        "pact": filled_in(probe["pact"]),
        "participants": _some(shown["participants"], "alias", "organisation", "role"),
        "moments": _some(shown["moments"], "by", "felt", "text"),
        "patterns": [
            {**row, "from": [number - 1 for number in of["moments"]]}
            for row, of in zip(_some(shown["patterns"], "group", "felt", "text"), shown["patterns"], strict=True)
        ],
        "expected": marks(0),
        "actual": marks(1),
        "amendments": [
            {**row, "because": [number - 1 for number in row["because"]]}
            for row in _some(shown["amendments"], "principle", "replaces", "because", "decision", "reservations")
        ],
        "sovereignty": session["sovereignty"],
        "turnout": session["turnout"],
        "feelings": session["feelings"],
        "close": filled_in(session["closing"]),
    }


def before_the_debrief(shown: dict[str, Any]) -> dict[str, Any]:
    """What else a probe has in a room file: what was entered before the debrief, on other screens than its phases'."""
    return {
        "dissent": _some(shown["dissent"], "voice", "pull", "text"),
        "proposals": [
            {"title": each["title"], "placements": _some(each["placements"], "by", "autonomy", "benefit")}
            for each in shown["proposals"]
        ],
        "observations": [
            {**row, "at": datetime.fromisoformat(row["at"]).astimezone().isoformat(timespec="minutes")[:16]}
            for row in _some(shown["observations"], "at", "by", "kind", "text")
        ],
    }


if __name__ == "__main__":
    sys.stdout.write("\n".join(main(*sys.argv[1:])) + "\n")
