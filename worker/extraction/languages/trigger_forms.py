"""The form of ``triggers/<type>.toml``: which words name an event, and how their surroundings fill its roles."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from schemas.event import Role


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern.replace("{T}", "x"))
    except re.error as error:
        msg = f"not a regular expression: {error}"
        raise ValueError(msg) from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]

Function = Literal[
    "subject",
    "object",
    "indirect",
    "with",
    "between",
    "genitive",
    "possessive",
    "adjective",
    "compound",
    "to",
    "for",
    "at",
    "by",
    "mediated",
    "attends",
    "hosts",
    "organizes",
]
"""What a party is to the trigger, whatever the language's means for it."""


Condition = Literal[
    "party",
    "named",
    "two_parties",
    "plural_subject",
    "pair_subject",
    "personal_subject",
    "group_subject",
    "official_subject",
    "impersonal_subject",
    "personal_object",
    "visited_object",
    "helpful_object",
    "object_or_topic",
    "plural_genitive",
    "subject_around",
    "modified_compound",
    "reciprocal",
    "origin",
    "when",
    "where",
    "topic",
    "infinitive",
    "offer_infinitive",
    "event",
    "help",
    "money",
    "willing",
    "happens",
    "framed",
    "linked",
]
"""What can be asked of a trigger's surroundings beside its functions; ``linked`` asks for an event it refers to."""


class Form(BaseModel):
    """A part of a data file: unknown keys are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Trigger(Form):
    """What every kind of trigger has.

    Attributes:
        id: Names the entry in explanations.
        requires: Alternatives; each lists what must hold together: a function (there is such a party) or a condition.
        excluded: Patterns over the sentence, ``{T}`` standing for the trigger: where one fits, the word is none.
        excluded_near: Pattern of words that, anywhere in the sentence, show another sense.
        excluded_article: Pattern of words that, three times in the article, show another sense where no counterpart
            (*mit*, *zwischen*) is named.
        roles: Function to role, over those of the file.
        specificity: Decides the type of an event with triggers of two families.
        manner: What the codes need to know: phone, negotiation, conversation, visit, mediation.
        stage: Of an offer: the stage that this trigger names.
        verbs: Verbs of its frame, by lemma: *Bereitschaft bekunden*, *sich bereit erklären*.
    """

    id: str = Field(min_length=1)
    requires: tuple[tuple[Function | Condition, ...], ...] = ()
    excluded: tuple[Pattern, ...] = ()
    excluded_near: Pattern | None = None
    excluded_article: Pattern | None = None
    roles: dict[Function, Role] = {}
    specificity: int = Field(default=1, ge=0, le=3)
    manner: Literal["phone", "negotiation", "conversation", "visit", "mediation", "encounter"] | None = None
    stage: str | None = None
    verbs: tuple[str, ...] = ()


class NounTrigger(Trigger):
    """A noun by the head of its compounds: ``treffen`` finds Treffen, Gipfeltreffen, Präsidententreffens.

    Attributes:
        heads: Last parts of the compound, lower case, without ending.
        endings: Inflection that may follow; the language's own where absent.
        compounds: Whether the head alone, any compound, or only the listed first parts count.
        first_parts: Pattern of the first parts that count (``listed``), else of those that do not.
        number: Which grammatical number counts.
        bare: Whether the noun counts without any of the verbs of its frame.
    """

    heads: tuple[str, ...] = Field(min_length=1)
    endings: tuple[str, ...] | None = None
    compounds: Literal["any", "none", "listed"] = "any"
    first_parts: Pattern | None = None
    number: Literal["any", "singular", "plural"] = "any"
    bare: bool = True

    @cached_property
    def not_first_parts(self) -> re.Pattern[str] | None:
        """Pattern of first parts that make another word, if ``compounds`` is ``any``."""
        return re.compile(self.first_parts) if self.first_parts and self.compounds == "any" else None


class VerbTrigger(Trigger):
    """A verb, with its particle and its irregular forms.

    Attributes:
        lemmas: Infinitives without particle.
        forms: Further forms that the language's regular endings do not give.
        particle: Separable particle, found joined (angeboten) or apart in the clause (bot ... an).
        reflexive: Whether a reflexive pronoun must or must not stand in the clause.
    """

    lemmas: tuple[str, ...] = Field(min_length=1)
    forms: tuple[str, ...] = ()
    particle: str | None = None
    reflexive: Literal["any", "required", "forbidden"] = "any"


class AdjectiveTrigger(Trigger):
    """A predicative adjective such as ``verhandlungsbereit``."""

    forms: tuple[str, ...] = Field(min_length=1)


class TriggerTable(Form):
    """All triggers of one event type in one language."""

    type: str
    roles: dict[Function, Role]
    excluded_near: Pattern | None = None
    sport: Pattern | None = None
    noun: tuple[NounTrigger, ...] = ()
    verb: tuple[VerbTrigger, ...] = ()
    adjective: tuple[AdjectiveTrigger, ...] = ()
