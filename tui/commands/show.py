"""Commands that only show something: the list, a debrief, its matrix, its pact, the trends."""

import shutil
import sys
import time

import click

from tui.commands.base import command, open_archive, print_json
from tui.output import say


@command("list", reads=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(context: click.Context, as_json: bool) -> None:
    """List the probes and their sessions, those that are due first."""
    from datetime import datetime

    from store.logbook import listing
    from store.matrix.gap import in_short
    from store.words.text import visible

    found = listing.entries(open_archive(context), datetime.now().astimezone())
    if as_json:
        from store.exchange.outgoing.listed import with_names
        from store.model import Gap

        told = [{name: getattr(entry, name) for name in listing.TOLD} for entry in found]
        print_json([{**each, "gap": next(iter(with_names(Gap, filter(None, [each["gap"]]))), None)} for each in told])
        return
    widest = max((len(entry.when) for entry in found), default=0)
    lines = []
    for entry in found:
        gap = f"  {in_short(entry.gap)}" if entry.gap else ""
        ids = f"{entry.probe} {entry.session}".strip()
        partners = f"  with {', '.join(map(visible, entry.partners))}" if entry.partners else ""
        lines.append(f"{ids:<9} {entry.state:<9} {visible(entry.when):<{widest}} {visible(entry.title)}{partners}{gap}")
    if lines:
        say("\n".join(lines))
    else:
        click.echo("The logbook is empty: start redraw to enter a probe, or try “redraw demo”.", err=True)


@command(reads=True)
@click.argument("id")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def show(context: click.Context, id: str, form: str, as_json: bool) -> None:
    """Show one session or probe, whole. ID is as in “redraw list”: p3 or s3."""
    from store.notes.take_in import with_waiting

    archive = open_archive(context)
    debrief = with_waiting(archive, archive.debrief(id))
    if as_json or form == "json":
        from store.exchange.outgoing.json_document import as_json as exported

        print_json(exported(debrief))
    else:
        from store.report.debrief_report import as_text

        say(as_text(debrief, time.time()))


@command(reads=True)
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def matrix(context: click.Context, id: str, as_json: bool) -> None:
    """Draw the matrix of a probe, expected and actual. It shows every revealed round; JSON has the first."""
    from store.matrix.figures import as_json as figures_as_json
    from store.matrix.figures import figures
    from store.report.matrix_in_words import matrix_page

    found = open_archive(context).debrief(id)
    if as_json:
        print_json(figures_as_json(figures(found)))
        return
    say("\n".join(map(str, matrix_page(found))))


@command(reads=True)
@click.argument("id")
def pact(context: click.Context, id: str) -> None:
    """Print the pact of a probe on one page of plain text. It has at most 60 lines of 80 columns.

    Below it stand its versions and what changed, if the page has room for them; “redraw show” always has them. If the pact is
    longer than a page, only what fits is printed. The last line and a sentence on standard error say how much is missing, and
    the exit status is 1.
    """
    from store.probe.pact import LINES, page, printed
    from store.probe.pact_versions import below_the_page
    from store.words.numbers import counted

    debrief = open_archive(context).debrief(id)
    found = page(debrief)
    say("\n".join((*printed(debrief), *below_the_page(debrief))))
    if len(found) > LINES:
        raise click.ClickException(
            f"The pact is {counted(len(found) - LINES, 'line')} longer than one page: shorten it in its form."
        )


@command(reads=True)
@click.option("--ours", is_flag=True, help="Count our own probes alone, without those of other groups.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def trends(context: click.Context, ours: bool, as_json: bool) -> None:
    """Count what repeats across probes, and with whom. Then come sovereignty, time, rhythm and the record.

    Each figure is followed by its probes in brackets.

    Imported probes of other groups count too, and the output says how many there are; --ours leaves them out.
    """
    from store.trends import overview, overview_json, overview_text

    found = overview.built(open_archive(context), ours)
    if as_json:
        print_json(overview_json.as_json(found))
        return
    lines = overview_text.as_text(found)
    if sys.stdout is not None and sys.stdout.isatty():  # in a pipe, each figure is one whole line
        lines = overview_text.wrapped(lines, shutil.get_terminal_size().columns)
    say("\n".join(lines))
