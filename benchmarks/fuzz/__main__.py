"""Many broken inputs over all parsers: ``python -m benchmarks.fuzz --inputs 1000000``; exit status 1 on any fault."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.fuzz.fuzzing import Found, fuzz
from benchmarks.fuzz.targets import Target, targets

RESULTS: Final = Path(__file__).parents[1] / "results" / "fuzz.json"


def main() -> int:
    """Run it, print what was found and keep it."""
    options = _read_options()
    chosen = [each for each in targets() if options.only in each.name]
    started = time.monotonic()
    found = _run(chosen, inputs=options.inputs, seed=options.seed)
    data = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "inputs": sum(each.inputs for each in found),
        "seed": options.seed,
        "minutes": round((time.monotonic() - started) / 60, 1),
        "targets": [asdict(each) | {"slowest_s": round(each.slowest_s, 4)} for each in found],
    }
    text = json.dumps(data, indent=2) + "\n"
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(text, encoding="utf-8")
    print(text, end="")
    return 1 if any(each.faults for each in found) else 0


def _run(chosen: list[Target], *, inputs: int, seed: int) -> list[Found]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        found = []
        for each in chosen:
            share = inputs // len(chosen)
            task = progress.add_task(f"{each.name:22}", total=share)
            found.append(
                fuzz(each, seed=seed, inputs=share, tell=lambda count, task=task: progress.advance(task, count))  # type: ignore[misc]
            )
            if not console.is_terminal:
                print(f"{each.name}: {share:,} inputs, {len(found[-1].faults)} faults", file=sys.stderr, flush=True)
    return found


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Broken inputs over all parsers of what comes from outside.")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="In all.")
    parser.add_argument("--seed", type=int, default=0, help="Number of each parser's first input.")
    parser.add_argument("--only", default="", help="Parsers with this in their name.")
    parser.add_argument("--out", type=Path, help=f"Where the figures go, for instance {RESULTS.name}.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
