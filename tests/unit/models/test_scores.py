"""The scorers of the recipe: perfect output scores 100, each kind of error counts where it should."""

from dataclasses import replace

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from training.raw_scores import score_raw
from training.scores import score_names, score_syntax, spans_of
from training.sentence import ROOT, Sentence
from worker.extraction.models import load_pipeline

GOLD = Sentence(
    source="toy:0",
    language="de",
    words=("Lea", "Muster", "kam", "nach", "Wien", "."),
    spaces=(True, True, True, True, False, False),
    upos=("PROPN", "PROPN", "VERB", "ADP", "PROPN", "PUNCT"),
    feats=("", "", "VerbForm=Fin", "", "", ""),
    heads=(2, 0, ROOT, 4, 2, 2),
    deps=("nsubj", "flat", "root", "case", "obl", "punct"),
    names=("B-PER", "I-PER", "O", "O", "B-LOC", "O"),
)


class Oracle:
    """A component that gives the gold annotation, changed as a test wishes."""

    def __init__(self, changes):
        self.changes = changes

    def __call__(self, doc):
        gold = {"heads": GOLD.heads, "deps": GOLD.deps, "upos": GOLD.upos, "names": GOLD.names} | self.changes
        count = len(GOLD.words)
        rounds = range(len(doc) // count)
        made = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            pos=list(gold["upos"]) * len(rounds),
            morphs=list(GOLD.feats) * len(rounds),
            heads=[r * count + (i if head == ROOT else head) for r in rounds for i, head in enumerate(gold["heads"])],
            deps=["ROOT" if dep == "root" else dep for dep in gold["deps"]] * len(rounds),
        )
        made.set_ents(
            [
                Span(made, r * count + a, r * count + b, label=name)
                for r in rounds
                for a, b, name in spans_of(gold["names"])
            ]
        )
        return made


@Language.factory("oracle", default_config={"changes": {}})
def make_oracle(nlp, name, changes):  # noqa: ARG001 - the signature of a factory
    return Oracle(changes)


def oracle(**changes):
    nlp = spacy.blank("de")
    nlp.add_pipe("oracle", config={"changes": changes})
    return nlp


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, (100, 100, 100), id="perfect"),
        pytest.param({"deps": ["nsubj", "flat", "root", "case", "nmod", "punct"]}, (100, 100, 80), id="wrong_relation"),
        pytest.param({"heads": [2, 0, ROOT, 4, 1, 2]}, (100, 80, 80), id="wrong_head"),
        pytest.param({"heads": [2, 0, ROOT, 4, 2, 4]}, (100, 100, 100), id="punctuation_does_not_count"),
        pytest.param({"upos": ["NOUN", "PROPN", "VERB", "ADP", "PROPN", "PUNCT"]}, (83.33, 100, 100), id="wrong_pos"),
    ],
)
def test_syntax_scores_count_each_error_once(changes, expected):
    """POS over all words, attachment over words that are not punctuation."""
    score = score_syntax(oracle(**changes), [GOLD])
    assert (score.pos, score.uas, score.las) == expected


def test_raw_scores_are_perfect_for_a_perfect_pipeline():
    """From raw text: words, sentences and attachments by character offsets."""
    score = score_raw(oracle(), [GOLD] * 3)
    assert (score.words, score.sentences, score.uas, score.las) == (100, 100, 100, 100)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["B-PER", "I-PER", "O", "O", "B-LOC", "O"], 100, id="perfect"),
        pytest.param(["B-PER", "O", "O", "O", "B-LOC", "O"], 50, id="wrong_bounds"),
        pytest.param(["B-PER", "I-PER", "O", "O", "B-ORG", "O"], 50, id="wrong_label"),
        pytest.param(["O"] * 6, 0, id="nothing_found"),
    ],
)
def test_name_scores_want_exact_spans(names, expected):
    """A name counts only with its exact bounds and label."""
    assert score_names(oracle(names=names), [GOLD]).all == expected


@pytest.mark.parametrize(
    ("nearly", "expected"),
    [
        pytest.param("counted", 100, id="names_of_their_kind_to_this_corpus"),
        pytest.param("told", 0, id="no_names_to_this_one"),
    ],
)
def test_forms_of_names_count_as_the_corpus_has_it(nearly, expected):
    """Gold "LOCpart" is a place only where the corpus counts parts of words as names."""
    gold = replace(GOLD, names=("O", "O", "O", "O", "B-LOCpart", "O"), nearly=nearly)
    assert score_names(oracle(names=["O", "O", "O", "O", "B-LOC", "O"]), [gold]).all == expected


def test_forms_of_names_are_given_for_the_score_alone():
    """Afterwards the pipeline gives names as ever."""
    nlp = load_pipeline("de", model="accurate")
    before = [ent.text for ent in nlp("Die schwedische Delegation reiste nach Bern.").ents]
    score_names(nlp, [replace(GOLD, nearly="counted")])
    assert [ent.text for ent in nlp("Die schwedische Delegation reiste nach Bern.").ents] == before == ["Bern"]
