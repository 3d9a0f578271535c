"""``python -m worker.extraction.languages new nl`` writes an empty pack, ``check nl`` says what it still lacks."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from .checking import find_lacks
from .skeleton import write_skeleton

HERE = Path(__file__).parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        Exit code: 1 if something is missing.
    """
    options = _parser().parse_args(arguments)
    folder = options.folder / options.language
    if options.command == "new":
        lines = [f"{path}: written" for path in write_skeleton(folder)]
    else:
        lines = [str(lack) for lack in find_lacks(folder, language=options.language)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(options.command == "check" and bool(lines))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m worker.extraction.languages", description=__doc__)
    parser.add_argument("command", choices=("new", "check"))
    parser.add_argument("language", type=_code, help="ISO 639-1 code, two small letters")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the packs lie; this package's own folder")
    return parser


def _code(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", text):
        raise ArgumentTypeError(f"expected two small letters such as nl, found {text!r}")
    return text


if __name__ == "__main__":
    sys.exit(main())
