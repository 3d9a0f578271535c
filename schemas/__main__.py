"""Write the exported JSON Schemas again: ``python -m schemas``."""

from __future__ import annotations

from pathlib import Path

from .export import MAJOR, as_text, json_schemas


def main() -> None:
    """Write one file a schema beside this module."""
    folder = Path(__file__).parent / "jsonschema" / MAJOR
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in json_schemas().items():
        (folder / f"{name}.json").write_text(as_text(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
