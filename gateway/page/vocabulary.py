"""What the page must know of the contract: event types with their labels, and the closed lists of values."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, get_args

from gateway.page.assets import Asset
from schemas.article import Language
from schemas.catalogue import EVENT_TYPES
from schemas.event import Attribution, Factuality, Granularity, ParticipantKind


def vocabulary() -> dict[str, Any]:
    """Give the lists; a new event type of the catalogue shows up here, and on the page, by itself."""
    types = EVENT_TYPES.values()
    return {
        "types": {
            name: {"labels": each.labels.model_dump(), "roles": each.roles, "stages": each.stages}
            for name, each in EVENT_TYPES.items()
        },
        "languages": get_args(Language),
        "factualities": get_args(Factuality),
        "roles": tuple(dict.fromkeys(role for each in types for role in each.roles)),
        "kinds": get_args(ParticipantKind),
        "granularities": get_args(Granularity),
        "stages": tuple(dict.fromkeys(stage for each in types for stage in each.stages)),
        "attributions": get_args(Attribution),
    }


@cache
def vocabulary_asset() -> Asset:
    """Give the lists as a file of the page."""
    return Asset.of(json.dumps(vocabulary(), ensure_ascii=False).encode(), "json")
