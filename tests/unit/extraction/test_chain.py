"""The chain of steps is checked before the first text."""

import pytest

from worker.extraction.errors import ChainBroken
from worker.extraction.steps.chain import STEPS
from worker.extraction.steps.step import GIVEN, Step, check_chain


def test_the_chain_fits_together():
    """Each step finds what it needs."""
    check_chain(STEPS, given=GIVEN | {"passages", "sentences"})


def test_a_missing_need_is_named():
    """A chain without its first step says which step lacks what."""
    with pytest.raises(ChainBroken, match="step coreference needs names"):
        check_chain(
            [step for step in STEPS if step.name not in {"names", "places", "participants"}],
            given=GIVEN | {"passages", "sentences", "parties"},
        )


def test_order_matters():
    """What a later step adds does not help an earlier one."""
    first = Step("first", frozenset({"b"}), frozenset({"a"}), lambda document: document)
    second = Step("second", frozenset({"a"}), frozenset({"b"}), lambda document: document)
    with pytest.raises(ChainBroken, match="step first needs b"):
        check_chain([first, second])
