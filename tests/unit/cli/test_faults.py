"""Every error has a code, a sentence and a status."""

import base64
import re
import tomllib
from pathlib import Path

import pytest

from cli.extras import EXTRA_OF_MODULE, describe_missing
from cli.faults import as_depesche_error, build_failure, sentence, status_of
from schemas.errors import Invalid
from schemas.failure_codes import FAILURE_CODES


@pytest.mark.parametrize("code", FAILURE_CODES)
def test_every_code_makes_a_sentence_with_its_remedy(code):
    said = sentence(code, "here: expected this, found that.")
    assert said.startswith(f"{code}: here: expected this, found that. ")
    assert said.endswith(FAILURE_CODES[code].remedy)


def test_every_code_has_a_status_of_its_own():
    statuses = [status_of(code) for code in FAILURE_CODES]
    assert len(set(statuses)) == len(statuses)
    assert not {0, 2, 3} & set(statuses), "success, usage and batches have theirs"


def test_an_unforeseen_error_is_named_by_type_and_place_never_by_its_text():
    def fail():
        raise RuntimeError("GEHEIM")

    with pytest.raises(RuntimeError) as caught:
        fail()
    known = as_depesche_error(caught.value)
    assert known.code == "internal_error"
    assert known.message.startswith("RuntimeError in test_faults.py, line ")
    assert "GEHEIM" not in known.message


def test_a_foreseen_error_stays_itself():
    error = Invalid("a: b", code="text_empty")
    assert as_depesche_error(error) is error


def test_a_failure_keeps_what_came_in():
    failure = build_failure(Invalid("a: b", code="json_invalid"), raw=b"{broken}")
    assert (failure.code, failure.family) == ("json_invalid", "invalid")
    assert base64.b64decode(failure.raw) == b"{broken}"


@pytest.mark.parametrize("module", EXTRA_OF_MODULE)
def test_a_missing_package_is_named_with_all_that_the_command_needs(module):
    """One installation is enough, whichever package is missed first."""
    assert describe_missing(ModuleNotFoundError(name=f"{module}.part"), extra="worker") == (
        f"extra_missing: this command needs the package {module}, which is not installed; "
        "run: pip install 'depesche[worker]'"
    )


def test_every_package_of_an_extra_is_known():
    """What pyproject.toml asks for and nobody knows would end in a traceback."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        re.split(r"[\[<>=,]", requirement)[0].replace("-", "_")
        for extra in ("cli", "ledger", "producer", "worker", "embedded")
        for requirement in project["optional-dependencies"][extra]
        if not requirement.startswith("depesche")
    }
    assert wanted - set(EXTRA_OF_MODULE) == set()


def test_a_missing_module_of_our_own_is_no_missing_extra():
    with pytest.raises(ModuleNotFoundError):
        describe_missing(ModuleNotFoundError(name="worker.extraction.nothing"), extra="worker")
