"""Says how sure we are of an event: a first scoring by what was found around it, not yet calibrated.

Each sign adds to or takes from the log odds that the event is right. The weights are set by judgement (2026-11); they
are to be fitted on articles labelled for it. What they say in words: a verb or light-verb frame with two named parties
is nearly sure, a bare noun with nothing but a time is a guess.
"""

from __future__ import annotations

import math
from dataclasses import replace

from worker.extraction.document import Document, Group

_BASE = -0.6
_TWO_NAMED = 1.6
_ONE_NAMED = 0.8
_TIMED = 0.4
_PLACED = 0.3
_REPEATED = 0.5
_SPECIFIC = 0.5
_OFFER = -0.4
_VAGUE = -0.5


def score_confidence(document: Document) -> Document:
    """Add to each event its confidence."""
    return replace(document, groups=tuple(replace(group, confidence=_confidence(group)) for group in document.groups))


def _confidence(group: Group) -> float:
    named = sum(1 for party in group.parties if party.entity is not None and party.entity.kind != "group")
    odds = _BASE + (_TWO_NAMED if named >= 2 else _ONE_NAMED if group.parties else 0.0)
    odds += _TIMED * (group.when is not None) + _PLACED * (group.where is not None)
    odds += _REPEATED * (len(group.mentions) > 1)
    odds += _SPECIFIC * (max(mention.trigger.specificity for mention in group.mentions) >= 2)
    odds += _OFFER * (group.type == "offer") + _VAGUE * (group.factuality == "possible")
    return round(1 / (1 + math.exp(-odds)), 3)
