"""The exported files are those of the models, complete and relocatable."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from schemas import names
from schemas.catalogue import EVENT_TYPES, CatalogueBroken, _check_kin, _read
from schemas.export import as_text, exported, json_schemas

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("name", json_schemas())
def test_exported_schema_is_that_of_the_model(name):
    """``make schema`` was run after the last change."""
    assert exported(name) == as_text(json_schemas()[name])


@pytest.mark.parametrize("name", json_schemas())
def test_schema_is_valid_and_names_itself(name):
    schema = json_schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:depesche:v1:{name}"


def test_no_other_schema_file_is_shipped():
    assert {p.stem for p in (SCHEMAS / "jsonschema" / "v1").glob("*")} == set(json_schemas())


def test_what_comes_in_is_closed_and_what_goes_out_is_open():
    schemas = json_schemas()
    assert schemas["article"]["additionalProperties"] is False
    for name in set(schemas) - {"article"}:
        assert schemas[name].get("additionalProperties") is True


def test_package_can_be_vendored_under_another_name(tmp_path, monkeypatch):
    """A consumer may have its own ``schemas``: ours imports relatively only."""
    shutil.copytree(SCHEMAS, tmp_path / "depesche_contract", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(str(tmp_path))
    vendored = importlib.import_module("depesche_contract")
    assert vendored.Article(text="Sie trafen sich.").text == "Sie trafen sich."
    assert vendored.Article.__module__ == "depesche_contract.article"


def test_import_loads_pydantic_alone():
    """The base install is the contract: no queue, no model, no command line behind it."""
    code = "import sys, schemas; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not loaded & {"celery", "redis", "spacy", "typer", "rich", "dateparser", "numpy"}


def test_asyncapi_names_every_stream_and_message():
    document = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text(encoding="utf-8"))
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert addresses == {names.STREAM_ARTICLES, names.STREAM_EVENTS, names.STREAM_RESULTS, names.STREAM_FAILURES}
    references = re.findall(
        r"\./jsonschema/v1/([a-z-]+)\.json", (SCHEMAS / "asyncapi.yaml").read_text(encoding="utf-8")
    )
    assert set(references) == {"article", "event-message", "retraction-message", "result-message", "failure-message"}
    assert set(references) <= set(json_schemas())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("name = ", "not valid TOML", id="broken TOML"),
        pytest.param('name = "x"\ncolour = 1', "description", id="missing key"),
        pytest.param(
            'name="y"\ndescription="d"\nroles=["a"]\ndefault_role="a"\n[labels]\nde="d"\nen="e"',
            "name",
            id="other name",
        ),
        pytest.param(
            'name="x"\ndescription="d"\nroles=["a"]\ndefault_role="b"\n[labels]\nde="d"\nen="e"',
            "default_role",
            id="role",
        ),
    ],
)
def test_broken_catalogue_file_is_named_with_its_key(text, told):
    with pytest.raises(CatalogueBroken, match=rf"event_types/x\.toml: .*{told}"):
        _read("x.toml", text)


def test_kin_of_no_type_is_named():
    """A misspelt type among the kin stops the start."""
    event_type = EVENT_TYPES["talks"].model_copy(update={"kin": ("meting",)})
    with pytest.raises(CatalogueBroken, match=r"event_types/talks\.toml: kin: .*meting"):
        _check_kin({"talks": event_type})


def test_catalogue_holds_the_ontology():
    """The three types are there; an installation may have more."""
    assert set(EVENT_TYPES) >= {"meeting", "offer", "talks"}
    assert EVENT_TYPES["offer"].roles == ("offerer", "addressee")
    assert len(EVENT_TYPES["offer"].stages) == 6
