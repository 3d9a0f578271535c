"""``depesche schema``: the contract as JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.guard import guarded


@guarded
def schema(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="article, event, result, failure, ...")] = None,
) -> None:
    """Print a JSON Schema of the contract, or list them all."""
    from schemas.export import as_text, json_schemas  # noqa: PLC0415 - builds every model

    schemas = json_schemas()
    if name is None:
        _list(schemas)
    elif name in schemas:
        print(as_text(schemas[name]), end="")
    else:
        raise typer.BadParameter(f"expected one of {', '.join(schemas)}, found {name!r}", param_hint="NAME")


def _list(schemas: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("name", "what it describes", box=None, pad_edge=False)
    for name, found in schemas.items():
        table.add_row(name, _describe(found))
    Console().print(table)


def _describe(schema: dict[str, Any]) -> str:
    """Take the schema's own sentence; a message has the type of its CloudEvent."""
    if "description" in schema:
        return str(schema["description"]).partition("\n")[0]
    return f"A CloudEvent of type {schema['properties']['type']['const']}."
