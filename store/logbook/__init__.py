"""The logbook: the list of probes, one of them in detail, search."""
