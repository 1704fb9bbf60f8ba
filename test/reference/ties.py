"""What unpooling does with equal values in a window, on tiny pools of small whole numbers.

    python ties.py [--out ties.json]

"all": as cuda-convnet's max-undo (the paper's code base) does it, written out in plain loops below: every
position that equals its window's maximum gets the window's value, and where windows overlap values add.
"first": torch's own gradient of max_pool2d: the first maximum in row-major order, adding as well.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

# name, input side lengths, window, stride, padding (both sides alike), rounding, largest input value
POOLS = [
    ("side by side", (4, 6), (2, 2), (2, 2), (0, 0), "floor", 2),
    ("all zeros", (4, 4), (2, 2), (2, 2), (0, 0), "floor", 0),
    ("overlapping", (5, 7), (3, 3), (2, 2), (0, 0), "floor", 2),
    ("overlapping, ceil", (6, 8), (3, 3), (2, 2), (0, 0), "ceil", 2),
    ("overlapping, padded, ceil", (6, 5), (3, 3), (2, 2), (1, 1), "ceil", 3),
    ("stride 1 by 2", (4, 5), (2, 3), (1, 2), (1, 0), "floor", 1),
]


def undo_all(maps: np.ndarray, signal: np.ndarray, size, stride, padding) -> np.ndarray:
    """Every position equal to its window's maximum gets the window's value, adding."""
    out = np.zeros_like(maps)
    for (y, x), value in np.ndenumerate(signal):
        top, left = y * stride[0] - padding[0], x * stride[1] - padding[1]
        rows = slice(max(top, 0), min(top + size[0], maps.shape[0]))
        columns = slice(max(left, 0), min(left + size[1], maps.shape[1]))
        window = maps[rows, columns]
        out[rows, columns] += value * (window == window.max())
    return out


def undo_first(maps: np.ndarray, size, stride, padding, ceil: bool, random) -> tuple[np.ndarray, np.ndarray]:
    """torch's pooled shape decides the signal's; both come back."""
    x = torch.tensor(maps[None, None].astype("f8"), requires_grad=True)
    pooled = torch.nn.functional.max_pool2d(x, size, stride, padding, ceil_mode=ceil)
    signal = random.integers(-9, 10, pooled.shape[2:])
    pooled.backward(torch.tensor(signal[None, None].astype("f8")))
    return signal, x.grad[0, 0].numpy().astype(int)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "ties.json")
    options = parser.parse_args()
    random = np.random.default_rng(4)
    answers = []
    for name, sides, size, stride, padding, rounding, largest in POOLS:
        maps = random.integers(-1 if largest else 0, largest + 1, sides)
        signal, first = undo_first(maps, size, stride, padding, rounding == "ceil", random)
        edges = {"top": padding[0], "bottom": padding[0], "left": padding[1], "right": padding[1]}
        pool = {"size": size, "stride": stride, "padding": edges, "rounding": rounding}
        answers.append(
            {
                "name": name,
                "pool": pool,
                "input": maps.tolist(),
                "signal": signal.tolist(),
                "all": undo_all(maps, signal, size, stride, padding).tolist(),
                "first": first.tolist(),
            }
        )
    made = f"ties.py with numpy {np.__version__}, torch {torch.__version__.split('+')[0]}"
    options.out.write_text(json.dumps({"madeBy": made, "pools": answers}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
