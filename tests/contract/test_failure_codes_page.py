"""The page of failure codes says what the table of the contract says.

Rewrite it after a change of the table: ``DEPESCHE_REWRITE_DOCS=1 pytest tests/contract/test_failure_codes_page.py``.
"""

import os
from pathlib import Path

from schemas.failure_codes import FAILURE_CODES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "failure-codes.md"
HEAD = """# Failure codes

Every article that cannot be processed gives one [failure](contract.md), and every command that fails prints one
sentence; both carry one of these codes. A code is never renamed and never reused, so programs may rely on it.

* **invalid**: what came in does not keep the contract. A retry does not help.
* **transient**: something that Depesche depends on failed. The same call may work later.
* **defect**: a fault of Depesche or of its installation. Please report it.

The last column is the exit status of a command where this is all that went wrong. Besides: 0 all went through,
2 wrong usage, 3 some of many articles failed while the others went through, 130 interrupted by Ctrl-C,
141 the reader of the output went away (`| head`).

| code | family | what it means | what mends it | exit status |
|---|---|---|---|---|
"""


def expected_page():
    rows = (
        f"| `{code}` | {entry.family} | {entry.meaning} | {entry.remedy} | {entry.exit_status} |\n"
        for code, entry in FAILURE_CODES.items()
    )
    return HEAD + "".join(rows)


def test_the_page_lists_every_code():
    if os.environ.get("DEPESCHE_REWRITE_DOCS"):
        PAGE.write_text(expected_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == expected_page()
