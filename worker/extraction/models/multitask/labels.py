"""The label sets of a multi-task model, as its folder lists them."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

ABSENT = "-"
"""The value of a feature that a word does not have; always the first."""


class ModelLabels(BaseModel):
    """Every label by its index.

    Attributes:
        relations: UD relations; "root" is one of them.
        upos: Parts of speech.
        features: Values by feature name.
        names: BIO tags.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    relations: tuple[str, ...]
    upos: tuple[str, ...]
    features: dict[str, tuple[str, ...]]
    names: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> ModelLabels:
        """Read ``labels.json`` of a model folder."""
        return cls.model_validate_json(path.read_bytes())
