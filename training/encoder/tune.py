"""Trains the multi-task model: ``python -m training.encoder.tune --corpora FOLDER --encoder FOLDER --out FOLDER``.

The lower layers stay as they are and their output is cached. The heads learn first, alone; then the upper layers are
tuned with them. A checkpoint is written after each pass, and the same command goes on from it.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.encoder.bert import load_encoder
from training.encoder.checks import quick_scores
from training.encoder.corpus import Corpus, read_corpus
from training.encoder.export import trained_weights
from training.encoder.items import TREEBANK_COUNT, Batch, Item, batches
from training.encoder.losses import losses
from training.encoder.network import Network
from training.encoder.passing import cache_states, outputs_of
from training.encoder.teaching import keep_sure, load_teacher
from worker.extraction.models.pieces import PieceVocabulary

SHARES = {
    "de": 1.5, "de_joined": 1.5, "en": 0.4, "mobie": 0.15, "news": 0.4,
    "germeval": 1.0, "germeval_renamed": 0.5, "smartdata": 1.0, "smartdata_renamed": 0.3,
}  # fmt: skip
"""How often a pass sees each group: German syntax is scarce, tweets about trains are not what we read."""
_PIECES_A_BATCH = 1400
_HEAD_RATE, _ENCODER_RATE = 1e-3, 1.5e-4
_WARM_UP = 0.06
_EMA, _EMA_EVERY = 0.99, 5
"""The shipped weights are a moving average over the last hundred steps or so."""


@dataclass
class State:
    """Where training stands."""

    network: Network
    average: dict[str, Tensor]
    optimizer: torch.optim.AdamW
    step: int = 0
    passes: int = 0


def main() -> None:
    """Train, going on from the last checkpoint."""
    options = _options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    vocabulary = PieceVocabulary.read(options.encoder / "pieces.tsv")
    corpus = read_corpus(
        options.corpora, vocabulary, seed=options.seed, holding_out=options.hold_out, silver=options.silver
    )
    options.out.mkdir(parents=True, exist_ok=True)
    corpus.labels.write(options.out / "labels.json")
    network = Network(
        load_encoder(options.encoder), corpus.labels, first_mixed=options.frozen_layers, treebanks=TREEBANK_COUNT
    )
    started = time.monotonic()
    for group in (*corpus.groups.values(), *corpus.held.values()):
        cache_states(network, group)
    print(
        f"lower layers cached in {time.monotonic() - started:.0f} s",
        {n: len(g) for n, g in corpus.groups.items()},
        flush=True,
    )
    if options.silver:
        _take_unsure_away(corpus, options)
    if options.start_from:
        _take_over(network, trained_weights(options.start_from))
    state = _start(network, share=options.rate_share)
    _resume(state, options.out / "checkpoint.pt")
    while state.passes < options.passes:
        _one_pass(state, corpus, options)
        _save(state, options.out / "checkpoint.pt")
    torch.save(state.average, options.out / "network.pt")


def _take_unsure_away(corpus: Corpus, options: argparse.Namespace) -> None:
    teacher = load_teacher(options.encoder, options.teacher, frozen_layers=options.frozen_layers)
    for name, items in corpus.groups.items():
        if name.startswith(("germeval", "smartdata", "news")):
            corpus.groups[name] = list(keep_sure(teacher, items, silver_names=name == "news"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder written by training.encoder.unpack")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and weights")
    parser.add_argument("--passes", type=int, default=12, help="passes over the data in all")
    parser.add_argument("--head-passes", type=int, default=1, help="passes in which only the heads learn")
    parser.add_argument("--frozen-layers", type=int, default=4, help="lower layers that are never tuned")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--hold-out", action="store_true", help="keep a twelfth of the data for choosing")
    parser.add_argument("--silver", type=Path, help="sentences that training.silver labelled")
    parser.add_argument("--teacher", type=Path, help="folder of the run that labelled them: what it is unsure of goes")
    parser.add_argument("--start-from", type=Path, help="folder of an earlier run whose weights to begin with")
    parser.add_argument(
        "--rate-share", type=float, default=1.0, help="share of the learning rates; less to go on gently"
    )
    options = parser.parse_args()
    if bool(options.silver) != bool(options.teacher):
        parser.error("--silver and --teacher go together")
    return options


def _take_over(network: Network, earlier: dict[str, Tensor]) -> None:
    """Begin with the weights of an earlier run; labels that it did not have begin as they are."""
    own = network.state_dict()
    with torch.no_grad():
        for name, values in earlier.items():
            own[name][tuple(slice(size) for size in values.shape)] = values


def _start(network: Network, *, share: float) -> State:
    upper = [p for layer in network.encoder.layers[network.first_mixed :] for p in layer.parameters()]
    inside = {id(parameter) for parameter in network.encoder.parameters()}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in inside]
    optimizer = torch.optim.AdamW(
        [{"params": heads, "rate": share * _HEAD_RATE}, {"params": upper, "rate": share * _ENCODER_RATE}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    return State(network, {name: value.clone() for name, value in network.state_dict().items()}, optimizer)


def _one_pass(state: State, corpus: Corpus, options: argparse.Namespace) -> None:
    rng = np.random.default_rng(options.seed + 1000 * state.passes)
    items = _sample(corpus, rng)
    steps_a_pass = sum(len(item.pieces) for item in items) / (_PIECES_A_BATCH * 0.85)
    tuning = state.passes >= options.head_passes
    for layer in state.network.encoder.layers[state.network.first_mixed :]:
        layer.requires_grad_(tuning).train(tuning)
    started, sums = time.monotonic(), {}
    for number, batch in enumerate(batches(items, rng, pieces=_PIECES_A_BATCH)):
        done = (state.passes + min(1.0, number / steps_a_pass)) / options.passes
        for task, loss in _step(state, batch, corpus, done=done).items():
            sums[task] = sums.get(task, 0.0) + loss
    state.passes += 1
    means = {task: round(value / max(1, number + 1), 3) for task, value in sums.items()}
    print(f"pass {state.passes} {time.monotonic() - started:.0f} s", means, flush=True)
    for name, held in corpus.held.items():
        if held:
            print("  held out", name, quick_scores(state.network, held, corpus.labels), flush=True)


def _sample(corpus: Corpus, rng: np.random.Generator) -> list[Item]:
    """The items of one pass, each group as often as its share says."""
    chosen: list[Item] = []
    for name, group in corpus.groups.items():
        whole, rest = divmod(SHARES[name], 1)
        chosen += group * int(whole)
        chosen += [group[number] for number in rng.permutation(len(group))[: int(rest * len(group))]]
    return chosen


def _step(state: State, batch: Batch, corpus: Corpus, *, done: float) -> dict[str, float]:
    network = state.network
    outputs = outputs_of(network, batch)
    parts = losses(network, outputs, batch, corpus.labels)
    scale = min(1.0, done / _WARM_UP) * max(0.02, 1.0 - done)
    for group in state.optimizer.param_groups:
        group["lr"] = group["rate"] * scale
    state.optimizer.zero_grad()
    sum(parts.values()).backward()
    nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    state.optimizer.step()
    state.step += 1
    if state.step % _EMA_EVERY == 0:
        _move_average(state)
    return {task: float(loss.detach()) for task, loss in parts.items()}


@torch.no_grad()
def _move_average(state: State) -> None:
    names = [name for name in state.average if "embeddings" not in name]
    current = state.network.state_dict()
    share = max(1 - _EMA**_EMA_EVERY, _EMA_EVERY / (_EMA_EVERY + state.step))
    torch._foreach_lerp_([state.average[name] for name in names], [current[name] for name in names], share)


def _save(state: State, path: Path) -> None:
    stored = {
        "network": state.network.state_dict(), "average": state.average, "optimizer": state.optimizer.state_dict(),
        "step": state.step, "passes": state.passes,
    }  # fmt: skip
    torch.save(stored, path.with_suffix(".new"))
    path.with_suffix(".new").rename(path)


def _resume(state: State, path: Path) -> None:
    if path.exists():
        stored = torch.load(path, weights_only=True)
        state.network.load_state_dict(stored["network"])
        state.average.update(stored["average"])
        state.optimizer.load_state_dict(stored["optimizer"])
        state.step, state.passes = stored["step"], stored["passes"]


if __name__ == "__main__":
    main()
