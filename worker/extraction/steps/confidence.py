"""Says how sure we are of an event: the share of such events that are right, from a few signs around it.

Each sign that holds adds its weight to the log odds. The weights are data (``confidence.toml``), fitted on labelled
articles; ``docs/explanation/confidence.md`` tells how. What counts as right: there is such an event in the article, of
this type and at these words. Its fields may still be wrong.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from worker.extraction.document import Document, Evidence, Group, Party
from worker.extraction.errors import PackBroken
from worker.extraction.languages.trigger_forms import Form

FILE = "confidence.toml"
FIELD = "confidence"
"""Name of the field under which an explanation lists the signs."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something about an event that makes it more (``1``) or less (``-1``) likely to be right."""

    direction: Literal[1, -1]
    holds: Callable[[Group, Document], bool]


def _has_proper_name(party: Party) -> bool:
    """Whether a name names it, not a common noun: the keys of those begin with their kind and a colon."""
    return party.entity is not None and party.entity.kind != "group" and ":" not in party.entity.key


def _is_prominent(group: Group, document: Document) -> bool:
    """Whether a headline or the lead speaks of it: news begins with what happened."""
    return any(document.sentences[mention.sentence].section in {"headline", "lead"} for mention in group.mentions)


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        "two_named": Sign(1, lambda group, _: sum(map(_has_proper_name, group.parties)) >= 2),
        "dated": Sign(1, lambda group, _: group.when is not None),
        "placed": Sign(1, lambda group, _: group.where is not None),
        "repeated": Sign(1, lambda group, _: len(group.mentions) >= 2),
        "specific": Sign(1, lambda group, _: max(mention.trigger.specificity for mention in group.mentions) >= 2),
        "prominent": Sign(1, _is_prominent),
        "offer": Sign(-1, lambda group, _: group.is_offer),
        "pointing": Sign(-1, lambda group, _: all(one.is_definite or one.is_anaphor for one in group.mentions)),
    }
)
"""Each with the direction that a reader expects: a fit on few articles may give it no weight, but none against it."""


class Calibration(Form):
    """The fitted weights, and what they were fitted on.

    Attributes:
        fitted: Day of the fit.
        on: The articles it was made from, in words.
        events: Number of found events in them, ``right`` of which are right.
        penalty: Of the ridge, as chosen by leaving out one article at a time.
        base: Log odds of an event without any sign.
        weights: What each sign adds, by its name.
    """

    fitted: date
    on: str
    events: int = Field(ge=0)
    right: int = Field(ge=0)
    penalty: float = Field(gt=0)
    base: float = Field(allow_inf_nan=False)
    weights: dict[str, float]

    @model_validator(mode="after")
    def _has_each_sign_in_its_direction(self) -> Self:
        if odd := self.weights.keys() ^ SIGNS.keys():
            raise ValueError(f"weights: expected exactly {', '.join(SIGNS)}; too many or missing: {sorted(odd)}")
        for name, weight in self.weights.items():
            if not math.isfinite(weight) or weight * SIGNS[name].direction < 0:
                raise ValueError(f"weights.{name}: found {weight}, expected a number of the sign's direction")
        return self


def score_confidence(document: Document) -> Document:
    """Add to each event its confidence, and to its evidence the signs behind it."""
    calibration = read_calibration()
    return replace(document, groups=tuple(_scored(group, document, calibration) for group in document.groups))


@cache
def read_calibration() -> Calibration:
    """Read the fitted weights.

    Raises:
        PackBroken: The file is not of the form; the message names the key.
    """
    text = (files("worker.extraction") / FILE).read_text(encoding="utf-8")
    try:
        return Calibration.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PackBroken(f"{FILE}: {error}") from error


def _scored(group: Group, document: Document, calibration: Calibration) -> Group:
    signs = [name for name, sign in SIGNS.items() if sign.holds(group, document)]
    odds = calibration.base + sum(calibration.weights[name] for name in signs)
    why = [Evidence(FIELD, "base", f"{calibration.base:+.2f}")]
    why += [Evidence(FIELD, name, f"{calibration.weights[name]:+.2f}") for name in signs]
    return replace(group, confidence=round(1 / (1 + math.exp(-odds)), 3), evidence=(*group.evidence, *why))
