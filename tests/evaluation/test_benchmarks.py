"""The benchmarks read what they say, and their page has the measured figures."""

import json
from pathlib import Path

import pytest

from benchmarks.articles import count_words, of_length, read_articles, repeat
from benchmarks.latency import quantile
from benchmarks.page import BEGIN, END, PAGE, write_page
from benchmarks.processes import cpu_s, family, private_mib, pss_mib
from cli.planning.measured import read_measured

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


@pytest.fixture(scope="module")
def articles():
    return read_articles(None)


def test_own_articles_are_of_both_languages(articles):
    assert all(len(each) >= 10 for each in articles.articles.values())
    assert {each.language for each in articles.mixed()} == {"de", "en"}


@pytest.mark.parametrize("words", [1, 100, 5_000])
def test_article_has_exactly_so_many_words(articles, words):
    assert count_words(of_length(articles.articles["de"], words, start=37)) == words


def test_pieces_from_other_places_differ(articles):
    source = articles.articles["de"]
    assert of_length(source, 100).text != of_length(source, 100, start=97).text


def test_repeated_articles_have_ids_of_their_own(articles):
    found = list(repeat(articles.mixed(), 100, prefix="x"))
    assert len({each.id for each in found}) == 100


def test_this_process_has_memory_and_used_the_processor():
    [me, *_] = family(int(Path("/proc/self").readlink().name))
    assert cpu_s([me]) > 0
    assert 0 < private_mib(me) <= pss_mib(me)


@pytest.mark.parametrize(("share", "value"), [(0.5, 6), (0.99, 10), (0.0, 1)])
def test_quantile(share, value):
    assert quantile(range(1, 11), share) == value


def test_page_has_the_figures_of_the_results():
    """Written by `make bench`."""
    figures = json.loads((RESULTS / "bench.json").read_text(encoding="utf-8"))
    inside = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert inside.strip() == write_page(figures, keep=False).strip()


def test_plan_calculates_with_the_figures_of_the_results():
    figures = json.loads((RESULTS / "bench.json").read_text(encoding="utf-8"))
    if "service" in figures:
        assert read_measured().mean_words == pytest.approx(figures["service"]["figures"]["mean_words"], rel=1e-3)
