"""The live session without its screens: whoever shows it, a terminal, a wall or a telephone, has a `Live` from `store.live.live`."""
