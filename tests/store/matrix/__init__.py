"""The tests of `store.matrix`."""
