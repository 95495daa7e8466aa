"""What a rule answers when it can't do what was asked."""


class Refused(ValueError):
    """One sentence for the person at the keyboard: what is wrong and what to type instead."""
