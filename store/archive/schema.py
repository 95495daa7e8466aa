"""The form of the records that this version writes."""

SCHEMA = 1
