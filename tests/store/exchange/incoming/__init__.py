"""How files come in: rooms, single debriefs, whole exports."""
