"""The compiled grammar of a language: one expression set, tried where a time word is near."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import regex

from worker.extraction.errors import PackBroken

from .numerals import Numerals, build_numerals
from .openings import BEGINNING, LONGEST, build_openings
from .pack import RuleEntry, TimeWords, load_time_words

# A gap between two words: some blanks, or one line break (never a blank line: that is another paragraph).
GAP = r"(?:[ \t\xa0\u202f]{1,4}|[ \t]{0,3}\r?\n[ \t]{0,3})"
_PLACEHOLDER = re.compile(r"\{(?P<name>[a-z_]+)(?P<twin>\d?)(?:>(?P<group>[a-z_]+\d?))?\}")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NAMED_GROUP = re.compile(r"\(\?P<[a-z_0-9]+>")
_LEFT_BORDER = r"(?<![\w§$€£])(?<!\d[.,:])"
_RIGHT_BORDER = r"(?!\w)"
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"„“»«'‚›‹–—])[ \t]*$|^[ \t]*$")
_MORE = r"(?=[^\W_])"
_NOUN_BEHIND = re.compile(r" [A-ZÄÖÜ][a-zäöüß]+")
_SIGHT = 48  # characters before an expression that a guard may look at


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to use.

    Attributes:
        source: Its expression.
        opening: The same as far as the first letters of a text can tell: the words of its tables are cut behind them.
    """

    entry: RuleEntry
    source: str
    opening: str
    tables: Mapping[str, tuple[str, ...]]
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text where a rule matches.

    Attributes:
        groups: The words of each group, lower-case; only those that took part.
        start, end: The extent of the expression.
    """

    rule: Rule
    start: int
    end: int
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is compiled of a language.

    Attributes:
        openings: From a word to the numbers of the rules that may begin with it.
        canonical: From table and form to the canonical value.
    """

    words: TimeWords
    numerals: Numerals
    rules: tuple[Rule, ...]
    openings: Callable[[str], tuple[int, ...]]
    canonical: Mapping[str, Mapping[str, str]]
    month_names: Mapping[int, str]
    range_behind: re.Pattern[str]
    range_between: re.Pattern[str]

    def find_hits(self, text: str, lowered: str) -> Iterator[Hit]:
        """Yield what the rules match, from left to right, without overlaps."""
        done = 0
        for token in _TOKEN.finditer(lowered):
            start = token.start()
            if start < done:
                continue
            numbers = self.openings(lowered[start : start + BEGINNING])
            if numbers and not token.group().isdecimal():
                # Few words get here. Behind a number anything may stand: its beginnings are rarely met again.
                numbers = self.openings(lowered[start : start + LONGEST])
            hit = self._hit_at(text, lowered, start, numbers) if numbers else None
            if hit is not None:
                done = max(hit.end, token.end())
                yield hit

    def _hit_at(self, text: str, lowered: str, start: int, numbers: tuple[int, ...]) -> Hit | None:
        for number in numbers:
            hit = _accept(self.rules[number], text, lowered, start)
            if hit is not None:
                return hit
        return None

    def canon(self, hit: Hit, group: str) -> str | None:
        """Give the canonical value of the words of a group."""
        words = hit.groups[group]
        for table in hit.rule.tables.get(group, (group.rstrip("0123456789"),)):
            value = self.canonical.get(table, {}).get(words)
            if value is not None:
                return value
        return None


def _accept(rule: Rule, text: str, lowered: str, start: int) -> Hit | None:
    match = _compiled(rule.source).match(lowered, start)
    if match is None:
        return None
    left, right = match.span("span") if "span" in match.re.groupindex else match.span()
    if rule.entry.no_noun_behind and _NOUN_BEHIND.match(text, right):
        return None
    if not _case_fits(rule.entry, text, match) or not _neighbours_fit(rule, lowered, left, right):
        return None
    groups = {name.partition("__")[0]: _flat(words) for name, words in match.groupdict().items() if words is not None}
    return Hit(rule, left, right, MappingProxyType(groups))


def _flat(words: str) -> str:
    return " ".join(words.split())


def _case_fits(entry: RuleEntry, text: str, match: re.Match[str]) -> bool:
    if entry.capital and match[entry.capital] is not None:
        return text[match.start(entry.capital)].isupper()
    if entry.small and match[entry.small] is not None:
        at = match.start(entry.small)
        return not text[at].isupper() or _SENTENCE_START.search(text, max(0, at - 4), at) is not None
    return True


def _neighbours_fit(rule: Rule, lowered: str, left: int, right: int) -> bool:
    before = lowered[max(0, left - _SIGHT) : left]
    if rule.after is not None and not rule.after.search(before):
        return False
    if rule.not_after is not None and rule.not_after.search(before):
        return False
    return rule.not_before is None or not rule.not_before.match(lowered, right)


@cache
def load_grammar(language: str) -> Grammar:
    """Compile the grammar of a language; once per process.

    Raises:
        LanguageUnsupported: There is none for it.
        PackBroken: A data file does not keep its form, or a pattern is wrong.
    """
    words = load_time_words(language)
    numerals = build_numerals(words.numbers)
    compiler = _Compiler(words, numerals)
    rules = tuple(compiler.rule(entry) for entry in words.rule)
    return Grammar(
        words=words,
        numerals=numerals,
        rules=rules,
        openings=build_openings(_compile_for_openings(words, rules)),
        canonical=MappingProxyType(
            {table: MappingProxyType(_by_form(entries)) for table, entries in words.words.items()}
        ),
        range_between=re.compile(rf"\w(?:{words.range_between})$"),
        range_behind=re.compile(rf"(?:{words.range_link}){_MORE}"),
        month_names=MappingProxyType({int(number): forms[0] for number, forms in words.words["month"].items()}),
    )


def _compile_for_openings(words: TimeWords, rules: tuple[Rule, ...]) -> list[regex.Pattern[str]]:
    """Compile the rules with the package that can match in part."""
    compiled = []
    for rule in rules:
        try:
            compiled.append(regex.compile(rule.opening))
        except regex.error as error:
            raise _broken(words, rule.entry, error) from error
        for group in filter(None, (rule.entry.capital, rule.entry.small)):
            if group not in compiled[-1].groupindex:
                raise _broken(words, rule.entry, f"expected a group of the pattern, found {group!r}")
    return compiled


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compile a rule for the search itself, when it is first needed.

    By the standard library: a match of ``regex`` costs the more the longer the whole text is (measured with
    2026.11.19: 3 microseconds in 100,000 characters, 17 in a million).
    """
    return re.compile(source)


def _broken(words: TimeWords, entry: RuleEntry, error: Exception | str) -> PackBroken:
    return PackBroken(f"languages/{words.language}/time_rules.toml: rule {entry.name}: {error}")


def _by_form(entries: Mapping[str, list[str]]) -> dict[str, str]:
    return {form: value for value, forms in entries.items() for form in forms}


def _number_twins(pattern: str) -> str:
    """Make the groups of a pattern unique: the second ``part`` becomes ``part__2`` and is read as ``part``."""
    seen: Counter[str] = Counter()

    def rename(found: re.Match[str]) -> str:
        name = found[0][4:-1]
        seen[name] += 1
        return found[0] if seen[name] == 1 else f"(?P<{name}__{seen[name]}>"

    return _NAMED_GROUP.sub(rename, pattern)


class _Compiler:
    """Turns the patterns of the data files into expressions."""

    def __init__(self, words: TimeWords, numerals: Numerals) -> None:
        self._words = words
        self._numerals = numerals
        self._tables: dict[str, tuple[str, ...]] = {}
        self._longest: int | None = None

    def rule(self, entry: RuleEntry) -> Rule:
        try:
            opening = self._opening(entry.pattern)
            self._tables = {}
            return Rule(
                entry=entry,
                source=f"{_LEFT_BORDER}{self.expand(entry.pattern)}{_RIGHT_BORDER}",
                opening=opening,
                tables=MappingProxyType(self._tables),
                not_after=self._optional(entry.not_after, "(?:{})$"),
                not_before=self._optional(entry.not_before, "{}"),
                after=self._optional(entry.after, "(?:{})$"),
            )
        except (re.error, KeyError) as error:
            raise _broken(self._words, entry, error) from error

    def _opening(self, pattern: str) -> str:
        """Expand with words cut behind what openings look at; one letter more, so that none ends there by the cut.

        The compiling takes half as long.
        """
        self._longest = LONGEST + 1
        try:
            return f"{_LEFT_BORDER}{self.expand(pattern)}{_RIGHT_BORDER}"
        finally:
            self._longest = None

    def expand(self, pattern: str) -> str:
        return _number_twins(_PLACEHOLDER.sub(self._piece, pattern)).replace(" ", GAP)

    def _piece(self, found: re.Match[str]) -> str:
        name, twin = found["name"], found["twin"]
        group = found["group"] or name + twin
        if name == "number":
            return f"(?P<number{twin}>{self._numerals.pattern})"
        if name in self._words.fragments:
            return "(?:" + _PLACEHOLDER.sub(self._piece, self._words.fragments[name]) + ")"
        forms = list(
            dict.fromkeys(form[: self._longest] for forms in self._words.words[name].values() for form in forms)
        )
        forms.sort(key=len, reverse=True)
        self._tables[group] = (*self._tables.get(group, ()), name)
        return f"(?P<{group}>{'|'.join(re.escape(form).replace(chr(92) + ' ', ' ') for form in forms)})"

    def _optional(self, pattern: str | None, frame: str) -> re.Pattern[str] | None:
        return None if pattern is None else re.compile(frame.format(self.expand(pattern)))
