"""The tests of `store.exchange`."""
