"""Says all that a language pack still lacks, by file and key: for those who write one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from schemas.article import Language
from schemas.catalogue import EVENT_TYPES
from worker.extraction.errors import PackBroken
from worker.extraction.time.pack import FILES as TIME_FILES
from worker.extraction.time.pack import TimeWords

from .cue_forms import Countries, FactualityCues, Furniture, Grammar, Nouns, ReportingCues
from .pack import read_triggers
from .trigger_forms import TriggerTable

FORMS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "grammar.toml": Grammar,
        "factuality.toml": FactualityCues,
        "reporting.toml": ReportingCues,
        "nouns.toml": Nouns,
        "countries.toml": Countries,
        "furniture.toml": Furniture,
    }
)
"""File of a pack to what it must hold; the triggers and the words of time have forms of their own."""


@dataclass(frozen=True, slots=True, order=True)
class Lack:
    """Something that a language does not have yet.

    Attributes:
        file: Of the pack, relative to its folder; else relative to the package that holds it.
        key: Where in the file; empty for the file itself.
    """

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.key, self.message)))


def needed_files() -> tuple[str, ...]:
    """Name the files of a complete pack, in the order in which they are best filled."""
    return (*FORMS, *(f"triggers/{name}.toml" for name in EVENT_TYPES), *TIME_FILES)


def find_lacks(folder: Traversable, *, language: str) -> tuple[Lack, ...]:
    """List everything that a language lacks, in the order of its files.

    Args:
        folder: The pack's.
        language: ISO 639-1 code.
    """
    return (*_in_pack(folder, language), *_elsewhere(language))


def _in_pack(folder: Traversable, language: str) -> Iterator[Lack]:
    for name, form in FORMS.items():
        yield from _of_form(folder, (name,), form)
    yield from _in_triggers(folder, language)
    yield from _of_form(folder, TIME_FILES, TimeWords, given={"language": language})


def _of_form(
    folder: Traversable, names: tuple[str, ...], form: type[BaseModel], *, given: Mapping[str, Any] | None = None
) -> Iterator[Lack]:
    """Check what several files hold together; a missing key is laid to the first of them."""
    data: dict[str, Any] = dict(given or {})
    home: dict[str, str] = {}
    for name in names:
        try:
            found = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            yield Lack(name, "", "the file is missing")
            continue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            yield Lack(name, "", f"not valid TOML: {error}")
            continue
        home |= dict.fromkeys(found, name)
        data |= found
    try:
        form.model_validate(data)
    except ValidationError as error:
        for each in error.errors():
            key = ".".join(map(str, each["loc"]))
            message = "the key is missing" if each["type"] == "missing" else each["msg"]
            yield Lack(home.get(str(each["loc"][0]), _home_of(str(each["loc"][0]), names)), key, message)


def _home_of(key: str, names: tuple[str, ...]) -> str:
    """Give the file that a missing key belongs to: of the words of time, the rules and the signs of tense have one."""
    own = {"rule": "time_rules.toml", "direction": "time_direction.toml"}
    return own.get(key, names[0]) if len(names) > 1 else names[0]


def _in_triggers(folder: Traversable, language: str) -> Iterator[Lack]:
    for event_type in EVENT_TYPES:
        name = f"triggers/{event_type}.toml"
        lacks = tuple(_of_form(folder, (name,), TriggerTable))
        yield from lacks
        if not lacks:
            yield from _of_table(folder, name, language)


def _of_table(folder: Traversable, name: str, language: str) -> Iterator[Lack]:
    try:
        table = read_triggers(folder / name, language=language)
    except PackBroken as error:
        yield Lack(name, "", str(error).partition(": ")[2])
        return
    if not (table.noun or table.verb or table.adjective):
        yield Lack(name, "noun", "expected at least one entry under noun, verb or adjective")


def _elsewhere(language: str) -> Iterator[Lack]:
    """Check what a language needs beside its folder."""
    package = files("worker.extraction")
    shipped = tomllib.loads((package / "models" / "shipped.toml").read_text(encoding="utf-8"))
    for variant in ("accurate", "small"):
        if variant not in shipped.get(language, {}):
            yield Lack("worker/extraction/models/shipped.toml", f"{language}.{variant}", "the pipeline is missing")
    detection = tomllib.loads((package / "languages" / "detection.toml").read_text(encoding="utf-8"))
    if language not in detection["function_words"]:
        yield Lack("worker/extraction/languages/detection.toml", f"function_words.{language}", "the key is missing")
    if language not in get_args(Language):
        yield Lack("schemas/article.py", "Language", f"the contract does not accept {language!r} yet")
