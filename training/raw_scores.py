"""Scores a pipeline from raw text: its own tokens and sentences against the gold ones, compared by character offsets.

Source: the evaluation of the CoNLL 2018 shared task (F over words that both sides cut alike), punctuation left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.harmonise import harmonise_relation
from training.sentence import ROOT, Sentence, join_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SENTENCES_A_TEXT = 10
Word = tuple[int, int]


@dataclass(frozen=True)
class RawScore:
    """F in per cent of words, sentences and attachments from raw text."""

    words: float
    sentences: float
    uas: float
    las: float


def score_raw(nlp: Language, sentences: Sequence[Sentence]) -> RawScore:
    """Join the sentences to texts of ten and compare what the pipeline makes of them."""
    counts: Counter[str] = Counter()
    groups = [
        list(sentences[start : start + _SENTENCES_A_TEXT]) for start in range(0, len(sentences), _SENTENCES_A_TEXT)
    ]
    docs = nlp.pipe(join_sentences(group).text for group in groups)
    for group, doc in zip(groups, docs, strict=True):
        _compare("words", set(_gold_words(group)), {(t.idx, t.idx + len(t)) for t in doc if not t.is_space}, counts)
        _compare("sentences", set(_gold_sentences(group)), set(_found_sentences(doc)), counts)
        gold, found = dict(_gold_arcs(group)), dict(_found_arcs(doc))
        heads = ({(word, head) for word, (head, _) in arcs.items()} for arcs in (gold, found))
        _compare("uas", *heads, counts)
        _compare("las", set(gold.items()), set(found.items()), counts)
    names = ("words", "sentences", "uas", "las")
    return RawScore(**{name: round(200 * counts[name] / counts[f"{name}_all"], 2) for name in names})


def _compare(name: str, gold: set[object], found: set[object], counts: Counter[str]) -> None:
    counts[name] += len(gold & found)
    counts[f"{name}_all"] += len(gold) + len(found)


def _gold_words(group: Sequence[Sentence]) -> Iterator[Word]:
    at = 0
    joined = join_sentences(group)
    for word, space in zip(joined.words, joined.spaces, strict=True):
        yield at, at + len(word)
        at += len(word) + space


def _gold_sentences(group: Sequence[Sentence]) -> Iterator[Word]:
    words = list(_gold_words(group))
    at = 0
    for sentence in group:
        yield words[at][0], words[at + len(sentence.words) - 1][1]
        at += len(sentence.words)


def _found_sentences(doc: Doc) -> Iterator[Word]:
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            yield words[0].idx, words[-1].idx + len(words[-1])


def _gold_arcs(group: Sequence[Sentence]) -> Iterator[tuple[Word, tuple[Word | None, str]]]:
    joined, words = join_sentences(group), list(_gold_words(group))
    for word, head, dep in zip(words, joined.heads or (), joined.deps or (), strict=True):
        if dep != "punct":
            yield word, (None if head == ROOT else words[head], dep)


def _found_arcs(doc: Doc) -> Iterator[tuple[Word, tuple[Word | None, str]]]:
    for token in doc:
        if token.dep_ != "punct" and not token.is_space:
            head = token.head
            place = None if head.i == token.i else (head.idx, head.idx + len(head))
            yield (token.idx, token.idx + len(token)), (place, harmonise_relation(token.dep_, doc.lang_))
