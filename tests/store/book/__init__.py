"""The tests of `store.book`."""
