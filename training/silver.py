"""Labels text with a trained pipeline, for the next one to learn from: ``python -m training.silver``.

Raw news gets every layer; the sentences of the name corpora (but for tweets) keep their names and get the syntax. So
do copies of them with other names in the place of theirs.

What is written is one sentence a line as JSON; it holds the corpora's words and stays outside the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from training.harmonise import harmonise_relation
from training.renaming import rename
from training.sentence import ROOT, Sentence
from training.splits import german_names, german_treebanks, without_overlap
from worker.extraction.models import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span
    from spacy.vocab import Vocab

SOURCE = "silver"
"""The source of sentences all of whose labels a model gave."""
_SHORTEST, _LONGEST = 4, 60
"""Fragments teach nothing and very long sentences are mostly wrong."""


def label_texts(nlp: Language, texts: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of German texts as the pipeline reads them."""
    for doc in nlp.pipe(texts, batch_size=16):
        for span in doc.sents:
            read = _as_sentence(doc, span, source=SOURCE)
            if _SHORTEST <= len(read.words) <= _LONGEST:
                yield read


def label_named(nlp: Language, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences of the name corpora with the pipeline's syntax beside the names they have."""
    docs = nlp.pipe((_one_sentence(sentence, nlp.vocab) for sentence in sentences), batch_size=64)
    for sentence, doc in zip(sentences, docs, strict=True):
        read = _as_sentence(doc, doc[:], source=sentence.source)
        yield replace(sentence, upos=read.upos, feats=read.feats, heads=read.heads, deps=read.deps)


def _one_sentence(sentence: Sentence, vocab: Vocab) -> Doc:
    starts = [True, *[False] * (len(sentence.words) - 1)]
    return Doc(vocab, words=list(sentence.words), spaces=list(sentence.spaces), sent_starts=starts)


def _as_sentence(doc: Doc, span: Span, *, source: str) -> Sentence:
    words = [token for token in span if not token.is_space]
    place = {token.i: number for number, token in enumerate(words)}
    return Sentence(
        source=source,
        language=doc.lang_,
        words=tuple(token.text for token in words),
        spaces=tuple(bool(token.whitespace_) for token in words),
        upos=tuple(token.pos_ for token in words),
        feats=tuple(str(token.morph) for token in words),
        heads=tuple(ROOT if token.head.i == token.i else place[token.head.i] for token in words),
        deps=tuple(harmonise_relation(token.dep_, doc.lang_) for token in words),
        names=tuple(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in words),
    )


def raw_texts(corpora: Path, *, leave_out: frozenset[str]) -> Iterator[str]:
    """News as running text."""
    with gzip.open(corpora / "news" / "wikinews_de.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = (json.loads(line) for line in lines)
        yield from (article["text"] for article in articles if article["id"] not in leave_out)


def read_silver(path: Path) -> list[Sentence]:
    """Read what ``main`` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_from_json(json.loads(line)) for line in lines]


def with_known_features(silver: Iterable[Sentence], gold: Iterable[Sentence]) -> list[Sentence]:
    """Silver sentences with combinations of features that gold has too.

    The multi-task model says each feature by itself; a tagger over combinations knows only those it was shown.
    """
    known: dict[str, set[frozenset[str]]] = {}
    for sentence in gold:
        for upos, feats in zip(sentence.upos or (), sentence.feats or (), strict=True):
            known.setdefault(upos, set()).add(frozenset(feats.split("|")))

    @cache
    def closest(upos: str, feats: str) -> str:
        wanted = frozenset(feats.split("|"))
        found = max(known.get(upos, {frozenset({""})}), key=lambda pairs: (-len(pairs ^ wanted), sorted(pairs)))
        return "|".join(sorted(found, key=str.lower))

    return [
        replace(
            sentence,
            feats=tuple(closest(*word) for word in zip(sentence.upos or (), sentence.feats or (), strict=True)),
        )
        for sentence in silver
        if set(sentence.upos or ()) <= known.keys()
    ]


def _from_json(stored: dict[str, object]) -> Sentence:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    return Sentence(**values)  # type: ignore[arg-type]


def main() -> None:
    """Label and write; sentences of the test splits and the articles left out are not among them."""
    from training.name_lists import listed_names  # noqa: PLC0415 - its packages are there for training only

    options = _options()
    names = german_names(options.corpora)
    tested = (*german_treebanks(options.corpora).test, *names.germeval_test, *names.smartdata_test)
    lines_of_tests = (line for path in options.leave_out for line in path.read_text(encoding="utf-8").splitlines())
    texts = raw_texts(options.corpora, leave_out=frozenset(json.loads(line)["id"] for line in lines_of_tests))
    nlp = load_pipeline("de", model="accurate", threads=options.threads)
    named = [sentence for sentence in names.train if "conll2003" not in sentence.source]
    rng = random.Random(options.seed)  # noqa: S311 - choosing names needs no secrecy
    named = [*named, *rename(named, rng, listed=listed_names(rng))]
    labelled = without_overlap((*label_texts(nlp, texts), *label_named(nlp, named)), tested)
    with gzip.open(options.out, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(sentence), ensure_ascii=False) + "\n" for sentence in labelled)
    print(len(labelled), "sentences", sum(len(sentence.words) for sentence in labelled), "words")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/, ner/ and news/")
    parser.add_argument("--out", type=Path, required=True, help="file to write, .jsonl.gz")
    parser.add_argument("--leave-out", type=Path, nargs="*", default=[], help="articles that test (.jsonl with an id)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7, help="chooses the names of renamed sentences")
    return parser.parse_args()


if __name__ == "__main__":
    main()
