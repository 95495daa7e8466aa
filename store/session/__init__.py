"""A session while it runs: its clock, its phases, and what the room decides."""
