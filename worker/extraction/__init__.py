"""Events out of news articles: a library without queue, network, environment or clock.

>>> from datetime import UTC, datetime
>>> from schemas import Article
>>> from worker.extraction import Extractor
>>> extractor = Extractor(clock=lambda: datetime.now(UTC))
>>> result = extractor.extract(Article(text="Die Minister verhandeln.", language="de"))
>>> result.language
'de'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lean_spacy import spare_commands

if TYPE_CHECKING:
    from .extractor import Explanation, Extractor
    from .models import load_pipeline

__all__ = ["Explanation", "Extractor", "load_pipeline"]

spare_commands()


def __getattr__(name: str) -> Any:
    """Import on first use: spaCy takes a second, which ``depesche --help`` need not."""
    if name in {"Extractor", "Explanation"}:
        from . import extractor  # noqa: PLC0415 - lazily, see above

        return getattr(extractor, name)
    if name == "load_pipeline":
        from .models import load_pipeline  # noqa: PLC0415 - lazily, see above

        return load_pipeline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
