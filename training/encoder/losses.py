"""The loss of a batch: every task's share, taken only where its labels are there."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder.items import MISSING, NEARLY, Batch
from training.encoder.labels import Labels
from training.encoder.network import Network, Outputs
from training.sentence import NEARLY_NAMES

NEVER = -1e4
_WEIGHTS = {"upos": 0.5, "features": 2.0, "ends": 0.5, "arcs": 1.0, "relations": 1.0, "names": 1.0}


def losses(network: Network, outputs: Outputs, batch: Batch, labels: Labels) -> dict[str, Tensor]:
    """Mean loss by task, weighted, in single precision."""
    found = {
        "upos": _cross_entropy(outputs.upos, batch.upos),
        "features": _features(outputs.features, batch.features, labels),
        "ends": _ends(outputs.ends, batch.ends),
        "arcs": _cross_entropy(allowed_arcs(network.arc_scores(outputs), batch.sentence), batch.heads),
        "relations": _relations(network, outputs, batch),
        "names": _names(outputs.names, batch, labels),
    }
    return {task: loss * _WEIGHTS[task] for task, loss in found.items()}


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    if not (gold != MISSING).any():
        return scores.float().sum() * 0.0
    return functional.cross_entropy(scores.flatten(0, -2).float(), gold.flatten())


def allowed_arcs(scores: Tensor, sentence: Tensor) -> Tensor:
    """Forbid heads outside the word's own sentence; the root, in front, is always allowed."""
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, None, :]
    return scores.float().masked_fill(~functional.pad(same, (1, 0), value=True), NEVER)


def _features(scores: Tensor, gold: Tensor, labels: Labels) -> Tensor:
    sizes = [len(values) for values in labels.features.values()]
    parts = scores.split(sizes, dim=-1)
    return sum(_cross_entropy(part, gold[..., number]) for number, part in enumerate(parts)) / len(sizes) * 4


def _ends(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold != MISSING
    if not known.any():
        return scores.float().sum() * 0.0
    return functional.binary_cross_entropy_with_logits(scores[known].float(), gold[known].float())


def _relations(network: Network, outputs: Outputs, batch: Batch) -> Tensor:
    rows, words = torch.nonzero((batch.heads != MISSING) & (batch.relations != MISSING), as_tuple=True)
    if not len(rows):
        return outputs.relation_head.float().sum() * 0.0
    heads = outputs.relation_head[rows, batch.heads[rows, words]]
    scores = network.relation_scores(outputs.relation_dependent[rows, words].float(), heads.float())
    return functional.cross_entropy(scores, batch.relations[rows, words])


def _names(scores: Tensor, batch: Batch, labels: Labels) -> Tensor:
    """Labels that a corpus does not know are left out of its "O"; where it tells less apart, a kind's labels are one.

    Left out everywhere, they would never be told apart from that corpus's names.
    """
    known = batch.names != MISSING
    if not known.any():
        return scores.float().sum() * 0.0
    gold = functional.one_hot(batch.names.clamp(min=0), len(labels.names)).bool()
    is_counted = (batch.nearly == NEARLY.index("counted"))[:, None, None]
    allowed = torch.where(is_counted, (gold.float() @ _forms_of(labels)).bool(), gold)
    is_outside = batch.names == labels.names.index("O")
    left_out = is_outside[:, :, None] & _unknown(batch, labels)[:, None, :]
    shares = scores.float().masked_fill(left_out, NEVER).log_softmax(-1)
    each = -shares.masked_fill(~allowed, NEVER).logsumexp(-1)[known]
    weights = batch.weight[:, None].expand_as(known)[known]
    return (each * weights).sum() / weights.sum()


def _unknown(batch: Batch, labels: Labels) -> Tensor:
    """Which labels each passage's corpus does not know: (passages, labels)."""
    is_misc = torch.tensor([tag[2:6] == "MISC" for tag in labels.names])
    is_nearly = torch.tensor([tag[2:] in NEARLY_NAMES for tag in labels.names])
    nearly_unknown = batch.nearly == NEARLY.index("unknown")
    return (~batch.misc_known)[:, None] & is_misc | nearly_unknown[:, None] & is_nearly


def _forms_of(labels: Labels) -> Tensor:
    """For each label (row) those that a corpus which counts derived forms and parts as names means by it."""
    return torch.tensor(
        [
            [other == tag or (tag != "O" and other in {f"{tag}deriv", f"{tag}part"}) for other in labels.names]
            for tag in labels.names
        ],
        dtype=torch.float32,
    )
