"""Tests of the wall's value and of how another process follows it."""
