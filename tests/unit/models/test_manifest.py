"""What ships is checked against its manifest before anything is read from it."""

import hashlib
import pickletools
from pathlib import Path

import pytest
import tomli_w

from worker.extraction.errors import ModelInvalid, ModelMissing
from worker.extraction.models import manifest as manifest_module
from worker.extraction.models.manifest import FORMAT, MANIFEST, read_checked

WEIGHTS = b"weights"


@pytest.fixture
def folder(tmp_path):
    """A model folder with one file and a manifest that fits it."""
    (tmp_path / "weights").write_bytes(WEIGHTS)
    write_manifest(tmp_path)
    return tmp_path


def write_manifest(folder, **changes):
    manifest = {
        "format": FORMAT,
        "name": "toy",
        "version": "1.0.0",
        "languages": ["de"],
        "files": {"weights": hashlib.sha256(WEIGHTS).hexdigest()},
    }
    (folder / MANIFEST).write_text(tomli_w.dumps(manifest | changes), encoding="utf-8")


def test_fitting_files_are_accepted(folder):
    """A folder that fits its manifest is read, and its fingerprint depends on the files alone."""
    manifest = read_checked(folder, expected_name="toy")
    assert manifest.version == "1.0.0"
    assert manifest.fingerprint == read_checked(folder, expected_name="toy").fingerprint


@pytest.mark.parametrize(
    ("damage", "error", "named"),
    [
        pytest.param(lambda f: (f / "weights").write_bytes(b"other"), ModelInvalid, "toy/weights", id="wrong_hash"),
        pytest.param(lambda f: (f / "weights").unlink(), ModelMissing, "toy/weights", id="missing_file"),
        pytest.param(lambda f: (f / MANIFEST).unlink(), ModelMissing, MANIFEST, id="missing_manifest"),
        pytest.param(lambda f: write_manifest(f, format=99), ModelInvalid, "format 99", id="other_format"),
        pytest.param(lambda f: write_manifest(f, name="else"), ModelInvalid, "'else'", id="other_name"),
        pytest.param(lambda f: write_manifest(f, version="x"), ModelInvalid, "version", id="version_is_none"),
        pytest.param(lambda f: (f / MANIFEST).write_text("= 1"), ModelInvalid, MANIFEST, id="broken_toml"),
    ],
)
def test_damage_is_refused_by_name(folder, damage, error, named):
    """Whatever does not fit is refused, and the message says which file or field it was."""
    damage(folder)
    with pytest.raises(error, match=named):
        read_checked(folder, expected_name="toy")


def shipped_files():
    models = Path(manifest_module.__file__).parent
    folders = [manifest.parent for manifest in models.rglob(MANIFEST)]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def test_shipped_weights_hold_no_pickle():
    """No file of a shipped model is a pickle, by name or by content."""
    for path in shipped_files():
        data = path.read_bytes()
        assert path.suffix not in {".pkl", ".pickle", ".pt"}
        assert not looks_pickled(data), path.name


def looks_pickled(data):
    """A pickle of protocol 2 or higher begins with PROTO and ends with STOP."""
    if data[:1] != b"\x80" or not 2 <= data[1] <= 5 or data[-1:] != b".":
        return False
    try:
        return any(opcode.name == "STOP" for opcode, *_ in pickletools.genops(data))
    except ValueError:
        return False


def test_shipped_weights_stay_small():
    """All shipped weights together take at most 60 MB."""
    assert sum(path.stat().st_size for path in shipped_files()) <= 60_000_000
