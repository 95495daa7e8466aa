"""The wall of the live session, in a window of its own."""

import sys

import click

from tui.commands.base import command
from tui.commands.plain_note import default_archive
from tui.commands.run import collect_seldom, need_terminal, tell_no_values


@command()
@click.option("--light", is_flag=True, help="Dark letters on a light ground, for a washed-out projector.")
def wall(context: click.Context, light: bool) -> None:
    """Show the wall of the live session, for the projector.

    Run it in a second window beside “redraw”, on the same computer and the same archive; it may be started first. It follows
    the session as that is saved, and shows only what is public: the time, the question, counts, and what the room has revealed.
    Who is in which group, positions, words and the sentence that is being typed appear once the curtain is opened in that phase.

    It writes nothing, and nothing can be entered in it. Leave it with q.
    """
    need_terminal()
    collect_seldom()
    tell_no_values()
    from store.wall.follower import WallFollower

    follower = WallFollower(context.obj or default_archive())
    from tui.wall import WallApp

    app = WallApp(follower, light)
    app.run()
    if app.farewell:
        click.echo(app.farewell, err=True)
    if app.return_code:
        sys.exit(app.return_code)
