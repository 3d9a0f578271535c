"""Fits the weights of the signs: a ridge logistic regression whose weights may not turn against their direction.

With some seventy events, freedom is what must be bought dearly: the ridge draws weights to 0, the directions forbid
what chance alone would say ("a date makes it less likely"), and the strength of the ridge is the one under which events
of an article left out are foretold best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.calibration.judging import Judged

PENALTIES = (0.5, 1.0, 2.0, 4.0, 8.0)
_SWEEPS = 300
_CLOSE = 1e-7

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """The weights, and what each event gets from a fit without its article.

    Attributes:
        penalty: The ridge chosen.
        base: Log odds without any sign.
        weights: By sign.
        left_out: Confidence of each event, in the order given.
    """

    penalty: float
    base: float
    weights: Mapping[str, float]
    left_out: tuple[float, ...]


def fit(events: Sequence[Judged], directions: Mapping[str, int]) -> Fit:
    """Fit the weights of the signs on judged events.

    Args:
        events: Right ones and wrong ones, at least one of each, of two articles or more.
        directions: Sign to 1 or -1; a weight against its direction becomes 0.

    Raises:
        ValueError: All events are right, or none is.
    """
    right = np.array([event.right for event in events], dtype=float)
    if not 0 < right.sum() < len(right):
        raise ValueError(f"found {int(right.sum())} of {len(right)} events right, expected some right and some wrong")
    signs = np.array([[1.0, *(float(name in event.signs) for name in directions)] for event in events])
    bounds = np.array([0.0, *directions.values()])
    articles = np.array([event.article_id for event in events])
    left_out = {penalty: _left_out(signs, right, articles, bounds, penalty) for penalty in PENALTIES}
    penalty = min(PENALTIES, key=lambda candidate: _loss(left_out[candidate], right))
    weights = _weights(signs, right, bounds, penalty).round(3).tolist()
    named = dict(zip(directions, weights[1:], strict=True))
    return Fit(penalty, weights[0], named, tuple(left_out[penalty].tolist()))


def _weights(signs: Numbers, right: Numbers, bounds: Numbers, penalty: float) -> Numbers:
    """Go over the weights one by one with Newton's step, cut off at 0 where it leads against the direction."""
    weights = np.zeros(signs.shape[1])
    ridge = np.where(bounds == 0, 0.0, penalty)
    # A touch of it keeps the base finite where the article left out held all that were wrong.
    ridge[0] = 0.01
    for _ in range(_SWEEPS):
        before = weights.copy()
        for place, bound in enumerate(bounds):
            sure = _sigmoid(signs @ weights)
            slope = signs[:, place] @ (sure - right) + ridge[place] * weights[place]
            curve = (signs[:, place] ** 2) @ (sure * (1 - sure)) + ridge[place] + 1e-9
            moved = weights[place] - slope / curve
            weights[place] = 0.0 if moved * bound < 0 else moved
        if np.abs(weights - before).max() < _CLOSE:
            break
    return weights


def _left_out(signs: Numbers, right: Numbers, articles: NDArray[np.str_], bounds: Numbers, penalty: float) -> Numbers:
    sure = np.zeros(len(right))
    for article in np.unique(articles):
        own = articles == article
        sure[own] = _sigmoid(signs[own] @ _weights(signs[~own], right[~own], bounds, penalty))
    return sure


def _sigmoid(odds: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-odds))


def _loss(sure: Numbers, right: Numbers) -> float:
    return float(-np.mean(right * np.log(sure) + (1 - right) * np.log(1 - sure)))
