"""Exports the trained network: ``python -m training.encoder.export --encoder FOLDER --trained FOLDER --out FOLDER``."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto

from training.encoder.bert import NORM_EPSILON
from training.encoder.graph import CONTRIBUTED, Graph
from training.encoder.labels import Labels
from worker.extraction.models.pieces import PAD_ID

HEADS = 12
_MIX_EPSILON = 1e-5
Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class _Batch:
    """What the layers have to know of the batch.

    Attributes:
        mask: 1 where a piece is read, 0 where it only fills up: (batch, pieces).
        shape: Of its states with windows: (batch, pieces, width).
        flat: Of its states without: (all pieces, width).
    """

    mask: str
    shape: str
    flat: str


def build(weights: Weights, *, quantised: bool) -> onnx.ModelProto:
    """The network as an ONNX model: pieces (batch, pieces), words (batch, words, pieces), treebank (batch)."""
    graph = Graph(quantised=quantised)
    layers = sorted({int(name.split(".")[2]) for name in weights if name.startswith("encoder.layers.")})
    first_mixed = len(layers) - len(weights["syntax_mix.weights"])
    embedded = _embed(graph, weights)
    batch = _Batch(_mask(graph), graph.run("Shape", embedded), graph.constant("flat", _flat(weights)))
    states = graph.run("Reshape", embedded, batch.flat)
    outputs = []
    for layer in layers:
        states = _layer(graph, weights, f"encoder.layers.{layer}.", states, batch)
        outputs.append(states)
    mixed = [graph.run("Reshape", states, batch.shape) for states in outputs[first_mixed:]]
    return graph.model(
        {
            "pieces": (TensorProto.INT64, ["batch", "pieces"]),
            "words": (TensorProto.FLOAT, ["batch", "words", "pieces"]),
            "treebank": (TensorProto.INT64, ["batch"]),
        },
        _heads(graph, weights, mixed),
    )


def _mask(graph: Graph) -> str:
    """1 where a piece is read, 0 where it only fills up: (batch, pieces)."""
    is_padding = graph.run("Equal", "pieces", graph.constant("pad", np.array(PAD_ID, np.int64)))
    return graph.run("Cast", graph.run("Not", is_padding), to=TensorProto.INT32)


def _embed(graph: Graph, weights: Weights) -> str:
    prefix = "encoder.embeddings."
    words = graph.embedding("pieces", f"{prefix}word", weights[f"{prefix}word.weight"])
    places = weights[f"{prefix}position.weight"] + weights[f"{prefix}kind"]
    zero, one = (graph.constant(f"{number}", np.array([number], np.int64)) for number in (0, 1))
    count = graph.run("Slice", graph.run("Shape", "pieces"), one, graph.constant("2", np.array([2], np.int64)))
    positions = graph.run("Slice", graph.constant("positions", places), zero, count)
    return _norm(graph, weights, f"{prefix}norm", graph.run("Add", words, positions))


def _norm(graph: Graph, weights: Weights, name: str, states: str, *, epsilon: float = NORM_EPSILON) -> str:
    return graph.norm(states, name, weights[f"{name}.weight"], weights[f"{name}.bias"], epsilon=epsilon)


def _linear(graph: Graph, weights: Weights, name: str, states: str) -> str:
    return graph.linear(states, name, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _product(graph: Graph, weights: Weights, name: str, states: str) -> str:
    return graph.multiply(graph.rows(states), name, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _flat(weights: Weights) -> NDArray[np.int64]:
    return np.array([-1, weights["encoder.embeddings.word.weight"].shape[1]], np.int64)


def _layer(graph: Graph, weights: Weights, prefix: str, states: str, batch: _Batch) -> str:
    attended = _attention(graph, weights, f"{prefix}attention.", states, batch)
    states = _norm(graph, weights, f"{prefix}attention.norm", graph.run("Add", states, attended))
    inner = graph.run("Gelu", _product(graph, weights, f"{prefix}intermediate", states))
    inner = graph.multiply(
        graph.activated_rows(inner),
        f"{prefix}output",
        weights[f"{prefix}output.weight"],
        weights[f"{prefix}output.bias"],
    )
    return _norm(graph, weights, f"{prefix}norm", graph.run("Add", states, inner))


def _attention(graph: Graph, weights: Weights, prefix: str, states: str, batch: _Batch) -> str:
    rows = graph.rows(states)
    query, key, value = (
        graph.run("Reshape", graph.multiply(rows, prefix + part, weights[f"{prefix}{part}.weight"], bias), batch.shape)
        # A bias of the keys raises all scores of a query alike, and softmax takes that away again.
        for part, bias in (("query", weights[f"{prefix}query.bias"]), ("key", None), ("value", None))
    )
    mixed = graph.run(
        "MultiHeadAttention", query, key, value, "", batch.mask,
        domain=CONTRIBUTED, num_heads=HEADS, mask_filter_value=-1e4,
    )  # fmt: skip
    output = weights[f"{prefix}output.weight"]
    # Shares of attention sum to one: a bias of the values goes through to the output as it is.
    bias = weights[f"{prefix}output.bias"] + output @ weights[f"{prefix}value.bias"]
    return graph.multiply(graph.rows(graph.run("Reshape", mixed, batch.flat)), f"{prefix}output", output, bias)


def _mix(graph: Graph, weights: Weights, name: str, layers: list[str]) -> str:
    shares = np.exp(weights[f"{name}.weights"] - weights[f"{name}.weights"].max())
    shares /= shares.sum()
    scaled = [
        graph.run("Mul", layer, graph.constant(f"{name}.share.{number}", shares[number]))
        for number, layer in enumerate(layers)
    ]
    normed = _norm(graph, weights, f"{name}.norm", graph.run("Sum", *scaled), epsilon=_MIX_EPSILON)
    return graph.run("MatMul", "words", normed)


def _hidden(graph: Graph, weights: Weights, name: str, states: str) -> str:
    return graph.run("Gelu", _linear(graph, weights, f"{name}.0", states))


def _heads(graph: Graph, weights: Weights, layers: list[str]) -> dict[str, str]:
    syntax, own = _syntax_states(graph, weights, _mix(graph, weights, "syntax_mix", layers))
    name = _hidden(graph, weights, "name", _mix(graph, weights, "name_mix", layers))
    last = graph.constant("last_axis", np.array([-1], np.int64))
    return {
        "upos": _linear(graph, weights, "upos", own),
        "features": _linear(graph, weights, "features", own),
        "names": _linear(graph, weights, "names", name),
        "ends": graph.run("Squeeze", _linear(graph, weights, "ends", own), last),
        "arcs": _arcs(graph, weights, syntax, own),
        "relation_dependent": _hidden(graph, weights, "relation_dependent", own),
        "relation_head": _hidden(graph, weights, "relation_head", syntax),
    }


def _syntax_states(graph: Graph, weights: Weights, words: str) -> tuple[str, str]:
    """The states with the root in front, and those of the words alone."""
    axis = graph.constant("word_axis", np.array([1], np.int64))
    habits = graph.run("Gather", graph.constant("treebanks", weights["treebank.weight"]), "treebank")
    habits = graph.run("Unsqueeze", habits, axis)
    root = graph.run("Add", habits, graph.constant("root", weights["root"]))
    states = graph.run("Concat", root, graph.run("Add", words, habits), axis=1)
    states = _hidden(graph, weights, "syntax", states)
    far = graph.constant("far", np.array([np.iinfo(np.int64).max], np.int64))
    return states, graph.run("Slice", states, graph.constant("after_root", np.array([1], np.int64)), far, axis)


def _arcs(graph: Graph, weights: Weights, syntax: str, own: str) -> str:
    dependent, head = _hidden(graph, weights, "arc_dependent", own), _hidden(graph, weights, "arc_head", syntax)
    left = graph.linear(dependent, "arc", weights["arc"][:-1].T, weights["arc"][-1])
    return graph.run("MatMul", left, graph.run("Transpose", head, perm=[0, 2, 1]))


def main() -> None:
    """Export with the files that the component reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with pieces.tsv")
    parser.add_argument(
        "--trained", type=Path, required=True, help="folder with network.pt or checkpoint.pt, labels.json"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="do not quantise, to compare")
    options = parser.parse_args()
    weights = {name: value.numpy() for name, value in trained_weights(options.trained).items()}
    options.out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(weights, quantised=not options.float32), options.out / "network.onnx")
    np.save(options.out / "relations.npy", weights["relation"].astype(np.float16))
    shutil.copyfile(options.encoder / "pieces.tsv", options.out / "pieces.tsv")
    Labels.read(options.trained / "labels.json").write(options.out / "labels.json")
    print({path.name: f"{path.stat().st_size / 1e6:.1f} MB" for path in sorted(options.out.iterdir())})


def trained_weights(folder: Path) -> dict[str, torch.Tensor]:
    """The averaged weights: those written at the end, or the last checkpoint's."""
    if (folder / "network.pt").exists():
        return torch.load(folder / "network.pt", weights_only=True)
    return torch.load(folder / "checkpoint.pt", weights_only=True)["average"]


if __name__ == "__main__":
    main()
