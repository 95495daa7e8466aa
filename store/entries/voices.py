"""Who speaks and who places in an open dissent session: there is no roster, so any name is taken as typed."""

from store.debrief import Debrief
from store.matrix.proposals import voters
from store.refused import Refused
from store.words.names import find, fitting, fold


def known(debrief: Debrief) -> tuple[str, ...]:
    """Every name so far: voices, then whoever placed a proposal; each as it was first typed."""
    seen: dict[str, str] = {}
    for name in (*(position.voice for position in debrief.dissent if position.voice), *voters(debrief)):
        seen.setdefault(fold(name), name)
    return tuple(seen.values())


def person(typed: str, names: tuple[str, ...]) -> str:
    """The known name that `typed` begins, else a new one. A name in quotes is taken exactly, even if it begins a known one.

    Raises:
        Refused: several fit, or there is no name.
    """
    name = typed.strip()
    if len(name) > 2 and name[0] in '"“”' and name[-1] in '"“”':
        name = name[1:-1].strip()
        names = tuple(each for each in names if fold(each) == fold(name))
    if not fold(name):
        raise Refused("There is no name here: type one, or its first letters.")
    return find(name, names) if fitting(name, names) else name
