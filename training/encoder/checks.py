"""Quick figures while training, on held-out items: heads are the best-scored ones, without a tree constraint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from training.encoder.items import MISSING, NEARLY, Batch, Item, batches
from training.encoder.labels import Labels
from training.encoder.losses import allowed_arcs
from training.encoder.network import Network, Outputs
from training.encoder.passing import outputs_of
from training.scores import spans_of
from training.sentence import NEARLY_NAMES, kind_of_form


@torch.no_grad()
def quick_scores(network: Network, items: Sequence[Item], labels: Labels) -> dict[str, float]:
    """Percentages: pos, uas, las (punctuation included), ends F, names F."""
    network.eval()
    counts: Counter[str] = Counter()
    for batch in batches(items, np.random.default_rng(0), pieces=4000, shuffle=False):
        outputs = outputs_of(network, batch)
        _count_syntax(network, outputs, batch, counts)
        _count_names(outputs, batch, labels, counts)
    network.train()
    return {
        "pos": _share(counts["pos"], counts["pos_all"]),
        "uas": _share(counts["uas"], counts["arcs"]),
        "las": _share(counts["las"], counts["arcs"]),
        "feats": _share(counts["features"], counts["features_all"]),
        "ends": _share(2 * counts["ends"], counts["ends_all"]),
        "names": _share(2 * counts["names"], counts["names_all"]),
    }


def _count_syntax(network: Network, outputs: Outputs, batch: Batch, counts: Counter[str]) -> None:
    known = batch.heads != MISSING
    heads = allowed_arcs(network.arc_scores(outputs), batch.sentence).argmax(-1)
    rows, words = torch.nonzero(known, as_tuple=True)
    if not len(rows):
        return
    found = heads[rows, words]
    scores = network.relation_scores(
        outputs.relation_dependent[rows, words].float(), outputs.relation_head[rows, found].float()
    )
    is_head = found == batch.heads[rows, words]
    is_both = is_head & (scores.argmax(-1) == batch.relations[rows, words])
    ends, gold_ends = outputs.ends[rows, words] > 0, batch.ends[rows, words] > 0
    counts["arcs"] += len(rows)
    counts["uas"] += int(is_head.sum())
    counts["las"] += int(is_both.sum())
    counts["ends"] += int((ends & gold_ends).sum())
    counts["ends_all"] += int(ends.sum() + gold_ends.sum())
    counts["pos_all"] += len(rows)
    counts["pos"] += int((outputs.upos[rows, words].argmax(-1) == batch.upos[rows, words]).sum())
    sizes = network.feature_sizes
    right = (
        torch.stack([part.argmax(-1) for part in outputs.features[rows, words].split(sizes, dim=-1)], dim=-1)
        == batch.features[rows, words]
    )
    counts["features_all"] += len(rows)
    counts["features"] += int(right.all(-1).sum())


def _count_names(outputs: Outputs, batch: Batch, labels: Labels, counts: Counter[str]) -> None:
    best = outputs.names.argmax(-1)
    for row in range(len(batch.names)):
        known = batch.names[row] != MISSING
        if known.any():
            gold = spans_of([labels.names[number] for number in batch.names[row][known]])
            found = spans_of([labels.names[number] for number in best[row][known]])
            counts_forms = batch.nearly[row] == NEARLY.index("counted")
            gold, found = (_as_counted(spans) if counts_forms else _real(spans) for spans in (gold, found))
            if not batch.misc_known[row]:
                found = {span for span in found if span[2] != "MISC"}
            counts["names"] += len(gold & found)
            counts["names_all"] += len(gold) + len(found)


def _real(spans: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    return {span for span in spans if span[2] not in NEARLY_NAMES}


def _as_counted(spans: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    return {(start, end, kind_of_form(label)) for start, end, label in spans}


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
