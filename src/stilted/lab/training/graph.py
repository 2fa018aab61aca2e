"""Write the trained encoder as an ONNX graph and quantise it: no exporter, no tracing, sixty lines.

The graph reads one sequence at a time. Dynamic quantisation scales each activation tensor as a whole, so in
a batch a segment's result would hang on its neighbours and its padding; one by one it never does, and on a
CPU it costs nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from stilted.rules.tagger.inference import LOWER

HEADS: Final = 12
EPSILON: Final = 1e-12
OPSET: Final = 20
EXTRA: Final = ("shape", "match")
"""Embeddings beside those of BERT that are added up; the ids of ``shape`` come in as ``shapes``."""


class _Graph:
    """Nodes and weights as they come; every call returns the name of what it computes."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, np.ndarray] = {}

    def weight(self, name: str, *, transposed: bool = False) -> str:
        value = np.asarray(self.weights[name], np.float32)
        self.constants[name] = np.ascontiguousarray(value.T if transposed else value)
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = value
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"{kind}_{name}", **attributes))
        return name

    def linear(self, x: str, prefix: str) -> str:
        product = self.op("MatMul", x, self.weight(f"{prefix}.weight", transposed=True))
        return self.op("Add", product, self.weight(f"{prefix}.bias"))

    def norm(self, x: str, prefix: str) -> str:
        scale, shift = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        return self.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=EPSILON)

    def attention(self, x: str, prefix: str, width: int) -> str:
        split = self.constant("split", np.array([-1, HEADS, width // HEADS], np.int64))
        join = self.constant("join", np.array([-1, width], np.int64))
        scale = self.constant("scale", np.array(1 / np.sqrt(width // HEADS), np.float32))
        query, key, value = (
            self.op("Reshape", self.linear(x, f"{prefix}.self.{part}"), split) for part in ("query", "key", "value")
        )
        query = self.op("Mul", self.op("Transpose", query, perm=[1, 0, 2]), scale)
        weights = self.op("Softmax", self.op("MatMul", query, self.op("Transpose", key, perm=[1, 2, 0])), axis=-1)
        mixed = self.op("MatMul", weights, self.op("Transpose", value, perm=[1, 0, 2]))
        mixed = self.op("Reshape", self.op("Transpose", mixed, perm=[1, 0, 2]), join)
        return self.norm(self.op("Add", self.linear(mixed, f"{prefix}.output.dense"), x), f"{prefix}.output.LayerNorm")

    def layer(self, x: str, prefix: str, width: int) -> str:
        x = self.attention(x, f"{prefix}.attention", width)
        inner = self.op("Gelu", self.linear(x, f"{prefix}.intermediate.dense"))
        return self.norm(self.op("Add", self.linear(inner, f"{prefix}.output.dense"), x), f"{prefix}.output.LayerNorm")

    def embedded(self, extra: Sequence[str]) -> str:
        """Add up the embeddings of piece, side, place, and what *extra* names."""
        first, axis = np.array([0], np.int64), np.array([0], np.int64)
        length = self.op("Shape", "ids")
        table = self.weight("bert.embeddings.position_embeddings.weight")
        start, along = self.constant("first", first), self.constant("axis", axis)
        x = self.op("Slice", table, start, length, along)
        for name, source in (
            ("bert.embeddings.word_embeddings.weight", "ids"),
            ("bert.embeddings.token_type_embeddings.weight", "types"),
            *((f"{name}.weight", make_plural(name)) for name in extra),
        ):
            x = self.op("Add", x, self.op("Gather", self.weight(name), source, axis=0))
        return self.norm(x, "bert.embeddings.LayerNorm")


def make_plural(name: str) -> str:
    """Return what the input for an embedding is called."""
    return f"{name}es" if name.endswith("h") else f"{name}s"


def make_graph(weights: Mapping[str, np.ndarray], extra: Sequence[str] = EXTRA, *, hidden: bool = True) -> Any:
    """Return the ONNX model of *weights*: int64 vectors of T pieces in, float matrices out.

    Outputs: ``logits`` (T x outputs of the head) and, if asked, ``hidden`` (T x width), the last layer's states.
    """
    from onnx import TensorProto, checker, helper, numpy_helper

    builder = _Graph(weights)
    width = weights["bert.embeddings.word_embeddings.weight"].shape[1]
    x = builder.embedded(extra)
    for number in range(count_layers(weights)):
        x = builder.layer(x, f"bert.encoder.layer.{number}", width)
    logits = builder.linear(x, "head")
    names = {x: "hidden", logits: "logits"}
    for node in builder.nodes:
        for field in (node.input, node.output):
            for i, name in enumerate(field):
                field[i] = names.get(name, name)
    inputs = ("ids", "types", *map(make_plural, extra))
    wanted = {"logits": weights["head.weight"].shape[0]} | ({"hidden": width} if hidden else {})
    model = helper.make_model(
        helper.make_graph(
            builder.nodes,
            "tagger",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["T"]) for name in inputs],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["T", size]) for name, size in wanted.items()],
            [numpy_helper.from_array(value, name) for name, value in sorted(builder.constants.items())],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=10,
    )
    checker.check_model(model)
    return model


def count_layers(weights: Mapping[str, np.ndarray]) -> int:
    """Return how many layers there are."""
    return 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("bert.encoder.layer."))


def quantise(model: Any) -> bytes:
    """Return *model* with int8 weights, as the bytes of an ONNX file."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(model, str(plain))
        quantize_dynamic(
            plain,
            small,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        return small.read_bytes()


def split(model: bytes, lower: int) -> tuple[bytes, bytes]:
    """Cut a graph behind its *lower* lowest layers into two, which compute the same to the last bit."""
    import onnx
    from onnx import TensorProto, helper
    from onnx.utils import Extractor

    graph = onnx.load_from_string(model)
    norms = [node.output[0] for node in graph.graph.node if node.op_type == "LayerNormalization"]
    between = norms[2 * lower]  # the first is that of the embeddings, and each layer has two
    width = next(each.dims[0] for each in graph.graph.initializer if each.name.endswith("LayerNorm.weight"))
    graph.graph.value_info.append(helper.make_tensor_value_info(between, TensorProto.FLOAT, ["T", width]))
    taken = Extractor(graph)
    ends = [each.name for each in graph.graph.output]
    halves = (
        taken.extract_model([each.name for each in graph.graph.input], [between]),
        taken.extract_model([between], ends),
    )
    for half in halves:
        _rename(half.graph, between, LOWER)
    return halves[0].SerializeToString(), halves[1].SerializeToString()


def _rename(graph: Any, old: str, new: str) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                names[place] = new if name == old else name
    for each in (*graph.input, *graph.output, *graph.value_info):
        each.name = new if each.name == old else each.name


def read_graph_weights(model: bytes) -> dict[str, np.ndarray]:
    """Return the weights of a graph that `quantise` made, as floats, under the names that `make_graph` takes."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(model)
    stored = {each.name: numpy_helper.to_array(each) for each in graph.graph.initializer}
    multiplied = {name for node in graph.graph.node if "MatMul" in node.op_type for name in node.input}
    weights: dict[str, np.ndarray] = {}
    for name, value in stored.items():
        if name.endswith((".weight", ".bias")):
            weights[name] = value
        elif name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            wide = (value.astype(np.float32) - stored[f"{plain}_zero_point"]) * stored[f"{plain}_scale"]
            weights[plain] = np.ascontiguousarray(wide.T if name in multiplied else wide)
    return weights
