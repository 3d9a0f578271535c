"""The articles that the benchmarks read: those of the project's gold set, or a folder of development articles."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.gold_set import load_gold
from schemas import Article

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class ArticleSet:
    """Articles of both languages.

    Args:
        name: Where they are from, as the results name it.
        articles: By language.
    """

    name: str
    articles: dict[str, tuple[Article, ...]]

    def words(self, language: str) -> int:
        """Count the words of a language's articles, titles included."""
        return sum(count_words(each) for each in self.articles[language])

    def mixed(self) -> list[Article]:
        """Give the articles of both languages, by turns."""
        pairs = itertools.zip_longest(*self.articles.values())
        return [each for pair in pairs for each in pair if each is not None]


def read_articles(folder: Path | None) -> ArticleSet:
    """Read the articles.

    Args:
        folder: With ``dev_*.articles.jsonl``; None takes the project's own.
    """
    if folder is None:
        found, name = _own(), "the project's own articles"
    else:
        found, name = _development(folder), "the development articles"
    return ArticleSet(name, {language: tuple(a for a in found if a.language == language) for language in LANGUAGES})


def _development(folder: Path) -> list[Article]:
    lines = (line for path in sorted(folder.glob("dev_*.articles.jsonl")) for line in path.open(encoding="utf-8"))
    return [Article.model_validate_json(line) for line in lines if line.strip()]


def _own() -> list[Article]:
    """Give each article, and three in a row as one, since news is longer than most of them."""
    single = [each.article for each in load_gold()]
    return [*single, *_trios(single)]


def _trios(articles: Sequence[Article]) -> Iterator[Article]:
    for language in LANGUAGES:
        chosen = [each for each in articles if each.language == language]
        for start in range(0, len(chosen) - 2, 3):
            yield _join(chosen[start : start + 3])


def _join(articles: Sequence[Article]) -> Article:
    text = "\n\n".join(each.text.strip() for each in articles)
    return articles[0].model_copy(update={"id": "+".join(str(each.id) for each in articles), "text": text})


def count_words(article: Article) -> int:
    """Count what stands between blanks."""
    return len((article.title or "").split()) + len(article.text.split())


def repeat(articles: Sequence[Article], count: int, *, prefix: str) -> Iterator[Article]:
    """Give so many articles, each with an id of its own; the same texts come again and again."""
    for number, each in enumerate(itertools.islice(itertools.cycle(articles), count)):
        yield each.model_copy(update={"id": f"{prefix}-{number}"})


def of_length(articles: Sequence[Article], words: int, *, start: int = 0) -> Article:
    """Make an article of exactly so many words out of the texts of others, from a place onward.

    Args:
        articles: All of one language.
        words: How many.
        start: Words to leave out first, so that several pieces differ.
    """
    pieces: list[str] = []
    have = 0
    paragraphs = itertools.cycle(p for each in articles for p in each.text.split("\n") if p.strip())
    skip = start % sum(len(each.text.split()) for each in articles)
    for paragraph in paragraphs:
        found = paragraph.split()
        if skip >= len(found):
            skip -= len(found)
            continue
        chosen = found[skip : skip + words - have]
        skip = 0
        pieces.append(" ".join(chosen))
        have += len(chosen)
        if have >= words:
            return articles[0].model_copy(
                update={"id": f"w{words}-{start}", "title": None, "text": "\n\n".join(pieces)}
            )
    raise AssertionError  # a cycle has no end
