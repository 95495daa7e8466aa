"""Pictures of Redraw. `python -m tests.pictures` renews those of the README."""
