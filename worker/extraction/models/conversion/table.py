"""The form of a label table: how one foreign scheme is read, checked at load."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from worker.extraction.errors import PackBroken
from worker.extraction.models.scheme import NAME_LABELS, RELATIONS

PLACEHOLDER_MODIFIER = "modifier"
"""In a table: obl under a verb, adjective or adverb, nmod under a noun."""
_PLACEHOLDERS = frozenset({PLACEHOLDER_MODIFIER})


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Adpositions(_Form):
    """Adpositions that head their noun.

    Attributes:
        objects: Labels of the noun below the adposition.
        clauses: Labels of a clause below it.
        needs_pos: Only tokens of this part of speech count as adpositions; empty: any that has such an object.
        chains: Labels of an adposition that may head another one ("according to", "because of").
        roles: The adposition's own label to the noun's new one; others become obl under a verb, nmod under a noun.
    """

    objects: frozenset[str]
    clauses: frozenset[str] = frozenset()
    needs_pos: str = ""
    chains: frozenset[str] = frozenset()
    roles: dict[str, str] = {}


class Auxiliaries(_Form):
    """Auxiliaries that head their verb.

    Attributes:
        clause: Label of the verb below the auxiliary.
        lemmas: Which verbs are auxiliaries.
        passive: The lemma that makes a passive with a participle.
        infinitive_particle: Label of "zu": a verb that has it is a clause of its own.
    """

    clause: str
    lemmas: frozenset[str]
    passive: str
    infinitive_particle: str


class Copulas(_Form):
    """Copulas that head their predicate.

    Attributes:
        lemmas: The copula verbs.
        predicates: Labels of the predicate.
        expletives: Labels that turn the predicate into a subject ("there is a meeting").
        other: What the predicate of another verb becomes ("became president").
    """

    lemmas: frozenset[str]
    predicates: frozenset[str]
    expletives: frozenset[str] = frozenset()
    other: str = "xcomp"


class Coordination(_Form):
    """Conjuncts that hang on the one before.

    Attributes:
        conjuncts: Labels of a conjunct.
        coordinators: Labels of the conjunction.
        through_coordinator: Whether the last conjunct hangs on the conjunction.
    """

    conjuncts: frozenset[str]
    coordinators: frozenset[str]
    through_coordinator: bool = False


class Names(_Form):
    """Parts of a name that hang on its last word; UD heads a name by its first.

    Attributes:
        parts: Labels of such a part.
        only_in: Labels of names within which this holds; empty: anywhere.
    """

    parts: frozenset[str]
    only_in: frozenset[str] = frozenset()


class LabelTable(_Form):
    """How a foreign scheme is read.

    Attributes:
        scheme: Its name.
        relations: Plain renames.
        by_pos: Label to part of speech to relation; "" stands for any other.
        by_governor: Label to relation: "verb" under a verb, "infinitive" for an infinitive there, "other" elsewhere.
        possessive_determiner: What a determiner is called that is a possessive.
        passive_subjects: Subject relation to its name in a passive.
    """

    scheme: str
    relations: dict[str, str]
    by_pos: dict[str, dict[str, str]] = {}
    by_governor: dict[str, dict[str, str]] = {}
    possessive_determiner: str = "det"
    adpositions: Adpositions
    auxiliaries: Auxiliaries | None = None
    copulas: Copulas
    coordination: Coordination
    names: Names
    passive_subjects: dict[str, str] = {}

    @property
    def known(self) -> frozenset[str]:
        """Every label that the table says something about."""
        return frozenset({*self.relations, *self.by_pos, *self.by_governor, "ROOT"})

    @model_validator(mode="after")
    def _gives_our_relations(self) -> Self:
        given = {*self.relations.values(), *self.adpositions.roles.values(), self.copulas.other}
        given |= {
            relation for table in (*self.by_pos.values(), *self.by_governor.values()) for relation in table.values()
        }
        unknown = given - RELATIONS - _PLACEHOLDERS
        if unknown:
            raise ValueError(f"not a relation of our scheme: {', '.join(sorted(unknown))}")
        return self


class NameTable(_Form):
    """Foreign name labels to ours.

    Attributes:
        labels: Foreign label to ours.
        dropped: Foreign labels that are no names here.
        not_first, not_last: Words, in lower case, that a name does not begin or end with.
    """

    labels: dict[str, str]
    dropped: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]

    @model_validator(mode="after")
    def _gives_our_labels(self) -> Self:
        unknown = set(self.labels.values()) - NAME_LABELS
        if unknown:
            raise ValueError(f"not a name label of our scheme: {', '.join(sorted(unknown))}")
        return self


@cache
def label_table(language: str, scheme: str) -> LabelTable:
    """Read ``languages/<language>/labels_<scheme>.toml``.

    Raises:
        PackBroken: The file is not there or does not keep its form.
    """
    name = f"languages/{language}/labels_{scheme}.toml"
    try:
        text = (files("worker.extraction.languages") / language / f"labels_{scheme}.toml").read_text(encoding="utf-8")
        return LabelTable.model_validate(tomllib.loads(text))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise PackBroken(f"{name}: {error}") from error


@cache
def name_table() -> NameTable:
    """Read ``name_labels.toml``, which holds for every language."""
    text = (files("worker.extraction.models") / "name_labels.toml").read_text(encoding="utf-8")
    return NameTable.model_validate(tomllib.loads(text))


@cache
def schemes_of(language: str) -> tuple[str, ...]:
    """The foreign schemes that a language pack has a table for."""
    folder = files("worker.extraction.languages") / language
    names = (file.name for file in folder.iterdir() if file.name.startswith("labels_"))
    return tuple(sorted(name.removeprefix("labels_").removesuffix(".toml") for name in names))
