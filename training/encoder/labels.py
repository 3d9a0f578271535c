"""The label sets of the multi-task model, collected from the training data and kept in one JSON file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from training.sentence import NEARLY_NAMES, Sentence

NONE = "-"
"""The value of a feature that a word does not have."""
NAME_TAGS = ("O", *(f"{place}-{label}" for label in ("PER", "LOC", "ORG", "MISC", *NEARLY_NAMES) for place in "BI"))
_MIN_RELATION, _MIN_FEATURE_VALUE = 3, 5


@dataclass(frozen=True)
class Labels:
    """Every label by its index.

    Attributes:
        relations: UD relations.
        upos: Parts of speech.
        features: Values by feature name; index 0 is "has it not".
        names: BIO tags.
    """

    relations: tuple[str, ...]
    upos: tuple[str, ...]
    features: dict[str, tuple[str, ...]]
    names: tuple[str, ...] = NAME_TAGS

    def write(self, path: Path) -> None:
        """Keep as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Labels:
        """Read what ``write`` kept."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        features = {name: tuple(values) for name, values in stored["features"].items()}
        return cls(tuple(stored["relations"]), tuple(stored["upos"]), features, tuple(stored["names"]))


def collect_labels(sentences: Iterable[Sentence]) -> Labels:
    """The labels that occur often enough to be learned."""
    relations: Counter[str] = Counter()
    upos: Counter[str] = Counter()
    features: dict[str, Counter[str]] = {}
    for sentence in sentences:
        relations.update(sentence.deps or ())
        upos.update(sentence.upos or ())
        for feats in sentence.feats or ():
            for pair in filter(None, feats.split("|")):
                name, value = pair.split("=")
                features.setdefault(name, Counter())[value] += 1
    return Labels(
        relations=tuple(sorted(name for name, count in relations.items() if count >= _MIN_RELATION)),
        upos=tuple(sorted(upos)),
        features={
            name: (NONE, *sorted(value for value, count in values.items() if count >= _MIN_FEATURE_VALUE))
            for name, values in sorted(features.items())
        },
    )
