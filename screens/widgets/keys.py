"""The footer: the keys of the present screen, close together so that all of a session's fit into 80 columns."""

from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer without its margins. Its own compact form restyles every key once more at the start."""

    DEFAULT_CSS = """
    Keys FooterKey .footer-key--key { padding: 0; }
    Keys FooterKey .footer-key--description { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
