"""Trains the small spaCy pipeline: ``python -m training.cnn --corpora FOLDER --out FOLDER``.

About ten minutes on two cores: syntax and names are trained one after the other, each with its own encoder.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy import util
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, Config, fix_random_seed

from training.gold_docs import passages, to_example
from training.scores import score_names, score_syntax
from training.silver import SOURCE, read_silver, with_known_features
from training.splits import german_names, german_treebanks, hold_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from training.sentence import Sentence

SEED = 7
SYNTAX = ("tok2vec", "morphologizer", "parser")
NAMES = ("ner",)


def main() -> None:
    """Train, score and write the pipeline."""
    options = _options()
    fix_random_seed(SEED)
    treebanks, names = german_treebanks(options.corpora), german_names(options.corpora)
    syntax_train, name_train = list(treebanks.train), list(names.train)
    if options.hold_out:
        syntax_train, syntax_held = hold_out(syntax_train)
        name_train, name_held = hold_out(name_train)
    silver: list[Sentence] = []
    if options.silver:
        silver = with_known_features(read_silver(options.silver), syntax_train)
    nlp = util.load_model_from_config(Config().from_disk(Path(__file__).with_name("cnn.cfg")), auto_fill=True)
    _initialise(nlp, syntax_train, name_train)
    train(nlp, syntax_train * 2 + silver, pipes=SYNTAX, minutes=options.minutes * 0.6, longest_passage=4)
    silver_news = [sentence for sentence in silver if sentence.source == SOURCE]
    train(nlp, name_train + silver_news, pipes=NAMES, minutes=options.minutes * 0.4, longest_passage=3)
    if options.hold_out:
        print(score_syntax(nlp, syntax_held), score_names(nlp, name_held))
    # The vocabulary would only hold the words of the corpora; the components bring their labels themselves.
    nlp.to_disk(options.out, exclude=["vocab"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="where the pipeline is written")
    parser.add_argument("--minutes", type=float, default=10.0, help="time to train for")
    parser.add_argument("--silver", type=Path, help="sentences that training.silver labelled, to learn from as well")
    parser.add_argument("--hold-out", action="store_true", help="keep a twelfth of the training data for choosing")
    return parser.parse_args()


def _initialise(nlp: Language, syntax: Sequence[Sentence], names: Sequence[Sentence]) -> None:
    """Learn the label sets; every component sees the documents that carry its layer."""

    def examples() -> list[Example]:
        return [to_example(sentence, nlp.vocab) for sentence in (*syntax, *names)]

    nlp.initialize(examples)


def train(
    nlp: Language, sentences: Sequence[Sentence], *, pipes: Sequence[str], minutes: float, longest_passage: int
) -> None:
    """Train some of the components for a given time, the learning rate falling to nothing at its end."""
    rng = random.Random(SEED)  # noqa: S311 - shuffling training data needs no secrecy
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0)
    start, epoch = time.monotonic(), 0
    with nlp.select_pipes(enable=list(pipes)):
        while (done := (time.monotonic() - start) / (minutes * 60)) < 1:
            losses: dict[str, float] = {}
            examples = (to_example(p, nlp.vocab) for p in passages(sentences, rng, longest=longest_passage))
            for batch in minibatch_by_words(examples, size=800):
                done = (time.monotonic() - start) / (minutes * 60)
                if done >= 1:
                    break
                optimizer.learn_rate = 0.001 * min(1.0, 1.6 * (1 - done) + 0.02)
                nlp.update(batch, sgd=optimizer, drop=0.15, losses=losses)
            epoch += 1
            print(
                f"{pipes[-1]} epoch {epoch} {done:.0%}",
                {name: round(loss) for name, loss in losses.items()},
                flush=True,
            )


def evaluate_file(path: Path, corpora: Path) -> None:
    """Print the scores of a written pipeline on the test splits."""
    nlp = spacy.load(path)
    names = german_names(corpora)
    print(score_syntax(nlp, german_treebanks(corpora).test))
    print(score_names(nlp, names.germeval_test), score_names(nlp, names.smartdata_test))


if __name__ == "__main__":
    main()
