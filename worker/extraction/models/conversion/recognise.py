"""Tells which label scheme a pipeline follows, or refuses it."""

from __future__ import annotations

from spacy.language import Language

from worker.extraction.errors import ModelInvalid
from worker.extraction.models.scheme import NAME_LABELS, RELATIONS

from .component import LABELS, UNIVERSAL
from .table import label_table, name_table, schemes_of

_NEEDED = {"token.dep": "dependencies", "token.pos": "parts of speech", "doc.ents": "names"}


def add_conversion(nlp: Language, *, model: str) -> None:
    """Append the component that brings a pipeline's labels to ours.

    Args:
        nlp: Any spaCy pipeline with parts of speech, dependencies and names.
        model: Its name, for messages.

    Raises:
        ModelInvalid: It lacks one of the three, or its labels follow no known scheme.
    """
    if LABELS in nlp.pipe_names:
        # A pipeline of ours that was written to disk with its conversion.
        return
    _check_annotates(nlp, model)
    _check_names(nlp, model)
    scheme = scheme_of(nlp, model=model)
    if not (scheme == UNIVERSAL and _labels(nlp, "doc.ents") <= NAME_LABELS and _labels(nlp, "token.dep") <= RELATIONS):
        nlp.add_pipe(LABELS, config={"scheme": scheme}, last=True)


def scheme_of(nlp: Language, *, model: str) -> str:
    """Name the scheme of a pipeline's dependencies: "ud", or one the language pack has a table for.

    Raises:
        ModelInvalid: None fits; the message names the labels that do not belong.
    """
    found = _labels(nlp, "token.dep")
    foreign = {label for label in found if label.split(":")[0] not in RELATIONS}
    if not foreign:
        return UNIVERSAL
    unknown = {scheme: found - label_table(nlp.lang, scheme).known for scheme in schemes_of(nlp.lang)}
    for scheme, rest in unknown.items():
        if not rest:
            return scheme
    closest = min(unknown, key=lambda scheme: len(unknown[scheme]), default=UNIVERSAL)
    strangers = ", ".join(sorted(unknown.get(closest, foreign))[:5])
    known = ", ".join((UNIVERSAL, *unknown))
    raise ModelInvalid(f"{model}: found dependency labels {strangers}, expected one of the schemes {known}")


def _check_annotates(nlp: Language, model: str) -> None:
    missing = [name for attribute, name in _NEEDED.items() if not _components(nlp, attribute)]
    if missing:
        raise ModelInvalid(f"{model}: found a pipeline without {' and '.join(missing)}, expected one that gives them")


def _check_names(nlp: Language, model: str) -> None:
    table = name_table()
    unknown = _labels(nlp, "doc.ents") - {*table.labels, *table.dropped}
    if unknown:
        strangers, known = ", ".join(sorted(unknown)[:5]), ", ".join(table.labels)
        raise ModelInvalid(f"{model}: found name labels {strangers}, expected some of {known}")


def _components(nlp: Language, attribute: str) -> list[str]:
    """The active components that set an attribute."""
    gives = [name for name in nlp.pipe_names if attribute in nlp.get_pipe_meta(name).assigns]
    if attribute == "token.pos":
        # The attribute ruler declares nothing; in spaCy's English and German pipelines it sets the part of speech.
        gives += [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "attribute_ruler"]
    return gives


def _labels(nlp: Language, attribute: str) -> frozenset[str]:
    pipes = [nlp.get_pipe(name) for name in _components(nlp, attribute)]
    # A component that does several things at once tells its labels apart by what they are set on.
    found = [getattr(pipe, "labels_by_attribute", {}).get(attribute, getattr(pipe, "labels", ())) for pipe in pipes]
    return frozenset(label for labels in found for label in labels)
