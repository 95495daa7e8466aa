"""The tests of `store.session`."""
