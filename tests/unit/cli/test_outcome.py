"""The exit status says what went wrong."""

import pytest

from cli.outcome import Outcome

CASES = {
    "all-went-through": (Outcome(is_batch=True, done=3), 1, 0),
    "nothing-came": (Outcome(is_batch=True), 1, 0),
    "single-article": (Outcome(is_batch=False, failed_articles=["date_invalid"]), 1, 15),
    "single-file-missing": (Outcome(is_batch=False, failed_files=["file_not_found"]), 1, 4),
    "jsonl-with-a-bad-line": (Outcome(is_batch=True, done=2, failed_articles=["json_invalid"]), 1, 3),
    "jsonl-of-one-bad-line": (Outcome(is_batch=True, failed_articles=["json_invalid"]), 1, 3),
    "jsonl-file-missing": (Outcome(is_batch=True, failed_files=["file_not_found"]), 1, 4),
    "jsonl-file-breaks-off": (Outcome(is_batch=True, done=2, failed_files=["file_unreadable"]), 1, 3),
    "two-files-one-missing": (Outcome(is_batch=True, done=1, failed_files=["file_not_found"]), 2, 3),
    "two-files-both-missing": (Outcome(is_batch=True, failed_files=["file_not_found", "file_not_found"]), 2, 3),
}


@pytest.mark.parametrize(("outcome", "files", "status"), CASES.values(), ids=CASES)
def test_status_of_a_run(outcome, files, status):
    assert outcome.status(files=files) == status
