"""What of an article is parsed, and that articles are worked on together without harm to one another."""

from datetime import UTC, datetime

import pytest
import spacy

from schemas import Article
from worker.extraction import Extractor, load_pipeline
from worker.extraction.errors import LanguageUnsupported
from worker.extraction.field import Field
from worker.extraction.languages.pack import load_pack

NOW = datetime(2025, 11, 5, tzinfo=UTC)
MET = "Kanzlerin Anna Muster hat sich mit Präsident Jan Beispiel getroffen."
QUIET = "Der Sommer war lang. Die Ernte war gut. Auf den Feldern stand das Korn."


class Counted:
    """A pipeline that notes what it parses, and refuses what holds a certain word."""

    def __init__(self, nlp):
        self._nlp = nlp
        self.parsed = []

    def __getattr__(self, name):
        return getattr(self._nlp, name)

    def pipe(self, docs, **options):
        docs = list(docs)
        self.parsed.extend(doc.text.strip() for doc in docs)
        if any("Gift" in doc.text for doc in docs):
            raise ValueError("poisoned")
        return self._nlp.pipe(docs, **options)


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline("de", model="small")


@pytest.fixture
def counted(nlp):
    return Counted(nlp)


def extractor(counted, **options):
    return Extractor(clock=lambda: NOW, pipelines={"de": counted}, **options)


def german(text, **fields):
    return Article(text=text, language="de", **fields)


def test_article_without_a_trigger_is_not_parsed(counted):
    assert extractor(counted).extract(german(QUIET)).events == ()
    assert counted.parsed == []


def test_only_what_the_event_asks_for_is_parsed(counted):
    """The sentence of the event and those that tell more of its parties; not the harvest, nor a bare surname."""
    met = "Am Montag hat sich Anna Muster mit Präsident Jan Beispiel getroffen."
    more = "Die Ministerin Anna Muster kam aus Musterstadt. Am Abend ging Muster heim."
    events = extractor(counted).extract(german(f"{QUIET} {met} {QUIET} {more}")).events
    assert [event.type for event in events] == ["meeting"]
    assert met in counted.parsed
    assert "Die Ministerin Anna Muster kam aus Musterstadt." in counted.parsed
    assert "Am Abend ging Muster heim." not in counted.parsed
    assert "Die Ernte war gut." not in counted.parsed


def test_who_is_told_in_full_is_not_looked_up_behind(counted):
    """Name and office stand with the event, and what the article tells later changes neither."""
    extractor(counted).extract(german(f"{QUIET} {MET} {QUIET} Die Ministerin Anna Muster kam aus Musterstadt."))
    assert counted.parsed == [MET]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sie begegnete dem Problem mit Humor.", id="no-partner-whoever-she-is"),
        pytest.param("Präsident Jan Beispiel hat uns am Montag besucht.", id="we-are-named-nowhere"),
    ],
)
def test_whom_no_answer_could_help_asks_for_nothing(counted, text):
    before = "Anna Muster ist Kanzlerin."
    extractor(counted).extract(german(f"{before} {text}"))
    assert counted.parsed == [text]


def test_called_by_a_noun_is_looked_for_near_it(counted):
    """A long article has many of the office; who is meant is the nearest before, so that the far ones are not read."""
    many = " ".join(f"Minister Anton Beispiel{number} kam heim." for number in range(30))
    extractor(counted).extract(german(f"{many} Am Montag traf der Minister die Kanzlerin Anna Muster."))
    read = [number for number in range(30) if f"Minister Anton Beispiel{number} kam heim." in counted.parsed]
    assert read
    assert min(read) >= 20
    assert max(read) == 29


def test_without_the_cascade_everything_is_parsed(counted):
    extractor(counted, cascade=False).extract(german(f"{QUIET} {MET}"))
    assert counted.parsed == [*(f"{part}." for part in QUIET.rstrip(".").split(". ")), MET]


def test_pronoun_brings_in_the_sentence_before(counted):
    text = f"Die Ernte war gut. Anna Muster ist Kanzlerin. Sie traf Präsident Jan Beispiel. {QUIET}"
    (event,) = extractor(counted).extract(german(text)).events
    assert {party.name for party in event.participants} == {"Anna Muster", "Jan Beispiel"}
    assert counted.parsed[:2] == ["Sie traf Präsident Jan Beispiel.", "Anna Muster ist Kanzlerin."]


def test_events_and_their_reasons_are_those_of_the_full_run(counted):
    article = german(f"{MET} Das teilte ein Sprecher mit. {QUIET}", published=NOW.date())
    cascade, full = (extractor(counted, cascade=cascade).explain(article) for cascade in (True, False))
    assert cascade.result.events == full.result.events
    assert dict(cascade.evidence) == dict(full.evidence)


def test_articles_of_a_batch_are_parsed_at_once_in_input_order(counted):
    results = list(extractor(counted).extract_many([german(MET, id="a"), german(QUIET, id="b"), german(MET, id="c")]))
    assert [(result.article_id, len(result.events)) for result in results] == [("a", 1), ("b", 0), ("c", 1)]


def test_poisoned_article_takes_nobody_with_it(counted):
    """The model refuses the batch; each article alone shows which it was."""
    poison = german("Das Gift war da. Muster traf sich mit Gift.", id="b")
    articles = [german(MET, id="a"), poison, german(MET, id="c")]
    first, second, third = extractor(counted).attempt_many([(article, 1) for article in articles])
    assert len(first.result.events) == len(third.result.events) == 1
    assert isinstance(second, ValueError)


def test_article_that_cannot_be_read_leaves_its_companions_alone(counted):
    foreign = Article(text="Le président a rencontré la ministre à Paris pour parler du climat et de la paix.")
    first, second = extractor(counted).attempt_many([(foreign, 1), (german(MET), 1)])
    assert isinstance(first, LanguageUnsupported)
    assert len(second.result.events) == 1


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Er kam. Sie ging.", ["Er kam.", "Sie ging."]),
        ("Am 8. Mai kam er. Dr. Muster ging.", ["Am 8. Mai kam er.", "Dr. Muster ging."]),
        ('Er rief: "Komm!" Sie ging.', ['Er rief: "Komm!"', "Sie ging."]),
        ('Er kam. "Geh", sagte sie.', ["Er kam.", '"Geh", sagte sie.']),
        ("Er kam.Dann ging sie.", ["Er kam.", "Dann ging sie."]),
        ("Überschrift\nEr kam.", ["Überschrift", "Er kam."]),
        ("", []),
        ("   \n ", []),
    ],
    ids=["stop", "ordinal-and-title", "closing-quote", "opening-quote", "glued", "line", "empty", "blank"],
)
def test_field_is_cut_into_sentences_by_their_marks(text, units):
    field = Field("text", text, pack=load_pack("de"), nlp=spacy.blank("de"))
    assert [
        "".join(doc.text_with_ws for doc in field.docs([number])).strip() for number in range(len(field.units))
    ] == units


def test_passage_has_every_word_where_it_stood(nlp):
    text = f"{QUIET}\n\n  {MET} \n"
    field = Field("text", text, pack=load_pack("de"), nlp=nlp)
    field.fill([0], nlp.pipe(field.docs([0])))
    passage = field.passage()
    assert passage.doc.text == passage.masked == text
    assert [field.is_parsed(unit.start, unit.end) for unit in field.units] == [True, False, False, False]


def test_who_pays_a_visit_at_a_place_is_looked_up(counted):
    """A place can make the visit an event, whatever the visited is; so *he* is looked up like elsewhere."""
    text = f"{QUIET} Präsident Jan Beispiel kam aus Musterstadt. Er besuchte am Montag in Wien eine Schule."
    article = german(text)
    cascade = extractor(counted).extract(article).events
    whole = extractor(counted, cascade=False).extract(article).events
    assert "Präsident Jan Beispiel kam aus Musterstadt." in counted.parsed
    assert [[p.name for p in event.participants] for event in cascade] == [
        [p.name for p in event.participants] for event in whole
    ]
