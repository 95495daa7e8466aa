"""What is loaded before the first screen is shown: starting must not wait for what only a session needs."""

import subprocess
import sys

LATER = ("pydantic", "plotext", "store.model", "textual.widgets._text_area", "screens.widgets.large_letters", "wave")


def test_the_first_screen_waits_for_no_models_and_no_chart() -> None:
    asked = f"import sys, tui.cli, tui.app; print([name for name in {LATER} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
