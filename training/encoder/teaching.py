"""Takes from labels that a model gave those that an earlier network is not sure of.

Self-training on everything a parser says mostly repeats its mistakes. What it is sure of is right far more often.
Source: McClosky, Charniak and Johnson (2006), "Effective Self-Training for Parsing", for the idea.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.encoder.bert import load_encoder
from training.encoder.export import trained_weights
from training.encoder.items import MISSING, TREEBANK_COUNT, Batch, Item, to_batch
from training.encoder.labels import Labels
from training.encoder.losses import allowed_arcs
from training.encoder.network import Network, Outputs
from training.encoder.passing import outputs_of

SURE = 0.85
"""A label is kept where the network gives it at least this probability (2026-11; not tuned)."""
_ITEMS_A_BATCH = 24


def load_teacher(encoder: Path, trained: Path, *, frozen_layers: int) -> Network:
    """The network of an earlier run, to be asked only."""
    labels = Labels.read(trained / "labels.json")
    network = Network(load_encoder(encoder), labels, first_mixed=frozen_layers, treebanks=TREEBANK_COUNT)
    network.load_state_dict(trained_weights(trained))
    return network.eval()


@torch.no_grad()
def keep_sure(teacher: Network, items: Sequence[Item], *, silver_names: bool) -> Iterator[Item]:
    """Items whose unsure labels are missing; the sentence ends are always.

    Args:
        teacher: Has the same label sets as the items.
        items: With the output of the frozen layers cached.
        silver_names: Whether a model gave the names too; others are kept as they are.
    """
    for start in range(0, len(items), _ITEMS_A_BATCH):
        chosen = items[start : start + _ITEMS_A_BATCH]
        batch = to_batch(chosen)
        outputs = outputs_of(teacher, batch)
        sure = _sure_labels(teacher, outputs, batch)
        for row, item in enumerate(chosen):
            kept = {
                name: _only(getattr(item, name), mask[row])
                for name, mask in sure.items()
                if silver_names or name != "names"
            }
            yield replace(item, **kept, ends=np.full(len(item), MISSING))


def _only(labels: NDArray[np.int64], sure: Tensor) -> NDArray[np.int64]:
    return np.where(sure[: len(labels)].numpy(), labels, MISSING)


def _sure_labels(network: Network, outputs: Outputs, batch: Batch) -> dict[str, Tensor]:
    arcs = _is_sure(allowed_arcs(network.arc_scores(outputs), batch.sentence), batch.heads)
    features = torch.stack(
        [
            _is_sure(part, batch.features[..., number])
            for number, part in enumerate(outputs.features.split(network.feature_sizes, dim=-1))
        ],
        dim=-1,
    )
    return {
        "upos": _is_sure(outputs.upos, batch.upos),
        "features": features,
        "heads": arcs,
        "relations": arcs & _sure_relations(network, outputs, batch),
        "names": _is_sure(outputs.names, batch.names),
    }


def _is_sure(scores: Tensor, labels: Tensor) -> Tensor:
    """Of a label that the network does not know it is not sure."""
    shares = scores.float().softmax(-1)
    is_known = labels < scores.shape[-1]
    return is_known & (shares.gather(-1, labels.clamp(0, scores.shape[-1] - 1)[..., None])[..., 0] >= SURE)


def _sure_relations(network: Network, outputs: Outputs, batch: Batch) -> Tensor:
    sure = torch.zeros_like(batch.relations, dtype=torch.bool)
    rows, words = torch.nonzero((batch.heads != MISSING) & (batch.relations != MISSING), as_tuple=True)
    heads = outputs.relation_head[rows, batch.heads[rows, words]]
    scores = network.relation_scores(outputs.relation_dependent[rows, words].float(), heads.float())
    sure[rows, words] = _is_sure(scores, batch.relations[rows, words])
    return sure
