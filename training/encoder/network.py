"""The multi-task network: one encoder, and on its words heads for syntax, features, sentence ends and names.

Arcs and relations: deep biaffine attention. Source: Dozat and Manning (2017).
Layers are mixed by learned weights, one mix for syntax and one for names. Source: Peters et al. (2018), section 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.encoder.bert import Encoder
from training.encoder.labels import Labels

ARC_WIDTH, RELATION_WIDTH = 256, 96
HEAD_DROPOUT = 0.3


@dataclass(frozen=True)
class Outputs:
    """What the network says of every word of a batch.

    Attributes:
        upos, features, names, ends: Scores by label; ``features`` are those of all features side by side.
        arc_dependent, arc_head, relation_dependent, relation_head: What the biaffine scorers compare. The head sides
            have the root in front: (batch, words + 1, width).
    """

    upos: Tensor
    features: Tensor
    names: Tensor
    ends: Tensor
    arc_dependent: Tensor
    arc_head: Tensor
    relation_dependent: Tensor
    relation_head: Tensor


class Mix(nn.Module):
    """A learned weighted mean of layers."""

    def __init__(self, layers: int, width: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, layers: list[Tensor]) -> Tensor:
        """One tensor from several of the same shape."""
        weights = torch.softmax(self.weights, 0)
        return self.norm(sum(weight * layer.float() for weight, layer in zip(weights, layers, strict=True)))


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, labels: Labels, *, first_mixed: int, treebanks: int) -> None:
        super().__init__()
        width = encoder.width
        self.encoder, self.first_mixed = encoder, first_mixed
        mixed = len(encoder.layers) - first_mixed
        self.syntax_mix, self.name_mix = Mix(mixed, width), Mix(mixed, width)
        self.treebank = nn.Embedding(treebanks, width)
        nn.init.normal_(self.treebank.weight, std=0.02)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        self.syntax, self.name = _hidden(width, width), _hidden(width, width)
        self.arc_dependent, self.arc_head = _hidden(width, ARC_WIDTH), _hidden(width, ARC_WIDTH)
        self.relation_dependent, self.relation_head = _hidden(width, RELATION_WIDTH), _hidden(width, RELATION_WIDTH)
        self.arc = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        self.relation = nn.Parameter(torch.randn(RELATION_WIDTH + 1, len(labels.relations), RELATION_WIDTH + 1) * 0.02)
        self.upos = nn.Linear(width, len(labels.upos))
        self.features = nn.Linear(width, sum(map(len, labels.features.values())))
        self.feature_sizes = [len(values) for values in labels.features.values()]
        self.names = nn.Linear(width, len(labels.names))
        self.ends = nn.Linear(width, 1)

    def forward(self, layers: list[Tensor], words: Tensor, treebank: Tensor) -> Outputs:
        """Heads on the outputs of the mixed layers.

        Args:
            layers: Outputs of the layers from ``first_mixed`` on, (batch, pieces, width).
            words: Averages pieces to words: (batch, words, pieces), rows sum to 1.
            treebank: Whose habits to follow, (batch,).
        """
        by_word = words @ self.syntax_mix(layers)
        syntax = self.dropout(by_word) + self.treebank(treebank)[:, None, :]
        root = (self.root + self.treebank(treebank))[:, None, :]
        syntax = self.syntax(torch.cat([root, syntax], dim=1))
        name = self.name(self.dropout(words @ self.name_mix(layers)))
        own = syntax[:, 1:]
        return Outputs(
            upos=self.upos(own),
            features=self.features(own),
            names=self.names(name),
            ends=self.ends(own)[..., 0],
            arc_dependent=self.arc_dependent(own),
            arc_head=self.arc_head(syntax),
            relation_dependent=self.relation_dependent(own),
            relation_head=self.relation_head(syntax),
        )

    def arc_scores(self, outputs: Outputs) -> Tensor:
        """How well each head (root first) fits each word: (batch, words, words + 1)."""
        return _with_one(outputs.arc_dependent.float()) @ self.arc @ outputs.arc_head.float().transpose(1, 2)

    def relation_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of the relations between paired vectors: (pairs, relations)."""
        left = torch.einsum("ni,irj->nrj", _with_one(dependents), self.relation)
        return (left * _with_one(heads)[:, None, :]).sum(-1)


def _hidden(width_in: int, width_out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width_in, width_out), nn.GELU(), nn.Dropout(HEAD_DROPOUT))


def _with_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, vectors.new_ones(*vectors.shape[:-1], 1)], dim=-1)
