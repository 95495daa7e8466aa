"""The tests of `store.probe`."""
