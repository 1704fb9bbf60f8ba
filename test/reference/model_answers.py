"""What a framework answers for one input, layer by layer, as JSON beside the model's file."""

import base64
import json
from pathlib import Path

import numpy as np


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
