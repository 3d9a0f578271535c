"""What a command imports: the start of a short one is mostly imports, so one more is to be decided on."""

import json
import subprocess
import sys

import pytest

ARTICLE = {
    "language": "de",
    "published": "2025-11-05",
    "text": "Am Dienstag trafen sich die Ministerin Nora Feldt und ihr Kollege Luca Arnaud in Bern zu Gesprächen. "
    "Sie bot an, im nächsten Monat wieder zu verhandeln, sagte ein Sprecher.",
}

FOREIGN_TO_EXTRACT = [
    "celery",
    "fastapi",
    "httpx",
    "jinja2",
    "kombu",
    "opentelemetry",
    "redis",
    "requests",
    "rich.console",
    "spacy.cli",
    "structlog",
    "torch",
    "urllib3",
    "weasel",
]
MOST_MODULES = 1_250
"""Time would say more, but depends on the machine."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that ``depesche extract`` of one short article has loaded when it ends."""
    path = tmp_path_factory.mktemp("article") / "a.json"
    path.write_text(json.dumps(ARTICLE), encoding="utf-8")
    code = (
        f"import atexit, sys; sys.argv = ['depesche', 'extract', {str(path)!r}]\n"
        "atexit.register(lambda: print('\\nLOADED', *sorted(sys.modules)))\n"
        "from cli.main import run; run()"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    result, _, modules = done.stdout.rpartition("\nLOADED ")
    assert json.loads(result)["events"], "an article with an event, so that nothing is left out"
    return set(modules.split())


@pytest.mark.parametrize("module", FOREIGN_TO_EXTRACT)
def test_extract_does_without(loaded, module):
    """It takes time and gives nothing to the events of an article."""
    assert module not in loaded


def test_extract_loads_no_more_than_it_did(loaded):
    """Each hundred modules cost about a twentieth of the start."""
    assert len(loaded) <= MOST_MODULES


def test_the_library_without_spacy_is_there_for_times():
    """``depesche times`` needs no parse."""
    code = "import sys, worker.extraction.time; sys.exit('spacy' in sys.modules or 'onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-P", "-c", code], check=False).returncode == 0
