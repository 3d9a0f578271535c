"""Builds an ONNX graph operation by operation, with weights stored as 8-bit integers.

The encoder multiplies integers: a column of weights has a scale, and so has each row of what comes in, found from that
row alone. So no figure depends on what else is in the batch, and nothing has to be calibrated. Measured on news with
one thread (2026-11): 2.0 times the words per second of single precision. Fixed scales for all rows were a tenth faster
still, but changed twice as many labels: a few channels reach ten times what the others do, and for some words only.

On processors that multiply tiles of 8-bit integers the products are a quarter of the time, and what goes over the
states one by one is the rest, so every pass over them counts: states are (pieces of all windows, width), because only
then does one operation divide each row by its own scale and round; ``SkipLayerNormalization`` is slower than the sums
and the norm that it replaces (a seventh of all, 2026-11, onnxruntime 1.32), ``MatMulNBits`` than single precision.

The heads, a thirtieth of the work, compute in single precision from weights of which every 64 of a column share a
scale, multiplied out at load.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 21, 10
BLOCK = 64
CONTRIBUTED = "com.microsoft"
BELOW_ZERO = 40
LEAST_OF_GELU = 0.17
"""GELU is never below the negative of this."""
TINY = 1e-8
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Rows:
    """States as 8-bit integers.

    Attributes:
        integers: Unsigned.
        zero: The integer that stands for zero.
        scales: One for each row, to multiply with: (rows, 1).
    """

    integers: str
    zero: str
    scales: str


class Graph:
    """An ONNX graph under construction; every method returns the name of what it computes.

    Args:
        quantised: Whether matrices are stored in 8 bits.
    """

    def __init__(self, *, quantised: bool) -> None:
        self._quantised = quantised
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._zeros: dict[int, str] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Keep an array under a name."""
        # A scalar must stay one, and ``ascontiguousarray`` makes a row of it.
        self._constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def run(self, operation: str, *inputs: str, **attributes: object) -> str:
        """Apply an operation with one output."""
        output = f"{operation}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def matrix(self, name: str, weight: Array) -> str:
        """A weight (inputs, outputs), one scale for a block of a column."""
        if not self._quantised:
            return self.constant(name, weight)
        inputs, outputs = weight.shape
        block = BLOCK if inputs % BLOCK == 0 else inputs
        blocks = weight.reshape(inputs // block, block, outputs)
        scale = np.maximum(np.abs(blocks).max(axis=1), TINY) / 127
        integers = np.round(blocks / scale[:, None, :]).astype(np.int8).reshape(inputs, outputs)
        self.constant(f"{name}.int8", integers)
        self.constant(f"{name}.scale", scale.astype(np.float32))
        return self.run("DequantizeLinear", f"{name}.int8", f"{name}.scale", axis=0, block_size=block)

    def rows(self, states: str) -> str | Rows:
        """States (rows, width) as what ``multiply`` takes; compute it once where several products share them."""
        return (
            self._rows(states, largest=self.run("Abs", states), zero=128, least_scale=TINY)
            if self._quantised
            else states
        )

    def activated_rows(self, states: str) -> str | Rows:
        """The same for what GELU gave, which is hardly below zero: most integers are for what is above."""
        if not self._quantised:
            return states
        return self._rows(states, largest=states, zero=BELOW_ZERO, least_scale=LEAST_OF_GELU / BELOW_ZERO)

    def _rows(self, states: str, *, largest: str, zero: int, least_scale: float) -> Rows:
        last = self.constant("last_axis", np.array([-1], np.int64))
        step = self.constant(f"step_{zero}", np.array(1 / (255 - zero), np.float32))
        scales = self.run("Mul", self.run("ReduceMax", largest, last, keepdims=0), step)
        scales = self.run("Max", scales, self.constant(f"least_{zero}", np.array(least_scale, np.float32)))
        zero_point = self.constant(f"zero_{zero}", np.array(zero, np.uint8))
        if zero not in self._zeros:
            # One for each row; all states have equally many.
            self._zeros[zero] = self.run("Expand", zero_point, self.run("Shape", scales))
        integers = self.run("QuantizeLinear", states, scales, self._zeros[zero], axis=0)
        return Rows(integers, zero_point, self.run("Unsqueeze", scales, last))

    def multiply(self, rows: str | Rows, name: str, weight: Array, bias: Array | None = None) -> str:
        """``rows @ weight.T + bias``, the product in integers."""
        if not isinstance(rows, Rows):
            return self.linear(rows, name, weight, bias)
        scale = np.maximum(np.abs(weight).max(axis=1), TINY) / 127
        product = self.run(
            "MatMulIntegerToFloat", rows.integers,
            self.constant(f"{name}.int8", np.round(weight / scale[:, None]).astype(np.int8).T),
            self._one(), self.constant(f"{name}.scale", scale.astype(np.float32)), rows.zero,
            domain=CONTRIBUTED,
        )  # fmt: skip
        return self._add_bias(self.run("Mul", product, rows.scales), name, bias)

    def _add_bias(self, product: str, name: str, bias: Array | None) -> str:
        if bias is None:
            return product
        # As (1, width): the runtime would join a mere vector and a GELU behind it, which takes a quarter longer.
        return self.run("Add", product, self.constant(f"{name}.bias", bias[None, :]))

    def _one(self) -> str:
        return self.constant("one", np.array(1, np.float32))

    def linear(self, states: str, name: str, weight: Array, bias: Array | None) -> str:
        """``states @ weight.T + bias``, in single precision."""
        return self._add_bias(self.run("MatMul", states, self.matrix(f"{name}.weight", weight.T)), name, bias)

    def embedding(self, indices: str, name: str, table: Array) -> str:
        """Rows of a table, one scale a row; the table stays in 8 bits in memory."""
        if not self._quantised:
            return self.run("Gather", self.constant(name, table), indices)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), TINY) / 127
        rows = self.run("Gather", self.constant(f"{name}.int8", np.round(table / scale).astype(np.int8)), indices)
        scales = self.run("Gather", self.constant(f"{name}.scale", scale.astype(np.float32)), indices)
        return self.run("Mul", self.run("Cast", rows, to=TensorProto.FLOAT), scales)

    def norm(self, states: str, name: str, weight: Array, bias: Array, *, epsilon: float) -> str:
        """Layer normalisation over the last axis."""
        scale, shift = self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)
        return self.run("LayerNormalization", states, scale, shift, axis=-1, epsilon=epsilon)

    def model(self, inputs: dict[str, tuple[int, list[str]]], outputs: dict[str, str]) -> onnx.ModelProto:
        """Close the graph: inputs by name with type and shape, outputs by name with what they show."""
        for name, shown in outputs.items():
            self._nodes.append(helper.make_node("Identity", [shown], [name]))
        graph = helper.make_graph(
            self._nodes,
            "depesche",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            list(self._constants.values()),
        )
        opset = [helper.make_operatorsetid("", OPSET), helper.make_operatorsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION, producer_name="depesche")
