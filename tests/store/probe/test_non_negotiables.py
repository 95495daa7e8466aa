"""The non-negotiables: a draft is worked on, consensus is counted, what was in force stays for good."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.probe.statement import agreement
from store.debrief import Debrief
from store.entries import Rule
from store.model import NonNegotiables
from store.probe import drafting, non_negotiables
from store.refused import Refused
from store.words.changes import compared, words
from tests.helpers.builders import AT, NOW, a_property, debrief, entered, one_line, refusal

PEOPLE = "Maren, Tilda, Ana, Anders"


def group(*revisions: NonNegotiables) -> Debrief:
    """What a group holds that has these revisions."""
    return replace(debrief(), non_negotiables=revisions)


def revision(number: int = 1, **fields: object) -> NonNegotiables:
    """A revision that is in force, unless `fields` say otherwise."""
    fields = {"principles": ("Own banner.", "No photographs."), "adopted": AT, **fields}
    return NonNegotiables(number=number, at=AT, **fields)  # type: ignore[arg-type]


def drafted(found: Debrief) -> NonNegotiables:
    """The draft, which has to be there."""
    at_work = non_negotiables.draft(found.non_negotiables)
    assert at_work is not None
    return at_work


def after(found: Debrief, rule: Rule, *lines: str) -> NonNegotiables:
    """The draft after some lines."""
    return drafted(entered(rule, found, *lines))


def test_lines_add_revise_and_take_out_principles_as_typed() -> None:
    one = entered(drafting.enter_principle, group(), " Own banner. ", "No photographs.", "At 9:00 we leave.")
    assert drafted(one).principles == (" Own banner. ", "No photographs.", "At 9:00 we leave.")
    two = entered(drafting.enter_principle, one, "2:  No photographs, ever.", "9:00 is late.", "− 3")
    assert drafted(two).principles == (" Own banner. ", " No photographs, ever.", "9:00 is late.")
    assert non_negotiables.in_force(two.non_negotiables) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3: more", "There is no principle 3: they are numbered 1 to 2."),
        ("-9", "There is no principle 9: they are numbered 1 to 2."),
        ("0: more", "There is no principle 0"),
        ("2:  ", "Type the new wording after “2:”, or “-2” to remove it."),
        ("own  BANNER.", "That is already there"),
    ],
)
def test_a_line_that_can_not_be_meant_is_refused(line: str, said: str) -> None:
    assert refusal(drafting.enter_principle, group(revision()), line).startswith(said)


def test_the_first_change_begins_a_draft_that_is_a_copy_and_what_is_in_force_stays() -> None:
    force = revision(asked=("Maren", "Ana"), consents=("Ana",), open=("photographs?",))
    found = entered(drafting.enter_consent, group(force), "mar")
    assert found.non_negotiables[0] == force
    copy = drafted(found)
    assert (copy.number, copy.principles, copy.asked, copy.open) == (2, force.principles, force.asked, force.open)
    assert copy.consents == ("Ana", "Maren"), "a consent to the same words is one"
    assert copy.adopted is None


def test_a_draft_that_says_what_is_in_force_is_none() -> None:
    found = entered(drafting.enter_asked, group(revision(asked=("Ana",))), "Tilda", "-Tilda")
    assert non_negotiables.draft(found.non_negotiables) is None
    assert len(found.non_negotiables) == 1


@pytest.mark.parametrize("line", ["Own spokespeople.", "1: Our banner.", "-1"])
def test_consents_start_anew_when_a_wording_changes(line: str) -> None:
    found = group(revision(asked=("Maren", "Ana"), consents=("Ana", "Maren")))
    assert after(found, drafting.enter_principle, line).consents == ()
    assert after(found, drafting.enter_asked, "Tilda").consents == ("Ana", "Maren")
    assert after(found, drafting.enter_open_question, "and flyers?").consents == ("Ana", "Maren")
    assert entered(drafting.enter_principle, found, "1: Own banner.") == found, "the same wording changes nothing"


def test_names_are_asked_by_commas_and_consent_by_their_beginnings() -> None:
    found = entered(drafting.enter_asked, group(revision()), PEOPLE, "Tilda; Ruth")
    assert drafted(found).asked == ("Maren", "Tilda", "Ana", "Anders", "Ruth")
    agreed = entered(drafting.enter_consent, found, "ma, ANA", "ru")
    assert drafted(agreed).consents == ("Maren", "Ana", "Ruth")
    assert non_negotiables.unanswered(drafted(agreed)) == ("Tilda", "Anders")
    assert non_negotiables.consensus(drafted(agreed)) == "5 asked, 3 consent, 2 have not answered"
    assert after(agreed, drafting.enter_consent, "-ma").consents == ("Ana", "Ruth")
    assert after(agreed, drafting.enter_asked, "-ma").consents == ("Ana", "Ruth")
    assert after(agreed, drafting.enter_asked, "-ma").asked == ("Tilda", "Ana", "Anders", "Ruth")


def answers(found: Debrief) -> tuple[tuple[str, ...], ...]:
    """Who consents, stands aside and objects."""
    at_work = drafted(found)
    return at_work.consents, *(tuple(e.name for e in of) for of in (at_work.stands_aside, at_work.objects))


def test_answers_are_there_again_with_the_wording_that_they_were_given_to() -> None:
    found = entered(drafting.enter_principle, group(), "Own banner.", "No photographs.")
    found = entered(drafting.enter_asked, found, PEOPLE)
    found = entered(drafting.enter_consent, found, "ma, ti", "ana aside: too early", "and objects: no room")
    given = answers(found)
    assert given == (("Maren", "Tilda"), ("Ana",), ("Anders",))
    slipped = entered(drafting.enter_principle, found, "-1")
    assert answers(slipped) == ((), (), ())
    other = entered(drafting.enter_consent, slipped, "ma")
    back = entered(drafting.enter_principle, other, "1: Own banner.", "No photographs.")
    assert answers(back) == given, "word for word"
    assert answers(entered(drafting.enter_principle, back, "-2")) == ((), (), ()), "other words"
    assert answers(entered(drafting.enter_principle, back, "-2", "1: No photographs.")) == (("Maren",), (), ())


def test_answers_to_a_draft_outlive_that_it_said_for_a_moment_what_is_in_force() -> None:
    found = entered(drafting.enter_principle, group(revision(asked=("Ana", "Bo"))), "Third.")
    found = entered(drafting.enter_consent, found, "ana")
    same = entered(drafting.enter_principle, found, "-3")
    with pytest.raises(Refused, match="The draft says what revision 1 says"):
        drafting.adopt(same, NOW)
    assert answers(entered(drafting.enter_principle, same, "Third.")) == (("Ana",), (), ())


def test_somebody_who_is_asked_again_has_their_answer_back_and_one_renamed_keeps_it() -> None:
    found = entered(drafting.enter_asked, group(revision()), "Ana, Bo, Dez")
    found = entered(drafting.enter_consent, found, "ana", "bo objects: no room", "dez")
    without = entered(drafting.enter_asked, found, "-bo", "-ana")
    assert answers(without) == (("Dez",), (), ())
    assert answers(entered(drafting.enter_asked, without, "Bo, Ana")) == (("Dez", "Ana"), (), ("Bo",))
    renamed = entered(drafting.enter_principle, entered(drafting.rename_last_asked, found, "Deza"), "More.")
    assert answers(entered(drafting.enter_principle, renamed, "-3")) == (("Ana", "Deza"), (), ("Bo",))


def test_what_was_answered_to_other_wordings_is_gone_once_a_draft_is_in_force() -> None:
    found = entered(drafting.enter_consent, group(revision(asked=("Ana",))), "ana")
    adopted = drafting.adopt(entered(drafting.enter_principle, found, "More."), NOW)
    in_force = non_negotiables.in_force(adopted.non_negotiables)
    assert in_force is not None
    assert (in_force.given, in_force.consents) == ((), ())
    assert "given" not in in_force.row(), "a row has it only where it says something"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ma, ti; ANA", (("Maren", "Tilda", "Ana"), (), ())),
        ("all but ana, ti", (("Maren", "Anders"), (), ())),
        ("All BUT ana", (("Maren", "Tilda", "Anders"), (), ())),
        ("all", (("Maren", "Tilda", "Ana", "Anders"), (), ())),
        ("ma objects: we lose the hall: both", ((), (), ("Maren",))),
        ("ma, ti object: we lose the hall", ((), (), ("Maren", "Tilda"))),
        ("ma stands aside: too early", ((), ("Maren",), ())),
        ("ma, ti aside:too early", ((), ("Maren", "Tilda"), ())),
    ],
)
def test_several_answer_at_once(line: str, wanted: tuple[tuple[str, ...], ...]) -> None:
    found = entered(drafting.enter_asked, group(revision()), PEOPLE)
    assert answers(entered(drafting.enter_consent, found, line)) == wanted


def test_those_who_have_consented_are_skipped_and_told_and_an_answer_can_change() -> None:
    found = entered(drafting.enter_consent, entered(drafting.enter_asked, group(revision()), PEOPLE), "ma, ti")
    assert drafting.consented_already(found, "ana, ma, ti") == ("Maren", "Tilda")
    both = entered(drafting.enter_consent, found, "ana, ma, ti")
    assert answers(both) == (("Maren", "Tilda", "Ana"), (), ())
    against = entered(drafting.enter_consent, both, "ma objects: no room")
    assert answers(against) == (("Tilda", "Ana"), (), ("Maren",))
    assert drafted(against).objects[0].reason == "no room"
    assert answers(entered(drafting.enter_consent, against, "all")) == (("Tilda", "Ana", "Anders"), (), ("Maren",))
    assert answers(entered(drafting.enter_consent, against, "ma")) == (("Tilda", "Ana", "Maren"), (), ())
    assert answers(entered(drafting.enter_consent, against, "-ma")) == (("Tilda", "Ana"), (), ())
    assert drafting.last_line(against, "consents") == "Maren objects: no room"
    edited = entered(drafting.replace_last_consent, against, "Maren aside: no room")
    assert answers(edited) == (("Tilda", "Ana"), ("Maren",), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ma, ti", "All of them have already consented: “-Maren” takes that back."),
        ("ana objects", "The reason is kept too: type “Ana objects: …”."),
        ("ana aside: ", "The reason is kept too: type “Ana aside: …”."),
        ("all but ana, and", "Everybody else has answered already: name those who change their answer."),
        ("all but zz", "Nobody here is called “zz”"),
        ("zz objects: x", "Nobody here is called “zz”"),
    ],
)
def test_an_answer_that_can_not_be_meant_is_refused(line: str, said: str) -> None:
    found = entered(drafting.enter_asked, group(revision()), PEOPLE)
    found = entered(drafting.enter_consent, found, "ma, ti")
    assert refusal(drafting.enter_consent, found, line).startswith(said)


def test_a_name_that_reads_like_an_answer_is_a_name() -> None:
    found = entered(drafting.enter_asked, group(revision()), "All Saints, Bo Aside")
    assert answers(entered(drafting.enter_consent, found, "all", "bo aside")) == (("All Saints", "Bo Aside"), (), ())


def test_an_adoption_says_how_many_consent_stand_aside_and_object() -> None:
    found = entered(drafting.enter_asked, group(revision()), PEOPLE)
    found = entered(drafting.enter_consent, found, "ma", "ti aside: too early", "ana objects: no room")
    assert drafting.missing_agreement(drafted(found)) == (
        "only 1 of 4 consents, 1 stands aside (Tilda), 1 objects (Ana) and 1 has not answered (Anders)"
    )
    assert "Tilda" not in drafting.missing_agreement(drafted(found), names=False)
    assert (
        non_negotiables.consensus(drafted(found))
        == "4 asked, 1 consents, 1 stands aside, 1 objects, 1 has not answered"
    )
    in_force = non_negotiables.in_force(drafting.adopt(found, NOW).non_negotiables)
    assert in_force is not None
    assert non_negotiables.adoption(in_force) == "1 of 4 consented, 1 stood aside, 1 objected"
    told = [line.plain for line in agreement(in_force, 60)]
    assert "~ 1 of 4 stood aside" in told
    assert "! 1 of 4 objected" in told
    assert "  Ana: no room" in told


def test_a_consent_is_nobodys_guess() -> None:
    found = entered(drafting.enter_asked, group(revision()), PEOPLE)
    assert "“an” fits" not in refusal(drafting.enter_consent, found, "ana, zz")
    assert refusal(drafting.enter_consent, found, "An") == "“An” fits Ana, Anders: type more of the name."
    assert "a name among those asked" in refusal(drafting.enter_consent, found, "Gwen")
    assert refusal(drafting.enter_consent, entered(drafting.enter_consent, found, "ana"), "ana").startswith(
        "Ana has already consented"
    )
    assert refusal(drafting.enter_consent, group(revision()), "Ana").startswith("Nobody has been asked yet")
    assert refusal(drafting.enter_consent, entered(drafting.enter_asked, group(), "Ana"), "Ana").startswith(
        "There is nothing to"
    )
    assert refusal(drafting.enter_asked, found, "maren").startswith("Maren has already been asked")
    assert refusal(drafting.enter_asked, found, " , ;").startswith("Type a name")


def test_what_is_open_is_kept_word_for_word_until_it_is_settled() -> None:
    found = entered(
        drafting.enter_open_question, group(revision()), " and the photographs? ", "who keeps the list?", "-1"
    )
    assert drafted(found).open == ("who keeps the list?",)
    assert (
        refusal(drafting.enter_open_question, found, "-2") == "There is no open question 2: they are numbered 1 to 1."
    )


def test_the_last_entry_comes_back_to_be_mended() -> None:
    found = group(revision(asked=("Maren", "An"), consents=("An",), open=("why?",)))
    line = {kind: drafting.last_line(found, kind) for kind in ("principles", "asked", "consents", "open")}
    assert line == {"principles": "2: No photographs.", "asked": "An", "consents": "An", "open": "1: why?"}
    assert drafting.last_line(group(), "principles") is None
    renamed = after(found, drafting.rename_last_asked, "Ana")
    assert (renamed.asked, renamed.consents) == (("Maren", "Ana"), ("Ana",)), "a consent stays its own"
    assert after(found, drafting.rename_last_asked, "Ana, Tilda").asked == ("Maren", "Ana", "Tilda")
    assert "already been asked" in refusal(drafting.rename_last_asked, found, "maren")
    assert after(found, drafting.replace_last_consent, "mar").consents == ("Maren",)


def test_a_draft_is_put_in_force_once_and_stays_as_it_was_adopted() -> None:
    found = entered(drafting.enter_asked, group(revision()), "Maren, Tilda")
    found = entered(drafting.enter_consent, entered(drafting.enter_open_question, found, "photographs?"), "ma")
    assert drafting.missing_agreement(drafted(found)) == "1 of 2 has not consented (Tilda) and 1 question is open"
    assert "Tilda" not in drafting.missing_agreement(drafted(found), names=False)
    adopted = drafting.adopt(found, NOW)
    in_force = non_negotiables.in_force(adopted.non_negotiables)
    assert in_force is not None
    assert in_force.number == 2
    assert non_negotiables.state_in_words(adopted.non_negotiables, in_force) == (
        "in force since 7 November 2026, 1 of 2 consented, 1 question open"
    )
    assert non_negotiables.state_in_words(adopted.non_negotiables, adopted.non_negotiables[0]) == (
        "in force from 7 November 2026 to 7 November 2026, nobody was asked"
    )
    with pytest.raises(Refused, match="Revision 2 is already in force"):
        drafting.adopt(adopted, NOW)
    with pytest.raises(Refused, match="There is no draft yet"):
        drafting.adopt(group(), NOW)
    with pytest.raises(Refused, match="The draft has no principles yet"):
        drafting.adopt(entered(drafting.enter_principle, group(revision()), "-1", "-1"), NOW)


def test_all_consent_and_nothing_is_wanting() -> None:
    found = entered(drafting.enter_consent, group(revision(asked=("Ana",))), "a")
    assert drafting.missing_agreement(drafted(found)) == ""
    assert drafting.missing_agreement(drafted(entered(drafting.enter_principle, group(), "x"))) == "nobody was asked"


def test_what_came_from_elsewhere_is_nobodys_draft_and_comes_into_force_of_itself_never() -> None:
    theirs = revision(2, principles=("Theirs.",), adopted=None, source="p2")
    found = group(revision(), theirs)
    assert non_negotiables.draft(found.non_negotiables) is None
    assert non_negotiables.state_in_words(found.non_negotiables, theirs) == "came in with probe p2, not adopted here"
    assert after(found, drafting.enter_principle, "Third.").number == 3
    alone = group(revision(source="p1"))
    assert non_negotiables.state_in_words(alone.non_negotiables, alone.non_negotiables[0]).endswith(
        "2026, came in with probe p1"
    )
    told = [line.plain for line in agreement(alone.non_negotiables[0].but(asked=(), consents=()), 60)]
    assert told[:1] == ["Who was asked did not come in with it."], "nobody here knows that nobody was"


def test_a_draft_is_in_force_over_what_came_in_while_it_was_worked_on() -> None:
    found = entered(drafting.enter_principle, group(), "Ours.")
    meanwhile = revision(2, principles=("Theirs.",), source="p2")
    both = replace(found, non_negotiables=(*found.non_negotiables, meanwhile))
    adopted = drafting.adopt(both, NOW).non_negotiables
    in_force = non_negotiables.in_force(adopted)
    assert in_force is not None
    assert (in_force.principles, in_force.number) == (("Ours.",), 3)
    assert non_negotiables.before(adopted, in_force) == meanwhile


@given(st.lists(one_line, max_size=6), st.lists(one_line, max_size=6))
@a_property
def test_what_changed_holds_both_wordings(old: list[str], new: list[str]) -> None:
    lines = compared(tuple(old), tuple(new))
    assert [line.number for line in lines if line.number] == list(range(1, len(new) + 1))
    assert ["".join(t for s, t in line.parts if s != "−") for line in lines if line.number] == new
    gone = ["".join(t for _, t in line.parts) for line in lines if line.number is None]
    assert all(text in old for text in gone)
    assert len(gone) + sum(any(s != "+" for s, _ in line.parts) for line in lines if line.number) == len(old)


def test_what_changed_is_told_word_by_word() -> None:
    old = ("Own banner.", "No tenant's name goes to another organisation.", "Nobody speaks for us.")
    new = ("Own banner.", "No tenant's name or rent goes to another group.", "Own spokespeople.")
    first, second, gone, third = compared(old, new)
    assert not first.changed
    assert second.parts == (
        ("=", "No tenant's name"),
        ("+", " or rent"),
        ("=", " goes to another"),
        ("−", " organisation."),
        ("+", " group."),
    )
    assert (gone.number, gone.parts) == (None, (("−", "Nobody speaks for us."),))
    assert (third.number, third.parts) == (3, (("+", "Own spokespeople."),))


@pytest.mark.parametrize("length", [300, 10_000])
def test_long_wordings_are_compared_at_once(length: int) -> None:
    old, new = "no " * (length // 3), "never " * (length // 3) + "no"
    parts: Sequence[tuple[str, str]] = words(old, new)
    assert "".join(text for sign, text in parts if sign != "−") == new
