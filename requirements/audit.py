"""Looks at what is installed for users, from the lock file: ``python requirements/audit.py``.

Without a network: every package is pinned with hashes, what is installed is what is pinned, and each licence is one
that goes with Apache-2.0. With one, pip-audit also asks for known vulnerabilities; where it cannot, that is said, and
it is no fault of the lock file. Exit status 1 on any fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

LOCK: Final = Path(__file__).parent / "runtime.txt"
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
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCK),
        "--disable-pip",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode == 0:
        return True, "none known to pip-audit"
    words = done.stderr.strip().splitlines()[-1:] or ["no answer"]
    if not done.stdout.strip() and _NO_INDEX.search(done.stderr):
        return True, f"NOT LOOKED UP: no index of vulnerabilities can be reached from here ({words[0][:100]})"
    return False, done.stdout.strip() or words[0]


def main() -> int:
    """Print what was found."""
    locked = pins(LOCK.read_text(encoding="utf-8"))
    faults = [fault for name, versions in locked.items() for fault in faults_of(name, versions)]
    print(f"locked: {len(locked)} packages, each an exact version with hashes")
    print(f"installed and licences: {'; '.join(faults) or 'as locked, all go with Apache-2.0'}")
    is_clean, found = known_vulnerabilities()
    print(f"vulnerabilities: {found}")
    return 1 if faults or not is_clean else 0


if __name__ == "__main__":
    sys.exit(main())
