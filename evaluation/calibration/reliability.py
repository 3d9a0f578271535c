"""How far confidences can be trusted: what was said against what came true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
DRAWS = 2000
SEED = 20261125


@dataclass(frozen=True)
class Said:
    """An event's confidence and whether it is right, with a number that its article's events share."""

    article: int
    confidence: float
    right: bool


@dataclass(frozen=True)
class Bin:
    """The events of a tenth of the scale: how many, their mean confidence, and the share that is right."""

    events: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Reliability:
    """Figures of one set of events.

    Attributes:
        ece: Expected calibration error over ten bins of equal width, weighted by their events.
        interval: 2.5 and 97.5 per cent of it when articles are drawn anew, with replacement.
        if_exact: Mean error that as many events would show if every confidence were exactly true: the noise floor.
        brier: Mean squared distance of confidence and outcome.
        ranking: How often a right event has more confidence than a wrong one (ties half); None if there are none.
    """

    events: int
    right: int
    confidence: float
    ece: float
    interval: tuple[float, float]
    if_exact: float
    brier: float
    ranking: float | None


def bins(said: Sequence[Said]) -> list[Bin]:
    """Sort the events into tenths of the scale, empty ones left out."""
    by_tenth: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        by_tenth[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [_bin(members) for _, members in sorted(by_tenth.items())]


def _bin(members: list[Said]) -> Bin:
    count = len(members)
    return Bin(count, sum(one.confidence for one in members) / count, sum(one.right for one in members) / count)


def calibration_error(said: Sequence[Said]) -> float:
    """Give the expected calibration error.

    >>> calibration_error([Said(1, 0.75, True), Said(2, 0.75, False)])
    0.25
    """
    return sum(one.events * abs(one.confidence - one.right) for one in bins(said)) / len(said)


def measure(said: Sequence[Said]) -> Reliability:
    """Measure how far the confidences of a set can be trusted; the random draws are the same each time."""
    count = len(said)
    return Reliability(
        events=count,
        right=sum(one.right for one in said),
        confidence=round(sum(one.confidence for one in said) / count, 3),
        ece=round(calibration_error(said), 4),
        interval=_interval(said),
        if_exact=_if_exact(said),
        brier=round(sum((one.confidence - one.right) ** 2 for one in said) / count, 4),
        ranking=_ranking(said),
    )


def _interval(said: Sequence[Said]) -> tuple[float, float]:
    """Draw whole articles: the events of one are not independent."""
    random = np.random.default_rng(SEED)
    by_article: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        by_article[one.article].append(one)
    articles = list(by_article.values())
    draws = random.integers(len(articles), size=(DRAWS, len(articles)))
    errors = [calibration_error([one for place in draw for one in articles[place]]) for draw in draws]
    low, high = np.percentile(errors, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _if_exact(said: Sequence[Said]) -> float:
    random = np.random.default_rng(SEED)
    confidence: NDArray[np.float64] = np.array([one.confidence for one in said])
    outcomes = random.random((DRAWS, len(said))) < confidence
    tenths = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [np.abs((outcomes - confidence)[:, tenths == tenth].sum(axis=1)) for tenth in np.unique(tenths)]
    return round(float(np.sum(gaps, axis=0).mean() / len(said)), 4)


def _ranking(said: Sequence[Said]) -> float | None:
    good = [one.confidence for one in said if one.right]
    bad = [one.confidence for one in said if not one.right]
    if not good or not bad:
        return None
    wins = sum((high > low) + 0.5 * (high == low) for high in good for low in bad)
    return round(wins / (len(good) * len(bad)), 3)
