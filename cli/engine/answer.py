"""What a process that extracts says of an article, as a line of JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from cli.engine.done import Extracted
from cli.faults import as_depesche_error
from cli.table.explanation import Evidence
from schemas.errors import Defect, DepescheError, Invalid, Transient
from schemas.failure_codes import FAILURE_CODES
from schemas.result import Result


class Told(BaseModel):
    """An error by what can be told of it.

    Attributes:
        module: The package that is missing, if that is the error.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    message: str
    module: str | None = None

    def as_error(self) -> DepescheError | ModuleNotFoundError:
        """Make the error again."""
        if self.module is not None:
            return ModuleNotFoundError(self.message, name=self.module)
        classes = {"invalid": Invalid, "transient": Transient, "defect": Defect}
        return classes[FAILURE_CODES[self.code].family](self.message, code=self.code)


class Answer(BaseModel):
    """One of the three.

    Attributes:
        result: What was found, with the evidence by event id where it was asked for.
        error: Why nothing came of this article.
        fatal: Why nothing would come of any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    result: Result | None = None
    evidence: dict[str, tuple[Evidence, ...]] = {}
    error: Told | None = None
    fatal: Told | None = None

    @classmethod
    def of(cls, outcome: Extracted | DepescheError) -> Answer:
        """Answer with what became of an article."""
        if isinstance(outcome, Extracted):
            return cls(result=outcome.result, evidence=dict(outcome.evidence))
        return cls(error=Told(code=outcome.code, message=outcome.message))

    @classmethod
    def of_fatal(cls, error: DepescheError | ModuleNotFoundError) -> Answer:
        """Answer with what ends the run."""
        known = as_depesche_error(error)
        return cls(fatal=Told(code=known.code, message=known.message, module=getattr(error, "name", None)))

    def outcome(self) -> Extracted | DepescheError:
        """Give what became of the article.

        Raises:
            DepescheError: Nothing would come of any.
            ModuleNotFoundError: A package is missing.
        """
        if self.fatal is not None:
            raise self.fatal.as_error()
        if self.result is not None:
            return Extracted(self.result, self.evidence)
        error = (self.error or Told(code="internal_error", message="expected an answer, found none")).as_error()
        assert isinstance(error, DepescheError)  # noqa: S101 - only what is fatal names a module
        return error
