"""The measurements of a worker: taken in each of its processes, served by the parent."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ledger.metrics import MemoryMeter, Meter, NoMeter
from schemas.failure_codes import FAILURE_CODES
from schemas.result import Result
from worker.service.metrics import ARTICLES, EXTRACTOR, FAILURES, OF_PARENT, OF_PROCESSES, RETRIES
from worker.service.settings import WorkerSettings

OUTCOMES = ("done", "failed", "retried", "skipped", "superseded")


def _begin_at_zero(meter: Meter) -> None:
    """Let counters be there before they count: Prometheus sees no increase in a series that begins with 1."""
    for outcome in OUTCOMES:
        meter.count(ARTICLES, outcome, by=0)
    for code, entry in FAILURE_CODES.items():
        meter.count(FAILURES, code, entry.family, by=0)
        if entry.family == "transient":
            meter.count(RETRIES, code, by=0)


class Measuring:
    """Measures where the settings name a port; else nothing is measured and no file is written.

    Args:
        settings: The address and the port.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._tidy: Callable[[], None] = lambda: None
        self._stop: Callable[[], None] = lambda: None
        self._serve: Callable[[], Callable[[], None]] = lambda: self._stop
        self.meter: Meter = NoMeter()
        self.parent = MemoryMeter()
        """For what only the parent does, in threads: a lock that one of them holds must not come into a child."""

    @property
    def is_on(self) -> bool:
        """True when somebody may ask."""
        return self._settings.metrics_port is not None

    def prepare(self) -> None:
        """Make the metrics; in the parent, before it forks."""
        port = self._settings.metrics_port
        if port is None:
            return
        from worker.service.metrics_folder import prepare_folder  # noqa: PLC0415 - only where it is needed

        folder = prepare_folder()
        from prometheus_client import CollectorRegistry, ProcessCollector, values  # noqa: PLC0415 - the folder first

        from ledger.prometheus import FromMemory, PrometheusMeter, serve  # noqa: PLC0415
        from worker.service.metrics_files import MetricsFiles  # noqa: PLC0415

        # Where Flower is installed, Celery's command has imported the library before there was a folder.
        values.ValueClass = values.get_value_class()
        self.meter = PrometheusMeter(OF_PROCESSES, CollectorRegistry())
        _begin_at_zero(self.meter)
        files = MetricsFiles(folder)
        served = CollectorRegistry()
        served.register(files)
        served.register(FromMemory(lambda: self.parent, OF_PARENT))
        ProcessCollector(registry=served)
        self._tidy = files.tidy
        self._serve = lambda: serve(served, host=self._settings.metrics_host, port=port)

    def name_extractor(self, results: Iterable[Result]) -> None:
        """Say which extractor, language packs and models there are, by what they made."""
        for result in results:
            info = result.extractor
            self.parent.set(EXTRACTOR, 1, info.version, result.language, info.language_pack, info.model)

    def serve(self) -> None:
        """Begin to answer; in the parent."""
        self._stop = self._serve()

    def stop(self) -> None:
        """Answer no more."""
        self._stop()
        self._stop = lambda: None

    def tidy(self) -> None:
        """Add up what processes left behind that are gone."""
        self._tidy()
