"""The description of the streams is read without complaint by AsyncAPI's own parser, schemas included."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".venv" / "npm" / "node_modules"
READ = """
const { Parser, fromFile } = require("@asyncapi/parser");
fromFile(new Parser(), process.argv[1]).parse().then(({ document, diagnostics }) => console.log(JSON.stringify({
  faults: diagnostics.filter((each) => each.severity < 2).map((each) => `${each.path.join(".")}: ${each.message}`),
  messages: Object.fromEntries((document?.allMessages().all() ?? []).map((message) => [
    message.name(), [message.schemaFormat(), message.payload()?.json().schema?.$id],
  ])),
})));
"""


@pytest.fixture(scope="module")
def parsed():
    node = shutil.which("node")
    if node is None or not (MODULES / "@asyncapi" / "parser").is_dir():
        pytest.skip("the parser is not installed; make test-api does it, where there is npm")
    done = subprocess.run(
        [node, "-e", READ, ROOT / "schemas" / "asyncapi.yaml"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "NODE_PATH": str(MODULES)},
    )
    return json.loads(done.stdout)


def test_parser_finds_no_fault(parsed):
    assert parsed["faults"] == []


def test_every_message_has_its_schema(parsed):
    schemas = {name: schema for name, (_, schema) in parsed["messages"].items()}
    assert schemas == {
        "article": "urn:depesche:v1:article",
        "depesche.event.v1": "urn:depesche:v1:event-message",
        "depesche.event.retracted.v1": "urn:depesche:v1:retraction-message",
        "depesche.result.v1": "urn:depesche:v1:result-message",
        "depesche.failure.v1": "urn:depesche:v1:failure-message",
    }
    assert {form for form, _ in parsed["messages"].values()} == {"application/schema+json;version=2020-12"}
