"""Whatever bytes come in, an article or one clear refusal comes out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, InvalidArticle, read_article

PRIVATE = "Zaunkönigsgeheimnis"


def refusal(raw, **options):
    with pytest.raises(InvalidArticle) as caught:
        read_article(raw, where="here", **options)
    return caught.value


def nested(levels):
    return b'{"text": "a", "metadata": {"a": ' + b"[" * levels + b"]" * levels + b"}}"


@pytest.mark.parametrize(
    ("raw", "code", "told"),
    [
        pytest.param(b'{"text": "a', "json_invalid", "broken JSON at column", id="cut"),
        pytest.param(b"", "json_invalid", "broken JSON", id="empty"),
        pytest.param(b"[1]", "json_invalid", "found an array", id="array"),
        pytest.param(b'"text"', "json_invalid", "found a string", id="string"),
        pytest.param(b"null", "json_invalid", "found null", id="null"),
        pytest.param(b"true", "json_invalid", "found a boolean", id="boolean"),
        pytest.param(b"7", "json_invalid", "found a number", id="number"),
        pytest.param(b"[" * 100_000, "json_invalid", "nesting too deep", id="deep"),
        pytest.param(b'{"text": "M\xfcller"}', "encoding_invalid", "byte 0xfc at offset 11", id="Latin-1"),
        pytest.param(b'{"text": "a\\ud800b"}', "encoding_invalid", "lone surrogate", id="lone surrogate"),
        pytest.param(
            b'{"text": "a", "language": "fr"}', "language_unsupported", "expected de or en, found 'fr'", id="French"
        ),
        pytest.param(b'{"text": "a", "autor": "x"}', "field_unknown", "autor: unknown field", id="unknown field"),
        pytest.param(b'{"text": "a", "metadata": {"a": NaN}}', "metadata_invalid", "found NaN", id="NaN"),
        pytest.param(nested(70), "metadata_invalid", "at most 64 levels", id="nested metadata"),
        pytest.param(nested(300), "metadata_invalid", "metadata", id="metadata nested beyond reading"),
        pytest.param(b'{"text": null}', "field_invalid", "found null", id="null as text"),
        pytest.param(b'{"text": "a", "published": 7}', "date_invalid", "found a number", id="number as date"),
    ],
)
def test_refusal_says_what_was_found_and_where(raw, code, told):
    error = refusal(raw)
    assert error.code == code
    assert error.message.startswith("here: ")
    assert told in error.message


def test_whatever_is_let_in_can_be_written_and_read_again():
    """The queue does both, and so does whoever reads the result."""
    article = read_article(nested(63))
    assert Article.model_validate_json(article.model_dump_json()) == article


def test_limit_of_the_installation_counts():
    raw = json.dumps({"text": "abc"}).encode()
    assert read_article(raw, max_text_chars=3).text == "abc"
    error = refusal(raw, max_text_chars=2)
    assert error.code == "text_too_long"
    assert "at most 2 characters, found 3" in error.message


def test_strange_field_name_stays_on_one_short_line():
    error = refusal(json.dumps({"text": "a", "\n" + "x" * 500: 1}).encode())
    assert error.code == "field_unknown"
    assert "\n" not in error.message
    assert len(error.message) < 250


def test_byte_order_mark_is_allowed():
    assert read_article(b'\xef\xbb\xbf{"text": "a"}').text == "a"


@pytest.mark.parametrize(
    "article",
    [
        {"text": PRIVATE, "language": 5},
        {"text": PRIVATE * 100_000},
        {"text": [PRIVATE]},
        {"text": "a", "published": PRIVATE},
        {"text": "a", "metadata": PRIVATE},
        {"text": "a", "title": {"x": PRIVATE}},
    ],
)
def test_message_never_quotes_content(article):
    assert PRIVATE not in refusal(json.dumps(article).encode()).message


def test_blank_optional_fields_are_absent():
    article = read_article(b'{"text": "a", "title": " ", "url": "", "publisher": ""}')
    assert (article.title, article.url, article.publisher) == (None, None, None)


@given(st.binary(max_size=200))
def test_any_bytes_give_an_article_or_a_refusal(raw):
    try:
        article = read_article(raw)
    except InvalidArticle:
        return
    assert article.text.strip()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.text(max_size=3) | st.sampled_from(
    ["id", "text", "title", "published", "language", "url", "publisher", "metadata", "other"]
)


@given(st.dictionaries(FIELDS, JSON, max_size=9))
def test_any_object_gives_an_article_or_a_refusal(data):
    try:
        article = read_article(json.dumps(data).encode())
    except InvalidArticle:
        return
    assert article.text == data["text"]
