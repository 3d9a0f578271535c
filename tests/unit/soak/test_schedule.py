"""The schedule of a soak: so many faults in so long, of every kind its share, the same again from the same seed."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from benchmarks.soak.faults import Kind
from benchmarks.soak.schedule import BREATH_S, PACE_S, Schedule

KINDS = [Kind("often", 3, lambda *_: None), Kind("at times", 2, lambda *_: None), Kind("seldom", 1, lambda *_: None)]
HALF_AN_HOUR_S = 1_800


def run(seconds_each, *, seed=0, until_s=HALF_AN_HOUR_S):
    """Go through the schedule with a clock of its own; each fault lasts so long."""
    schedule = Schedule(KINDS, chance=random.Random(seed))  # noqa: S311 - no secret
    now, done = 0.0, []
    while (found := schedule.next(now_s=now))[0] < until_s:
        now, kind = found
        done.append((now, kind.name))
        now += seconds_each
    return done


@pytest.mark.parametrize("seconds_each", [0, 4, 9])
def test_half_an_hour_has_its_faults(seconds_each):
    """Faults that take their time make the others no fewer."""
    assert len(run(seconds_each)) >= 1_800 / PACE_S - 1


def test_slow_machine_does_one_after_the_other():
    """Where each takes longer than its share of the time, they follow at once; still a hundred and more."""
    done = run(16)
    assert len(done) >= 100
    gaps = [round(later - earlier, 6) for (earlier, _), (later, _) in pairwise(done)]
    assert set(gaps[2:]) == {16 + BREATH_S}


def test_moments_are_random_within_their_pieces():
    """One in each piece of time, not at its beginning."""
    moments = [at for at, _ in run(0)]
    assert [int(at // PACE_S) for at in moments] == list(range(len(moments)))
    assert len({round(at % PACE_S) for at in moments}) > 5


def test_every_kind_has_its_share():
    """By weight, in each round anew."""
    names = [name for _, name in run(0)]
    for start in range(0, len(names) - 5, 6):
        assert Counter(names[start : start + 6]) == {"often": 3, "at times": 2, "seldom": 1}


def test_order_is_random_and_comes_again_from_its_seed():
    assert run(2, seed=1) == run(2, seed=1)
    assert [name for _, name in run(2, seed=1)] != [name for _, name in run(2, seed=2)]
