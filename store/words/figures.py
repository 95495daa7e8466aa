"""Figures as a room reads them."""


def number(value: float) -> str:
    """A figure: 5, 5.5, 5.25, −2; never 5.0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text != "-0" else "0"


def counted(number: int, what: str) -> str:
    """So many of something: `1 moment`, `3 moments`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def signed(value: float) -> str:
    """A figure with its sign: +1, −2.5, 0."""
    return ("+" if value > 0 else "") + number(value)


def change_bar(change: int | None) -> str:
    """A measure of sovereignty as a bar from the middle: to the left what was lost, to the right what was gained."""
    left, right = ("█" * 4 * max(0, sign * (change or 0)) for sign in (-1, 1))
    return f"{left:·>8}{'┃' if change == 0 else '│'}{right:·<8}"
