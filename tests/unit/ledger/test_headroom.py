"""The part of Redis' memory that is kept for articles under way."""

import pytest

from ledger.errors import RedisRefused
from ledger.headroom import Headroom
from ledger.memory_ledger import FixedClock


class Server:
    def __init__(self, used, limit=1_000):
        self.memory = {"used_memory": used, "maxmemory": limit}
        self.asked = 0

    def info(self, _section):
        self.asked += 1
        return self.memory


@pytest.mark.parametrize(("used", "limit", "is_full"), [(899, 1_000, False), (901, 1_000, True), (901, 0, False)])
def test_new_articles_are_refused_before_memory_is_full(used, limit, is_full):
    headroom = Headroom(Server(used, limit), share=0.9, where="redis", clock=FixedClock())
    if is_full:
        with pytest.raises(RedisRefused, match="90%"):
            headroom.check()
    else:
        headroom.check()


def test_server_is_asked_once_a_second():
    """Also while it is full; and taken anew as soon as there is room."""
    clock, server = FixedClock(), Server(999)
    headroom = Headroom(server, share=0.9, where="redis", clock=clock)
    for _ in range(5):
        with pytest.raises(RedisRefused):
            headroom.check()
    assert server.asked == 1
    server.memory["used_memory"] = 1
    clock.advance(1)
    headroom.check()
    assert server.asked == 2
