"""`python -m tui` is `redraw`."""

from tui.cli import main

if __name__ == "__main__":
    main()
