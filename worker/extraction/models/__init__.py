"""The language pipelines: the trained weights that ship, and the way to another spaCy pipeline.

``load_pipeline("de")`` gives a spaCy ``Language`` whose documents follow one scheme whatever stands behind it:
UD relations, universal parts of speech and features, names PER, LOC, ORG, MISC (see ``scheme.py``).
"""

from __future__ import annotations

from .loading import ModelVariant, load_pipeline

__all__ = ["ModelVariant", "load_pipeline"]
