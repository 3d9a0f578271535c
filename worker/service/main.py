"""The app that ``celery -A worker.service.main worker`` starts.

Start it with ``REMAP_SIGTERM=SIGQUIT`` in the environment, or by ``python -m worker.service``, which sets it: only then
does SIGTERM give running articles their time and hand the others back.
"""

from __future__ import annotations

import sys

from ledger.settings import read_settings
from schemas.errors import DepescheError
from schemas.failure_codes import FAILURE_CODES
from worker.service.app import create_app
from worker.service.settings import WorkerSettings

try:
    app = create_app(read_settings(WorkerSettings))
except DepescheError as error:
    print(f"depesche worker: {error.code}: {error.message}", file=sys.stderr)  # noqa: T201 - the last words
    sys.exit(FAILURE_CODES[error.code].exit_status)
