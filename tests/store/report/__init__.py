"""The tests of `store.report`."""
