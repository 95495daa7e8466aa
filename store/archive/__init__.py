"""The archive: one TinyDB file that loses nothing it has said to be saved."""
