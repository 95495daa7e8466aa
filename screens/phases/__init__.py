"""One file for each phase of a debrief or a dissent session."""
