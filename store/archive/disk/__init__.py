"""How the bytes of an archive reach the disk and come back: the calls, the lines, the journal, the file, the lock."""
