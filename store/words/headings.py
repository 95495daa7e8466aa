"""The headings by which the columns of a pasted table are known, in the languages in which people make such tables."""

from collections.abc import Sequence
from functools import cache
from typing import Literal
from unicodedata import category

from store.words.names import bare

Column = Literal["first", "surname", "organisation", "role", "pronouns", "email", "time", "number", "name"]

UNSPACED = "\u2e80"
"""From here on, Chinese, Japanese and Korean letters stand in Unicode."""

_WORDS: dict[Column, str] = {
    "first": """first name|given name|forename|nombre de pila|prenom|vorname|primeiro nome|nome proprio|voornaam|imie|fornavn
        |fornamn|etunimi|keresztnev|utonev|jmeno|krestni jmeno|prenume|ime|имя|имя участника|ім'я|имя и отчество|име|όνομα|الاسم الأول
        |שם פרטי|प्रथम नाम|पहला नाम|名字|名|이름|isim|adi|ten|nama depan|jina la kwanza|نام کوچک|প্রথম নাম""",
    "surname": """surname|last name|family name|second name|apellido|apellidos|nom de famille|nachname|familienname|zuname|sobrenome
        |apelido|cognome|achternaam|nazwisko|soyad|soyadi|soyisim|etternavn|efternamn|sukunimi|vezeteknev|prijmeni|priezvisko
        |nume de familie|prezime|фамилия|прізвище|презиме|фамилно име|επώνυμο|επίθετο|اسم العائلة|اللقب|شهرة|שם משפחה|कुलनाम|उपनाम|姓氏|姓
        |苗字|성|성씨|ho|nama belakang|jina la ukoo|نام خانوادگی|পদবি""",
    "organisation": """organisation|organization|organisations|organization name|org|group|your group|affiliation|association|union|company
        |trade union|federation|ngo|syndicat|ong|sindicato|federacion|sindacato|gewerkschaft|kollektiv|vakbond|kolektyw|zwiazek
        |sendika|fagforening|fackforbund|szakszervezet|sindikat|профсоюз|профспілка|συνδικάτο|σωματείο|النقابة|نقابة|איגוד|工会|工會|労働組合|노조
        |employer|institution|collective|organizacion|grupo|entidad|colectivo|asociacion|empresa|organizacao|organisme|structure
        |groupe|collectif|association ou collectif|gruppe|verein|verband|einrichtung|initiative|firma|organizzazione|gruppo|ente|associazione
        |organisatie|groep|vereniging|organizacja|grupa|organizasyon|kurulus|kurum|orgut|dernek|grup|организация|организации|группа
        |объединение|організація|група|οργάνωση|οργανισμός|ομάδα|المنظمة|منظمة|الجهة|المؤسسة|المجموعة|ארגון|קבוצה|עמותה|संगठन|संस्था|समूह
        |组织|組織|机构|機構|单位|單位|团体|團體|所属|団体|所属団体|グループ|会社|조직|단체|소속|기관|organisasjon|organisaatio|szervezet
        |organizace|organizatie|организација|to chuc|organisasi|shirika|سازمان|گروه|সংগঠন|அமைப்பு|సంస్థ|องค์กร""",
    "role": """role|position|function|job title|rol|cargo|funcion|puesto|papel|funcao|fonction|poste|rolle|funktion|aufgabe|ruolo
        |funzione|incarico|functie|rola|funkcja|stanowisko|gorev|rolu|роль|должность|функция|посада|ρόλος|θέση|الدور|المنصب|الوظيفة|תפקיד
        |भूमिका|पद|角色|职务|職務|职位|職位|役割|役職|역할|직책|직위|roll|rooli|szerep|funkce|vai tro|peran|jukumu|نقش|ভূমিকা|பங்கு|పాత్ర|บทบาท""",
    "pronouns": """pronouns|pronoun|pronombres|pronombre|pronoms|pronom|pronomen|pronomes|pronomi|voornaamwoorden|zaimki|zamirler|местоимения
        |займенники|αντωνυμίες|الضمائر|כינויי גוף|सर्वनाम|代词|代詞|代名詞|대명사""",
    "email": """email|e-mail|mail|e-mail address|email address|correo|correo electronico|direccion de correo electronico|courriel
        |adresse e-mail|adresse mail|e-mail-adresse|mailadresse|endereco de e-mail|indirizzo email|e-mailadres|adres e-mail|e-posta
        |e-posta adresi|электронная почта|адрес электронной почты|почта|електронна пошта|ηλεκτρονικό ταχυδρομείο|البريد الإلكتروني|דוא\"ל
        |כתובת אימייל|ईमेल|邮箱|电子邮件|郵箱|電子郵件|メール|メールアドレス|이메일|이메일 주소|phone|telephone|mobile|telefono|telefon|telefone
        |telefoon|телефон|τηλέφωνο|الهاتف|טלפון|फ़ोन|电话|電話|電話番号|전화|전화번호""",
    "time": """timestamp|date|time|submitted at|marca temporal|fecha|horodateur|date et heure|zeitstempel|datum|uhrzeit|carimbo de data/hora
        |data|informazioni cronologiche|tijdstempel|sygnatura czasowa|znacznik czasu|zaman damgasi|tarih|отметка времени|дата|позначка часу
        |χρονική σήμανση|ημερομηνία|طابع زمني|التاريخ|חותמת זמן|תאריך|समय|दिनांक|时间戳|时间|日期|時間戳記|タイムスタンプ|日時|타임스탬프|날짜""",
    "number": "no|nr|nº|n°|#|number|numero|nummer|id|№|номер|sira|序号|編號|番号|번호|αα",
    "name": """name|names|full name|your name|participant|participants|attendee|person|member|who|nombre|nombres|nombre completo
        |nombre y apellidos|participante|nom|noms|nom complet|nom et prenom|nom prenom|prenom et nom|votre nom|teilnehmer|teilnehmende|vollstandiger name
        |vor- und nachname|vorname und nachname|nome|nomes|nome completo|nome e cognome|nome e sobrenome|seu nome|naam|volledige naam
        |deelnemer|imie i nazwisko|nazwa|uczestnik|ad|ad soyad|adi soyadi|isim soyisim|фио|ф.и.о.|имя и фамилия|фамилия и имя|участник|ім'я та прізвище|піб|учасник|ονοματεπώνυμο
        |όνομα και επώνυμο|الاسم|اسم|الاسم الكامل|שם|שם מלא|नाम|पूरा नाम|姓名|名称|お名前|名前|氏名|성명|성함|navn|namn|nimi|nev|meno|nume
        |ime i prezime|ho ten|ho va ten|nama|nama lengkap|jina|jina kamili|نام|نام و نام خانوادگی|নাম|பெயர்|పేరు|ชื่อ|ชื่อ-นามสกุล""",
}
"""In the order in which they are tried where a heading only contains them: “name of the organisation” is no name."""

_ALSO_ROLES = frozenset(
    [
        "participant",
        "attendee",
        "person",
        "member",
        "participante",
        "teilnehmer",
        "teilnehmende",
        "deelnemer",
        "uczestnik",
        "участник",
        "учасник",
    ]
)
"""Headings of names that are roles as well: a row may end with one behind an organisation."""

_ALSO_NAMES = frozenset({"ho", "ten", "adi", "ad", "jina", "nama", "ime", "nev", "nimi"})
"""Headings that are somebody's name as well: they need another heading beside them to be one."""

MOST_COLUMNS = 60
"""Columns of a table that are looked at; no form asks more."""

MOST_WORDS = 8
"""A longer heading is a question, in which a known word may mean anything."""


def _plain(heading: str) -> str:
    """A heading in words without case, accents and signs."""
    letters = (sign if category(sign)[0] in "LMN" or sign in "#/'" else " " for sign in bare(heading))
    return " ".join("".join(letters).split())


@cache
def _known() -> dict[Column, frozenset[str]]:
    return {column: frozenset(map(_plain, words.split("|"))) for column, words in _WORDS.items()}


def _holds(heading: str, word: str) -> bool:
    """Whether a heading contains a word; where words aren't parted by blanks, one of two letters or more anywhere in it."""
    if word[:1] >= UNSPACED:
        return len(word) > 1 and word in heading
    return f" {word} " in f" {heading} "


def columns(row: Sequence[str]) -> dict[Column, int]:
    """Where a heading row has which column; empty if it is none.

    It is one if it names people and something else, in a word by itself; a row with only one cell has to be such a word.
    “Mick, Dockers' Union, participant” is somebody with a role, and “Ho, Dockers' Union” somebody with a short name.
    """
    plain = [_plain(cell) for cell in row[:MOST_COLUMNS]]
    found: dict[Column, int] = {}
    for column, words in _known().items():
        exact = next((at for at, cell in enumerate(plain) if cell in words and at not in found.values()), None)
        if exact is not None:
            found[column] = exact
    certain = len(found)
    for at, cell in enumerate(plain):
        if cell and at not in found.values() and len(cell.split()) <= MOST_WORDS:
            fits = [column for column, words in _known().items() if any(_holds(cell, word) for word in words)]
            if fits:
                found.setdefault(fits[0], at)
    if certain == 1 and _is_person(plain, found):
        return {}
    people = not found.keys().isdisjoint(("name", "first", "surname"))
    filled = sum(map(bool, plain))
    return found if people and certain and (len(found) > 1 or filled == 1) else {}


def _is_person(plain: Sequence[str], found: dict[Column, int]) -> bool:
    """Whether a row with one certain heading is a person's all the same."""
    if any(plain[at] in _ALSO_NAMES for at in found.values()):
        return True
    name, organisation = found.get("name"), found.get("organisation")
    return name is not None and plain[name] in _ALSO_ROLES and organisation is not None and organisation < name


def name_in(row: Sequence[str], found: dict[Column, int]) -> str:
    """The whole name in a row of a table with these columns: beside a first name a “name” is a surname, and the reverse."""
    cells = {column: row[at].strip() for column, at in found.items() if at < len(row)}
    first, surname, name = (cells.get(column, "") for column in ("first", "surname", "name"))
    if "first" not in found or "surname" not in found:
        first, surname = (first, name) if "first" in found else (name, surname)
    if first and surname and min(first[0], surname[0]) >= UNSPACED:
        return f"{surname}{first}"  # 李 and 伟 are 李伟
    return f"{first} {surname}".strip()
