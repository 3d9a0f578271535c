"""The files of the page, as they lie in the package: read once, sent often."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final

INDEX: Final = "index.html"

MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
"""By the ending of a name; a file with another ending is not served."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page.

    Args:
        media_type: What it is.
        content: Its bytes.
        compressed: The same by gzip.
        etag: Changes with the content.
    """

    media_type: str
    content: bytes
    compressed: bytes
    etag: str

    @classmethod
    def of(cls, content: bytes, ending: str) -> Asset:
        """Make an asset from its bytes and the ending of its name."""
        return cls(
            media_type=MEDIA_TYPES[ending],
            content=content,
            compressed=gzip.compress(content, mtime=0),
            etag=f'"{hashlib.sha256(content).hexdigest()[:20]}"',
        )


@cache
def read_assets() -> Mapping[str, Asset]:
    """Read all files of the page, by their paths: what is asked for is looked up here, never on the disk."""
    found = _walk(files(__package__) / "assets", "")
    return MappingProxyType({path: Asset.of(content, path.rpartition(".")[2]) for path, content in found})


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _walk(each, f"{prefix}{each.name}/")
        elif each.name.rpartition(".")[2] in MEDIA_TYPES:
            yield prefix + each.name, each.read_bytes()
