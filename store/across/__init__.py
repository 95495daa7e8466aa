"""Across probes: the logbook, what repeats, the guidelines and where they came from, search."""
