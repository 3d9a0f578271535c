"""How a run over articles went, and the exit status that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cli.faults import status_of

STATUS_OK: Final = 0
STATUS_SOME_FAILED: Final = 3


@dataclass
class Outcome:
    """Counts what went through and keeps the codes of what did not.

    Attributes:
        is_batch: The input may hold many articles: a JSONL file, or more than one file.
    """

    is_batch: bool
    done: int = 0
    failed_articles: list[str] = field(default_factory=list)
    failed_files: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many articles and files failed."""
        return len(self.failed_articles) + len(self.failed_files)

    def status(self, *, files: int = 1) -> int:
        """Give the exit status.

        Args:
            files: How many inputs were named.

        Returns:
            0 where all went through; the status of the one code where the only article or file failed;
            3 where some of many failed.
        """
        if not self.failed:
            return STATUS_OK
        if not self.is_batch:
            return status_of((self.failed_files + self.failed_articles)[0])
        only_file_failed = files == 1 and self.failed_files and not self.done and not self.failed_articles
        return status_of(self.failed_files[0]) if only_file_failed else STATUS_SOME_FAILED
