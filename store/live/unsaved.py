"""What the debrief in hand has and the archive has not, counted."""

from store.debrief import KINDS, Debrief
from store.model import Event, Probe, Record, Session


def unsaved(saved: Debrief | None, debrief: Debrief) -> str:
    """What differs from what is saved, as in “4 entries”; where only the session has moved on, “the last step”; empty if nothing."""
    before, after = (_records(each) for each in (saved, debrief))
    differing = [place for place in before | after if before.get(place) != after.get(place)]
    entries = sum(kind not in (Session, Event) for kind, _ in differing)
    if entries:
        return "1 entry" if entries == 1 else f"{entries} entries"
    return "the last step" if differing else ""


def _records(debrief: Debrief | None) -> dict[tuple[type[Record], object], Record]:
    """Every record, also of a probe that has no id yet."""
    if debrief is None:
        return {}
    rest = [record for kind in KINDS for record in getattr(debrief, kind.table)]
    found = [debrief.session, *rest] if not debrief.probe.title.strip() else [debrief.probe, debrief.session, *rest]
    return {(type(each), Probe if isinstance(each, Probe) else each.key): each for each in found}
