"""The tests of `store.validation`."""
