"""What earlier networks think of a batch, as shares over labels, for a network to learn from beside the labels.

A hard label on raw text says nothing where its giver was not sure; the shares of several networks, averaged, say how
sure they are of what. Names have labels that earlier networks may lack, so this is for syntax alone.
Source: Hinton, Vinyals and Dean (2015), "Distilling the Knowledge in a Neural Network"; for parsers, Kuncoro et al.
(2016), "Distilling an Ensemble of Greedy Dependency Parsers into One MST Parser".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.encoder.items import Batch
from training.encoder.losses import allowed_arcs
from training.encoder.network import Network, Outputs
from training.encoder.passing import outputs_of

_WEIGHT = 0.5
"""Of all soft losses together beside the hard ones (2026-11; not tuned)."""


@dataclass(frozen=True)
class _Shares:
    """Shares over labels; the relations are those to the likeliest heads."""

    upos: Tensor
    features: tuple[Tensor, ...]
    arcs: Tensor
    relations: Tensor


class Ensemble:
    """Earlier networks, to be asked only.

    Args:
        networks: With the same frozen layers, parts of speech, features and relations as the one that learns.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = [network.eval() for network in networks]

    def __bool__(self) -> bool:
        """Whether there is anybody to ask."""
        return bool(self._networks)

    def losses(self, network: Network, outputs: Outputs, batch: Batch) -> dict[str, Tensor]:
        """Cross entropy between what the ensemble and the network think, by task, weighted; sentence ends have none."""
        rows, words = torch.nonzero(batch.sentence >= 0, as_tuple=True)
        with torch.no_grad():
            found = [outputs_of(each, batch) for each in self._networks]
            arcs = [
                allowed_arcs(each.arc_scores(said), batch.sentence)[rows, words].softmax(-1)
                for each, said in zip(self._networks, found, strict=True)
            ]
            heads = _mean(arcs).argmax(-1)
            shares = [
                _shares(each, said, arc, (rows, words, heads))
                for each, said, arc in zip(self._networks, found, arcs, strict=True)
            ]
        features = outputs.features[rows, words].split(network.feature_sizes, dim=-1)
        own_arcs = allowed_arcs(network.arc_scores(outputs), batch.sentence)[rows, words]
        soft = {
            "soft_upos": 0.5 * _cross_entropy(outputs.upos[rows, words], [s.upos for s in shares]),
            "soft_features": sum(
                _cross_entropy(part, [s.features[number] for s in shares]) for number, part in enumerate(features)
            )
            * (8 / len(features)),
            "soft_arcs": _cross_entropy(own_arcs, [s.arcs for s in shares]),
            "soft_relations": _cross_entropy(
                _relations(network, outputs, (rows, words, heads)), [s.relations for s in shares]
            ),
        }
        return {name: _WEIGHT * loss for name, loss in soft.items()}


def _shares(network: Network, outputs: Outputs, arcs: Tensor, pairs: tuple[Tensor, Tensor, Tensor]) -> _Shares:
    rows, words, _ = pairs
    features = outputs.features[rows, words].float().split(network.feature_sizes, dim=-1)
    return _Shares(
        upos=outputs.upos[rows, words].float().softmax(-1),
        features=tuple(part.softmax(-1) for part in features),
        arcs=arcs,
        relations=_relations(network, outputs, pairs).softmax(-1),
    )


def _relations(network: Network, outputs: Outputs, pairs: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    rows, words, heads = pairs
    return network.relation_scores(
        outputs.relation_dependent[rows, words].float(), outputs.relation_head[rows, heads].float()
    )


def _mean(shares: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(shares)).mean(0)


def _cross_entropy(scores: Tensor, shares: Sequence[Tensor]) -> Tensor:
    return -(_mean(shares) * scores.float().log_softmax(-1)).sum(-1).mean()
