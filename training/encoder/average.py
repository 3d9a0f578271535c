"""Averages the weights of runs that came out of each other: ``python -m training.encoder.average``.

A run that went on gently from another one (``tune --start-from``) lies near it; halfway between them is often better
than either. Labels that the earlier run does not have are taken from the later one alone.
Source: Wortsman et al. (2022), "Model soups", section 2.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.encoder.export import trained_weights


def average(runs: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several sets of weights, in the shapes of the last one; a label counts by the runs that have it."""
    *earlier, last = runs
    found = {name: values.clone() for name, values in last.items()}
    for count, weights in enumerate(earlier, start=2):
        for name, values in weights.items():
            if values.is_floating_point():
                shared = found[name][tuple(slice(size) for size in values.shape)]
                shared.lerp_(values, 1 / count)
    return found


def main() -> None:
    """Average and write beside the last run's labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=Path, nargs="+", required=True, help="folders of the runs, the last one last")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and labels")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(options.trained[-1] / "labels.json", options.out / "labels.json")
    torch.save(average([trained_weights(folder) for folder in options.trained]), options.out / "network.pt")


if __name__ == "__main__":
    main()
