"""A session, live: its clock, its phases, what the room decides, and what it all says, in words and in the matrix."""
