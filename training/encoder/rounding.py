"""Computes products of the encoder on states in 8 bits, as the export will (``training.encoder.graph``).

The network so learns to do without what rounding takes away. A scale for each row of states loses several times what a
scale for each column of weights does, since a few channels are ten times the others; the weights are left as they are.
Gradients pass the rounding as if it were not there. Source: Jacob et al. (2018), "Quantization and Training of Neural
Networks for Efficient Integer-Arithmetic-Only Inference", section 3.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.encoder.graph import BELOW_ZERO, LEAST_OF_GELU, TINY


class RoundedLinear(nn.Linear):
    """A linear layer on rounded states."""

    def forward(self, states: Tensor) -> Tensor:
        """``states`` are (…, inputs)."""
        return super().forward(states + self.lost(states.detach()))

    @torch.no_grad()
    def lost(self, states: Tensor) -> Tensor:
        """What rounding changes in states that lie around zero."""
        scales = states.abs().amax(-1, keepdim=True).clamp_min(TINY) / 127
        return torch.round(states / scales).mul_(scales).sub_(states)


class RoundedAfterGelu(RoundedLinear):
    """The same on what GELU gave, most of whose integers are for what is above zero."""

    @torch.no_grad()
    def lost(self, states: Tensor) -> Tensor:
        """What rounding changes."""
        scales = (states.amax(-1, keepdim=True) / (255 - BELOW_ZERO)).clamp_min(LEAST_OF_GELU / BELOW_ZERO)
        return torch.round(states / scales).mul_(scales).sub_(states)
