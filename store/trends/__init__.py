"""What the logbook shows across probes."""
