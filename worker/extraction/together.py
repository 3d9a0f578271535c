"""Runs the work on one article or on several together: what they ask to have parsed goes through the model at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias, TypeVar

from spacy.tokens import Doc

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ToParse:
    """What a work asks for: documents of one language, to be parsed."""

    language: str
    docs: Sequence[Doc]


Work: TypeAlias = Generator[ToParse, list[Doc], T]
"""Yields what it needs parsed, is sent the parsed documents, and returns what it made of them."""

Parse: TypeAlias = Callable[[str, Sequence[Doc]], list[Doc]]


def run_alone(work: Work[T], parse: Parse) -> T:
    """Run one work to its end.

    Args:
        work: What is to be done.
        parse: Parses documents of a language, in their order.
    """
    try:
        asked = next(work)
        while True:
            asked = work.send(parse(asked.language, asked.docs))
    except StopIteration as end:
        result: T = end.value
        return result


def run_together(works: Sequence[Work[T]], parse: Parse) -> list[T | Exception]:
    """Run several works, parsing for all at once.

    Returns:
        For each work, in order, what it returned or raised. Where parsing for several fails, each is parsed for alone,
        so that only the one fails that is the cause.
    """
    outcomes: dict[int, T | Exception] = {}
    answers: dict[int, list[Doc] | None] = dict.fromkeys(range(len(works)))
    while answers:
        asked = {number: _go_on(works[number], answer) for number, answer in answers.items()}
        outcomes |= {number: step for number, step in asked.items() if not isinstance(step, ToParse)}
        parsed = _parse_for_all({n: step for n, step in asked.items() if isinstance(step, ToParse)}, parse)
        outcomes |= {number: answer for number, answer in parsed.items() if isinstance(answer, Exception)}
        answers = {number: answer for number, answer in parsed.items() if not isinstance(answer, Exception)}
    return [outcomes[number] for number in range(len(works))]


def _go_on(work: Work[T], answer: list[Doc] | None) -> ToParse | T | Exception:
    """Run a work up to what it asks for next, or to its end."""
    try:
        return next(work) if answer is None else work.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    except Exception as error:  # noqa: BLE001 - whatever one article does must not take its companions with it
        return error


def _parse_for_all(asked: Mapping[int, ToParse], parse: Parse) -> dict[int, list[Doc] | Exception]:
    answers: dict[int, list[Doc] | Exception] = {}
    for language in sorted({step.language for step in asked.values()}):
        answers |= _parse_at_once(
            {n: step.docs for n, step in asked.items() if step.language == language}, language, parse
        )
    return answers


def _parse_at_once(asked: Mapping[int, Sequence[Doc]], language: str, parse: Parse) -> dict[int, list[Doc] | Exception]:
    try:
        parsed = iter(parse(language, [doc for docs in asked.values() for doc in docs]))
    except Exception as error:  # noqa: BLE001 - as above; which of them it was shows when each is parsed alone
        if len(asked) == 1:
            return dict.fromkeys(asked, error)
        alone = (_parse_at_once({number: docs}, language, parse) for number, docs in asked.items())
        return {number: answer for answers in alone for number, answer in answers.items()}
    return {number: list(islice(parsed, len(docs))) for number, docs in asked.items()}
