"""What the probes show together."""
