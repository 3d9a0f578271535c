"""The look at the lock file finds what is not pinned, not as locked, or under a licence that does not go with ours."""

import importlib.util
import subprocess
from email.message import Message
from pathlib import Path

import pytest

FILE = Path(__file__).parents[3] / "requirements" / "audit.py"
_spec = importlib.util.spec_from_file_location("audit", FILE)
audit = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(audit)

HASH = f"    --hash=sha256:{'0' * 64}"


class Package:
    """An installed package, as much of it as is looked at."""

    def __init__(self, version="1.0", **headers):
        self.version = version
        self.metadata = Message()
        for name, value in headers.items():
            self.metadata[name.replace("_", "-")] = value


def test_versions_are_read_with_their_markers():
    """Two for one package where that depends on the platform."""
    heads = ("alpha[extra]==1.0", "beta==2.0 ; python_version < '3.12'", "Beta==2.1")
    text = "# comment\n" + "".join(f"{head} \\\n{HASH}\n" for head in heads)
    assert audit.pins(text) == {"alpha": {"1.0"}, "beta": {"2.0", "2.1"}}


@pytest.mark.parametrize(
    "line", ["alpha==1.0", f"alpha>=1.0 \\\n{HASH}", f"alpha @ https://host.example/a.whl \\\n{HASH}"]
)
def test_what_is_not_pinned_is_found(line):
    with pytest.raises(ValueError, match="exact version with hashes"):
        audit.pins(line)


@pytest.mark.parametrize(
    ("package", "fault"),
    [
        (Package(License_Expression="MIT"), None),
        (Package(Classifier="License :: OSI Approved :: BSD License"), None),
        (Package(License="LGPL-3.0"), None),
        (Package(Classifier="License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"), None),
        (Package(License_Expression="GPL-3.0-only"), "licence"),
        (Package(License="AGPLv3"), "licence"),
        (Package(License="CC-BY-NC-4.0"), "licence"),
        (Package(), "none stated"),
        (Package(version="1.1", License="MIT"), "found 1.1"),
    ],
    ids=["mit", "bsd", "lgpl", "lgpl-in-full", "gpl", "agpl", "non-commercial", "none", "other-version"],
)
def test_faults_of_a_package(monkeypatch, package, fault):
    monkeypatch.setattr(audit, "distribution", lambda _name: package)
    found = audit.faults_of("alpha", {"1.0"})
    assert (found == []) if fault is None else (len(found) == 1 and fault in found[0])


def answer(returncode, stdout="", stderr=""):
    return subprocess.CompletedProcess([], returncode, stdout, stderr)


@pytest.mark.parametrize(
    ("of_lock", "of_known_bad", "is_clean", "words"),
    [
        (answer(0), answer(1, "jinja2 2.11.2 CVE"), True, "none known to pip-audit"),
        (answer(0), answer(0), True, "NOT LOOKED UP: the index that was asked knows none"),
        (answer(1, "", "ConnectionError: no network"), answer(1), True, "NOT LOOKED UP: no index"),
        (answer(1, "alpha 1.0 CVE-1"), answer(1), False, "CVE-1"),
        (answer(2, "", "usage: pip-audit"), answer(1), False, "usage"),
    ],
    ids=["clean", "index-without-any", "no-network", "vulnerable", "broken"],
)
def test_clean_is_said_only_where_something_was_seen(monkeypatch, of_lock, of_known_bad, is_clean, words):
    """An index that knows no vulnerabilities at all makes nothing clean."""
    monkeypatch.setattr(audit, "_pip_audit", lambda path: of_lock if path == audit.LOCK else of_known_bad)
    found = audit.known_vulnerabilities()
    assert found[0] == is_clean
    assert words in found[1]
