"""The folder where the processes of a worker keep what they measure; made before prometheus_client is imported."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def prepare_folder() -> Path:
    """Make an empty folder for this worker's files, and remove those of workers that are gone.

    PROMETHEUS_MULTIPROC_DIR then names it, which prometheus_client reads when it is imported.
    """
    base = Path(tempfile.gettempdir()) / f"depesche-{os.getuid()}" / "metrics"
    for each in (base.parent, base):
        each.mkdir(exist_ok=True, mode=0o700)
    for each in base.iterdir():
        if each.name.isdigit() and not is_running(int(each.name)):
            shutil.rmtree(each, ignore_errors=True)
    folder = base / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def is_running(process: int) -> bool:
    """Tell whether there is a process with this id; one that ended and was not asked about yet is none."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return _answers(process)
    return state.rpartition(")")[2].split()[0] not in {"Z", "X"}


def _answers(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
