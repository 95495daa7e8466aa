"""Importing a debrief that was made in memory, as the demo's are."""

from dataclasses import replace

from store.archive.archive import Archive, new_uid
from store.debrief import Debrief
from store.exchange.incoming.debrief_bundle import bundled
from store.exchange.incoming.importing import Import
from store.exchange.incoming.reading import Incoming


def take_in(archive: Archive, found: Debrief) -> Debrief:
    """Save a debrief from elsewhere under ids of its own, whole or not at all; answers with it as it came in."""
    named = replace(found, probe=found.probe.but(uid=found.probe.uid or new_uid()))
    bundle, held = bundled(named)
    importing = Import(archive, Incoming(held=held))
    importing.add(bundle)
    (only,) = importing.save().probes
    return archive.debrief(only.probe)
