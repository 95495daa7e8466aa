"""What makes records valid: each by itself, and what they say of one another. Import and `redraw check` go by the same rules."""
