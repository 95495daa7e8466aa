"""The tests of `store.archive`."""
