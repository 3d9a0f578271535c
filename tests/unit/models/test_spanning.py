"""The decoder finds the best tree with one root; checked against trying every tree."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from worker.extraction.models.multitask.spanning import best_heads


def is_tree(heads):
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(len(heads)):
        seen, at = set(), word + 1
        while at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at - 1]
    return True


def total(scores, heads):
    return sum(float(scores[word, head]) for word, head in enumerate(heads))


def every_tree(count):
    choices = [[head for head in range(count + 1) if head != word + 1] for word in range(count)]
    return [heads for heads in product(*choices) if is_tree(heads)]


SCORES = st.integers(1, 12).flatmap(
    lambda count: arrays(
        np.float32, (count, count + 1), elements=st.floats(-20, 20, width=32, allow_nan=False, allow_infinity=False)
    )
)


@given(SCORES)
def test_heads_always_form_a_tree_with_one_root(scores):
    """Whatever the scores, every word reaches the one root."""
    assert is_tree(best_heads(scores).tolist())


@given(
    st.integers(1, 4).flatmap(
        lambda count: arrays(np.float32, (count, count + 1), elements=st.floats(-9, 9, width=16, allow_nan=False))
    )
)
def test_small_sentences_get_their_best_tree_for_the_chosen_root(scores):
    """Among all trees with the same root there is none better."""
    normal = scores - np.logaddexp.reduce(
        np.where(np.eye(*scores.shape, k=1, dtype=bool), -1e9, scores), axis=1, keepdims=True
    )
    heads = best_heads(scores).tolist()
    root = heads.index(0)
    rivals = [tree for tree in every_tree(len(scores)) if tree[root] == 0]
    assert total(normal, heads) >= max(total(normal, tree) for tree in rivals) - 1e-2


def test_cycle_is_opened_where_it_costs_least():
    """Two words that prefer each other are entered at the one that loses less."""
    scores = np.array([[1.0, -9, 5.0], [2.0, 5.0, -9]], dtype=np.float32)
    assert best_heads(scores).tolist() == [2, 0]
