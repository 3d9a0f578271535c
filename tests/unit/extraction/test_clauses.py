"""Clauses at the commas of German, with documents made by hand."""

import pytest

from worker.extraction.clauses import find_clauses
from worker.extraction.languages.pack import load_pack

GRAMMAR = load_pack("de").grammar

DASS = (
    "Anna PROPN",
    "sagte VERB VerbForm=Fin|Tense=Past",
    ", PUNCT",
    "dass SCONJ",
    "Jan PROPN",
    "am ADP",
    "Freitag NOUN",
    "kommt VERB VerbForm=Fin",
    ". PUNCT",
)
RELATIVE = (
    "Anna PROPN",
    ", PUNCT",
    "die PRON PronType=Rel",
    "gestern ADV",
    "kam VERB VerbForm=Fin",
    ", PUNCT",
    "traf VERB VerbForm=Fin",
    "Jan PROPN",
    ". PUNCT",
)
INFINITIVE = (
    "Anna PROPN",
    "bot VERB VerbForm=Fin",
    "Jan PROPN",
    "an ADV",
    ", PUNCT",
    "ihm PRON",
    "zu PART",
    "helfen VERB VerbForm=Inf",
    ". PUNCT",
)
APPOSITION = (
    "Anna PROPN",
    ", PUNCT",
    "die DET",
    "Leiterin NOUN",
    "des DET",
    "Amts NOUN",
    ", PUNCT",
    "sprach VERB VerbForm=Fin",
    ". PUNCT",
)
FRONT_FIELD = (
    "Er PRON",
    "sagte VERB VerbForm=Fin",
    ", PUNCT",
    "dem DET",
    "Chef NOUN _ obl:arg 10",
    ", PUNCT",
    "Jan PROPN",
    ", PUNCT",
    "sei AUX VerbForm=Fin",
    "Hilfe NOUN",
    "angeboten VERB VerbForm=Part",
    ". PUNCT",
)
INTERRUPTED = (
    "Anna PROPN",
    "hatte AUX VerbForm=Fin",
    "Hilfe NOUN",
    ", PUNCT",
    "auch ADV",
    "Geld NOUN",
    ", PUNCT",
    "an ADP",
    "den DET",
    "Staat NOUN",
    "gezahlt VERB VerbForm=Part",
    ". PUNCT",
)
COORDINATION = (
    "Anna PROPN",
    "kam VERB VerbForm=Fin",
    "und CCONJ",
    "sprach VERB VerbForm=Fin",
    "mit ADP",
    "Jan PROPN",
    ". PUNCT",
)


def shape(parsed, rows):
    sentence = parsed(*rows)
    clauses = find_clauses(sentence, GRAMMAR)
    return [(clause.kind, " ".join(sentence.doc[token].text for token in clause.tokens)) for clause in clauses]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(DASS, [("main", "Anna sagte"), ("subordinate", "dass Jan am Freitag kommt")], id="dass"),
        pytest.param(RELATIVE, [("main", "Anna traf Jan"), ("relative", "die gestern kam")], id="relative"),
        pytest.param(INFINITIVE, [("main", "Anna bot Jan an"), ("infinitive", "ihm zu helfen")], id="infinitive"),
        pytest.param(APPOSITION, [("main", "Anna die Leiterin des Amts sprach")], id="apposition"),
        pytest.param(COORDINATION, [("main", "Anna kam"), ("main", "sprach mit Jan")], id="coordination"),
        pytest.param(
            FRONT_FIELD, [("main", "Er sagte"), ("main", "dem Chef Jan sei Hilfe angeboten")], id="front field"
        ),
        pytest.param(INTERRUPTED, [("main", "Anna hatte Hilfe auch Geld an den Staat gezahlt")], id="interrupted"),
    ],
)
def test_clauses_at_commas(parsed, rows, expected):
    """Subordinators, relative pronouns and zu-infinitives open clauses; an apposition stays in its own."""
    assert shape(parsed, rows) == expected


def test_every_word_is_in_one_clause(parsed):
    """No word is lost and none stands in two clauses."""
    sentence = parsed(*RELATIVE)
    tokens = [token for clause in find_clauses(sentence, GRAMMAR) for token in clause.tokens]
    words = [token.i for token in sentence.tokens() if token.pos_ != "PUNCT"]
    assert sorted(tokens) == words
