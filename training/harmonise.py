"""Brings the treebanks' differing habits to one scheme; what is changed stands in ``harmonise.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from training.sentence import Sentence

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_DROPPED = frozenset(_TABLE["features"]["drop"])


def harmonise(sentence: Sentence) -> Sentence:
    """The sentence with relations and features of the common scheme."""
    return replace(
        sentence,
        deps=None
        if sentence.deps is None
        else tuple(harmonise_relation(dep, sentence.language) for dep in sentence.deps),
        feats=None
        if sentence.feats is None or sentence.upos is None
        else tuple(_features(feats, upos) for feats, upos in zip(sentence.feats, sentence.upos, strict=True)),
    )


def harmonise_relation(relation: str, language: str) -> str:
    """A relation as the common scheme names it; spaCy's ROOT is the treebanks' root."""
    return "root" if relation == "ROOT" else _TABLE[language]["relations"].get(relation, relation)


def _features(feats: str, upos: str) -> str:
    """Drop what is not wanted, and give every verb a VerbForm, which PUD leaves out."""
    kept = {pair for pair in feats.split("|") if pair and pair.split("=")[0] not in _DROPPED}
    if upos in {"VERB", "AUX"} and "VerbForm=" not in feats:
        kept = _with_verb_form(kept)
    return "|".join(sorted(kept, key=str.lower))


def _with_verb_form(feats: set[str]) -> set[str]:
    """In PUD finite verbs have a mood, participles a tense alone, and infinitives nothing."""
    if any(pair.startswith("Mood=") for pair in feats):
        return feats | {"VerbForm=Fin"}
    if any(pair.startswith("Tense=") for pair in feats):
        return {pair for pair in feats if not pair.startswith("Tense=")} | {"VerbForm=Part"}
    return feats | {"VerbForm=Inf"}
