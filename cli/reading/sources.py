"""What each kind of file holds: ``.txt`` and ``.json`` one article, ``.jsonl`` and ``.jsonl.gz`` one a line."""

from __future__ import annotations

import errno
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final, Literal, TextIO

from cli.reading.inputs import Input, Read, Refused, checked_id, salvage_id
from cli.reading.limits import Limits
from cli.reading.lines import Line, read_lines
from schemas.article import Article
from schemas.errors import Invalid
from schemas.reading import build_article, decode, read_article

Kind = Literal["txt", "json", "jsonl", "jsonl.gz"]

STDIN: Final = "-"
_SUFFIXES: Final[tuple[tuple[str, Kind], ...]] = (
    (".jsonl.gz", "jsonl.gz"),
    (".jsonl", "jsonl"),
    (".json", "json"),
    (".txt", "txt"),
)


@dataclass(frozen=True)
class Source:
    """A file of articles, or standard input."""

    name: str
    kind: Kind | None
    """None when the file's name does not tell."""

    @property
    def is_batch(self) -> bool:
        """It may hold many articles."""
        return self.kind in {"jsonl", "jsonl.gz"}

    @property
    def is_stdin(self) -> bool:
        """It is standard input: what comes from there is nowhere else."""
        return self.name == STDIN

    @property
    def size(self) -> int | None:
        """Bytes to read, as they are on the disk, or None when that cannot be known before."""
        if self.is_stdin:
            return None
        try:
            return Path(self.name).stat().st_size
        except OSError:
            return 0


def find_sources(names: Sequence[str]) -> tuple[Source, ...]:
    """Tell the kind of each file from its name; none or ``-`` is JSONL from standard input."""
    return tuple(Source(name, "jsonl" if name == STDIN else _kind_of(name)) for name in names or (STDIN,))


def _kind_of(name: str) -> Kind | None:
    return next((kind for suffix, kind in _SUFFIXES if name.lower().endswith(suffix)), None)


def read_sources(sources: Sequence[Source], *, limits: Limits) -> Iterator[Input]:
    """Read every article of every source, in order; what is wrong with one does not stop the others."""
    for source in sources:
        yield from read_source(source, limits=limits)


def read_source(source: Source, *, limits: Limits) -> Iterator[Input]:
    """Read the articles of one source."""
    if source.kind is None:
        yield _refuse_file(source, "expected a file .txt, .json, .jsonl or .jsonl.gz, found another kind of name")
        return
    try:
        with _open(source) as stream:
            if source.is_batch:
                yield from _read_jsonl(source, stream, limits)
            else:
                yield _read_single(source, stream, limits)
    except FileNotFoundError:
        yield _refuse_file(source, "expected a file, found none", code="file_not_found")
    except (OSError, EOFError, zlib.error) as error:
        yield _refuse_file(source, f"expected a readable file, found {_reason(error)}")


def _open(source: Source) -> AbstractContextManager[IO[bytes]]:
    if source.is_stdin:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "a closed one")
        return _open_stdin(sys.stdin)
    if source.kind == "jsonl.gz":
        return gzip.open(source.name, "rb")  # type: ignore[return-value]
    return Path(source.name).open("rb")


def _open_stdin(stdin: TextIO) -> AbstractContextManager[IO[bytes]]:
    """Open it anew: the interpreter, when it ends, wants the buffer that a thread may still be reading from."""
    try:
        return os.fdopen(os.dup(stdin.fileno()), "rb")
    except io.UnsupportedOperation:
        return nullcontext(stdin.buffer)


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return "broken or cut gzip data"
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _refuse_file(source: Source, what: str, *, code: str = "file_unreadable") -> Refused:
    return Refused(Invalid(f"{_label(source)}: {what}", code=code), _label(source), 0, whole_file=True)


def _label(source: Source) -> str:
    """Name the source on one line, whatever bytes its name is made of."""
    if source.is_stdin:
        return "standard input"
    return source.name if source.name.isprintable() else ascii(source.name)[1:-1]


def _read_jsonl(source: Source, stream: IO[bytes], limits: Limits) -> Iterator[Input]:
    read_to, position = 0, _position(stream)
    for line in read_lines(stream, max_bytes=limits.json_bytes):
        if line.raw is None or line.raw.strip():
            found = _read_line(source, line, limits)
            if position is not None:
                # Measured in the bytes of the file, as its size is; read in blocks, so most lines count nothing.
                now = position()
                found, read_to = replace(found, size=now - read_to), now
            yield found


def _position(stream: object) -> Callable[[], int] | None:
    """Tell how much of a compressed file was read, in its own bytes; None where the lines themselves tell."""
    if not isinstance(stream, gzip.GzipFile):
        return None
    compressed: Any = stream.fileobj
    return lambda: int(compressed.tell())


def _read_line(source: Source, line: Line, limits: Limits) -> Input:
    where = f"{_label(source)} line {line.number}"
    if line.raw is None:
        return Refused(_too_long(where, "line", line.size, limits.json_bytes), where, line.size)
    try:
        article = read_article(line.raw, where=where, max_text_chars=limits.text_chars)
        return Read(article, where, line.size, is_only_here=source.is_stdin)
    except Invalid as error:
        raw = line.raw if source.is_stdin else None
        return Refused(error, where, line.size, article_id=salvage_id(line.raw), raw=raw)


def _read_single(source: Source, stream: IO[bytes], limits: Limits) -> Input:
    is_text = source.kind == "txt"
    where, max_bytes = _label(source), limits.text_bytes if is_text else limits.json_bytes
    raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        size = source.size or len(raw)
        return Refused(_too_long(where, "file", size, max_bytes), where, size, article_id=_stem(source))
    try:
        article = _read_text(source, raw, limits) if is_text else _read_json(raw, where, limits)
    except Invalid as error:
        article_id = _stem(source) if is_text else salvage_id(raw)
        return Refused(error, where, len(raw), article_id=article_id)
    return Read(article, where, len(raw))


def _read_text(source: Source, raw: bytes, limits: Limits) -> Article:
    text = decode(raw, where=_label(source))
    data = {"id": Path(source.name).stem, "text": text}
    return build_article(data, where=_label(source), max_text_chars=limits.text_chars)


def _read_json(raw: bytes, where: str, limits: Limits) -> Article:
    return read_article(raw, where=where, max_text_chars=limits.text_chars)


def _stem(source: Source) -> str | None:
    """Give the id that the file's name stands for, where it can be one."""
    return checked_id(Path(source.name).stem) if source.kind == "txt" else None


def _too_long(where: str, what: str, found: int, limit: int) -> Invalid:
    message = f"{where}: expected at most {limit:,} bytes, found a {what} of {found:,}"
    return Invalid(message, code="text_too_long")
