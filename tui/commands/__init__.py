"""The commands of `redraw` besides the app, by what they are for; `tui.cli` puts them together."""
