"""The entry point of ``depesche``: says what to install where even the command line's own packages are missing."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line with the arguments of this process."""
    try:
        from cli.app import app  # noqa: PLC0415 - typer may be missing in a base install
    except ModuleNotFoundError as error:
        from cli.extras import describe_missing, exit_status  # noqa: PLC0415

        command = (sys.argv[1:] or [""])[0]
        print(f"depesche: {describe_missing(error, command=command)}", file=sys.stderr)
        sys.exit(exit_status())
    app(prog_name="depesche")


if __name__ == "__main__":
    run()
