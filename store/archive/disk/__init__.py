"""Reading and writing an archive's bytes: system calls, changes, the journal, the file layout, the lock."""
