"""The tests of Redraw: how it is built, its rules, its screens and its contracts."""
