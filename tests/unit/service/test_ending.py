"""A worker whose main loop has ended is ended, and no other."""

from types import SimpleNamespace

import pytest
from celery.bootsteps import CLOSE, RUN, TERMINATE

from worker.service.ending import Ending


@pytest.mark.parametrize(
    ("state", "patience_s", "is_ended"),
    [(RUN, 0, False), (CLOSE, 0, True), (TERMINATE, 0, True), (CLOSE, 3600, False)],
    ids=["runs", "closed", "terminated", "closed a moment ago"],
)
def test_ends_what_has_ended(state, patience_s, is_ended):
    """Its articles under way have the patience that they have at a stop."""
    ended = []
    controller = SimpleNamespace(blueprint=SimpleNamespace(state=state))
    ending = Ending(controller, patience_s=patience_s, end=ended.append)
    ending.look()
    assert ended == []
    ending.look()
    assert ended == [controller] * is_ended
