"""The tests of `store.trends`."""
