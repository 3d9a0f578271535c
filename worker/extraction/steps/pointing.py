"""Finds what a demonstrative points to: *diese Gespräche* are those of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.catalogue import are_kin
from worker.extraction.document import Document, Mention
from worker.extraction.words import lower

REACH_SENTENCES = 1
"""How far back a demonstrative points."""


def just_spoken_of(mention: Mention, clusters: Sequence[list[Mention]], document: Document) -> list[Mention] | None:
    """Give the event spoken of last before a noun with a demonstrative, where one is near; else None."""
    sentence = document.sentences[mention.sentence]
    phrase = sentence.phrase_of(mention.token)
    if mention.pos != "noun" or phrase is None:
        return None
    first = sentence.doc[phrase.start]
    if lower(first.text) not in document.pack.grammar.demonstratives or first.head.i != mention.token:
        return None  # "this week's visit" points to the week
    own = (mention.sentence, mention.token)
    before = [
        ((other.sentence, other.token), number)
        for number, cluster in enumerate(clusters)
        for other in cluster
        if (other.sentence, other.token) < own
        and mention.sentence - other.sentence <= REACH_SENTENCES
        and are_kin(mention.type, other.type)
    ]
    return clusters[max(before)[1]] if before else None
