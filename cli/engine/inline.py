"""The extraction in this process; the language pipelines load with the first article."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from cli.engine.done import BROKEN_INSTALLATION, Done, Extracted
from cli.engine.extraction import Extraction
from cli.faults import as_depesche_error
from cli.reading.inputs import Input, Refused
from schemas.article import Article
from schemas.errors import DepescheError


def extract_here(inputs: Iterable[Input], *, explain: bool) -> Generator[Done, None, None]:
    """Extract one article after the other.

    Raises:
        DepescheError: The installation is broken, so that no article could go through.
    """
    extraction = Extraction(explain=explain)
    for each in inputs:
        if isinstance(each, Refused):
            yield Done(each, None)
        else:
            yield Done(each, attempt(extraction, each.article, where=each.where))


def attempt(extraction: Extraction, article: Article, *, where: str) -> Extracted | DepescheError:
    """Extract an article; what is wrong with it alone comes back as an error."""
    try:
        return extraction.run(article)
    except ModuleNotFoundError:
        raise
    except DepescheError as error:
        if error.code in BROKEN_INSTALLATION:
            raise
        return error
    except Exception as error:  # noqa: BLE001 - a fault of ours in one article must not take the others with it
        known = as_depesche_error(error, code="extraction_failed")
        known.message = f"{where}: expected a result, found {known.message}"
        return known
