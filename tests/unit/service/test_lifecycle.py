"""A worker that cannot work ends when it starts, with one sentence."""

import json
import logging

import pytest
import structlog
from celery import Celery

from ledger.memory_ledger import MemoryLedger
from schemas.errors import Defect
from worker.service.bootstrap import Parts
from worker.service.lifecycle import Lifecycle
from worker.service.settings import WorkerSettings


class Extractor:
    def extract(self, article, *, revision):
        """Find nothing; the result is not looked at."""


class FitLedger(MemoryLedger):
    def check_fitness(self):
        """Redis is as it should be."""


def lifecycle_with(make_extractor):
    settings = WorkerSettings()
    parts = Parts(settings, "redis://nowhere.invalid:1/0", make_extractor)
    parts.open_ledger = FitLedger
    return Lifecycle(Celery("test", set_as_current=False, fixups=[]), parts)


@pytest.fixture(autouse=True)
def _logs_as_before():
    """A worker sets up the log of its whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_first_lines_of_the_log_are_json(capfd, monkeypatch):
    """Whoever collects the log reads each line in one way."""
    monkeypatch.setattr("worker.service.lifecycle.log", structlog.get_logger("test"))
    lifecycle_with(lambda _settings: Extractor()).prepare()
    assert [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines()] == ["extraction loaded"]


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (ModuleNotFoundError("No module named 'runtime'"), "internal_error", 1),
        (OSError("weights: cannot be read"), "internal_error", 1),
        (Defect("de: no pipeline", code="model_missing"), "model_missing", 29),
    ],
    ids=["module missing", "file unreadable", "known defect"],
)
def test_worker_without_extraction_does_not_start(error, code, status, capsys):
    """Celery only logs what a signal's receiver raises; the worker would look well and finish nothing."""

    def make_extractor(_settings):
        raise error

    with pytest.raises(SystemExit) as ended:
        lifecycle_with(make_extractor).prepare()

    assert ended.value.code == status
    assert f"{code}: " in capsys.readouterr().err
