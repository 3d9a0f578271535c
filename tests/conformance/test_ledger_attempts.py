"""How a ledger counts attempts: bounded, and a duplicate of a message costs none."""


def test_duplicate_message_costs_no_attempt(ledger, world, make):
    """While somebody is at the article, another message finds it busy."""
    ledger.accept([make.work()])
    world.begin(holder="m1")
    assert [ledger.start("a", holder=f"m{n}").verdict for n in range(2, 9)] == ["busy"] * 7
    assert ledger.status("a").attempts == 1


def test_same_message_again_is_another_attempt(ledger, world, make):
    """The broker delivers a message again when the process that had it died."""
    ledger.accept([make.work()])
    assert [world.begin(holder="m").attempt for _ in range(3)] == [1, 2, 3]
    exhausted = ledger.start("a", holder="m")
    assert (exhausted.verdict, exhausted.lease.attempt) == ("exhausted", 3)
    assert exhausted.lease.article == make.work().article


def test_retry_waits_and_is_bounded(world, ledger, make):
    """Each failed attempt sends the article back after a delay, until none is left."""
    ledger.accept([make.work()])
    verdicts = []
    for attempt in (1, 2, 3):
        lease = world.begin(holder=f"m{attempt}")
        verdicts.append(ledger.fail(lease, make.failure(lease, "time_limit_exceeded"), retry=True))
        assert ledger.sweep() == []
        world.advance(5 * attempt + 1)
        assert [each.article_id for each in ledger.sweep()] == (["a"] if attempt < 3 else [])
    assert verdicts == ["retry", "retry", "recorded"]
    assert ledger.status("a").failure.attempts == 3


def test_next_attempt_knows_why_the_last_one_failed(ledger, world, make):
    ledger.accept([make.work()])
    lease = world.begin()
    ledger.fail(lease, make.failure(lease, "time_limit_exceeded"), retry=True)
    assert world.begin(holder="m2").cause == "time_limit_exceeded"


def test_retry_of_an_earlier_attempt_leaves_the_later_one_alone(ledger, world, make):
    ledger.accept([make.work()])
    first = world.begin()
    world.begin()
    assert ledger.fail(first, make.failure(first), retry=True) == "stale"
    assert ledger.status("a").status == "running"
