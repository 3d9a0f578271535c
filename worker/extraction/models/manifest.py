"""The manifest of a shipped pipeline: what its files must be, checked before anything is read from them."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worker.extraction.errors import ModelInvalid, ModelMissing

MANIFEST = "manifest.toml"
FORMAT = 1
"""The layout of the model folders that this code reads."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """What a model folder holds.

    Attributes:
        format: The layout of the folder.
        name: The folder's name.
        version: Of the weights; a new training gives a new one.
        languages: ISO 639-1 codes it may be loaded for.
        files: SHA-256 by path relative to the folder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    name: str
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    languages: tuple[str, ...]
    files: dict[str, Sha256]

    @property
    def fingerprint(self) -> str:
        """One hash over all files, to be named in results."""
        listing = "\n".join(f"{path} {sha256}" for path, sha256 in sorted(self.files.items()))
        return hashlib.sha256(listing.encode()).hexdigest()


def read_checked(folder: Traversable, *, expected_name: str) -> Manifest:
    """Read the manifest of a model folder and compare every file with it.

    Args:
        folder: The model folder.
        expected_name: The name the manifest must give.

    Raises:
        ModelMissing: The folder or one of its files is not there.
        ModelInvalid: A file's hash, the name or the format differs; the message names which.

    Note:
        Hashing takes about 2 ms a megabyte.
    """
    manifest = _read(folder, expected_name)
    if manifest.format != FORMAT:
        raise ModelInvalid(f"{expected_name}: found model format {manifest.format}, expected {FORMAT}")
    if manifest.name != expected_name:
        raise ModelInvalid(f"{expected_name}: found a manifest of {manifest.name!r}")
    for path, sha256 in manifest.files.items():
        _check_file(folder, path, sha256, model=expected_name)
    return manifest


def _read(folder: Traversable, name: str) -> Manifest:
    file = folder / MANIFEST
    if not file.is_file():
        raise ModelMissing(f"{name}: found no {MANIFEST}, expected the model's files in the package")
    try:
        return Manifest.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ModelInvalid(f"{name}/{MANIFEST}: {error}") from error


def _check_file(folder: Traversable, path: str, sha256: str, *, model: str) -> None:
    file = folder.joinpath(*path.split("/"))
    if not file.is_file():
        raise ModelMissing(f"{model}/{path}: found no such file, expected one with sha256 {sha256[:12]}…")
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != sha256:
        raise ModelInvalid(f"{model}/{path}: found sha256 {found[:12]}…, expected {sha256[:12]}…")
