"""The parts of Depesche and the packages that each needs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from cli.doctor.check import Check
from cli.extras import DISTRIBUTION, modules_of

_PURPOSE = {
    "cli": "the command line",
    "producer": "submit, result and failures",
    "consumer": "watch, and reading events in programs",
    "gateway": "gateway and token",
    "worker": "extract, times and worker",
    "embedded": "up and demo without a Redis of your own",
}


def check_packages() -> Iterator[Check]:
    """Look at the version and at each extra."""
    try:
        yield Check("depesche", "ok", version(DISTRIBUTION))
    except PackageNotFoundError:
        yield Check("depesche", "fault", "not installed, run from a folder", "Install it: pip install -e .")
        return
    for extra, purpose in _PURPOSE.items():
        yield _extra(extra, purpose)


def is_installed(extra: str) -> bool:
    """Say whether every package of an extra is there."""
    try:
        return not missing_modules(extra)
    except PackageNotFoundError:
        return False


def missing_modules(extra: str) -> list[str]:
    """List the packages of an extra that are not there, without importing any."""
    return [module for module in modules_of(extra) if find_spec(module) is None]


def _extra(extra: str, purpose: str) -> Check:
    missing = missing_modules(extra)
    name = f"extra {extra}"
    if not missing:
        return Check(name, "ok", f"installed ({purpose})")
    remedy = f"For {purpose}: pip install 'depesche[{extra}]'"
    return Check(name, "note", f"missing {', '.join(missing)}", remedy)
