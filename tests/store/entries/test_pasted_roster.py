"""A roster pasted from a spreadsheet, a form, a chat or a mail: who is in it, and what of it is left out."""

import time

import pytest

from store.debrief import Debrief
from store.entries import enter, participant_rule, read_roster
from store.words import headings
from tests.helpers.builders import HOSTILE_LINES, LONG, NOW, debrief, entered
from tests.helpers.cases import case

KEY, TRUST, LANTERN = "Kettle and Key", "Harrowmere Advice Trust", "Lantern"

Person = tuple[str, str] | tuple[str, str, str]


def people(text: str, found: Debrief | None = None) -> list[Person]:
    """Who comes into the roster by a paste: name, organisation, and role if it is another than participant."""
    before = found or debrief()
    after, refused = enter(participant_rule, before, "\n".join(read_roster(text, before).lines), NOW)
    assert not refused
    new = after.participants[len(before.participants) :]
    return [
        (each.alias, each.organisation, *([each.role] if each.role != "participant" else []))  # type: ignore[misc]
        for each in new
    ]


@pytest.mark.parametrize(
    ("name", "wanted", "said"),
    [
        ("01", [("Muñoz, Ana", KEY, "observer"), ("Bo", TRUST)], "2 people of 2 organisations; 1 heading left out"),
        ("03", [("Ana Lopes", KEY, "observer"), ("Bo", KEY)], "2 people of 1 organisation"),
        ("04", [("Ana Lopes", KEY), ("Bo Lund", TRUST), ("Cy Marr", KEY)], "3 people of 2 organisations"),
        (
            "05",
            [("Ana Lopes", KEY), ("Bo Lund", TRUST)],
            "2 people of 2 organisations; 1 heading left out; 3 columns left out (Timestamp, Email Address, Pronouns)",
        ),
        (
            "06",
            [("Ana Lopes (she/her)", KEY), ("Bo Lund (he/him)", TRUST), ("Cy Marr", KEY)],
            "3 people of 2 organisations",
        ),
        ("07", [("Ana Lopes", KEY), ("Bo Lund", TRUST)], "2 people of 2 organisations"),
        ("19", [], "Nobody new; 3 lines not understood: “Ana Lopes”, “Bo Lund” …"),
        ("20", [("Ana Bell", KEY, "observer"), ("Li Wei", LANTERN), ('Bo "Bobby" Ek', LANTERN)], "3 people of 2 organisations"),
    ],
)  # fmt: skip
def test_a_paste_as_people_have_it(name: str, wanted: list[Person], said: str) -> None:
    assert people(case(name)) == wanted
    assert read_roster(case(name), debrief()).in_words() == said


def test_who_is_here_already_is_counted_and_nobody_is_taken_out() -> None:
    text = case("18")
    first = entered(participant_rule, debrief(), *text.splitlines()[:-1])
    assert people(text, first) == [("New One", TRUST)]
    assert read_roster(text, first).in_words() == "1 person of 1 organisation; 11 here already"
    all_of_them = entered(participant_rule, first, text.splitlines()[-1])
    assert read_roster(text, all_of_them).in_words() == "Nobody new; 12 here already"
    assert read_roster(f"{text}{text}", debrief()).in_words() == "12 people of 2 organisations; 12 here already"
    dashed = entered(participant_rule, debrief(), *(line[2:] for line in case("07").splitlines()))
    assert read_roster(case("19"), dashed).in_words() == "Nobody new; 2 here already; 1 line not understood: “Cy Marr”"


A, B = ("Ana", "Kettle"), ("Bo", "Lantern")


@pytest.mark.parametrize(
    "text",
    [
        "Ana, Kettle\nBo, Lantern",
        "Ana|Kettle\nBo|Lantern",
        "Ana\tKettle\t\t\nBo\tLantern\t\t",
        "\tAna\tKettle\n\tBo\tLantern",
        "\tAna, Kettle\n  Bo, Lantern",
        "Ana;Kettle;;\r\nBo;Lantern;;\r\n",
        "\ufeffAna;Kettle\rBo;Lantern",
        "Ana,Kettle\nBo;Lantern",
        '"Ana","Kettle"\n"Bo","Lantern"',
        "Ana\u00a0,\u00a0Kettle\n\u200eBo,\u202fLantern\u200b",
        "1. Ana, Kettle\n2. Bo, Lantern",
        "1) Ana, Kettle\n(2) Bo, Lantern",
        "1 - Ana, Kettle\n2 – Bo, Lantern",
        "1\tAna\tKettle\n2\tBo\tLantern",
        "- Ana, Kettle\n-Bo, Lantern",
        "– Ana, Kettle\n— Bo, Lantern",
        "• Ana, Kettle\n* Bo, Lantern",
        "☐ Ana, Kettle\n- [x] Bo, Lantern",
        "1️⃣ Ana, Kettle\n👉 Bo, Lantern",
        "Ana – Kettle\nBo - Lantern",
        "1. Ana — Kettle\n2. Bo − Lantern",
        "> Ana, Kettle\n>> Bo, Lantern",
        "> - Ana – Kettle\n> - Bo – Lantern",
        "[28/11/2026, 18:04:11] Ana: Kettle\n\u200e[28/11/2026, 18:06:40] ~ \u2068Bo\u2069: Lantern",
        "28.11.26, 18:04 - Ana: Kettle\n11/28/26, 6:04 PM - Bo: Lantern",
        "[18:04, 28/11/2026] Cy: Ana, Kettle\n[18:06, 28/11/2026] +44 7700 900123: Bo – Lantern",
        "28 Nov 2026, 18:04 - Ana: Kettle\n28 Nov 2026 at 18:05 Bo: Lantern",
        "Ana <ana@example.org>, Kettle\nBo (bo@example.org); Lantern",
        "| Name | Group |\n|------|:----:|\n| Ana | Kettle |\n| Bo | Lantern |",
        "Role,Organisation,Name\n,Kettle,Ana\n,Lantern,Bo",
        "Name;Organisation\nAna;Kettle\nBo;Lantern",
        "Organisation\tE-mail\tName\nKettle\tana@example.org\tAna\nLantern\t\tBo",
        "Zeitstempel\tIhr Name *\tVerein oder Gruppe\tWas isst du?\n1.2.2026 10:00\tAna\tKettle\talles\n\tBo\tLantern\t",
        "No;Nom;Structure;Courriel\n1;Ana;Kettle;a@b.org\n2;Bo;Lantern;",
        "Marca temporal,Nombre y apellidos,¿De qué organización vienes?\n1,Ana,Kettle\n2,Bo,Lantern",
        "Nome;Organização;Função\nAna;Kettle;\nBo;Lantern;",
        "Imię i nazwisko;Organizacja\nAna;Kettle\nBo;Lantern",
        "Ad Soyad;Kuruluş\nAna;Kettle\nBo;Lantern",
        "ФИО;Организация;Телефон\nAna;Kettle;+7 900 000 00 00\nBo;Lantern;",
        "Прізвище;Ім'я;Організація\n;Ana;Kettle\n;Bo;Lantern",
        "Ονοματεπώνυμο;Οργάνωση\nAna;Kettle\nBo;Lantern",
        "الاسم\tالمنظمة\nAna\tKettle\nBo\tLantern",
        "שם מלא,ארגון\nAna,Kettle\nBo,Lantern",
        "नाम,संस्था\nAna,Kettle\nBo,Lantern",
        "姓名,单位,邮箱\nAna,Kettle,a@b.org\nBo,Lantern,",
        "お名前\tご所属団体\nAna\tKettle\nBo\tLantern",
        "이름,소속,전화번호\nAna,Kettle,\nBo,Lantern,",
        "Naam;Organisatie\nAna;Kettle\nBo;Lantern",
        "Nome;Associazione\nAna;Kettle\nName;Organisation\nBo;Lantern",
        "Nom;Syndicat\nAna;Kettle\n;\nBo;Lantern\n;",
        "Role,Organisation,Name\n,,\n,Kettle,Ana\n,,\n,Lantern,Bo",
        "Ana,Kettle,\n,,\nBo,Lantern,",
    ],
)
def test_two_people_in_every_form(text: str) -> None:
    assert people(text) == [A, B]
    assert not read_roster(text, debrief()).wrong


def test_who_has_no_organisation_comes_back_as_the_name_alone() -> None:
    assert [line for line, _ in read_roster("Name;Group\nAna;\nBo;Lantern", debrief()).wrong] == ["Ana"]


@pytest.mark.parametrize(
    ("heading", "row", "name"),
    [
        ("First name,Surname,Group", "Ana,Lopes,Kettle", "Ana Lopes"),
        ("Surname;First name;Group", "Lopes;Ana;Kettle", "Ana Lopes"),
        ("Name;Vorname;Verein", "Lopes;Ana;Kettle", "Ana Lopes"),
        ("Nom;Prénom;Structure", "Lopes;Ana;Kettle", "Ana Lopes"),
        ("Nombre;Apellidos;Organización", "Ana;Lopes;Kettle", "Ana Lopes"),
        ("Имя;Фамилия;Организация", "Анна;Лопес;Kettle", "Анна Лопес"),
        ("Ad;Soyad;Kurum", "Ana;Lopes;Kettle", "Ana Lopes"),
        ("姓,名,単位,所属", "李,伟,,Kettle", "李伟"),
        ("Name,First name,Surname,Group", "x,Ana,Lopes,Kettle", "Ana Lopes"),
    ],
)
def test_a_name_in_two_columns_is_one_name(heading: str, row: str, name: str) -> None:
    assert people(f"{heading}\n{row}") == [(name, "Kettle")]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Jean-Luc Ek, Kettle", ("Jean-Luc Ek", "Kettle")),
        ("Anne–Marie – Kettle", ("Anne–Marie", "Kettle")),
        ("Ana (she/her) – Kettle", ("Ana (she/her)", "Kettle")),
        ("Ana (she, they), Kettle", ("Ana (she, they)", "Kettle")),
        ("Ana – Kettle, observer", ("Ana", "Kettle", "observer")),
        ("Ana – Kettle – observer", ("Ana", "Kettle", "observer")),
        ("Ana, Kettle – observer", ("Ana", "Kettle", "observer")),
        ("Ana, Kettle – North", ("Ana", "Kettle – North")),
        ("Ana; Kettle - North; observer", ("Ana", "Kettle - North", "observer")),
        ('"Lopes, Ana", "Kettle, North"', ("Lopes, Ana", "Kettle, North")),
        ('"Ana ""Nan"" Lopes", Kettle', ('Ana "Nan" Lopes', "Kettle")),
        ("1. Ana, Kettle", ("Ana", "Kettle")),
        ("• Ana, Kettle", ("Ana", "Kettle")),
        ("17, Kettle", ("17", "Kettle")),
        ('"Ana, Kettle', ('"Ana', "Kettle")),
    ],
)
def test_one_line_is_read_alike_typed_and_in_a_paste(line: str, person: Person) -> None:
    (typed,) = entered(participant_rule, debrief(), line).participants
    assert (typed.alias, typed.organisation, *([typed.role] if len(person) > 2 else [])) == person
    assert people(f"{line}\nBo, Lantern")[0] == person


def test_rows_whose_columns_cannot_be_known_are_refused_in_one_sentence_and_kept() -> None:
    rows = case("05").splitlines()[1:]
    found = read_roster("\n".join([*rows, "Cy, Kettle"]), debrief())
    ((text, why),) = found.wrong
    assert text == "\n".join(rows)
    assert "paste these rows with their heading" in str(why)
    assert len(found.lines) == 1
    for private in ("ana@example.org, Ana, Kettle\nx", "Ana, +44 7700 900123, Kettle\nx", "2026-11-28, Ana, Kettle\nx"):
        assert not read_roster(private, debrief()).lines


def test_what_is_not_understood_comes_back_without_its_bullet() -> None:
    found = read_roster("- Ana, Kettle\n- Dagny\n2. , Lantern", debrief())
    assert [line for line, _ in found.wrong] == ["Dagny", ", Lantern"]
    assert "Add the organisation" in str(found.wrong[0][1])
    assert "no name" in str(found.wrong[1][1])


def test_one_name_of_two_organisations_is_not_taken_for_the_same_person() -> None:
    found = read_roster("Ana, Kettle\nAna, Lantern", debrief())
    assert [line for line, _ in found.wrong] == ["Ana, Lantern"]
    assert "in the roster already: add a letter" in str(found.wrong[0][1])


@pytest.mark.parametrize(
    "row",
    [
        "Nom, Kettle",
        "Ime, Kettle",
        "Ana, Group of Names",
        "Role, Kettle",
        "Grace Group, Union",
        "Mick, Dockers' Union, participant",
        "Ho, Dockers' Union",
        "Jina, Tenants' Group, observer",
        "Ana, Grupo del Puerto, Participante",
    ],
)
def test_a_person_is_no_heading(row: str) -> None:
    assert not headings.columns(row.split(", "))


def test_a_paste_of_any_text_takes_no_time_and_loses_no_line() -> None:
    for text in (*HOSTILE_LINES, *LONG.values()):
        began = time.process_time()
        found = read_roster(f'{text}\n{text}, Kettle\n"{text}', debrief())
        assert time.process_time() - began < 1, text[:20]
        assert len(found.lines) + found.here + found.headings + len(found.wrong) >= 1
