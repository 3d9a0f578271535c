"""What is article and what is page: blocks, masks and quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extraction.languages.pack import load_pack
from worker.extraction.steps.sections import find_blocks, find_quotes, mask

DE = load_pack("de").furniture
EN = load_pack("en").furniture

ARTICLE = "Minister reisen nach Oslo\n\nOslo – Die Minister haben beraten.\n\nSie kommen im Mai wieder.\n"


def kinds(text, furniture=DE):
    return [block.kind for block in find_blocks(text, furniture=furniture)]


def test_headline_lead_and_body_are_told_apart():
    """A first line without full stop is the headline, the next paragraph the lead."""
    assert kinds(ARTICLE) == ["headline", "lead", "body"]


def test_headline_before_a_dateline_is_a_headline():
    """A headline may run into the dateline of the same line."""
    text = "Die Minister reden wieder. Oslo – Die Minister haben am Montag beraten."
    assert kinds(text) == ["headline", "lead"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Mehr zum Thema – Verhandlungen über Gas stocken"),
        ("de", "Lesen Sie auch: Treffen der Netzbetreiber endet"),
        ("de", "Kommentare (12)"),
        ("de", "Newsletter abonnieren"),
        ("de", "Foto: Agentur/Muster"),
        ("de", "(Von Anna Muster, APA)"),
        ("en", "Read more: Talks on gas stall"),
        ("en", "Related articles"),
        ("en", "Sign up for our newsletter"),
        ("en", "Photo: Example Agency"),
        ("en", "By Jane Example"),
    ],
)
def test_page_furniture_is_recognised(language, line):
    """Teasers, boxes, credits and bylines are furniture."""
    furniture = DE if language == "de" else EN
    text = f"Ein Titel ohne Punkt\n\nDie Minister haben beraten.\n\n{line}"
    assert kinds(text, furniture)[-1] == "furniture"


def test_a_long_sentence_that_begins_like_furniture_is_none():
    """A sentence of the article stays, whatever its first words."""
    line = "Die Quelle: ein Diplomat, der nicht genannt werden will und der seit Jahren mit beiden Seiten spricht."
    blocks = find_blocks(f"Die Minister haben beraten.\n\n{line}", furniture=DE)
    assert [block.kind for block in blocks] == ["lead", "body"]


def test_comment_box_ends_the_article():
    """Behind the comment box nothing is article any more."""
    text = "Titel\n\nDie Minister haben beraten.\n\nSchreibe einen Kommentar\n\nTreffen wir uns?"
    assert kinds(text)[-2:] == ["furniture", "furniture"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Wien – Sie beraten.", "Sie beraten."),
        ("Wien (APA) – Sie beraten.", "Sie beraten."),
        ("Jerusalem/Ramallah – Sie beraten.", "Sie beraten."),
        ("Frankfurt am Main - Sie beraten.", "Sie beraten."),
        ("Die EU-Außen- und Innenminister beraten.", "Die EU-Außen- und Innenminister beraten."),
        ("Hans-Peter Muster berät.", "Hans-Peter Muster berät."),
    ],
)
def test_datelines_are_blanked(text, kept):
    """A dateline is no place of the event; a hyphen inside a word is no dateline."""
    masked = mask(text, find_blocks(text, furniture=DE), furniture=DE)
    assert masked.strip() == kept


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_mask_keeps_every_offset(text):
    """Whatever the text, the mask has its length."""
    for furniture in (DE, EN):
        assert len(mask(text, find_blocks(text, furniture=furniture), furniture=furniture)) == len(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Er sagte: „Wir reden weiter.“ Dann ging er.", ["Wir reden weiter."]),
        ("Er sagte: »Wir reden weiter.« Dann ging er.", ["Wir reden weiter."]),
        ('He said: "We keep talking." Then he left.', ["We keep talking."]),
        ("He said: “We keep talking.” Then he left.", ["We keep talking."]),
        ("Der „Standard“ berichtet.", []),
        ("Ein „Zitat, das nie endet\nund eine neue Zeile", []),
    ],
)
def test_quotes_are_found(text, quoted):
    """Speech between matching marks is a quote, a name in marks is none."""
    assert [text[start:end] for start, end in find_quotes(text)] == quoted


def test_words_between_tags_are_kept():
    """Left-over markup is blanked, the words between it are the article's, even without a space around."""
    text = "<p>Treffen</p>" * 40
    masked = mask(text, find_blocks(text, furniture=DE), furniture=DE)
    assert masked.split() == ["Treffen"] * 40
