"""The encoder as a BERT whose products round to 8 bits: embeddings and twelve layers, all outputs to be had."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.rounding import RoundedAfterGelu, RoundedLinear

NORM_EPSILON = 1e-12
MAX_PIECES = 512


class Attention(nn.Module):
    """Self-attention with its output projection, residual and norm.

    Written out: on a CPU the two small products take a third of the time of the fused operation. The attention weights
    have no dropout of their own.
    """

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query, self.key, self.value, self.output = (RoundedLinear(width, width) for _ in range(4))
        self.norm = nn.LayerNorm(width, eps=NORM_EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """``mask`` (batch, 1, 1, pieces) is added to the scores: 0 where a piece is read, else very negative."""
        batch, pieces, width = states.shape
        query, key, value = (
            part(states).unflatten(-1, (self.heads, -1)).transpose(1, 2).reshape(batch * self.heads, pieces, -1)
            for part in (self.query, self.key, self.value)
        )
        scores = torch.bmm(query * (width // self.heads) ** -0.5, key.transpose(1, 2))
        scores = scores.view(batch, self.heads, pieces, pieces) + mask.to(scores.dtype)
        shares = torch.softmax(scores, dim=-1).to(value.dtype).view(batch * self.heads, pieces, pieces)
        mixed = torch.bmm(shares, value).view(batch, self.heads, pieces, -1).transpose(1, 2)
        mixed = self.output(mixed.reshape(batch, pieces, width))
        return self.norm(states + functional.dropout(mixed, self.dropout, self.training))


class Layer(nn.Module):
    """Attention and feed-forward."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(width, heads, dropout)
        self.intermediate, self.output = RoundedLinear(width, inner), RoundedAfterGelu(inner, width)
        self.norm = nn.LayerNorm(width, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """One layer up."""
        states = self.attention(states, mask)
        inner = self.output(functional.gelu(self.intermediate(states)))
        return self.norm(states + self.dropout(inner))


class Embeddings(nn.Module):
    """Piece and position embeddings."""

    def __init__(self, pieces: int, width: int) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(pieces, width), nn.Embedding(MAX_PIECES, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=NORM_EPSILON)

    def forward(self, pieces: Tensor) -> Tensor:
        """Piece ids (batch, pieces) to vectors."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        return self.norm(self.word(pieces) + self.position(places) + self.kind)


class Encoder(nn.Module):
    """The whole encoder."""

    def __init__(
        self,
        *,
        pieces: int,
        width: int = 384,
        layers: int = 12,
        inner: int = 1536,
        heads: int = 12,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.width = width
        self.embeddings = Embeddings(pieces, width)
        self.layers = nn.ModuleList(Layer(width, inner, heads, dropout) for _ in range(layers))

    def run(self, states: Tensor, real: Tensor, *, first: int = 0, last: int | None = None) -> list[Tensor]:
        """The outputs of the layers ``first`` to ``last`` (exclusive), given the input of ``first``."""
        mask = (1.0 - real.to(states.dtype))[:, None, None, :] * -1e4
        outputs = []
        for layer in self.layers[first:last]:
            states = layer(states, mask)
            outputs.append(states)
        return outputs


def load_encoder(folder: Path) -> Encoder:
    """The encoder as ``training.encoder.unpack`` wrote it."""
    with np.load(folder / "encoder.npz") as stored:
        tensors = {name: torch.from_numpy(stored[name]) for name in stored.files}
    encoder = Encoder(pieces=len(tensors["embeddings.word.weight"]))
    encoder.load_state_dict(tensors)
    return encoder
