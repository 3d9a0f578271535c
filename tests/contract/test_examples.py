"""The examples, the models and the exported schemas say the same."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from schemas import EVENT_TYPES
from schemas.errors import InvalidArticle
from schemas.export import MESSAGES, MODELS, json_schemas
from schemas.reading import read_article

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples" / "v1"
VALID = sorted((EXAMPLES / "valid").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.json"))
EXPECTED_CODES = tomllib.loads((EXAMPLES / "expected_codes.toml").read_text(encoding="utf-8"))
SCHEMAS = json_schemas()
BEYOND_JSON_SCHEMA = {
    "article.no-such-day",
    "article.large-metadata",
    "event.interval-backwards",
    "event.empty-span",
    "failure.wrong-family",
    "result.clock-without-zone",
}


def model_of(path):
    name = path.name.split(".")[0]
    return MODELS[name] if name in MODELS else MESSAGES[name][0]


def schema_errors(path):
    validator = jsonschema.Draft202012Validator(SCHEMAS[path.name.split(".")[0]])
    return list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_example_is_accepted_by_model_and_schema(path):
    model_of(path).model_validate_json(path.read_bytes())
    assert schema_errors(path) == []


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_example_survives_the_model(path):
    """Reading and writing again keeps every field, also those that this version does not know."""
    written = model_of(path).model_validate_json(path.read_bytes()).model_dump(mode="json")
    given = json.loads(path.read_text(encoding="utf-8"))
    assert_contains(written, given)


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_each_event_type_has_an_example(event_type):
    """Readers of another language test against the examples: a new type brings one."""
    path = EXAMPLES / "valid" / f"event.{event_type}.json"
    assert path.is_file(), f"schemas/examples/v1/valid/{path.name}: the file is missing"
    assert json.loads(path.read_text(encoding="utf-8"))["type"] == event_type


def assert_contains(written, given):
    if isinstance(given, dict):
        for key, value in given.items():
            assert_contains(written[key], value)
    elif isinstance(given, list):
        assert len(written) == len(given)
        for one, other in zip(written, given, strict=True):
            assert_contains(one, other)
    else:
        assert written == given


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_example_is_refused_by_the_model(path):
    with pytest.raises(ValueError, match=r"."):
        model_of(path).model_validate_json(path.read_bytes())


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_example_is_refused_by_the_schema_where_it_can_say_so(path):
    assert bool(schema_errors(path)) != (path.stem in BEYOND_JSON_SCHEMA)


@pytest.mark.parametrize("path", [p for p in INVALID if p.stem.startswith("article.")], ids=lambda p: p.stem)
def test_invalid_article_gets_its_code(path):
    with pytest.raises(InvalidArticle) as caught:
        read_article(path.read_bytes())
    assert caught.value.code == EXPECTED_CODES[path.stem]


def test_every_model_has_a_valid_and_an_invalid_example():
    assert {p.name.split(".")[0] for p in VALID} == {*MODELS, *MESSAGES}
    assert {p.name.split(".")[0] for p in INVALID} >= set(MODELS)
