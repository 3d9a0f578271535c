"""A pipeline loads by language and variant, or by name or path, and always speaks our scheme."""

import pytest
import spacy

from schemas.errors import DepescheError
from worker.extraction.errors import LanguageUnsupported, ModelInvalid, ModelMissing
from worker.extraction.models import loading
from worker.extraction.models.loading import META_KEY, load_pipeline
from worker.extraction.models.scheme import NAME_LABELS, RELATIONS

GERMAN = (
    "Die Präsidentin von Musterland, Lea Muster, traf sich am Dienstag in Wien mit dem Kanzler, der ihr Hilfe anbot."
)
ENGLISH = "The president of Kenya met Mary Miller in Vienna on Tuesday, and she was offered help by him."


@pytest.fixture(scope="module")
def german():
    return load_pipeline("de", model="small")


@pytest.fixture(scope="module")
def english():
    return load_pipeline("en", model="small")


def test_german_documents_speak_our_scheme(german):
    """Relations, names, lemmas and features are there and of our label sets."""
    doc = german(GERMAN)
    assert {token.dep_ for token in doc} <= RELATIONS
    assert {ent.label_ for ent in doc.ents} <= NAME_LABELS
    assert [token.lemma_ for token in doc if token.text in {"traf", "anbot"}] == ["treffen", "anbieten"]
    assert doc[1].morph.get("Gender") == ["Fem"]


def test_english_documents_speak_our_scheme(english):
    """The English pipeline's own labels are all converted."""
    doc = english(ENGLISH)
    assert {token.dep_ for token in doc} <= RELATIONS
    assert ("Mary Miller", "PER") in {(ent.text, ent.label_) for ent in doc.ents}
    assert [token.dep_ for token in doc if token.text == "him"] == ["obl:agent"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("model", ["accurate", "small"])
def test_meta_says_which_model_was_loaded(language, model):
    """Name, version and fingerprint stand in nlp.meta, and a note where a model stands in for another."""
    described = load_pipeline(language, model=model).meta[META_KEY]
    assert {"model", "version", "fingerprint", "note"} <= set(described)


def test_unknown_language_is_refused():
    """A language without a pipeline is the caller's mistake."""
    with pytest.raises(LanguageUnsupported, match="de, en"):
        load_pipeline("fr")


def test_pipeline_that_is_not_installed_is_named():
    """A package that is not there is an installation fault with the name in the message."""
    with pytest.raises(ModelMissing, match="de_core_news_none"):
        load_pipeline("de", pipeline="de_core_news_none")


def test_pipeline_of_another_language_is_refused(tmp_path):
    """An English pipeline is not loaded for German."""
    spacy.blank("en").to_disk(tmp_path / "other")
    with pytest.raises(ModelInvalid, match="'en'"):
        load_pipeline("de", pipeline=tmp_path / "other")


def test_pipeline_without_names_is_refused(tmp_path):
    """A pipeline must give parts of speech, dependencies and names."""
    bare = load_pipeline("de", model="small")
    bare.remove_pipe("ner")
    bare.to_disk(tmp_path / "bare")
    with pytest.raises(ModelInvalid, match="without names"):
        load_pipeline("de", pipeline=tmp_path / "bare")


@pytest.mark.parametrize(("component", "label", "named"), [("parser", "agens", "agens"), ("ner", "GEBIET", "GEBIET")])
def test_pipeline_with_unknown_labels_is_refused(tmp_path, component, label, named):
    """Labels that no table knows are named in the refusal."""
    changed = spacy.blank("de")
    for name in ("morphologizer", "parser", "ner"):
        pipe = changed.add_pipe(name)
        pipe.add_label({"morphologizer": "POS=NOUN", "parser": "nsubj", "ner": "PER"}[name])
    changed.get_pipe(component).add_label(label)
    changed.initialize()
    changed.to_disk(tmp_path / "strange")
    with pytest.raises(ModelInvalid, match=named):
        load_pipeline("de", pipeline=tmp_path / "strange")


def test_wrong_version_is_refused(monkeypatch):
    """Weights of another version than the code expects are not used."""
    shipped = loading._shipped()["de"]["small"].model_copy(update={"version": "99.0.0"})
    monkeypatch.setattr(loading, "_shipped", lambda: {"de": {"small": shipped}})
    with pytest.raises(DepescheError, match=r"99\.0\.0") as refused:
        load_pipeline("de", model="small")
    assert refused.value.code == "model_invalid"


def test_pipeline_survives_a_round_trip_to_disk(german, tmp_path):
    """What nlp.to_disk writes, a path loads again, with the same output."""
    german.to_disk(tmp_path / "copy")
    copy = load_pipeline("de", pipeline=tmp_path / "copy")
    assert annotations(copy(GERMAN)) == annotations(german(GERMAN))


def test_pipe_equals_single_calls(german):
    """Batches give what single calls give."""
    texts = [GERMAN, "Ja.", GERMAN + " " + GERMAN]
    assert [annotations(doc) for doc in german.pipe(texts)] == [annotations(german(text)) for text in texts]


def annotations(doc):
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc]
