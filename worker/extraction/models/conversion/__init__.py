"""Brings the label schemes of other spaCy pipelines to ours, driven by tables in the language packs."""
