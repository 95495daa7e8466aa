"""A session in words: for the review, for `redraw show`, and in short."""
