"""Small inputs of the kinds that went wrong for people, as files."""

from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"


def case(name: str) -> str:
    """The text of a case, with its marks and line ends as they are."""
    return case_bytes(name).decode()


def case_bytes(name: str) -> bytes:
    """The bytes of a case, by the beginning of its file's name."""
    (found,) = CASES.glob(f"{name}*")
    return found.read_bytes()
