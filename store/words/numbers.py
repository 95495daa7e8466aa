"""Numbers as a room reads them."""


def number(value: float) -> str:
    """A number with at most two decimal places: 5, 5.5, 5.25, −2; never 5.0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text != "-0" else "0"


def two_places(value: float) -> str:
    """A number with two decimal places: 0.64, −0.23; never −0.00."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def counted(number: int, what: str) -> str:
    """A count with its noun: `1 moment`, `3 moments`, `2 people`, `2 different people`."""
    if number == 1:
        return f"1 {what}"
    return f"{number} {what[: -len('person')]}people" if what.endswith("person") else f"{number} {what}s"


_IN_LETTERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_letters(number: int) -> str:
    """A count from one on as it stands in a sentence: “four”; from thirteen on in figures."""
    return _IN_LETTERS[number] if number < len(_IN_LETTERS) else str(number)


def signed(value: float) -> str:
    """A number with its sign: +1, −2.5, 0."""
    return ("+" if value > 0 else "") + number(value)


def _step(value: float, what: str) -> str:
    amount = number(abs(value))
    return f"as much {what}" if value == 0 else f"{amount} {'more' if value > 0 else 'less'} {what}"


def step_in_words(autonomy: float, benefit: float) -> str:
    """A step on the matrix as a sentence: “3 less autonomy, 1 more benefit than expected”."""
    if autonomy == 0 and benefit == 0:
        return "It landed where it was expected."
    if autonomy == 0 or benefit == 0:
        even, moved = ("autonomy", "benefit") if autonomy == 0 else ("benefit", "autonomy")
        return f"{_step(benefit or autonomy, moved)} than expected, as much {even}"
    return f"{_step(autonomy, 'autonomy')}, {_step(benefit, 'benefit')} than expected"


def change_bar(change: int | None) -> str:
    """A measure of sovereignty as a bar that grows from the middle, to the left for losses and to the right for gains."""
    left, right = ("█" * 4 * max(0, sign * (change or 0)) for sign in (-1, 1))
    return f"{left:·>8}{'┃' if change == 0 else '│'}{right:·<8}"
