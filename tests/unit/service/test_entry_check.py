"""What stands on a queue is looked at before Celery sees it."""

import base64
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.names import QUEUE_LIVE, TASK_EXTRACT
from worker.service.entry_check import fault_of


def body(args=(["a"],), kwargs=None, embed=None):
    content = [list(args), kwargs or {}, embed or {"callbacks": None, "errbacks": None, "chain": None, "chord": None}]
    return base64.b64encode(json.dumps(content).encode()).decode()


GOOD = {
    "body": body(),
    "content-encoding": "utf-8",
    "content-type": "application/json",
    "headers": {"task": TASK_EXTRACT, "id": "m-1", "timelimit": [91, 61], "retries": 0, "eta": None},
    "properties": {
        "delivery_tag": "t",
        "delivery_info": {"exchange": "", "routing_key": QUEUE_LIVE},
        "body_encoding": "base64",
        "priority": 0,
    },
}


def changed(path, value):
    entry = copy.deepcopy(GOOD)
    place = entry
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(entry).encode()


def test_message_of_ours_passes():
    assert fault_of(json.dumps(GOOD).encode()) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("headers",), None),
        (("headers",), ...),
        (("headers", "task"), "os.system"),
        (("headers", "id"), ...),
        (("headers", "timelimit"), 5),
        (("headers", "eta"), "2025-11-05T09:00:00"),
        (("headers", "retries"), "many"),
        (("content-type",), "application/x-python-serialize"),
        (("content-encoding",), "binary"),
        (("properties",), []),
        (("properties", "delivery_tag"), None),
        (("properties", "delivery_info"), {}),
        (("properties", "body_encoding"), "none"),
        (("body",), "no base64!"),
        (("body",), {}),
        (("body",), body(args=("a",))),
        (("body",), body(args=([1],))),
        (("body",), body(args=([""],))),
        (("body",), body(args=(["a"], ["b"]))),
        (("body",), body(kwargs={"x": 1})),
        (("body",), body(embed={"chain": [{"task": "x"}]})),
        (("body",), base64.b64encode(b"{}").decode()),
        (("body",), base64.b64encode(b"[" * 100_000).decode()),
    ],
    ids=str,
)
def test_anything_else_is_named(path, value):
    """With the place, never with what stands there."""
    found = fault_of(changed(path, value))
    assert found.startswith(f"expected a message for {TASK_EXTRACT}, found ")
    assert "os.system" not in found


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"null", b"1e999", b"[" * 100_000, b"{}"], ids=repr)
def test_what_is_no_message_at_all_is_named(raw):
    assert fault_of(raw)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(lambda x: json.dumps(x).encode()))
def test_no_bytes_make_it_fail(raw):
    assert fault_of(raw)
