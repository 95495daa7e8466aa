"""Texts, names, days and figures as people type and read them."""
