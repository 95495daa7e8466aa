"""The commands that `redraw` has besides the app, by what they are for; `tui.cli` puts them together."""
