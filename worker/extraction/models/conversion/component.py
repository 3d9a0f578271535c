"""The pipeline component that stands last in a foreign pipeline and brings its labels to ours."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from worker.extraction.models.scheme import RELATIONS

from .rules import to_universal
from .table import LabelTable, label_table, name_table
from .tree import Tree

LABELS = "depesche_labels"
UNIVERSAL = "ud"
"""The scheme of pipelines that speak UD already."""


@Language.factory(
    LABELS,
    default_config={"scheme": UNIVERSAL},
    requires=["token.dep", "token.head", "token.pos", "token.lemma", "doc.ents"],
    assigns=["token.dep", "token.head", "doc.ents"],
)
def make_label_converter(nlp: Language, name: str, scheme: str) -> LabelConverter:
    """Build the component for a pipeline whose relations follow the scheme."""
    table = None if scheme == UNIVERSAL else label_table(nlp.lang, scheme)
    return LabelConverter(name, table)


class LabelConverter:
    """Rewrites the dependencies and names of a Doc.

    Args:
        name: Of the component in its pipeline.
        table: How its relations are read; None where they are UD and at most subtypes differ.
    """

    def __init__(self, name: str, table: LabelTable | None) -> None:
        self.name = name
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        """Rewrite one Doc, in place."""
        doc.ents = tuple(_our_names(doc))
        tree = Tree(doc)
        if self._table is not None:
            to_universal(tree, self._table)
        tree.labels = [label if label in RELATIONS else label.split(":")[0] for label in tree.labels]
        tree.write()
        return doc


def _our_names(doc: Doc) -> Iterator[Span]:
    """The names under our labels, without an article before or a genitive mark behind."""
    table = name_table()
    for ent in doc.ents:
        label = table.labels.get(ent.label_)
        start, end = ent.start, ent.end
        while start < end and doc[start].text.lower() in table.not_first:
            start += 1
        while start < end and doc[end - 1].text.lower() in table.not_last:
            end -= 1
        if label and start < end:
            yield Span(doc, start, end, label=label)
