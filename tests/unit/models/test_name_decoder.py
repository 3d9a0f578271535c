"""Names are read from scores, and what is nearly a name is none."""

import numpy as np
import pytest

from worker.extraction.models.multitask.names import NameDecoder

TAGS = ("O", "B-LOC", "I-LOC", "B-LOCderiv", "I-LOCderiv")


@pytest.mark.parametrize(
    ("scores", "spans"),
    [
        pytest.param([[0, 3, 0, 0, 0], [0, 0, 3, 0, 0]], [(0, 2, "LOC")], id="name"),
        pytest.param([[0, 1, 0, 3, 0]], [], id="nearly a name"),
        pytest.param([[1.9, 2.0, -9, 1.9, -9]], [], id="none or nearly one, together likelier"),
        pytest.param([[0, 0, 3, 0, 0], [0, 0, 3, 0, 0]], [(0, 2, "LOC")], id="no beginning"),
    ],
)
def test_names_are_read_from_scores(scores, spans):
    """A name begins with B-, and is given only where it is likelier than no name at all."""
    assert list(NameDecoder(TAGS).spans(np.array(scores, np.float32))) == spans


@pytest.mark.parametrize(
    ("scores", "spans"),
    [
        pytest.param([[0, 3, 0, 0, 0], [0, 0, 3, 0, 0]], [(0, 2, "LOC")], id="name"),
        pytest.param([[0, 1, 0, 3, 0]], [(0, 1, "LOC")], id="form of a name"),
        pytest.param([[2.0, 1.9, -9, 1.9, -9]], [(0, 1, "LOC")], id="name or form, together likelier than none"),
    ],
)
def test_forms_count_as_names_of_their_kind_where_wanted(scores, spans):
    """A corpus that has "deutsche" as a place is compared with just that."""
    assert list(NameDecoder(TAGS, counting_forms=True).spans(np.array(scores, np.float32))) == spans
