"""The guidelines, one by one and all of them, and the patterns that recur."""
