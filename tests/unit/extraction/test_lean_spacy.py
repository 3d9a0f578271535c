"""spaCy without its command line is spaCy all the same."""

import subprocess
import sys

import pytest

CASES = {
    "its command line is not imported": "import spacy, sys; assert 'spacy.cli' not in sys.modules",
    "its command line can be imported afterwards": "import spacy; import spacy.cli; assert spacy.cli.download",
    "its command line can be imported first": "import spacy.cli; assert spacy.cli.download.__module__",
    "its info is the true one": "import spacy; assert spacy.info(silent=True)['spacy_version'] == spacy.__version__",
    "its files and source are found": (
        "import spacy, inspect, importlib.resources as r; inspect.getsource(spacy); "
        "assert (r.files('spacy') / 'about.py').is_file()"
    ),
    "it is imported by us in whatever order": "import worker.extraction.time; from worker.extraction import Extractor",
}


@pytest.mark.parametrize("code", CASES.values(), ids=CASES.keys())
def test_spacy_is_whole(code):
    """Whoever uses it beside Depesche misses nothing."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import worker.extraction; {code}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_spacy_that_is_there_already_is_left_alone():
    """Nothing is put in its way."""
    code = "import spacy, sys; n = len(sys.meta_path); import worker.extraction; assert len(sys.meta_path) == n"
    assert subprocess.run([sys.executable, "-P", "-c", code], check=False).returncode == 0
