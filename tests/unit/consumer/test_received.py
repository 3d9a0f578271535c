"""An entry is read by its envelope; what is inside when it is asked for."""

import json
from pathlib import Path

import pytest

from consumer.errors import EntryUnreadable
from consumer.received import read_entry

EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples" / "v1" / "valid"
ASKED = ("event", "retraction", "result", "failure")


def message(name):
    return (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("event-message.meeting", "event"),
        ("retraction-message.replaced", "retraction"),
        ("result-message.one-event", "result"),
        ("failure-message.defect", "failure"),
    ],
)
def test_message_is_of_one_kind(name, kind):
    received = read_entry("1-0", {"event": message(name)})
    assert [each for each in ASKED if getattr(received, each) is not None] == [kind]
    assert received.is_retraction == (kind == "retraction")
    assert received.raw == message(name)


def test_event_of_a_later_version_is_handed_on_though_it_cannot_be_read():
    """A sink keeps the JSON; only who asks for the event learns that it is not known here."""
    later = json.loads(message("event-message.meeting"))
    later["data"]["factuality"] = "foreseen"
    received = read_entry("1-0", {"event": json.dumps(later)})
    assert received.article_id == later["subject"]
    with pytest.raises(EntryUnreadable, match=r"entry 1-0: data\.factuality"):
        _ = received.event


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"event": ""},
        {"event": "{"},
        {"event": "[]"},
        {"event": "{}"},
        {"event": '{"id": "1", "type": "t", "subject": "s", "time": "noon"}'},
        {"event": "[" * 100_000},
    ],
    ids=["nothing", "empty", "broken", "a list", "no envelope", "no time", "nested too deep"],
)
def test_entry_that_is_no_message_is_refused(fields):
    with pytest.raises(EntryUnreadable, match="entry 1-0"):
        read_entry("1-0", fields)
