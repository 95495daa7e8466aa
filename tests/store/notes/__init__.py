"""The tests of `store.notes`."""
