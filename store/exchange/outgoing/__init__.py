"""What goes out: exports, with names or without."""
