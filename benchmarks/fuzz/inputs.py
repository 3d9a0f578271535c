"""Makes broken inputs out of good ones: by bytes, and by the parts of a JSON document."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any, Final

TOKENS: Final = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"\\ud800", b"\\u0000", b"\r\n", b"\n\n",
    b"{", b"}", b"[", b"]", b'"', b"\\", b":", b",", b"NaN", b"-Infinity", b"1e999", b"-0", b"null", b"true",
    b"9" * 400, b"[" * 300, b'{"a":' * 200, "\u202e\u2028\ufeff".encode(), "é".encode() * 50, b"%00", b"../",
    b"' OR 1=1",
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**30, 0.5, 1e308, "", " ", "\x00", "\ud800", "\u2028", "ä" * 300,
    "x" * 5_000,
    "2025-02-30", "2025-11-05", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "de", "fr", [], {},
    [[]], [None],
    {"a": {"b": [1, "\udfff"]}}, "-" * 40, "١٢٣",
)  # fmt: skip
MOST_CHANGES: Final = 4
DEEP: Final = 3_000


def broken(samples: Sequence[bytes], chance: random.Random) -> bytes:
    """Give an input that may or may not be good any more.

    Args:
        samples: Good inputs, and bad ones that are known.
        chance: Decides on everything; the same state gives the same input.
    """
    sample = chance.choice(samples)
    if chance.random() < 0.5:
        sample = _other_parts(sample, chance)
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, MOST_CHANGES)):
            sample = _other_bytes(sample, samples, chance)
    return sample


def _other_bytes(data: bytes, samples: Sequence[bytes], chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    end = min(len(data), start + int(chance.expovariate(0.1)))
    how = chance.randrange(6)
    if how == 0:  # other bytes
        return data[:start] + chance.randbytes(end - start) + data[end:]
    if how == 1:  # fewer
        return data[:start] + data[end:]
    if how == 2:  # one of those that often matter
        return data[:start] + chance.choice(TOKENS) + data[end:]
    if how == 3:  # a part twice
        return data[:end] + data[start:end] * chance.randint(1, 8) + data[end:]
    if how == 4:  # the rest of another input
        other = chance.choice(samples)
        return data[:start] + other[chance.randint(0, len(other)) :]
    return data[:start]  # cut


def _other_parts(data: bytes, chance: random.Random) -> bytes:
    """Change values and names in a JSON document; another kind of input stays as it is."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(chance.randint(1, MOST_CHANGES)):
        document = _changed(document, chance)
    return json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(part: Any, chance: random.Random) -> Any:
    """Go down some way and change what is there."""
    if not isinstance(part, dict | list) or not part or chance.random() < 0.1:
        return _value(chance)
    if isinstance(part, list):
        place = chance.randrange(len(part))
        return [*part[:place], _changed(part[place], chance), *part[place + 1 :]]
    name = chance.choice(list(part))
    how = chance.random()
    if how < 0.15:
        return {key: value for key, value in part.items() if key != name}
    if how < 0.25:
        return {**part, str(_value(chance))[:40]: _value(chance)}
    return {**part, name: _changed(part[name], chance)}


def _value(chance: random.Random) -> Any:
    if chance.random() < 0.02:
        return _nested(chance.randint(2, 200))
    return chance.choice(VALUES)


def _nested(depth: int) -> Any:
    found: Any = "deep"
    for _ in range(depth):
        found = [found]
    return found
