"""Tags of a probe: short, suggested from those that were used, one however they are spelt."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.debrief import Debrief, EarlierProbe, GroupHistory
from store.exchange.bundle import Shelf
from store.exchange.incoming.importing import import_file, take_in
from store.exchange.incoming.known_probes import differences
from store.exchange.incoming.rooms import read_room
from store.logbook.details import told
from store.logbook.listing import entries, matching
from store.logbook.search import SearchIndex
from store.logbook.search_index import build
from store.model import Probe
from store.probe.fields import LONGEST_TAG, used_tags
from store.probe.form import FIELDS, put
from store.probe.form_hints import hints
from store.refused import Refused
from store.report.debrief_report import as_text
from store.trends.read_cases import cases
from store.trends.trends import trends
from store.words.names import fold
from tests.helpers.builders import AT, NOW, debrief
from tests.helpers.exports import out
from tests.helpers.rooms import room
from tests.store.logbook.test_listing import NOON
from tests.store.trends.test_trends import Rows, one, probe, session

(TAGS,) = (field for field in FIELDS if field.id == "tags")


def tagged(text: str, *earlier: tuple[str, ...]) -> Debrief:
    """A debrief with the tags typed, after probes that had others."""
    before = (EarlierProbe(f"p{n}", "x", "site", AT, tags=tags) for n, tags in enumerate(earlier, 2))
    return put(replace(debrief(), past=GroupHistory(probes=tuple(before))), TAGS, text, NOW)


def test_the_field_stands_beside_the_issue() -> None:
    names = [field.id for field in FIELDS]
    assert names.index("tags") == names.index("issue") + 1


def test_tags_are_separated_by_commas_and_one_however_they_are_spelt() -> None:
    found = tagged(" Rent , damp,rent,, RENT,Damp and mould ")
    assert found.probe.tags == ("Rent", "damp", "Damp and mould")
    assert TAGS.get(found) == "Rent, damp, Damp and mould"
    assert put(found, TAGS, TAGS.get(found), NOW) is found
    assert put(found, TAGS, " ", NOW).probe.tags == ()


def test_a_tag_that_was_used_keeps_its_first_spelling_and_can_be_copied_by_number() -> None:
    earlier = (("Rent", "İşçi"), ("buses", "RENT"), ("buses", "rent"))
    assert used_tags(tagged("", *earlier)) == ("Rent", "buses", "İşçi")
    assert tagged("rent, işçi, #2", *earlier).probe.tags == ("Rent", "İşçi", "buses")
    with pytest.raises(Refused, match="There is no suggestion 4: they are numbered 1 to 3"):
        tagged("#4", *earlier)


def test_those_used_are_suggested_beside_the_field_and_ticked_where_taken() -> None:
    found = tagged("", ("Rent",), ("Rent", "buses"))
    assert hints(found, TAGS, "damp,rent", NOW)[1:] == (
        "Used before. To copy a tag, type # and its number:",
        "✓1 Rent",
        "#2 buses",
    )
    assert hints(debrief(), TAGS, "", NOW) == (TAGS.about,)


def test_a_sentence_is_no_tag() -> None:
    assert tagged("x" * LONGEST_TAG).probe.tags == ("x" * LONGEST_TAG,)
    with pytest.raises(Refused, match="is too long for a tag: use 30 characters at most"):
        tagged(f"rent, {'x' * (LONGEST_TAG + 1)}")


words = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=",#"), min_size=1, max_size=12)


@given(st.lists(words, max_size=5))
def test_what_is_typed_comes_back_without_its_repetitions(typed: list[str]) -> None:
    found = tagged(",".join(typed))
    assert [fold(tag) for tag in found.probe.tags] == list(dict.fromkeys(map(fold, typed)))
    assert set(found.probe.tags) <= set(typed)


def test_a_probe_without_tags_has_no_such_field() -> None:
    plain = Probe(id="p1", created=AT, title="x")
    assert "tags" not in plain.row()
    assert Probe.model_validate(plain.row()) == plain
    assert plain.but(tags=("rent",)).row()["tags"] == ["rent"]


# ------------------------------------------------------------------------------------------------------------- the trends


def test_probes_are_counted_by_tag_and_those_without_by_their_sentence() -> None:
    subjects: tuple[dict[str, Any], ...] = (
        {"issue": "Black mould on one stair", "tags": ["Rent", "damp"]},
        {"issue": "A deposit kept", "tags": ["rent"]},
        {"issue": "Eleven minutes at the terminus", "tags": ["buses", "Rent", "rent"]},
        {"issue": "Agency packers sent home"},
        {"issue": "agency packers sent home", "tags": []},
        {"issue": " ", "tags": [" "]},
    )
    found = trends(
        cases(
            Rows(
                probes=[probe(at, **fields) for at, fields in enumerate(subjects, 1)],
                sessions=[session(at, {"skills": -1 if at < 3 else 1}) for at in range(1, len(subjects) + 1)],
            )
        )
    )
    by_issue = {fold(each.value): each for each in found if each.dimension == "issue" and each.fact == "skills fell"}
    assert {name: (set(each.cases), each.count, each.elsewhere) for name, each in by_issue.items()} == {
        "rent": ({"p1", "p2", "p3"}, 2, (0, 2)),
        "damp": ({"p1"}, 1, (1, 4)),
        "buses": ({"p3"}, 0, (2, 4)),
        "agency packers sent home": ({"p4", "p5"}, 0, (2, 3)),
    }
    assert "of 3 probes about “rent”" in one(found, "issue", by_issue["rent"].value, "skills fell").in_words().lower()


# ------------------------------------------------------------------------------------- the logbook, the report, the exports


@pytest.fixture
def kept(archive: Archive) -> Archive:
    take_in(archive, read_room(room(tags=["Rent", "night-time noise"]), AT))
    take_in(archive, read_room(room(title="Another"), AT))
    return archive


def test_the_logbook_and_its_search_find_a_tag(kept: Archive) -> None:
    listed = entries(kept, NOON)
    assert [entry.probe for entry in matching(listed, "night-time rent")] == ["p1"]
    assert ("tags", "Rent, night-time noise") in told(next(entry for entry in listed if entry.probe == "p1"))
    (index,) = (each for each in build(kept) if isinstance(each, SearchIndex))
    assert [(hit.where, hit.text, hit.probe) for hit in index.find("NIGHT-time")] == [("tag", "night-time noise", "p1")]


def test_the_report_and_the_document_name_them(kept: Archive, tmp_path: Path) -> None:
    assert "tags: Rent, night-time noise" in as_text(kept.debrief("p1"), NOW)
    assert "tags" not in as_text(kept.debrief("p2"), NOW)
    assert out(kept, tmp_path, "md").count("**Tags:** Rent, night-time noise") == 1


def test_an_export_and_an_import_keep_them(kept: Archive, tmp_path: Path) -> None:
    exported = out(kept, tmp_path, "json")
    elsewhere = Archive(tmp_path / "elsewhere.json")
    import_file(elsewhere, BytesIO(exported.encode()).read, NOW)
    assert sorted(tuple(row.get("tags", ())) for row in elsewhere.rows("probes")) == [(), ("Rent", "night-time noise")]
    folder = tmp_path / "tables"
    folder.mkdir()
    assert "Rent; night-time noise" in out(kept, folder, "csv")


def test_the_same_probe_with_other_tags_differs_in_what_it_is_about(kept: Archive, tmp_path: Path) -> None:
    exported = out(kept, tmp_path, "json", "p1")
    kept.save([kept.debrief("p1").probe.but(tags=("other",))])
    import_file(kept, BytesIO(exported.encode()).read, NOW)
    (differs,) = (row["id"] for row in kept.rows("probes") if row.get("conflicts_with"))
    shelf = Shelf(kept)
    assert differences(shelf.bundle("p1"), shelf.bundle(differs))[0] == "who and what about"
