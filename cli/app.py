"""The command line: which commands there are, in the order that help shows."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.commands.delete import delete
from cli.commands.demo import demo
from cli.commands.doctor import doctor
from cli.commands.extract import extract
from cli.commands.failures import failures
from cli.commands.gateway import gateway
from cli.commands.intake import intake
from cli.commands.plan import plan
from cli.commands.reextract import reextract
from cli.commands.result import result
from cli.commands.schema import schema
from cli.commands.submit import submit
from cli.commands.times import times
from cli.commands.token import token
from cli.commands.up import up
from cli.commands.watch import watch
from cli.commands.worker import worker

app = typer.Typer(
    name="depesche",
    help="Read news articles and give back their events (meetings, talks, offers) as validated JSON.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # noqa: PLC0415 - reads the disk

        print(f"depesche {version('depesche')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news articles and give back their events (meetings, talks, offers) as validated JSON."""
    del version


HERE = "Here, without a queue"
QUEUE = "Through the queue"
SERVICE = "Running the service"
ABOUT = "About this installation"

app.command(rich_help_panel=HERE)(extract)
app.command(rich_help_panel=HERE)(times)
app.command(rich_help_panel=QUEUE)(submit)
app.command(rich_help_panel=QUEUE)(result)
app.command(rich_help_panel=QUEUE)(reextract)
app.add_typer(failures, name="failures", rich_help_panel=QUEUE)
app.command(rich_help_panel=QUEUE)(delete)
app.command(rich_help_panel=QUEUE)(watch)
app.command(rich_help_panel=SERVICE)(up)
app.command(rich_help_panel=SERVICE)(worker)
app.command(rich_help_panel=SERVICE)(gateway)
app.add_typer(token, name="token", rich_help_panel=SERVICE)
app.command(rich_help_panel=SERVICE)(intake)
app.command(rich_help_panel=SERVICE)(demo)
app.command(rich_help_panel=ABOUT)(plan)
app.command(rich_help_panel=ABOUT)(schema)
app.command(rich_help_panel=ABOUT)(doctor)
