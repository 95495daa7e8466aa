"""The tests of the command line and of the program as a whole."""
