"""Documents of any length are cut into windows that cover each word once and stay within what the encoder takes."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.models.multitask.windows import MAX_PIECES, MAX_WINDOW_WORDS, cut_windows
from worker.extraction.models.pieces import PieceVocabulary

NLP = spacy.blank("de")
LETTERS = dict.fromkeys("abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?▁", -3.0)
VOCABULARY = PieceVocabulary(LETTERS | {"▁Treffen": -1.0, "▁der": -1.0})
WORDS = st.sampled_from(["Treffen", "der", "und", "Wien", ".", "!", ",", "\n", "\n\n", "x" * 300, "“", "日本"])


def covered(windows):
    return [index for window in windows for index in window.tokens[window.first : window.last]]


@given(st.lists(WORDS, max_size=600))
def test_every_word_is_answered_for_once(words):
    """Each word that is not white space is in the own part of exactly one window, in order."""
    doc = NLP.make_doc(" ".join(words))
    windows = list(cut_windows(doc, VOCABULARY))
    assert covered(windows) == [token.i for token in doc if not token.is_space]


@given(st.lists(WORDS, max_size=600))
def test_windows_stay_within_the_encoder(words):
    """No window has more words or pieces than the network is made for."""
    for window in cut_windows(NLP.make_doc(" ".join(words)), VOCABULARY):
        assert len(window.tokens) <= MAX_WINDOW_WORDS
        assert sum(map(len, window.pieces)) <= MAX_PIECES


def test_sentences_are_not_cut_where_it_can_be_helped():
    """Windows of ordinary text begin where a sentence begins."""
    text = "Der Rat traf sich in Wien und sprach lange über das Treffen. " * 40
    doc = NLP.make_doc(text)
    starts = [doc[window.tokens[window.first]] for window in cut_windows(doc, VOCABULARY)]
    assert len(starts) > 3
    assert all(token.text == "Der" for token in starts)


def test_run_without_a_stop_is_read_with_overlap():
    """Where no sentence ends, a window reads on beyond its own words on both sides."""
    doc = NLP.make_doc("der Treffen der " * 200)
    _, middle, *_ = cut_windows(doc, VOCABULARY)
    assert middle.first > 0
    assert middle.last < len(middle.tokens)


@pytest.mark.parametrize(
    ("word", "space", "pieces"), [("Treffen", True, ["▁Treffen"]), ("Rad", False, ["R", "a", "d"])]
)
def test_words_are_cut_into_their_best_pieces(word, space, pieces):
    """The longest probable pieces win; a word without a space before it begins without the mark."""
    names = dict(enumerate(["<s>", "<pad>", "</s>", "<unk>", *LETTERS, "▁Treffen", "▁der"]))
    assert [names[number] for number in VOCABULARY.cut(word, space)] == pieces


def test_unknown_characters_become_the_unknown_piece():
    """A script outside the vocabulary costs one unknown piece a character and nothing else."""
    assert VOCABULARY.cut("日本", False) == (3, 3)
