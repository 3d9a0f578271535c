"""Mends: what the tree itself shows to be otherwise, or what our scheme tells apart and a treebank does not."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

GERMAN_MENDS, ENGLISH_MENDS = "depesche_mends_de", "depesche_mends_en"
MENDS = {"de": GERMAN_MENDS, "en": ENGLISH_MENDS}
"""The component of each language."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl"})


@Language.component(GERMAN_MENDS, requires=["token.dep", "token.morph"], assigns=["token.dep", "token.head"])
def mend_relations(doc: Doc) -> Doc:
    """Tell relative clauses from other clauses under nouns, and passive subjects from active ones.

    UD_German-GSD writes ``acl`` for both, and parsers now and then miss the passive that their own tree shows.
    """
    _give_back_subjects(doc)
    for token in doc:
        if token.dep_ == "acl" and is_relative_clause(token):
            token.dep_ = "acl:relcl"
        elif token.dep_ == "nsubj" and any(child.dep_ == "aux:pass" for child in token.head.children):
            token.dep_ = "nsubj:pass"
    return doc


@Language.component(ENGLISH_MENDS, requires=["token.dep"], assigns=["token.dep", "token.head"])
def mend_second_subjects(doc: Doc) -> Doc:
    """Take for an object what is a second subject behind the verb, where there is no object: ``They met King Olav``.

    A second verb has the subject of the first: ``They flew to Rome and met King Olav``.
    """
    _give_back_subjects(doc)
    for token in doc:
        if token.dep_ == "nsubj" and token.i > token.head.i and token.head.pos_ == "VERB":
            beside = [child for child in token.head.children if child.i != token.i]
            known = (*beside, *_shared(token.head))
            has_subject = any(child.dep_ == "nsubj" and child.i < token.head.i for child in known)
            if has_subject and not any(child.dep_ in {"obj", "ccomp"} for child in beside):
                token.dep_ = "obj"
    return doc


def _shared(verb: Token) -> list[Token]:
    """What hangs on the verb to which another one is joined by *and*."""
    return list(verb.head.children) if verb.dep_ == "conj" else []


def _give_back_subjects(doc: Doc) -> None:
    """``X will meet in Y, the office said``: of two subjects the first is that of the clause said, if it has none."""
    for said in [token for token in doc if token.dep_ == "ccomp" and token.i < token.head.i]:
        subjects = [child for child in said.head.children if child.dep_ == "nsubj"]
        has_own = any(child.dep_ in _SUBJECTS for child in said.children)
        if len(subjects) > 1 and subjects[0].i < said.i and not has_own:
            subjects[0].head = said


def is_relative_clause(verb: Token) -> bool:
    """Whether a clause begins with a relative pronoun: alone, after a preposition or before its noun."""
    opening = [token for token in verb.subtree if not token.is_punct][:3]
    relatives = [token for token in opening if "Rel" in token.morph.get("PronType", []) and token.i < verb.i]
    return any(token.pos_ in {"PRON", "DET"} and token.dep_ != "det" for token in relatives) or any(
        token.dep_ == "det"
        and token.lower_ in {"dessen", "deren", "welcher", "welche", "welches", "welchem", "welchen"}
        for token in relatives
    )
