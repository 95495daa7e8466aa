"""A record to hand on: probes out of the archive as a document, as tables for a spreadsheet, or as JSON to be imported.

What goes out and comes in is a `Bundle`, all rows of one probe. Unless raw notes are asked for it goes through `Nameless` first, so
that no format ever sees a name.
"""
