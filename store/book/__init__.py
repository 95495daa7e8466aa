"""The alliance guidelines: what stood on any day, where each wording came from, what recurs."""
