"""What comes in: rooms, single debriefs, whole exports."""
