"""The steps in their order: each declares what it needs and adds, and the chain is checked before the first text."""

from __future__ import annotations

from collections.abc import Callable

from worker.extraction.document import Document

from .confidence import score_confidence
from .coreference import resolve_references
from .factuality import judge_factuality
from .fields import fill_fields
from .implied import imply_parties
from .merge import merge_mentions
from .names import find_names
from .participants import find_participants
from .places import find_places
from .requirements import keep_events
from .sources import find_sources
from .stages import find_stages
from .step import Step
from .times import attach_times
from .topics import find_topics
from .triggers import find_triggers

_PARSED = frozenset({"passages", "sentences"})


def _step(name: str, run: Callable[[Document], Document], needs: set[str], adds: set[str]) -> Step:
    return Step(name, _PARSED | frozenset(needs), frozenset(adds), run)


STEPS: tuple[Step, ...] = (
    _step("triggers", find_triggers, set(), {"candidates"}),
    _step("names", find_names, set(), {"names"}),
    _step("topics", find_topics, {"candidates"}, {"topics"}),
    _step("times", attach_times, {"candidates"}, {"times"}),
    _step("participants", find_participants, {"candidates", "names"}, {"parties"}),
    _step("coreference", resolve_references, {"parties", "names"}, {"entities"}),
    _step("places", find_places, {"entities", "names"}, {"places"}),
    _step("requirements", keep_events, {"entities", "topics", "places", "times"}, {"mentions"}),
    _step("factuality", judge_factuality, {"mentions", "times"}, {"factuality"}),
    _step("stages", find_stages, {"mentions"}, {"stages"}),
    _step("sources", find_sources, {"mentions", "factuality", "names"}, {"sources"}),
    _step("merge", merge_mentions, {"mentions", "entities", "times"}, {"groups"}),
    _step("implied", imply_parties, {"groups", "entities"}, {"implied"}),
    _step("fields", fill_fields, {"groups", "implied", "factuality", "stages", "sources"}, {"fields"}),
    _step("confidence", score_confidence, {"fields"}, {"confidence"}),
)
"""From triggers to confidence; the codes are given when the contract's events are made."""
