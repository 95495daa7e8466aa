"""The versions of a pact: each wording that both sides agreed to, who signed it, what changed since the one before, its renewal.

A change to what was agreed makes the pact a draft, and keeps the wording that was agreed. If the change is taken back, the
agreement is there again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from store.debrief import Debrief
from store.model import Closing, EarlierPact, Pact, Partner, Probe
from store.probe.pact import COLUMNS, LINES, only_renewed, page, past_sunset, quoted, sides, signed, signers, speakers
from store.refused import Refused
from store.words.cells import wrapped
from store.words.changes import Compared, Part, compared
from store.words.dates import date_of, day
from store.words.text import lines_of, visible


@dataclass(frozen=True, slots=True)
class PactVersion:
    """A version of a pact.

    Attributes:
        number: from 1.
        probe: the probe with the wording of this version.
        how: how it came into being: “agreed on 7 November 2026 by Ana for Breathers and Gwen for Trust”.
    """

    number: int
    probe: Probe
    how: str


def versions(debrief: Debrief) -> tuple[PactVersion, ...]:
    """The versions of a pact, the oldest first. A draft is none; a renewal is the last one, with the new end as its sunset."""
    probe, session = debrief.probe, debrief.session
    found = [_as_agreed(probe, each) for each in probe.earlier_pacts]
    if probe.pact.agreed is not None:
        found.append(probe)
    told = [(each, _agreed(each)) for each in found]
    closing = session.closing
    if session.sealed is not None and closing.renewed_until is not None and _renewed(debrief):
        by = f"; decided by {closing.decided_by}" if closing.decided_by.strip() else ""
        reason = f": {closing.reason}" if closing.reason.strip() else ""
        how = f"renewed on {day(date_of(session.sealed))} until {day(closing.renewed_until)}{reason}{by}"
        told.append((probe.but(pact=probe.pact.but(sunset=closing.renewed_until)), how))
    return tuple(PactVersion(number, each, how) for number, (each, how) in enumerate(told, 1))


def before_now(debrief: Debrief) -> tuple[PactVersion, ...]:
    """The versions before the pact as it is now: the last one is the pact as it is now, unless that is a draft."""
    found = versions(debrief)
    return found[:-1] if debrief.probe.pact.agreed is not None or _renewed(debrief) else found


def then(debrief: Debrief, version: PactVersion) -> Debrief:
    """The debrief with the pact as it was in a version before now, for its page."""
    return replace(debrief, probe=version.probe, session=debrief.session.but(sealed=None, closing=Closing()))


def changes(debrief: Debrief, version: PactVersion | None = None) -> tuple[int, tuple[tuple[str, Compared], ...]]:
    """What changed in a version, or in the pact as it is now, since the version before it.

    Returns:
        The number of the version before it, 0 where there is none; and each line that changed, word by word, with what it is about.
    """
    found, before = versions(debrief), before_now(debrief)
    if version is not None:
        before, after = found[: version.number - 1], version.probe
    elif len(before) < len(found):
        after = found[-1].probe
    else:
        after = debrief.probe.but(non_negotiables=quoted(debrief)[0])
    if not before:
        return 0, ()
    old, new = _wording(before[-1].probe), _wording(after)
    lines = ((about, line) for about in new for line in compared(old[about], new[about]) if line.changed)
    return before[-1].number, tuple(lines)


def history(debrief: Debrief) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each version in words and what changed in it, as plain text; nothing of a pact that has a single version."""
    found = versions(debrief)
    for each in found if len(found) + (debrief.probe.pact.agreed is None) > 1 else ():
        changed = changes(debrief, each)[1]
        yield f"version {each.number}, {each.how}", tuple(f"{about}: {in_text(line.parts)}" for about, line in changed)


def below_the_page(debrief: Debrief) -> tuple[str, ...]:
    """The versions as lines below the printed page; nothing where they don't fit on it, or there is one alone."""
    rows: list[str] = []
    for how, changed in history(debrief):
        rows += wrapped(visible(how), COLUMNS, "  - ")
        rows += [row for each in changed for row in wrapped(visible(each), COLUMNS, "    ")]
    if not rows or len(page(debrief)) + 2 + len(rows) > LINES:
        return ()
    return "", "VERSIONS", *rows


def in_text(parts: Iterable[Part]) -> str:
    """A wording as plain text, with what went [−out−] and what came [+in+]."""
    return "".join(text if sign == "=" else _bracketed(sign, text) for sign, text in parts)


def _bracketed(sign: str, text: str) -> str:
    body = text.strip()
    return text.replace(body, f"[{sign}{body}{sign}]", 1) if body else text


def _renewed(debrief: Debrief) -> bool:
    closing = debrief.session.closing
    return debrief.sealed and closing.sunset == "renew" and closing.renewed_until is not None


def _as_agreed(probe: Probe, earlier: EarlierPact) -> Probe:
    """The probe with a wording that was agreed earlier."""
    ours, *partners = earlier.sides or ("",)
    return probe.but(
        title=earlier.title,
        our_organisation=ours,
        partners=tuple(Partner(name=name) for name in partners),
        spokespeople=earlier.spokespeople,
        non_negotiables=earlier.non_negotiables,
        statement=None,
        pact=earlier.pact,
        earlier_pacts=probe.earlier_pacts[: probe.earlier_pacts.index(earlier)],
    )


def _agreed(probe: Probe) -> str:
    under = signers(probe)
    by = f" by {'; '.join(under)}" if under else ""
    return f"agreed on {day(date_of(str(probe.pact.agreed)))}{by}"


def _wording(probe: Probe) -> dict[str, tuple[str, ...]]:
    pact = probe.pact
    days = (("Starts", pact.starts), ("Ends", pact.ends), ("Sunset", pact.sunset))
    return {
        "title": (probe.title,),
        "sides": sides(probe),
        "purpose": lines_of(pact.purpose),
        "dates": tuple(f"{name} {day(on)}" for name, on in days if on),
        "who does what": tuple(f"{each.who}: {each.what}" for each in pact.responsibilities),
        "messaging": (*speakers(probe), *pact.messaging),
        "red lines": pact.red_lines,
        "not negotiable": probe.non_negotiables,
    }


# --------------------------------------------------------------------------------------------------- changing the terms


def _terms(probe: Probe) -> dict[str, object]:
    """What both sides agree to, by name. Leaves out the hour of the end and the signatures, which may be added later."""
    pact = {name: getattr(probe.pact, name) for name in Pact.model_fields if name not in _BESIDE_THE_TERMS}
    return {"title": probe.title, "sides": sides(probe), "spokespeople": probe.spokespeople, **pact}


_BESIDE_THE_TERMS = ("ends_at", "signatures", "agreed")


def _differ(probe: Probe, agreed: Probe) -> set[str]:
    """The terms in which a wording differs from another."""
    old, new = _terms(agreed), _terms(probe)
    return {name for name in new if new[name] != old[name]}


def _stands(probe: Probe, agreed: Probe) -> bool:
    """Whether an agreement still holds for a probe: its terms are the same, and each side has a signature."""
    return not _differ(probe, agreed) and all(names for _, names in signed(probe))


def redrafted(debrief: Debrief, before: Debrief, now: float) -> Debrief:
    """Make an agreed pact a draft if its terms differ from those in `before` or a side has no signature left.

    What was agreed is kept. If a draft says again what was agreed last, and under it are the same names, it is agreed as it was.

    Raises:
        Refused: the agreed sunset has passed, and the change doesn't go back to the terms that were agreed.
    """
    probe, was = debrief.probe, before.probe
    if was.pact.agreed is not None and not _stands(probe, was):
        kept = EarlierPact(
            title=was.title,
            sides=sides(was),
            spokespeople=was.spokespeople,
            non_negotiables=was.non_negotiables,
            pact=was.pact,
        )
        changed = probe.but(pact=probe.pact.but(agreed=None), earlier_pacts=(*probe.earlier_pacts, kept))
    elif was.pact.agreed is None and probe.earlier_pacts and _back(probe):
        *earlier, last = probe.earlier_pacts
        changed = probe.but(
            pact=probe.pact.but(agreed=last.pact.agreed),
            non_negotiables=last.non_negotiables,
            statement=_statement(debrief, last.non_negotiables),
            earlier_pacts=tuple(earlier),
        )
    else:
        changed = probe
    over = past_sunset(was, now)
    if over is not None and changed.pact.agreed is None and not _goes_back(probe, was):
        raise Refused(only_renewed(over))
    return replace(debrief, probe=changed)


def _statement(debrief: Debrief, quoted: tuple[str, ...]) -> int | None:
    """The number of the revision that some quoted principles are from."""
    if debrief.probe.non_negotiables == quoted:
        return debrief.probe.statement
    return next((each.number for each in reversed(debrief.non_negotiables) if each.principles == quoted), None)


def _back(probe: Probe) -> bool:
    """Whether a draft says again what was agreed last."""
    last = probe.earlier_pacts[-1]
    there = set(probe.pact.signatures)
    return _stands(probe, _as_agreed(probe, last)) and there.issuperset(last.pact.signatures)


def _goes_back(probe: Probe, was: Probe) -> bool:
    """Whether a change leaves the terms of a draft alone, or takes one of them back to what was agreed last."""
    if was.pact.agreed is not None:
        return False
    agreed = _as_agreed(was, was.earlier_pacts[-1])
    return not _differ(probe, was) or _differ(probe, agreed) < _differ(was, agreed)
