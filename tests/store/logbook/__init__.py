"""The tests of `store.logbook`."""
