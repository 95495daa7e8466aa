"""The tests of `store.words`."""
