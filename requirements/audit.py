"""Looks at what is installed for users, from the lock file: ``python requirements/audit.py [--offline]``.

Without a network it sees that every package is pinned with hashes, that what is installed is what is pinned, and that
each licence is one that goes with Apache-2.0. It does not see known vulnerabilities: for these pip-audit asks an index.
Where it cannot, or where the index does not even know of one in a version that has one, that is said, and it is no
fault of the lock file. Exit status 1 on any fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parent / "runtime.txt"
KNOWN_BAD: Final = "jinja2==2.11.2"
"""A version with known vulnerabilities, by which an index shows that it knows any."""
_BLIND: Final = f"NOT LOOKED UP: the index that was asked knows none in {KNOWN_BAD} either, which has some"
_OFFLINE: Final = "NOT LOOKED UP (--offline): `make audit` asks an index where one can be reached"
_PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_REFUSED: Final = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|non-?commercial|CC-BY-NC)", re.IGNORECASE)
_NO_INDEX: Final = re.compile(
    r"connection|resolve|timed? ?out|network|proxy|certificate|\b(403|404|502|503)\b", re.IGNORECASE
)


def pins(text: str) -> dict[str, set[str]]:
    """Give each package of a lock file with its version, or several where that depends on the platform.

    Raises:
        ValueError: A line is no exact version with hashes.
    """
    found: dict[str, set[str]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", f"\n{text}"):
        lines = [line for line in entry.strip().splitlines() if line and not line.lstrip().startswith("#")]
        if not lines:
            continue
        match = _PIN.match(lines[0])
        if match is None or "--hash=sha256:" not in "".join(lines):
            msg = f"expected an exact version with hashes, found {lines[0][:60]}"
            raise ValueError(msg)
        found.setdefault(match["name"].lower(), set()).add(match["version"])
    return found


def licence_of(package: Distribution) -> str:
    """Give the licence that a package states, by whichever of the three ways."""
    metadata = package.metadata
    stated = [metadata.get("License-Expression") or "", *(metadata.get_all("Classifier") or [])]
    named = " ".join(each for each in stated if each.startswith("License ::") or each == stated[0]).strip()
    return named or str(metadata.get("License") or "").partition("\n")[0]


def faults_of(name: str, versions: set[str]) -> list[str]:
    """Say what is wrong with an installed package; one that this platform does not need is not there."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return []
    found = []
    if package.version not in versions:
        found.append(f"{name}: expected {' or '.join(sorted(versions))} as locked, found {package.version}")
    licence = licence_of(package)
    if not licence or _REFUSED.search(licence.replace("LGPL", "").replace("Lesser General Public", "")):
        found.append(f"{name}: expected a licence that goes with Apache-2.0, found {licence or 'none stated'}")
    return found


def known_vulnerabilities() -> tuple[bool, str]:
    """Ask pip-audit; False when it found some, or does not work for another reason than the network."""
    done = _pip_audit(LOCK)
    words = done.stderr.strip().splitlines()[-1:] or ["no answer"]
    if done.returncode == 0:
        return True, "none known to pip-audit" if _knows_any() else _BLIND
    if not done.stdout.strip() and _NO_INDEX.search(done.stderr):
        return True, f"NOT LOOKED UP: no index of vulnerabilities can be reached from here ({words[0][:100]})"
    return False, done.stdout.strip() or words[0]


def _knows_any() -> bool:
    """Tell whether the index knows of vulnerabilities at all; some mirrors leave them out, and all looks well."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(f"{KNOWN_BAD} --hash=sha256:{'0' * 64}\n")
        file.flush()
        return _pip_audit(Path(file.name)).returncode != 0


def _pip_audit(requirements: Path) -> subprocess.CompletedProcess[str]:
    options = ["--requirement", str(requirements), "--disable-pip", "--progress-spinner", "off"]
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True, check=False
    )


def main() -> int:
    """Print what was found."""
    is_offline = "--offline" in sys.argv[1:]
    locked = pins(LOCK.read_text(encoding="utf-8"))
    faults = [fault for name, versions in locked.items() for fault in faults_of(name, versions)]
    print(f"locked: {len(locked)} packages, each an exact version with hashes")
    print(f"installed and licences: {'; '.join(faults) or 'as locked, all go with Apache-2.0'}")
    is_clean, found = (True, _OFFLINE) if is_offline else known_vulnerabilities()
    print(f"vulnerabilities: {found}")
    return 1 if faults or not is_clean else 0


if __name__ == "__main__":
    sys.exit(main())
