"""Sentences that the room judges, one after the other: red lines, guidelines, positions."""
