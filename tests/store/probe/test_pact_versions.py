"""The versions of a pact: what was agreed stays, with who signed it and what changed; past its sunset only a debrief renews it."""

import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.incoming.importing import import_file
from store.exchange.outgoing.export import export
from store.model import Closing, NonNegotiables, Probe, stamp
from store.probe import pact, pact_versions
from store.probe.form import FIELDS, put
from store.probe.form_hints import hints
from store.refused import Refused
from store.report.debrief_report import as_text
from tests.helpers.builders import AT, NOW
from tests.store.probe.test_pact import ready

BY_ID = {field.id: field for field in FIELDS}
DAY = 86400


def filled(found: Debrief, now: float = NOW, **fields: str) -> Debrief:
    for name, text in fields.items():
        found = put(found, BY_ID[name], text, now)
    return found


def twice() -> Debrief:
    """A pact that was agreed on 7 November, changed, and agreed anew on the 8th."""
    changed = filled(pact.agree(ready(), NOW), purpose="be heard at night", sunset="2026-11-18", signatures=BOTH)
    return pact.agree(changed, NOW + DAY)


BOTH = "Ana, Breathers\nGwen, trust\nBo, Breathers"


def how(found: Debrief) -> list[str]:
    return [each.how for each in pact_versions.versions(found)]


def test_each_agreed_wording_is_kept_with_who_signed_for_whom_and_when() -> None:
    found = twice()
    assert how(found) == [
        "agreed on 7 November 2026 by Ana for Breathers; Gwen for Trust of Pellan",
        "agreed on 8 November 2026 by Ana and Bo for Breathers; Gwen for Trust of Pellan",
    ]
    first, second = pact_versions.versions(found)
    assert (first.probe.pact.purpose, second.probe.pact.purpose) == ("be heard", "be heard at night")
    since, changed = pact_versions.changes(found)
    assert since == 1
    assert [f"{about}: {pact_versions.in_text(line.parts)}" for about, line in changed] == [
        "purpose: be heard[+ at night+]".replace("[+ ", " [+"),
        "dates: Sunset [−17−] [+18+] November 2026",
    ]
    page = pact.page(pact_versions.then(found, first))
    assert page[0].endswith("agreed on 7 November 2026")
    assert page == pact.page(pact.agree(ready(), NOW)), "the page as it was agreed to"
    assert pact.page(found)[0].endswith("version 2, agreed on 8 November 2026")


def test_a_change_that_is_taken_back_takes_no_agreement() -> None:
    agreed = pact.agree(ready(), NOW)
    slipped = filled(agreed, purpose="be seen", red_lines="x", signatures="Ana, Breathers")
    assert slipped.probe.pact.agreed is None
    assert how(slipped) == how(agreed), "what was agreed is kept meanwhile"
    assert any(
        "What was agreed on 7 November 2026 is kept" in line for line in hints(slipped, BY_ID["purpose"], "", NOW)
    )
    back = filled(slipped, purpose="be heard", red_lines="not for sale")
    assert back.probe.pact.agreed is None, "a signature is lacking"
    assert filled(back, signatures="Gwen, trust\nAna, Breathers") == filled(
        agreed, signatures="Gwen, trust\nAna, Breathers"
    )
    other = filled(back, signatures="Zoe, trust\nAna, Breathers")
    assert other.probe.pact.agreed is None, "somebody else signs for them: both sides agree anew"


def test_what_was_quoted_comes_back_with_the_agreement() -> None:
    agreed = pact.agree(ready(), NOW)
    quoting = replace(
        agreed,
        probe=agreed.probe.but(non_negotiables=("ours",), statement=1),
        non_negotiables=(NonNegotiables(number=1, at=AT, principles=("ours",), adopted=AT),),
    )
    assert filled(quoting, purpose="be seen", title="x", sunset="") != quoting
    assert filled(quoting, purpose="be seen").probe.statement == 1
    slipped = filled(quoting, purpose="be seen")
    slipped = replace(slipped, probe=slipped.probe.but(non_negotiables=(), statement=None))
    assert filled(slipped, purpose="be heard") == quoting


def test_versions_come_back_from_an_export_and_are_known_again(archive: Archive, tmp_path: Path) -> None:
    found = saved(archive, twice())
    place = export(archive, (), "json", tmp_path / "out.json", raw=True)
    other = Archive(tmp_path / "other.json")
    for how_ in ("new", "same"):
        (only,) = import_file(other, BytesIO(place.read_bytes()).read, NOW).probes
        assert only.how == how_
    assert other.debrief(only.probe).probe == found.probe
    assert other.check()[1] == []


@pytest.mark.parametrize(
    ("field", "text"),
    [("sunset", "2027-01-01"), ("sunset", ""), ("purpose", "x"), ("title", "y"), ("red_lines", ""), ("signatures", "")],
)
def test_past_its_sunset_an_agreed_pact_can_only_be_renewed(field: str, text: str) -> None:
    agreed = pact.agree(ready(), NOW)
    last, after = (datetime(2026, 11, day, hour).astimezone().timestamp() for day, hour in ((17, 23), (18, 0)))
    assert filled(agreed, last, **{field: text}).probe.pact.agreed is None
    with pytest.raises(Refused) as raised:
        filled(agreed, after, **{field: text})
    said = "The sunset, 17 November 2026, has passed: only a debrief can renew the pact, at its close, with a reason."
    assert str(raised.value) == said
    assert said in hints(agreed, BY_ID["sunset"], text, after)
    assert filled(agreed, after, context="it rained", ends="2026-11-15 15:30", signatures=BOTH).probe.pact.agreed == AT


def test_past_the_agreed_sunset_a_draft_only_goes_back_to_what_was_agreed() -> None:
    after = datetime(2026, 11, 18).astimezone().timestamp()
    agreed = pact.agree(ready(), NOW)
    slipped = filled(agreed, purpose="be seen", sunset="2026-12-24", red_lines="x")
    for field, text in (("sunset", "2026-12-25"), ("messaging", "more"), ("purpose", "be quiet")):
        with pytest.raises(Refused, match="only a debrief can renew"):
            filled(slipped, after, **{field: text})
    with pytest.raises(Refused, match="only a debrief can renew"):
        pact.agree(slipped, after)
    assert filled(slipped, after, sunset="2026-11-17", purpose="be heard", red_lines="not for sale") == agreed


def test_what_was_never_agreed_can_be_mended_past_its_sunset() -> None:
    assert filled(ready(), NOW + 90 * DAY, sunset="2027-03-01").probe.pact.sunset == date(2027, 3, 1)


def renewed(found: Debrief) -> Debrief:
    closing = Closing(
        sunset="renew",
        reason="the gate is open",
        decided_by="Ana and Gwen",
        renewed_until=date(2026, 12, 1),
        rhythm="act",
    )
    return found.with_session(id="s1", sealed=stamp(NOW + 9 * DAY), closing=closing)


def test_a_renewal_is_a_version_with_its_end_its_reason_and_who_decided() -> None:
    found = renewed(twice())
    assert how(found)[2:] == [
        "renewed on 16 November 2026 until 1 December 2026: the gate is open; decided by Ana and Gwen"
    ]
    since, changed = pact_versions.changes(found)
    assert since == 2
    assert [pact_versions.in_text(line.parts) for _, line in changed] == ["Sunset [−18 November−] [+1 December+] 2026"]
    assert [each.number for each in pact_versions.before_now(found)] == [1, 2]
    assert not any("Renewed" in line for line in pact.page(pact_versions.then(found, pact_versions.versions(found)[1])))
    assert any("Renewed until 1 December 2026" in line for line in pact.page(found))


def test_an_archive_from_before_opens_and_a_row_has_versions_only_where_there_are_some() -> None:
    row = pact.agree(ready(), NOW).probe.row()
    assert "earlier_pacts" not in row
    assert Probe.model_validate(row).earlier_pacts == ()
    assert Probe.model_validate(json.loads(json.dumps(twice().probe.row()))) == twice().probe


def saved(archive: Archive, found: Debrief) -> Debrief:
    kept = archive.with_id(found)
    kept = replace(kept, session=kept.session.but(probe=kept.probe.id))
    archive.commit(None, kept)
    return kept


TOLD = (
    "agreed on 7 November 2026 by {ana} for {breathers}; {gwen} for Trust of Pellan",
    "dates: Sunset [−17−] [+18+] November 2026",
    "renewed on 16 November 2026 until 1 December 2026: the gate is open; decided by {both}",
)


def test_show_and_the_exports_have_every_version_and_without_names_none(archive: Archive, tmp_path: Path) -> None:
    found = saved(archive, renewed(twice()))
    wanted: dict[str, Any] = {"ana": "Ana", "gwen": "Gwen", "breathers": "Breathers", "both": "Ana and Gwen"}
    shown = as_text(found, NOW)
    for form in ("md", "csv", "json"):
        for raw in (True, False):
            place = export(archive, (), form, tmp_path / f"{form}{raw}", raw=raw)
            files = [*place.iterdir()] if place.is_dir() else [place]
            text = "\n".join(each.read_text("utf-8-sig") for each in files).replace("\\", "")
            if raw and form != "json":
                assert all(each.format(**wanted) in text for each in TOLD), (form, text)
            assert ("Ana" in text, "Gwen" in text) == (raw, raw), form
            assert "be heard at night" in text
            if form == "json":
                (earlier,) = json.loads(place.read_text("utf-8"))["probes"][0]["probe"]["earlier_pacts"]
                assert (earlier["pact"]["purpose"], earlier["pact"]["agreed"]) == ("be heard", AT)
    assert all(each.format(**wanted) in shown for each in TOLD)
    assert "signed: Ana and Bo for Breathers" in shown
