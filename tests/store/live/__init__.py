"""The tests of `store.live`."""
