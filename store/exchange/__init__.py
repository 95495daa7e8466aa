"""A record to hand on: probes out of the archive as a document, as tables for a spreadsheet, or as JSON to be imported.

What goes out is a `Bundle`, all rows of one probe. Unless raw notes are asked for it goes through `anonymous` first, so that
no way of writing it ever sees a name.
"""
