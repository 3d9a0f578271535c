"""Every parser of outside input: whatever comes in, it is taken or refused as announced, and soon."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzz.fuzzing import SLOW_S, fuzz, input_of
from benchmarks.fuzz.targets import Target, targets

TARGETS = {each.name: each for each in targets()}
INPUTS = int(os.environ.get("DEPESCHE_FUZZ_INPUTS", "400"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=9), part, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", TARGETS)
def test_broken_inputs_break_nothing(name):
    """`make fuzz` gives many more."""
    found = fuzz(TARGETS[name], seed=0, inputs=INPUTS)
    assert found.faults == []
    assert 0 < found.accepted <= found.inputs


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=300) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_break_nothing(name, data):
    TARGETS[name].accepts(data)


@given(fields=st.dictionaries(st.sampled_from(["id", "text", "title", "published", "metadata", "url"]), JSON))
def test_any_fields_break_no_article(fields):
    TARGETS["entry of the intake"].accepts(json.dumps(fields).encode("utf-8", "surrogatepass"))


def test_inputs_can_be_made_again():
    """A fault is found again by its number."""
    target = TARGETS["article"]
    assert [input_of(target, n) for n in range(50)] == [input_of(target, n) for n in range(50)]
    assert len({input_of(target, n) for n in range(50)}) > 40


def test_faults_are_noted():
    """An error of another kind, and time that runs away."""

    def read(data):
        if len(data) % 2:
            raise KeyError(data)

    found = fuzz(Target("bad", (b"one", b"four"), read), seed=0, inputs=50)
    assert found.faults[0].endswith("KeyError")
    assert found.slowest_s < SLOW_S
