"""`python -m tui` is `redraw`."""

from tui.start import main

if __name__ == "__main__":
    main()
