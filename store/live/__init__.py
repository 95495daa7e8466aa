"""The live session without its screens: any front end (a terminal, a wall, a phone) has a `Live` from `store.live.live`."""
