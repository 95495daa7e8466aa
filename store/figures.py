"""Figures as a room reads them."""


def number(value: float) -> str:
    """A figure: 5, 5.5, 5.25, −2; never 5.0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text != "-0" else "0"


def signed(value: float) -> str:
    """A figure with its sign: +1, −2.5, 0."""
    return ("+" if value > 0 else "") + number(value)
