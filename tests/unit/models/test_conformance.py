"""Every shipped pipeline behaves as spaCy users expect: batches, processes, forks, disk, odd input."""

import multiprocessing

import pytest

from worker.extraction.models import load_pipeline
from worker.extraction.models.scheme import NAME_LABELS, RELATIONS

TEXTS = {
    "de": [
        "Die Präsidentin von Musterland traf sich am Dienstag in Wien mit dem Kanzler.",
        "Ja.",
        "Der Minister, dessen Partei verlor, bot dem Nachbarland Hilfe an. Es lehnte ab.\n\nDie Gespräche enden heute.",
        "Beide Seiten wollen weiter verhandeln, sagte ein Sprecher der Europäischen Union.",
    ],
    "en": [
        "The president of Kenya met Mary Miller in Vienna on Tuesday.",
        "Yes.",
        "The minister, whose party lost, offered help to its neighbour. It refused.\n\nThe talks end today.",
        "Both sides want to go on talking, said a spokesman of the European Union.",
    ],
}
ODD = {
    "empty": "",
    "white_space": " \n\n \t ",
    "one_word": "Wien",
    "leading_line_ends": "\n\n  Wien wartet.",
    "another_script": "会谈 在 北京 举行。",
    "symbols": "🎉🎉 --- *** § 1.000,50 € ???",
    "one_long_word": "x" * 5000,
    "no_stop": "Rat " * 400,
    "soft_hyphen_and_zero_width": "Ge\u00adspräch\u200b in Wien",
}


@pytest.fixture(scope="module", params=["de-accurate", "de-small", "en-accurate", "en-small"])
def nlp(request):
    language, model = request.param.split("-")
    return load_pipeline(language, model=model)


def annotations(doc):
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc]


def test_batches_give_what_single_calls_give(nlp):
    """What else is in the batch does not change a document."""
    texts = TEXTS[nlp.lang]
    alone = [annotations(nlp(text)) for text in texts]
    assert [annotations(doc) for doc in nlp.pipe(texts * 3, batch_size=5)] == alone * 3


def test_several_processes_give_what_one_gives(nlp):
    """spaCy's own multiprocessing works."""
    texts = TEXTS[nlp.lang]
    found = [annotations(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)]
    assert found == [annotations(nlp(text)) for text in texts]


def test_forked_child_can_go_on(nlp):
    """A child forked after loading reads texts without loading again."""
    text = TEXTS[nlp.lang][0]
    expected = annotations(nlp(text))
    with multiprocessing.get_context("fork").Pool(1, initializer=_keep, initargs=(nlp,)) as pool:
        assert pool.apply_async(_annotate, (text,)).get(timeout=60) == expected


_kept = {}


def _keep(nlp):
    _kept["nlp"] = nlp


def _annotate(text):
    return annotations(_kept["nlp"](text))


def test_round_trip_to_disk_changes_nothing(nlp, tmp_path):
    """What nlp.to_disk writes, load_pipeline takes as another pipeline, with the same output."""
    nlp.to_disk(tmp_path / "copy")
    copy = load_pipeline(nlp.lang, pipeline=tmp_path / "copy")
    text = TEXTS[nlp.lang][2]
    assert annotations(copy(text)) == annotations(nlp(text))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_input_is_read(nlp, text):
    """Whatever comes, the text stays itself, each token has a head in its own sentence and labels are ours."""
    doc = nlp(text)
    assert doc.text == text
    assert {token.dep_ for token in doc} <= RELATIONS
    assert {ent.label_ for ent in doc.ents} <= NAME_LABELS
    assert all(token.head.sent == sentence for sentence in doc.sents for token in sentence)


def test_preset_sentence_starts_are_kept(nlp):
    """A sentence begins where the caller says so beforehand."""
    doc = nlp.make_doc("Wien Paris Oslo")
    doc[1].is_sent_start = True
    assert 1 in {sentence.start for sentence in nlp(doc).sents}


def test_blank_lines_end_sentences(nlp):
    """A headline without a stop is a sentence of its own."""
    doc = nlp(TEXTS[nlp.lang][2])
    assert any(sentence.text.rstrip().endswith((".",)) and "\n" in sentence.text for sentence in doc.sents)


def test_forked_child_can_go_on_with_several_threads():
    """A fork does not copy the threads of a session; the child opens its own."""
    threaded = load_pipeline("de", model="accurate", threads=2)
    expected = annotations(threaded(TEXTS["de"][0]))
    with multiprocessing.get_context("fork").Pool(1, initializer=_keep, initargs=(threaded,)) as pool:
        assert pool.apply_async(_annotate, (TEXTS["de"][0],)).get(timeout=60) == expected


def test_what_is_in_the_batch_changes_no_label():
    """The accurate model gives the same over different batch compositions, long and short documents mixed."""
    accurate = load_pipeline("de", model="accurate")
    texts = [*TEXTS["de"], TEXTS["de"][0] * 20, TEXTS["de"][2] * 12]
    whole = [annotations(doc) for doc in accurate.pipe(texts, batch_size=len(texts))]
    backwards = [annotations(doc) for doc in accurate.pipe(texts[::-1], batch_size=3)][::-1]
    alone = [annotations(accurate(text)) for text in texts]
    tokens = [rows for found in zip(whole, backwards, alone, strict=True) for rows in zip(*found, strict=True)]
    same = sum(first == second == third for first, second, third in tokens)
    assert same / len(tokens) >= 0.999
