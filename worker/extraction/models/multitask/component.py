"""The spaCy component around the multi-task network."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from worker.extraction.errors import ModelInvalid
from worker.extraction.models.pieces import PieceVocabulary

from .annotating import Annotator
from .labels import ModelLabels
from .names import NAMES
from .network import Network
from .windows import cut_windows

MULTITASK = "depesche_multitask"
NETWORK, PIECES, LABELS, RELATIONS = "network.onnx", "pieces.tsv", "labels.json", "relations.npy"
FILES = (NETWORK, PIECES, LABELS, RELATIONS)
_TREEBANKS = {"de": 0, "en": 2}
"""Whose habits the parser follows: UD_German-GSD, UD_English-EWT; the numbers are those of training."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is read from a model folder."""

    labels: ModelLabels
    vocabulary: PieceVocabulary
    network: Network
    annotator: Annotator


@lru_cache(maxsize=4)
def _read_parts(folder: Path, _changed_ns: int, threads: int) -> _Parts:
    """Read a model folder once for all the languages it is for: a second copy would double the memory."""
    labels = ModelLabels.read(folder / LABELS)
    weights = np.load(folder / RELATIONS, allow_pickle=False).astype(np.float32)
    network = Network(folder / NETWORK, threads=threads)
    return _Parts(labels, PieceVocabulary.read(folder / PIECES), network, Annotator(labels, weights))


@Language.factory(
    MULTITASK,
    default_config={"threads": 1},
    assigns=[
        "token.pos", "token.morph", "token.head", "token.dep", "token.is_sent_start", "doc.sents", "doc.ents",
        "token.ent_iob", "token.ent_type",
    ],
)  # fmt: skip
def make_multitask(nlp: Language, name: str, threads: int) -> Multitask:
    """Build the component, still without weights: ``read`` or ``nlp.from_disk`` bring them."""
    return Multitask(name, language=str(nlp.lang), threads=threads)


class Multitask:
    """Gives documents part of speech, features, dependencies, sentences and names, all from one network.

    Args:
        name: Of the component in its pipeline.
        language: "de" or "en".
        threads: How many cores a call may use.

    Attributes:
        counting_forms: Whether forms made from a name ("deutsche", "Berlin-Reise") are given as names: for comparing
            with corpora that have it so.
    """

    def __init__(self, name: str, *, language: str, threads: int) -> None:
        if language not in _TREEBANKS:
            raise ModelInvalid(f"{name}: found language {language!r}, expected one of {', '.join(_TREEBANKS)}")
        self.name = name
        self._treebank = _TREEBANKS[language]
        self._threads = threads
        self._folder: Path | None = None
        self.counting_forms = False

    def read(self, folder: Path) -> Multitask:
        """Take weights and labels from a model folder."""
        self._folder = folder
        parts = _read_parts(folder.resolve(), (folder / NETWORK).stat().st_mtime_ns, self._threads)
        self._labels, self._vocabulary = parts.labels, parts.vocabulary
        self._network, self._annotator = parts.network, parts.annotator
        return self

    @property
    def labels_by_attribute(self) -> dict[str, tuple[str, ...]]:
        """The labels it gives, by what they are set on."""
        names = sorted({tag.partition("-")[2] for tag in self._labels.names} & set(NAMES))
        relations = ["ROOT" if name == "root" else name for name in self._labels.relations]
        return {"doc.ents": tuple(names), "token.dep": tuple(relations), "token.pos": self._labels.upos}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotate documents, computing the windows of several together."""
        for docs in _groups(stream, batch_size):
            windows = [list(cut_windows(doc, self._vocabulary)) for doc in docs]
            found = self._network.run([window for cut in windows for window in cut], self._treebank)
            scores, projected = iter(found), self._annotator.project(found)
            for doc, own in zip(docs, windows, strict=True):
                count = len(own)
                self._annotator.annotate(
                    doc,
                    own,
                    list(islice(scores, count)),
                    list(islice(projected, count)),
                    counting_forms=self.counting_forms,
                )
                yield doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 - spaCy's signature
        """Copy the model's files."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        if self._folder is None:
            raise ModelInvalid(f"{self.name}: found no weights to write, expected them to be read first")
        for file in FILES:
            shutil.copyfile(self._folder / file, target / file)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Multitask:  # noqa: ARG002 - as above
        """Read what ``to_disk`` copied."""
        return self.read(Path(path))


def _groups(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    docs = iter(stream)
    while group := list(islice(docs, size)):
        yield group
