"""The time words and rules of a language, read from its TOML files and checked."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worker.extraction.errors import LanguageUnsupported, PackBroken

LANGUAGES_PACKAGE = "worker.extraction.languages"
FILES = ("time_words.toml", "time_rules.toml", "time_direction.toml")
Words = Annotated[list[str], Field(min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Numbers(_Form):
    """How a language writes numbers.

    Attributes:
        words: Number word to its value.
        tens: The words of 20 to 90, which combine with the units.
        units: The words of 1 to 9 as they stand in compounds.
        join: What stands between them.
        units_first: Whether it is five-and-twenty.
        digits: Pattern of a number in digits.
        thousands: Characters that group thousands.
        decimal: The decimal mark.
    """

    words: dict[str, float]
    tens: dict[str, int]
    units: dict[str, int]
    join: list[str]
    units_first: bool
    digits: str
    thousands: str
    decimal: str


class RuleEntry(_Form):
    """One rule: a pattern and the resolver that reads its groups.

    Attributes:
        name: Unique; the ``rule`` of what it finds.
        pattern: Over the lower-cased text. ``{table}`` is a word of a table, a group of that name; a digit after
            it tells two of them apart. A plain space is a gap, which may hold one line break.
        resolve: Name of the resolver.
        args: Constants for the resolver.
        capital: Group that must start with a capital letter.
        small: Group that must not start with a capital letter, but may at the start of a sentence.
        not_after: Must not match right before.
        not_before: Must not match right behind.
        after: Must match right before.
        no_noun_behind: No capitalised word may follow ("1800 Menschen").
    """

    name: str
    pattern: str
    resolve: str
    args: dict[str, str] = {}
    capital: str | None = None
    small: str | None = None
    not_after: str | None = None
    not_before: str | None = None
    after: str | None = None
    no_noun_behind: bool = False


class Relations(_Form):
    """Prepositions before an expression, as patterns, by the relation they give."""

    since: str
    until: str
    before: str
    after: str
    about: str
    within: str
    ago: str
    ahead: str
    purpose: str
    origin: str
    habit: str


class TenseSigns(_Form):
    """The signs of tense and mood in a clause, for texts without a parse.

    Attributes:
        past, future, present: Verb forms and adverbs that say it alone.
        planned: Words that put what they go with into the future, whatever the tense.
        planned_adjectives: The same, but only in a clause without a past tense.
        infinitive_mark, infinitives: A particle that looks ahead when such a verb follows ("to meet on Friday").
        essay_length: Characters from which a text without day_words is one that speaks of no single days; 0: never.
        perfect: Auxiliaries that make a past together with a participle.
        participle, preterite, present_ending: Patterns of regular forms.
        participle_or_present: Of forms that are a participle beside an auxiliary and present tense without.
        not_verbs: Words that only look like one of these.
        borders: Pattern of what ends a clause.
        nearest_left: Whether the verb before an expression governs it rather than one behind it.
        passive_after: Words behind which a regular form is a participle ("will be signed").
        until_today: Prepositions with which "today" is the day itself.
        general: Words in whose company "today" means nowadays.
        future_lemmas, planning_lemmas: For texts with a parse: auxiliaries of the future; verbs that plan.
    """

    past: list[str]
    future: list[str]
    present: list[str]
    planned: list[str]
    planned_adjectives: list[str]
    infinitive_mark: str
    infinitives: str
    perfect: list[str]
    participle: str
    participle_or_present: str
    preterite: str
    present_ending: str
    not_verbs: list[str]
    borders: str
    nearest_left: bool
    passive_after: list[str]
    until_today: str
    general: list[str]
    essay_length: int
    day_words: str
    future_lemmas: list[str]
    perfect_lemmas: list[str]


class TimeWords(_Form):
    """Everything that the time layer knows of a language.

    Attributes:
        words: Table name, then canonical value, then the forms in lower case.
        fragments: Named pieces of patterns.
        ago_is_date: Whether "two weeks ago" is a DATE (English) or a DURATION with a place in time (German).
        next_words: The words that mean "next", which is ambiguous within two days.
        range_link, range_and, range_openers: What joins two ends of a range; "and" does only after an opener.
        range_between: What joins two weekdays so that the second follows the first.
        clock_link: What may stand between a day and its clock time.
    """

    language: str
    words: dict[str, dict[str, Words]]
    fragments: dict[str, str]
    numbers: Numbers
    relations: Relations
    direction: TenseSigns
    next_words: list[str]
    range_link: str
    range_and: list[str]
    range_between: str
    range_openers: str
    clock_link: str
    ago_is_date: bool
    rule: list[RuleEntry]


@cache
def load_time_words(language: str) -> TimeWords:
    """Read and check the time words of a language.

    Raises:
        LanguageUnsupported: There are none for it.
        PackBroken: A file is missing or does not keep its form; the message names file and key.
    """
    folder = files(LANGUAGES_PACKAGE) / language
    if not (folder / FILES[0]).is_file():
        raise LanguageUnsupported(f"expected a language with {FILES[0]}, found {language!r}")
    data: dict[str, Any] = {"language": language}
    for name in FILES:
        try:
            data |= tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PackBroken(f"languages/{language}/{name}: expected valid TOML: {error}") from error
    try:
        return TimeWords.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise PackBroken(f"languages/{language}/time_*.toml: {where}: {first['msg']}") from error
