"""Light and dark, of high contrast for a washed-out projector; and both again in the sixteen colours of old terminals."""

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
    variables={
        "footer-key-foreground": "#4fd8e8",
        "footer-background": "#1c2329",
        "scrollbar": "#3d4c57",
        "scrollbar-background": "#101418",
        "scrollbar-corner-color": "#101418",
    },
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
    variables={
        "footer-key-foreground": "#005f73",
        "footer-background": "#ecebe4",
        "scrollbar": "#b3b0a2",
        "scrollbar-background": "#fbfbf8",
        "scrollbar-corner-color": "#fbfbf8",
    },
)

# Only colours that the sixteen hold exactly: a terminal that rounds others makes grey on grey of them.
_DARK_16 = Theme(
    name="redraw-dark-16",
    primary="#00ffff",
    secondary="#ff00ff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000080",
    success="#00ff00",
    warning="#ffff00",
    error="#ff0000",
    dark=True,
    variables={
        "block-cursor-background": "#000080",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#000080",
        "block-cursor-blurred-foreground": "#ffffff",
        "footer-key-foreground": "#00ffff",
        "footer-background": "#000000",
        "text-muted": "#c0c0c0",
        "scrollbar": "#808080",
        "scrollbar-background": "#000000",
        "scrollbar-corner-color": "#000000",
    },
)
_LIGHT_16 = Theme(
    name="redraw-light-16",
    primary="#000080",
    secondary="#800080",
    accent="#000080",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#c0c0c0",
    success="#008000",
    warning="#800000",
    error="#800000",
    dark=False,
    variables={
        "block-cursor-background": "#000080",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#000080",
        "block-cursor-blurred-foreground": "#ffffff",
        "footer-key-foreground": "#000080",
        "footer-background": "#ffffff",
        "text-muted": "#000000",
        "scrollbar": "#808080",
        "scrollbar-background": "#ffffff",
        "scrollbar-corner-color": "#ffffff",
    },
)


def themes_for(color_system: str | None) -> tuple[Theme, Theme]:
    """The dark and the light theme for what the terminal can show: `standard` and `windows` are sixteen colours."""
    return (_DARK_16, _LIGHT_16) if color_system in ("standard", "windows") else (DARK, LIGHT)
