"""Passes a batch through encoder and heads, from the pieces or from the cached output of the frozen layers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from training.encoder.items import Batch, Item, to_batch
from training.encoder.network import Network, Outputs


def outputs_of(network: Network, batch: Batch) -> Outputs:
    """What the network says of a batch; matrix products run in bfloat16."""
    encoder = network.encoder
    with torch.autocast("cpu", torch.bfloat16):
        if batch.states is None:
            layers = encoder.run(encoder.embeddings(batch.pieces), batch.real)[network.first_mixed :]
        else:
            layers = encoder.run(batch.states.float(), batch.real, first=network.first_mixed)
        return network(layers, batch.words, batch.treebank)


@torch.no_grad()
def cache_states(network: Network, items: Sequence[Item], *, size: int = 32) -> None:
    """Keep the output of the layers below the first mixed one with every item; they are never tuned."""
    encoder = network.encoder.eval()
    order = sorted(items, key=lambda item: len(item.pieces))
    for start in range(0, len(order), size):
        chosen = [item for item in order[start : start + size] if not item.states]
        if chosen:
            batch = to_batch(chosen)
            with torch.autocast("cpu", torch.bfloat16):
                states = encoder.run(encoder.embeddings(batch.pieces), batch.real, last=network.first_mixed)[-1]
            for item, row in zip(chosen, states.to(torch.float16).numpy(), strict=True):
                item.states.append(np.ascontiguousarray(row[: len(item.pieces)]))
