"""The errors of the extraction.

Invalid
└── LanguageUnsupported   neither German nor English
Defect
├── PackBroken            a data file of a language pack does not keep its form
├── ChainBroken           a step needs what no step before it adds
├── ModelMissing          a language pipeline is not installed or lacks a file
└── ModelInvalid          a language pipeline has the wrong hash, version or labels
"""

from __future__ import annotations

from schemas.errors import Defect, Invalid


class LanguageUnsupported(Invalid):
    """The article's language has no language pack."""

    default_code = "language_unsupported"


class PackBroken(Defect):
    """A data file of a language pack does not keep its form; the installation is broken."""

    default_code = "data_file_invalid"


class ChainBroken(Defect):
    """The steps do not fit together; found when the extractor is built, before the first text."""

    default_code = "extraction_failed"


class ModelMissing(Defect):
    """A language pipeline is not installed, or one of its files is not there."""

    default_code = "model_missing"


class ModelInvalid(Defect):
    """A language pipeline has the wrong hash, version, language or labels."""

    default_code = "model_invalid"
