"""Copies a trained pipeline into the package with its manifest: ``python -m training.ship FOLDER NAME VERSION``."""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

import tomli_w

from worker.extraction.models.manifest import FORMAT, MANIFEST

MODELS = Path(__file__).parents[1] / "worker" / "extraction" / "models"
_UNWANTED_SUFFIXES = frozenset({".pkl", ".pickle", ".pt", ".bin.tmp"})


def ship(folder: Path, *, name: str, version: str, languages: list[str]) -> Path:
    """Replace the shipped files of a model; returns its manifest.

    Args:
        folder: What a training step wrote.
        name: The model's folder in the package.
        version: Raised with every new training.
        languages: What it may be loaded for.
    """
    target = MODELS / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    files = sorted(path for path in target.rglob("*") if path.is_file())
    unwanted = [path.name for path in files if path.suffix in _UNWANTED_SUFFIXES]
    if unwanted:
        raise SystemExit(f"these files may hold pickled objects and are not shipped: {', '.join(unwanted)}")
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "languages": languages,
        "files": {path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    written = target / MANIFEST
    written.write_text(tomli_w.dumps(manifest), encoding="utf-8")
    print(f"{name} {version}: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    return written


def main() -> None:
    """Ship from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("version")
    parser.add_argument("--languages", nargs="+", default=["de"])
    options = parser.parse_args()
    ship(options.folder, name=options.name, version=options.version, languages=options.languages)


if __name__ == "__main__":
    main()
