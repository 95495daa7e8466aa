"""Notes from any shell: left in a spool beside the archive, and taken in by whoever writes next."""
