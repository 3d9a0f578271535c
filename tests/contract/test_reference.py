"""The reference page names every field and value of the contract."""

import re
from pathlib import Path
from typing import get_args

import pytest

from schemas import EVENT_TYPES, names
from schemas.event import Attribution, Factuality, Granularity, ParticipantKind, Relation, Section, SourceKind
from schemas.export import MODELS, json_schemas

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "contract.md").read_text(encoding="utf-8")
WORDS = {word.rstrip(".:") for word in re.findall(r"[\w:.]+", PAGE)}


def fields():
    for name in MODELS:
        schema = json_schemas()[name]
        for part in [schema, *schema.get("$defs", {}).values()]:
            yield from part.get("properties", {})


@pytest.mark.parametrize("field", sorted(set(fields())))
def test_page_names_field(field):
    assert field in WORDS


VALUES = [
    v
    for t in (Attribution, Factuality, Granularity, ParticipantKind, Relation, Section, SourceKind)
    for v in get_args(t)
]


@pytest.mark.parametrize("value", sorted({*VALUES, *EVENT_TYPES, *(r for t in EVENT_TYPES.values() for r in t.roles)}))
def test_page_names_value(value):
    assert value in WORDS


@pytest.mark.parametrize(
    "name", [v for k, v in vars(names).items() if k.startswith(("STREAM_", "CE_")) and k != "CE_SOURCE"]
)
def test_page_names_stream_and_type(name):
    assert name in WORDS
