"""The real worker around the stand-in extraction: ``celery -A stand_in_app worker``."""

from stand_in_extraction import StandIn

from ledger.settings import read_settings
from worker.service.app import create_app
from worker.service.settings import WorkerSettings

app = create_app(read_settings(WorkerSettings), make_extractor=lambda _settings: StandIn())
