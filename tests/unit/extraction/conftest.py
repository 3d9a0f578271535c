"""Documents made by hand, so that a test of the rules needs no model."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from worker.extraction.document import Passage, Sentence
from worker.extraction.tokens import Tokens

_VOCAB = Vocab()


def _parsed(*rows):
    """Make a sentence of rows ``word POS [features [dep head-index]]``; entities as ``word POS feats|PER``."""
    words, tags, morphs, deps, heads, ents = [], [], [], [], [], []
    for index, row in enumerate(rows):
        word, pos, *rest = row.split(" ")
        features = rest[0] if rest else "_"
        label = "O"
        if "/" in features:
            features, label = features.split("/")
        words.append(word)
        tags.append(pos)
        morphs.append("" if features == "_" else features)
        deps.append(rest[1] if len(rest) > 1 else "dep")
        heads.append(int(rest[2]) if len(rest) > 2 else index)
        ents.append(label)
    doc = Doc(_VOCAB, words=words, pos=tags, morphs=morphs, deps=deps, heads=heads, ents=ents, lemmas=words)
    passage = Passage("text", doc.text, doc.text, (), (), Tokens.of_parse(doc))
    return Sentence(0, passage, 0, len(doc), "body", 0)


@pytest.fixture(scope="session")
def parsed():
    """Give the function that makes a sentence of rows."""
    return _parsed
