"""The page about HTTP says what the code says. Rewrite its tables with DEPESCHE_REWRITE_DOCS=1."""

import os
import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from consumer.webhook.settings import WebhookSettings
from gateway.problems import STATUS
from gateway.settings import GatewaySettings
from ledger.settings import LedgerSettings

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "http.md"


def own(kind):
    return {name: field for name, field in kind.model_fields.items() if name not in LedgerSettings.model_fields}


def shown(field):
    if field.default is None or field.default is PydanticUndefined:
        return "not set"
    if isinstance(field.default, tuple):
        return f"`[{', '.join(f'{each:g}' for each in field.default)}]`"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def table(kind):
    rows = [
        f"| `DEPESCHE_{name.upper()}` | {shown(field)} | {field.description} |" for name, field in own(kind).items()
    ]
    return "\n".join(["| variable | default | |", "|---|---|---|", *rows])


@pytest.mark.parametrize(("name", "kind"), [("gateway", GatewaySettings), ("webhook", WebhookSettings)])
def test_settings_are_listed_with_their_defaults(name, kind):
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"(?<=<!-- {name} -->\n)(.*?)(?=<!-- end -->)", text, re.DOTALL)
    expected = table(kind) + "\n"
    if os.environ.get("DEPESCHE_REWRITE_DOCS"):
        PAGE.write_text(text[: found.start()] + expected + text[found.end() :], encoding="utf-8")
        return
    assert found.group(1) == expected


def test_addresses_are_those_of_the_document(http):
    text = PAGE.read_text(encoding="utf-8")
    paths = http.get("/openapi.json").json()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    named = {
        each.replace("{id}", "{X}").replace("{name}", "{X}")
        for each in re.findall(r"`((?:GET|POST|DELETE) /[^`?]+)`", text)
    }
    assert {re.sub(r"\{\w+\}", "{X}", each) for each in operations} <= named


@pytest.mark.parametrize(
    "name", ["type", "factuality", "participant", "country", "from", "to", "since", "article", "limit", "cursor"]
)
def test_parameters_are_those_of_the_document(http, name):
    parameters = http.get("/openapi.json").json()["paths"]["/v1/events"]["get"]["parameters"]
    assert name in {each["name"] for each in parameters}
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("status", sorted(set(STATUS.values()) | {422, 500, 503}))
def test_every_status_is_explained(status):
    table_of_errors = PAGE.read_text(encoding="utf-8").partition("## Errors")[2].partition("## Articles")[0]
    assert str(status) in table_of_errors
