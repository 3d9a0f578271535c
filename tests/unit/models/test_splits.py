"""Nothing that tests may train: checked on the corpora themselves where they are at hand."""

import gzip
import json
import os
from pathlib import Path

import pytest

from training.conllu import read_conllu
from training.harmonise import harmonise
from training.name_corpora import read_germeval, read_smartdata
from training.sentence import ROOT, Sentence, join_sentences
from training.spacing import guess_spaces
from training.splits import english_treebanks, german_names, german_treebanks, overlap_key, without_overlap

ROOT_FOLDER = Path(__file__).parents[3]
CORPORA = Path(os.environ.get("DEPESCHE_SHARED", ROOT_FOLDER.parent / "shared")) / "corpora"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here: set DEPESCHE_SHARED")


def sentence(text, **layers):
    words = tuple(text.split())
    return Sentence(source="toy:0", language="de", words=words, spaces=(True,) * len(words), **layers)


def keys(sentences):
    return {overlap_key(each) for each in sentences if len(each.words) >= 5}


@needs_corpora
@pytest.mark.parametrize("read", [german_treebanks, english_treebanks], ids=["german", "english"])
def test_treebank_splits_share_no_sentence(read):
    """No training sentence of five words or more also stands in the test."""
    treebanks = read(CORPORA)
    assert treebanks.test
    assert not keys(treebanks.train) & keys(treebanks.test)


@needs_corpora
def test_name_splits_share_no_sentence():
    """The same for names, against both tests and across corpora that took over each other's documents."""
    names = german_names(CORPORA)
    assert names.germeval_test
    assert names.smartdata_test
    assert not keys(names.train) & keys((*names.germeval_test, *names.smartdata_test))


def test_overlap_is_found_without_case_and_spaces():
    """The same sentence in another spelling of case and spaces is the same."""
    train = [sentence("Der Rat tagt heute in WIEN ."), sentence("Danke !")]
    test = [sentence("der Rat tagt heute in Wien."), sentence("Danke !")]
    assert [each.text for each in without_overlap(train, test)] == ["Danke !"]


TREEBANK = """# text = Sie war im Rat.
1\tSie\tsie\tPRON\tPPER\tCase=Nom|Polite=Form\t5\tnsubj\t_\t_
2\twar\tsein\tAUX\tVAFIN\tMood=Ind|Tense=Past\t5\tcop\t_\t_
3-4\tim\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\tin\tADP\tAPPR\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\tART\tCase=Dat|Definite=Def\t5\tdet\t_\t_
5\tRat\tRat\tNOUN\tNN\tCase=Dat\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t$.\t_\t5\tpunct\t_\t_

"""


def test_contractions_become_one_token(tmp_path):
    """A contraction is one token with the head of its first part and the features of both."""
    file = tmp_path / "toy.conllu"
    file.write_text(TREEBANK, encoding="utf-8")
    (read,) = read_conllu(file, language="de", merge_contractions=True)
    assert read.text == "Sie war im Rat."
    assert read.words[2] == "im"
    assert (read.upos[2], read.heads[2], read.deps[2], read.feats[2]) == ("ADP", 3, "case", "Case=Dat|Definite=Def")
    assert read.heads[3] == ROOT


def test_harmonised_verbs_have_a_form(tmp_path):
    """A verb with a mood is finite even where the treebank does not say so, and unwanted features go."""
    file = tmp_path / "toy.conllu"
    file.write_text(TREEBANK, encoding="utf-8")
    (read,) = read_conllu(file, language="de", merge_contractions=True)
    assert harmonise(read).feats[:2] == ("Case=Nom", "Mood=Ind|Tense=Past|VerbForm=Fin")


def test_joined_sentences_keep_their_own_roots():
    """Indices are shifted and each sentence keeps its root."""
    part = sentence("Wien wartet", heads=(1, ROOT), deps=("nsubj", "root"))
    assert join_sentences([part, part]).heads == (1, ROOT, 3, ROOT)


def test_germeval_tells_names_from_derived_forms_and_parts(tmp_path):
    """Only whole names count, the others have labels of their own, and OTH is called MISC."""
    rows = [
        "1\tDer\tO\tO",
        "2\twienerische\tB-LOCderiv\tO",
        "3\tBund\tB-OTH\tO",
        "4\tam\tO\tO",
        "5\tWien-Ufer\tB-LOCpart\tO",
        "",
    ]
    file = tmp_path / "toy.tsv.gz"
    file.write_bytes(gzip.compress("\n".join(["#\tsource", *rows]).encode()))
    [sentence] = read_germeval(file)
    assert sentence.names == ("O", "B-LOCderiv", "B-MISC", "O", "B-LOCpart")
    assert sentence.plain_names == ("O", "O", "B-MISC", "O", "O")


def test_smartdata_counts_forms_of_names_and_their_parts(tmp_path):
    """A part of a word is told by its bounds; what hangs on a name without letters belongs to it."""
    text = "Die VW-Filiale liegt am Bahnhof Wien."
    mentions = [("VW", "organization-company"), ("Bahnhof Wien", "location-stop")]
    record = {
        "refids": {"source": "news"},
        "text": text,
        "conceptMentions": [
            {"type": kind, "span": {"start": text.index(name), "end": text.index(name) + len(name)}}
            for name, kind in mentions
        ],
    }
    file = tmp_path / "toy.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(record).encode()))
    [sentence] = read_smartdata(file)
    assert sentence.names == ("O", "B-ORGpart", "O", "O", "B-LOC", "I-LOC", "O")
    assert sentence.counted_names == ("O", "B-ORG", "O", "O", "B-LOC", "I-LOC", "O")
    assert (sentence.nearly, sentence.misc_known) == ("counted", False)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(["Er", "(", "der", "Rat", ")", "tagt", "."], "Er (der Rat) tagt.", id="brackets"),
        pytest.param(["„", "Ja", "“", ",", "sagte", "er"], "„Ja“, sagte er", id="german_quotes"),
        pytest.param(["Er", ":", '"', "Ja", '"', "!"], 'Er: "Ja"!', id="straight_quotes"),
    ],
)
def test_spaces_are_guessed_as_in_print(words, text):
    """Tokens without spacing become running text."""
    spaces = guess_spaces(words)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)).rstrip() == text
