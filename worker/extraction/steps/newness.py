"""Says whether a mention's own words make its event another than the one spoken of before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extraction.document import Document, Mention, Sentence
from worker.extraction.words import fits, lower


def is_new(mention: Mention, document: Document) -> bool:
    """Whether words such as *weitere*, *erneut*, *another* say that this is not the event spoken of before."""
    sentence = document.sentences[mention.sentence]
    if mention.pos == "noun":
        phrase = sentence.phrase_of(mention.token)
        start = phrase.start if phrase is not None else mention.token
        words = sentence.doc[max(sentence.start, start - 1) : mention.token]
        return any(fits(document.pack.grammar.other_words, lower(token.text)) for token in words)
    again = document.pack.grammar.again_words
    tokens = _complex(mention, sentence, document)
    return any(lower(sentence.doc[position].text) in again for position in tokens) or is_repeated(mention, document)


def is_repeated(mention: Mention, document: Document) -> bool:
    """``hat sie mehrmals getroffen``: a verb that names several events at once."""
    sentence = document.sentences[mention.sentence]
    tokens = sentence.clauses[mention.clause].tokens if mention.pos == "verb" and mention.clause is not None else ()
    often = document.pack.grammar.often_words
    return any(fits(often, lower(sentence.doc[position].text)) for position in tokens)


def _complex(mention: Mention, sentence: Sentence, document: Document) -> Sequence[int]:
    """Give the words around a verb and, where its infinitive is a clause by the parse, those above: *also plans to*."""
    clause = sentence.clauses[mention.clause] if mention.clause is not None else None
    if clause is None:
        return ()
    above = clause.parent if clause.kind == "infinitive" and document.pack.grammar.clauses == "parse" else None
    return clause.tokens if above is None else (*sentence.clauses[above].tokens, *clause.tokens)
