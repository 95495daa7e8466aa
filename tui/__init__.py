"""The shell of Redraw: the command line and the app that ties screens and archive together."""
