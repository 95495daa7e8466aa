"""Light and dark: high contrast, so that sixteen colours and a washed-out projector still tell things apart."""

from textual.theme import Theme

DARK = Theme(
    name="redraw-dark",
    primary="#4fc3f7",
    secondary="#b39ddb",
    accent="#4fd8e8",
    foreground="#f2f2f2",
    background="#101418",
    surface="#1c2329",
    panel="#2a343c",
    success="#7ddf8a",
    warning="#ffd54f",
    error="#ff8a80",
    dark=True,
    variables={"footer-key-foreground": "#4fd8e8", "footer-background": "#1c2329"},
)
LIGHT = Theme(
    name="redraw-light",
    primary="#005a9c",
    secondary="#5e35b1",
    accent="#005f73",
    foreground="#101418",
    background="#fbfbf8",
    surface="#ecebe4",
    panel="#dad8cd",
    success="#1b6e2d",
    warning="#8a5a00",
    error="#a4161a",
    dark=False,
    variables={"footer-key-foreground": "#005f73", "footer-background": "#ecebe4"},
)
