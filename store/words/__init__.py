"""How texts, names, dates and numbers are typed, read and shown."""
