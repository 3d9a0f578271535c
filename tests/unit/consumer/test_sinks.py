"""Sinks acknowledge what is on the disk, and nothing before."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consumer.received import read_entry
from consumer.sinks.jsonl import JsonlSink
from schemas.envelope import CloudEvent, Retraction
from schemas.event import Event
from schemas.names import CE_EVENT, CE_RETRACTED

EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples" / "v1" / "valid"
MEETING = Event.model_validate_json((EXAMPLES / "event.meeting.json").read_text(encoding="utf-8"))


@pytest.fixture
def acked():
    return []


@pytest.fixture
def make(acked):
    def entry(number, data=MEETING, kind=CE_EVENT):
        message = CloudEvent[type(data)](
            id=f"m{number}", type=kind, subject="a-1", time=datetime(2025, 11, 5, tzinfo=UTC), data=data
        )
        return read_entry(
            f"{number}-0",
            {"event": message.model_dump_json()},
            acknowledge=lambda: acked.append(f"m{number}"),
        )

    return entry


def lines(path):
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_jsonl_writes_then_acknowledges(tmp_path, make, acked):
    path = tmp_path / "new folder" / "events.jsonl"
    sink = JsonlSink(path)
    sink.take([make(1), make(2)])
    assert (lines(path), acked) == (["m1", "m2"], ["m1", "m2"])
    sink.close()


def test_jsonl_acknowledges_nothing_that_it_could_not_write(tmp_path, make, acked):
    sink = JsonlSink(tmp_path / "events.jsonl")
    sink.close()
    with pytest.raises(ValueError, match="closed"):
        sink.take([make(1)])
    assert acked == []


def test_jsonl_goes_on_after_a_line_that_a_crash_cut(tmp_path, make):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"id": "m0"}\n{"id": "cu')
    sink = JsonlSink(path)
    sink.take([make(1)])
    sink.close()
    assert path.read_text(encoding="utf-8").splitlines()[1] == '{"id": "cu'
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[2])["id"] == "m1"


@pytest.fixture
def parquet():
    return pytest.importorskip("consumer.sinks.parquet", reason="pyarrow is not installed")


def test_parquet_writes_whole_files(tmp_path, make, acked, parquet):
    pq = pytest.importorskip("pyarrow.parquet")
    gone = Retraction(event_id=MEETING.id, article_id="a-1", revision=1, replaced_by=2)
    sink = parquet.ParquetSink(tmp_path, rows=2)
    sink.take([make(1)])
    assert (acked, list(tmp_path.iterdir())) == ([], [])
    sink.take([make(2, gone, CE_RETRACTED)])
    assert acked == ["m1", "m2"]
    (path,) = tmp_path.iterdir()
    first, second = pq.read_table(path).to_pylist()
    assert path.name == "events-1-0.parquet"
    assert (first["event_id"], first["type"], first["start"]) == (MEETING.id, "meeting", "2025-11-04")
    assert [each["name"] for each in first["participants"]] == ["Nora Feldt", "Luca Arnaud"]
    assert (second["event_id"], second["kind"], second["type"]) == (MEETING.id, CE_RETRACTED, None)


def test_parquet_writes_a_small_file_after_a_while(tmp_path, make, acked, parquet):
    now = [0.0]
    sink = parquet.ParquetSink(tmp_path, rows=100, after_s=20, clock=lambda: now[0])
    sink.take([make(1)])
    now[0] = 19.9
    sink.take([])
    assert acked == []
    now[0] = 20.0
    sink.take([])
    assert acked == ["m1"]
    sink.take([make(2)])
    sink.close()
    assert acked == ["m1", "m2"]
    assert len(list(tmp_path.iterdir())) == 2
