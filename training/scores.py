"""Scores a pipeline against annotated sentences, with gold tokens or from raw text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from training.harmonise import harmonise_relation
from training.sentence import ROOT, Sentence
from worker.extraction.models.multitask.component import Multitask

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True)
class SyntaxScore:
    """Percentages over tokens; punctuation is left out of the attachment scores."""

    pos: float
    morph: float
    uas: float
    las: float
    per_relation: dict[str, float] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class NameScore:
    """F of exact spans and labels, in per cent."""

    all: float
    precision: float
    recall: float
    per_label: dict[str, float]


def score_syntax(nlp: Language, sentences: Sequence[Sentence]) -> SyntaxScore:
    """Part of speech, features and dependencies with gold tokens and gold sentence ends."""
    counts: Counter[str] = Counter()
    per_relation: dict[str, Counter[str]] = {}
    for sentence, doc in zip(sentences, _run(nlp, sentences), strict=True):
        _count_sentence(sentence, doc, counts, per_relation)
    return SyntaxScore(
        pos=_percent(counts["pos"], counts["tokens"]),
        morph=_percent(counts["morph"], counts["tokens"]),
        uas=_percent(counts["uas"], counts["scored"]),
        las=_percent(counts["las"], counts["scored"]),
        per_relation={
            name: _percent(2 * c["right"], c["gold"] + c["found"]) for name, c in sorted(per_relation.items())
        },
    )


def _run(nlp: Language, sentences: Sequence[Sentence]) -> Iterable[Doc]:
    """Gold tokens in, one sentence a document; the first token alone starts a sentence."""
    docs = []
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=list(sentence.words), spaces=list(sentence.spaces))
        for token in doc:
            token.is_sent_start = token.i == 0
        docs.append(doc)
    return nlp.pipe(docs)


def _count_sentence(sentence: Sentence, doc: Doc, counts: Counter[str], per_relation: dict[str, Counter[str]]) -> None:
    rows = zip(doc, sentence.upos or (), sentence.feats or (), sentence.heads or (), sentence.deps or (), strict=True)
    for token, upos, feats, head, dep in rows:
        counts["tokens"] += 1
        counts["pos"] += token.pos_ == upos
        counts["morph"] += str(token.morph) == feats
        found_head = ROOT if token.head.i == token.i else token.head.i
        found_dep = harmonise_relation(token.dep_, sentence.language)
        is_right = found_head == head and found_dep == dep
        per_relation.setdefault(dep, Counter())["gold"] += 1
        per_relation.setdefault(found_dep, Counter())["found"] += 1
        per_relation[dep]["right"] += is_right
        if dep != "punct":
            counts["scored"] += 1
            counts["uas"] += found_head == head
            counts["las"] += is_right


def score_names(nlp: Language, sentences: Sequence[Sentence]) -> NameScore:
    """Exact spans with label, by the scheme of the corpus.

    MISC is left out where it does not annotate it. Where it counts forms made from names ("deutsche", "VW-Werk") as
    names, those that the pipeline tells from names count too.
    """
    with _counting_forms(nlp, wanted=any(sentence.nearly == "counted" for sentence in sentences)):
        return _score_names(nlp, sentences)


@contextmanager
def _counting_forms(nlp: Language, *, wanted: bool) -> Iterator[None]:
    components = [component for _, component in nlp.pipeline if isinstance(component, Multitask)]
    for component in components:
        component.counting_forms = wanted
    yield
    for component in components:
        component.counting_forms = False


def _score_names(nlp: Language, sentences: Sequence[Sentence]) -> NameScore:
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for sentence, doc in zip(sentences, _run(nlp, sentences), strict=True):
        names = sentence.counted_names if sentence.nearly == "counted" else sentence.plain_names
        wanted = spans_of(names or ())
        got = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
        if not sentence.misc_known:
            got = {span for span in got if span[2] != "MISC"}
        gold.update(label for *_, label in wanted)
        found.update(label for *_, label in got)
        right.update(label for *_, label in wanted & got)
    return NameScore(
        all=_percent(2 * right.total(), gold.total() + found.total()),
        precision=_percent(right.total(), found.total()),
        recall=_percent(right.total(), gold.total()),
        per_label={label: _percent(2 * right[label], gold[label] + found[label]) for label in sorted(gold)},
    )


def spans_of(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """The spans that BIO tags describe; a stray I- starts a span of its own.

    >>> sorted(spans_of(["B-PER", "I-PER", "O", "B-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    spans = set()
    start, label = None, ""
    for index, tag in enumerate((*tags, "O")):
        continues = tag.startswith("I-") and tag[2:] == label
        if start is not None and not continues:
            spans.add((start, index, label))
            start, label = None, ""
        if tag != "O" and not continues:
            start, label = index, tag[2:]
    return spans


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
