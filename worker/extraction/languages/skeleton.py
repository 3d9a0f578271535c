"""Writes the files of a new language pack, every key in its place with what it means, for a person to fill."""

from __future__ import annotations

import json
import re
import textwrap
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.catalogue import EVENT_TYPES
from worker.extraction.time.pack import TenseSigns, TimeWords

from .checking import FORMS, needed_files
from .pack import languages

_WIDTH = 118
_EXAMPLE = 100
_ELSEWHERE = frozenset({"language", "rule", "direction"})
"""Keys of the words of time that are the folder's name or have a file of their own."""

_TIME_RULES = (
    "The temporal grammar: patterns over the lower-cased text; a plain space is a gap, {table} a word of a table of "
    "time_words.toml. The first rule that matches at a place wins. Every key is explained in worker/extraction/time/"
    "pack.py; the resolvers are those of worker/extraction/time/resolving/."
)
_KEY_OF_DOCSTRING = re.compile(r"^ {4}(\w+(?:, \w+)*): (.*(?:\n {6,}.*)*)", re.MULTILINE)


def write_skeleton(folder: Path) -> tuple[Path, ...]:
    """Write a language pack that lacks every value but no key.

    Args:
        folder: Of the language, named by its ISO 639-1 code; what it already holds is kept.

    Returns:
        The files that were written, in the order in which they are best filled.
    """
    written = []
    for name in needed_files():
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_content(name), encoding="utf-8")
            written.append(path)
    return tuple(written)


def _content(name: str) -> str:
    if name.startswith("triggers/"):
        return _triggers(Path(name).stem)
    if name == "time_rules.toml":
        return f"{_wrapped(_TIME_RULES)}\n\n# [[rule]]\n# name = ''\n# pattern = ''\n# resolve = ''\n"
    if name == "time_direction.toml":
        head = _wrapped("The signs of tense and mood in a clause. Take the # from a key when you give it its value.")
        return "\n".join((head, "[direction]", "", *_keys(TenseSigns, name, within="direction")))
    form = FORMS.get(name, TimeWords)
    head = _wrapped(f"{_first_line(form)} Take the # from a key when you give it its value.")
    return "\n".join((head, "", *_keys(form, name)))


def _triggers(event_type: str) -> str:
    known = EVENT_TYPES[event_type]
    lines = (
        _wrapped(f"The words that name this event: {known.description}"),
        _wrapped(f"Every key is explained in trigger_forms.py. Roles: {', '.join(known.roles)}."),
        f'type = "{event_type}"',
        "",
        "[roles]",
        "# What a party is that stands beside the trigger in this function.",
        f'# subject = "{known.default_role}"',
        "",
        "# [[noun]]",
        '# id = ""',
        "# heads = []",
        "# requires = []",
        "",
        "# [[verb]]",
        '# id = ""',
        "# lemmas = []",
        "# requires = []",
    )
    return "\n".join(lines) + "\n"


def _keys(form: type[BaseModel], name: str, *, within: str | None = None) -> Iterator[str]:
    """Give one comment a key, with what other languages have there; tables come last, as TOML wants it."""
    told = dict(_docstring_keys(form))
    fields = sorted(form.model_fields.items(), key=lambda item: _is_table(item[1]))
    for key, field in fields:
        if key in _ELSEWHERE:
            continue
        meaning = field.description or told.get(key, "")
        if meaning:
            yield _wrapped(meaning)
        yield from (f"#   {line}" for line in _examples(name, key, within=within))
        yield from ((f"# [{key}]", "") if _is_table(field) else (f"# {key} = {_empty(field)}", ""))


def _examples(name: str, key: str, *, within: str | None) -> Iterator[str]:
    for language in languages():
        file = files(__package__) / language / name
        data = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        value = (data.get(within, {}) if within else data).get(key)
        if value is not None:
            line = f"{language}: {json.dumps(value, ensure_ascii=False)}"
            yield line if len(line) <= _EXAMPLE else f"{line[:_EXAMPLE]} ..."


def _docstring_keys(form: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for names, meaning in _KEY_OF_DOCSTRING.findall(form.__doc__ or ""):
        for name in names.split(", "):
            yield name, " ".join(meaning.split())


def _first_line(form: type[BaseModel]) -> str:
    return (form.__doc__ or "").partition("\n")[0].replace("``", "")


def _is_table(field: FieldInfo) -> bool:
    kind = str(field.annotation)
    return kind.startswith("dict[") or "pack." in kind


def _empty(field: FieldInfo) -> str:
    kind = str(field.annotation)
    if "Literal[" in kind:
        return f'"" {"".join(kind.partition("Literal")[1:]).replace("Literal", "# one of ").replace("typing.", "")}'
    if kind.startswith(("tuple[", "list[")):
        return "[]"
    return "false" if "bool" in kind else "0" if "int" in kind else "''"


def _wrapped(text: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(text, _WIDTH))
