"""How a revision of the non-negotiables is drawn: its principles, what changed in them, who agrees, all revisions."""

from collections.abc import Collection, Iterator, Sequence

from textual.content import Content

from screens.widgets.paragraphs import hung, worded
from screens.widgets.record_lists import marked
from store.model import NonNegotiables
from store.probe import non_negotiables
from store.words.changes import Compared, compared
from store.words.numbers import counted
from store.words.text import visible


def statement(
    revision: NonNegotiables | None, before: NonNegotiables | None, width: int, fresh: Collection[str] = ()
) -> Content:
    """The principles by number, with what changed since the revision `before`, if there is one, and the `fresh` ones marked."""
    if revision is None:
        return Content.assemble(
            ("Nothing is written yet.\n\n", "bold"),
            "What won't you trade, whoever offers the van? Type a principle and press Enter: one sentence each, as few"
            " as it takes. Then Tab: who is asked, who consents, and what is still open.",
        )
    if before is None:
        lines = [Compared(n, (("=", text),)) for n, text in enumerate(revision.principles, 1)]
    else:
        lines = list(compared(before.principles, revision.principles))
    if not lines:
        return Content("No principle is left in it.")
    new = [n for n, text in enumerate(revision.principles, 1) if text in fresh]
    return Content("\n\n").join([marked(_principle(line, width), line.number in new) for line in lines])


def _principle(line: Compared, width: int) -> Content:
    label = "    " if line.number is None else f"{line.number:>2}  "
    return hung(worded(line.parts), width, label, "bold $accent")


def headline(all_: Sequence[NonNegotiables], revision: NonNegotiables | None, columns: int) -> Content:
    """Which revision is shown, how it stands and how many principles it has; what has no room goes below."""
    if revision is None:
        return Content.styled("Non-negotiables", "bold")
    standing = non_negotiables.state_in_words(all_, revision)
    n = len(revision.principles)
    many = f"\n{n} principles: a concise statement is better remembered" if n > non_negotiables.CONCISE else ""
    count = f"   {counted(n, 'principle')}" if n and not many else ""
    name = f"   revision {revision.number}"
    left = columns - len(standing) - 2
    whole = left > len(name) + 17
    left -= len(name) + 17 if whole else 0
    return Content.assemble(
        ("Non-negotiables", "bold"),
        f"{name}, " if whole else f"{name}\n",
        (standing, "bold $accent"),
        (count if len(count) < left else "", "dim"),
        (many, "$warning"),
    )


def agreement(revision: NonNegotiables, width: int) -> Iterator[Content]:
    """Who was asked, who consents, stands aside or objects and why, and who hasn't answered, with names."""
    over = revision.adopted is not None
    asked, consents, silent = len(revision.asked), revision.consents, non_negotiables.unanswered(revision)
    if not asked:
        unknown = "Who was asked did not come in with it." if revision.source else ""
        yield hung(Content(unknown or ("Nobody was asked." if over else "Nobody is asked yet: Tab.")), width, "")
        return
    verb = "consented" if over else "consents" if len(consents) == 1 else "consent"
    sign = Content.styled("✓" if consents else "·", "bold $success" if consents else "bold")
    yield Content.assemble(sign, (f" {len(consents) or 'none'} of {asked} {verb}", "bold"))
    if consents:
        yield hung(Content(", ".join(map(visible, consents))), width, "  ")
    for stances, verbs, style in (
        (revision.stands_aside, ("stood aside", "stands aside", "stand aside"), "bold"),
        (revision.objects, ("objected", "objects", "object"), "bold $error"),
    ):
        if stances:
            verb = verbs[0 if over else 1 if len(stances) == 1 else 2]
            yield Content.styled(f"{'!' if 'error' in style else '~'} {len(stances)} of {asked} {verb}", style)
        for each in stances:
            yield hung(Content(f"{visible(each.name)}: {visible(each.reason)}"), width, "  ")
    if silent:
        said = "had" if over else "has" if len(silent) == 1 else "have"
        yield Content.styled(f"· {len(silent)} of {asked} {said} not said", "bold")
        yield hung(Content(", ".join(map(visible, silent))), width, "  ")


def open_points(revision: NonNegotiables, width: int) -> Iterator[Content]:
    """What is still open, or was when the revision came into force, word for word."""
    for number, text in enumerate(revision.open, 1):
        yield hung(Content(visible(text)), width, f"{number:>2}  ")


def revisions(all_: Sequence[NonNegotiables], shown: NonNegotiables | None, width: int) -> Iterator[Content]:
    """Every revision with its state, the newest first."""
    for each in reversed(all_):
        here = each is shown
        label = f"{'▸' if here else ' '}{each.number:>2}  "
        said = Content.styled(non_negotiables.state_in_words(all_, each), "bold" if here else "")
        yield hung(said, width, label)
