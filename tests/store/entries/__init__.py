"""The tests of `store.entries`."""
