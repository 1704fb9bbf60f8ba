"""What a framework answers for one input, layer by layer, as JSON beside the model's file."""

import base64
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime


def pack(values: np.ndarray) -> dict:
    """[height, width, channels] (a row of numbers is [1, 1, n]); float32, little-endian, base64."""
    shape = values.shape if values.ndim == 3 else (1, 1, values.size)
    return {"shape": list(shape), "data": base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()}


def random_image(height: int, width: int, channels: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, (height, width, channels)).astype("f4")


def write_answers(path: Path, made_by: str, files: list[str], image: np.ndarray, outputs: dict, last: str) -> None:
    """`files` hold the same model; `last` names the output that must never be left out of a comparison."""
    for name, values in outputs.items():
        if not np.abs(values).max() > 1e-3:
            raise SystemExit(f"{path.name}: nothing comes out of {name}")
    answers = {
        "madeBy": made_by,
        "files": files,
        "input": pack(image),
        "last": pack(outputs[last]),
        "outputs": {name: pack(values) for name, values in outputs.items()},
    }
    path.write_text(json.dumps(answers, separators=(",", ":")) + "\n")
    sizes = ", ".join(f"{file} {(path.parent / file).stat().st_size}" for file in files)
    print(f"{path.name}: {path.stat().st_size} bytes, {len(outputs)} outputs; {sizes}")


def every_node(path: Path, image: np.ndarray, kinds: tuple[str, ...] = ()) -> dict[str, np.ndarray]:
    """
    onnxruntime's maps and rows of numbers, channels last, by node; what works out shapes is left out.
    `kinds` are the operators to ask, where not all are.
    """
    model = onnx.load(path)  # with weights that lie in a file of their own
    known = {value.name for value in model.graph.output}
    name_of = {out: node.name or out for node in model.graph.node for out in node.output[:1] if not kinds or node.op_type in kinds}
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(out) for out in name_of if out not in known)
    options = onnxruntime.SessionOptions()
    # As it stands in the file: a fused node has no output of its own to ask for.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    names = [value.name for value in session.get_outputs()]
    values = dict(zip(names, session.run(None, {session.get_inputs()[0].name: image}), strict=True))
    found = {}
    for name in name_of:
        value = values[name]
        if value.dtype == np.float32 and value.ndim in (2, 4) and value.shape[0] == 1:
            found[name_of[name]] = value[0].transpose(1, 2, 0) if value.ndim == 4 else value[0]
    return found


def strip(path: Path) -> None:
    """Takes out what the exporter notes about the machine that it ran on: paths in stack traces."""
    model = onnx.load(path, load_external_data=False)
    for entry in [*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del entry.metadata_props[:]
        entry.doc_string = ""
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    onnx.save(model, path)
