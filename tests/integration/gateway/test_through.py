"""From HTTP through the queue and a real worker to HTTP."""

import json

import pytest

from schemas.names import STREAM_RESULTS

pytestmark = pytest.mark.redis

COUNT = 1_000


def test_batch_comes_back_complete(gateway, ledger, start_worker, article, wait_until):
    """Each article once: its result on the stream, its event in the index."""
    start_worker(DEPESCHE_CONCURRENCY="2").wait_ready()
    lines = b"".join(json.dumps(article(n, text="Anna traf Gast {} .")).encode() + b"\n" for n in range(COUNT))
    response = gateway.http.post(
        "/v1/articles?queue=backfill", content=lines, headers={"content-type": "application/x-ndjson"}
    )
    assert (response.status_code, response.headers["depesche-accepted"]) == (202, str(COUNT))

    single = gateway.http.post("/v1/articles?wait=60", json=article("single", text="Cora traf {} ."))
    assert (single.status_code, len(single.json()["result"]["events"])) == (200, 1)

    def results():
        entries = ledger.client.xrange(STREAM_RESULTS)
        return [json.loads(fields["event"])["subject"] for _, fields in entries]

    wait_until(lambda: len(results()) >= COUNT + 1, what="all results")
    assert sorted(results()) == sorted([article(n)["id"] for n in (*range(COUNT), "single")])

    seen, cursor = set(), None
    # The index follows the stream; which of two processes ended last is not said by the order they were handed in.
    last = results()[-1]
    wait_until(
        lambda: gateway.http.get("/v1/events", params={"article": last}).json()["events"],
        what="the last event in the index",
    )
    while True:
        page = gateway.http.get("/v1/events", params={"limit": 500, **({"cursor": cursor} if cursor else {})}).json()
        seen |= {each["subject"] for each in page["events"]}
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert {article(n)["id"] for n in range(COUNT)} <= seen
