"""A language pack: all that is known of a language, read from the TOML files of its folder."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from schemas.catalogue import EVENT_TYPES
from worker.extraction.errors import LanguageUnsupported, PackBroken

from .cue_forms import Countries, FactualityCues, Furniture, Grammar, Nouns, ReportingCues
from .trigger_forms import Trigger, TriggerTable

FormT = TypeVar("FormT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """The data of one language.

    Attributes:
        language: ISO 639-1 code, the folder's name.
        triggers: Event type to its trigger table.
        fingerprint: Of all its files; in every result.
    """

    language: str
    triggers: Mapping[str, TriggerTable]
    grammar: Grammar
    factuality: FactualityCues
    reporting: ReportingCues
    nouns: Nouns
    countries: Countries
    furniture: Furniture
    fingerprint: str


@cache
def load_pack(language: str) -> LanguagePack:
    """Read and check the language pack of a language.

    Args:
        language: ISO 639-1 code.

    Raises:
        LanguageUnsupported: There is no such folder.
        PackBroken: A file does not keep its form; the message names file and key.
    """
    if language not in languages():
        raise LanguageUnsupported(f"expected one of the languages {', '.join(languages())}, found {language!r}")
    return read_pack(files(__package__) / language, language=language)


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that have a pack, in alphabetical order."""
    folders = (folder for folder in files(__package__).iterdir() if folder.is_dir())
    return tuple(sorted(folder.name for folder in folders if (folder / "grammar.toml").is_file()))


def read_pack(folder: Traversable, *, language: str) -> LanguagePack:
    """Read a language pack from a folder; see :func:`load_pack`."""
    return LanguagePack(
        language=language,
        triggers=_read_triggers(folder / "triggers", language=language),
        grammar=_read(folder / "grammar.toml", Grammar, language=language),
        factuality=_read(folder / "factuality.toml", FactualityCues, language=language),
        reporting=_read(folder / "reporting.toml", ReportingCues, language=language),
        nouns=_read(folder / "nouns.toml", Nouns, language=language),
        countries=_read(folder / "countries.toml", Countries, language=language),
        furniture=_read(folder / "furniture.toml", Furniture, language=language),
        fingerprint=_fingerprint(folder),
    )


def _read_triggers(folder: Traversable, *, language: str) -> Mapping[str, TriggerTable]:
    tables: dict[str, TriggerTable] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            table = read_triggers(file, language=language)
            tables[table.type] = table
    return MappingProxyType(tables)


def read_triggers(file: Traversable, *, language: str) -> TriggerTable:
    """Read the triggers of one event type; see :func:`load_pack`."""
    table = _read(file, TriggerTable, language=f"{language}/triggers")
    _check_type(table, file_name=f"languages/{language}/triggers/{file.name}")
    return table


def _check_type(table: TriggerTable, *, file_name: str) -> None:
    if table.type not in EVENT_TYPES:
        raise PackBroken(f"{file_name}: type: expected one of {', '.join(EVENT_TYPES)}, found {table.type!r}")
    allowed = EVENT_TYPES[table.type].roles
    entries: tuple[Trigger, ...] = (*table.noun, *table.verb, *table.adjective)
    for roles in (table.roles, *(entry.roles for entry in entries)):
        for function, role in roles.items():
            if role not in allowed:
                raise PackBroken(f"{file_name}: roles.{function}: expected one of {', '.join(allowed)}, found {role!r}")
    stages = EVENT_TYPES[table.type].stages
    for entry in entries:
        if entry.stage is not None and entry.stage not in stages:
            known = ", ".join(stages) or "none, for this type"
            raise PackBroken(f"{file_name}: {entry.id}: stage: expected {known}, found {entry.stage!r}")


def _read(file: Traversable, form: type[FormT], *, language: str) -> FormT:
    name = f"languages/{language}/{file.name}"
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return form.model_validate(data)
    except FileNotFoundError as error:
        raise PackBroken(f"{name}: the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackBroken(f"{name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise PackBroken(f"{name}: {where}: {first['msg']}") from error


def _fingerprint(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for file in sorted((*folder.iterdir(), *(folder / "triggers").iterdir()), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
