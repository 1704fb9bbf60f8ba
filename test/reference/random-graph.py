"""The answers of PyTorch and captum for small random graphs: what `random-graph.test.ts` compares with.

    python random-graph.py [--out random-graph]

Writes for each graph
  <name>.json   the network as `src/network` holds it, an input, every layer's output, and the projections of
                some units under the three rules; numbers are float32, little-endian, base64, channels last
  <name>.onnx   the same graph, checked here with onnxruntime (not where its flatten is Keras's)

Conventions that the answers rest on
- A convolution, dense layer or batch norm followed, through batch norm only and without a fork, by a ReLU
  means that ReLU's output; `means` lists them. `value` is a unit's activation and its seed, sign kept.
- "deconvnet" is captum's Deconvolution, "guided" its GuidedBackprop, "gradient" its Saliency(abs=False).
  captum takes the true derivative of local response norm and softmax under every rule; the deconvnet lets
  the signal through both, and so does the graph that captum gets here for "deconvnet" (`Skipped`).
- Overlapping pools add where windows share a maximum (autograd does), ties go to the first in row-major order.
- Everything is computed in float64 from float32 weights and inputs; a unit whose picture moves by more than
  1e-5 of its peak when computed in float32 (a ReLU's input within rounding of zero) is passed over.
"""

import argparse
import json
import warnings
from pathlib import Path

import captum
import numpy as np
import onnx
import onnxruntime
import torch
from captum.attr import Deconvolution, GuidedBackprop, Saliency
from graph_layers import Builder, TorchNetwork, even, onnx_model, pack

RULES = {
    "deconvnet": lambda net, x: Deconvolution(net).attribute(x),
    "gradient": lambda net, x: Saliency(net).attribute(x, abs=False),
    "guided": lambda net, x: GuidedBackprop(net).attribute(x),
}
PASSED = {"deconvnet": ("localResponseNorm", "softmax"), "gradient": (), "guided": ()}


def overlapping() -> Builder:
    """Overlapping pools in ceil and floor mode, padded too; a residual block with a padded skip, an inception block."""
    b = Builder("overlapping", 1, 21, 18, 3)
    x = b.rectified("conv1", "input", 6, size=(5, 3), padding=b.sides(0, 2))
    x = b.max_pool("pool1", x, padding=even(1), rounding="ceil")
    x = residual(b, "res2", x, 8)
    x = inception(b, "inc3", x)
    x = b.max_pool("pool3", x, rounding="ceil")
    return classifier(b, x)


def contrast() -> Builder:
    """The paper's order: filter, rectify, pool, contrast norm; dense layers on top."""
    b = Builder("contrast", 2, 23, 21, 3)
    x = b.rectified("conv1", "input", 8, size=(7, 7), stride=(2, 2), padding=even(1))
    x = b.max_pool("pool1", x, rounding="ceil")
    x = b.add_layer("localResponseNorm", "norm1", [x], size=5, alpha=0.05, beta=0.75, k=2)
    x = b.rectified("conv2", x, 8, size=(3, 3), padding=even(1))
    x = b.add_layer("localResponseNorm", "norm2", [x], size=3, alpha=0.3, beta=0.5, k=1)
    x = b.max_pool("pool2", x, padding={"top": 0, "bottom": 1, "left": 1, "right": 0})
    x = b.add_layer("flatten", "flat", [x], order="chw")
    x = b.relu("fc6_relu", b.dense("fc6", b.add_layer("dropout", "drop5", [x], rate=0.5), 12))
    b.add_layer("softmax", "probabilities", [b.dense("fc7", x, 7)])
    return b


def forks() -> Builder:
    """Strides, dilation and groups that differ by axis; sums that rectify later; batch norms with negative scales."""
    b = Builder("forks", 3, 22, 19, 4)
    x = b.convolution("conv1", "input", 6, (3, 2), (2, 1), b.sides(0, 1), (1, 2))
    y = b.rectified("conv2", b.relu("conv1_relu", x), 6, norm=True, groups=3, dilation=(2, 1), padding=even(2, 1))
    x = b.add_layer("add", "add2", [x, y])
    x = b.relu("add2_relu", b.batch_norm("add2_norm", x))
    y = b.convolution("conv3", x, 6, groups=6)
    z = b.rectified("conv4", x, 6, size=(1, 1), padding=even(0), norm=True)
    x = b.add_layer("add", "add5", [x, y, z])
    x = b.average_pool("average5", x, padding=even(1), rounding="ceil", divisor="padded")
    x = b.rectified("conv6", x, 8, size=(2, 3), stride=(1, 2), dilation=(2, 1), padding=b.sides(0, 2), groups=2, norm=True)
    x = b.max_pool("pool6", x, size=(2, 3), stride=(1, 2))
    x = b.add_layer("flatten", "flat", [x], order="hwc")
    b.dense("fc8", b.relu("fc7_relu", b.dense("fc7", x, 10)), 5)
    return b


def stem() -> Builder:
    """ResNet-34's and ZFNet's beginning in small, as dlib writes it: valid pads, average-pooled skips, zero channels."""
    b = Builder("stem", 7, 25, 23, 3)
    x = b.rectified("conv1", "input", 4, size=(7, 7), stride=(2, 2), padding=even(0), norm=True)
    x = b.max_pool("pool1", x)
    x = residual(b, "res2", x, 4, stride=1)
    x = residual(b, "res3", x, 7)
    return classifier(b, x)


def grey() -> Builder:
    """One input channel; pools straight on negative numbers, where padding must never win; uneven pads everywhere."""
    b = Builder("grey", 5, 19, 23, 1)
    x = b.max_pool("pool0", "input", size=(3, 2), stride=(1, 2), padding=even(1), rounding="ceil")
    x = b.convolution("conv1", x, 5, size=(4, 2), padding={"top": 2, "bottom": 1, "left": 0, "right": 1})
    x = b.max_pool("pool1", x, size=(3, 3), stride=(2, 1), padding={"top": 2, "bottom": 0, "left": 0, "right": 1})
    x = b.zero_pad("pad2", x, {"top": 1, "bottom": 0, "left": 2, "right": 3}, (1, 2))
    x = b.rectified("conv2", x, 6, dilation=(2, 2), padding=even(0), stride=(2, 2))
    x = b.average_pool("average2", x, size=(2, 3), stride=(1, 2), rounding="ceil", padding=even(1, 0), divisor="inside")
    x = b.average_pool("average3", x, size=(2, 2), stride=(1, 1), padding={"top": 1, "bottom": 0, "left": 0, "right": 1})
    x = b.add_layer("softmax", "everywhere", [b.convolution("conv4", x, 4, size=(1, 1), padding=even(0))])
    b.add_layer("globalAveragePool", "mean", [x])
    return b


def inceptions() -> Builder:
    """Two inception blocks with pooling branches, ceil pools between."""
    b = Builder("inceptions", 8, 21, 17, 3)
    x = b.rectified("conv1", "input", 6, norm=True)
    x = inception(b, "inc2", b.max_pool("pool1", x, size=(2, 2), rounding="ceil"))
    x = inception(b, "inc3", b.max_pool("pool2", x, padding=even(1), rounding="floor"))
    x = b.average_pool("average3", x, size=(3, 3), stride=(3, 3), padding=even(1), rounding="ceil", divisor="padded")
    x = b.rectified("conv4", x, 6, size=(1, 1), padding=even(0))
    return classifier(b, x)


def residual(b: Builder, name: str, x: str, channels: int, stride: int = 2) -> str:
    """Two convolutions beside a skip, which a smaller block averages over 2x2 and pads with zero channels."""
    height, width, before = b.shapes[x]
    y = x
    if stride == 2:
        y = b.average_pool(f"{name}_skip", x, size=(2, 2))
    if channels > before:
        y = b.zero_pad(f"{name}_more", y, channels=(channels - before - 1, 1))
    padding = even(1) if stride == 1 else {"top": 0, "bottom": 1 - height % 2, "left": 0, "right": 1 - width % 2}
    z = b.rectified(f"{name}a", x, channels, norm=True, stride=(stride, stride), padding=padding)
    z = b.batch_norm(f"{name}b_norm", b.convolution(f"{name}b", z, channels))
    return b.relu(f"{name}_relu", b.add_layer("add", f"{name}_add", [z, y]))


def inception(b: Builder, name: str, x: str) -> str:
    one = {"size": (1, 1), "padding": even(0)}
    p = b.rectified(f"{name}a", x, 3, **one)
    q = b.rectified(f"{name}c", b.rectified(f"{name}b", x, 4, **one), 4)
    r = b.rectified(f"{name}d", b.max_pool(f"{name}_pool", x, stride=(1, 1), padding=even(1)), 3, **one)
    s = b.average_pool(f"{name}_average", x, stride=(1, 1), padding=even(1), divisor=b.pick("padded", "inside"))
    return b.add_layer("concat", f"{name}_concat", [p, q, r, s])


def classifier(b: Builder, x: str) -> Builder:
    x = b.add_layer("flatten", "flat", [b.add_layer("globalAveragePool", "mean", [x])], order="chw")
    b.add_layer("softmax", "probabilities", [b.dense("fc", x, 5)])
    return b


class Seeded(torch.nn.Module):
    """The network up to a layer, its output weighted by a constant seed and summed: captum's target."""

    def __init__(self, net: TorchNetwork, layer: str, seed: torch.Tensor):
        super().__init__()
        self.net, self.layer, self.seed = net, layer, seed

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.net.outputs(x, self.layer)[self.layer] * self.seed).sum((1, 2, 3))


def meanings(layers: list[dict]) -> dict[str, str]:
    """The names that mean another layer's output: that of the ReLU behind them."""
    found = {}
    for layer in layers:
        last = layer
        while last["kind"] in (("batchNorm",) if last is not layer else ("convolution", "dense", "batchNorm")):
            readers = [one for one in layers if last["name"] in one["inputs"]]
            if len(readers) != 1:
                break
            last = readers[0]
        if last["kind"] == "relu" and last is not layer:
            found[layer["name"]] = last["name"]
    return found


def units(b: Builder, seen: dict[str, torch.Tensor]):
    """About a dozen layers from the bottom to the top, and for each some units to try, in random order."""
    means = meanings(b.network["layers"])
    layers = [one["name"] for one in b.network["layers"] if one["kind"] not in ("flatten", "dropout")]
    layers = [name for name in layers if name not in means]
    chosen = sorted({round(i) for i in np.linspace(0, len(layers) - 1, 12)})
    for turn, layer in enumerate(layers[i] for i in chosen):
        maps = seen[layer][0]
        # Not the nearly silent ones: a value within rounding of zero has no sign.
        loud = maps.abs() > 0.1 * maps.abs().max()
        negative = loud & (maps < 0)
        places = (negative if turn % 2 and negative.any() else loud).nonzero().tolist()
        yield layer, [places[i] for i in b.random.permutation(len(places))[:10]]


def project(b: Builder, x: torch.Tensor, layer: str, seed: torch.Tensor, rule: str) -> torch.Tensor:
    net = TorchNetwork(b.network, b.weights, PASSED[rule]).eval().requires_grad_(False).to(x.dtype)
    return RULES[rule](Seeded(net, layer, seed), x.clone().requires_grad_())[0].detach()


def answer(b: Builder, x: torch.Tensor, seen: dict[str, torch.Tensor], layer: str, place: list[int]) -> dict | None:
    c, y, x_ = place
    seed = torch.zeros_like(seen[layer])
    seed[0, c, y, x_] = seen[layer][0, c, y, x_]
    entry = {"unit": {"layer": layer, "map": c, "y": y, "x": x_}, "value": float(seed[0, c, y, x_])}
    for rule in RULES:
        pixels = project(b, x.double(), layer, seed, rule)
        again = project(b, x, layer, seed.float(), rule)
        if pixels.abs().max() == 0 or (again - pixels).abs().max() > 1e-5 * pixels.abs().max():
            return None
        entry[rule] = support(pixels.permute(1, 2, 0).numpy())
    return entry


def support(pixels: np.ndarray) -> dict:
    """The picture without the zeros around it; outside this window it is zero."""
    rows, columns = (np.flatnonzero(np.abs(pixels).sum(axis)) for axis in ((1, 2), (0, 2)))
    y, x, end, right = int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
    return {"y": y, "x": x, "height": end - y, "width": right - x, "data": pack(pixels[y:end, x:right])}


def check_onnx(b: Builder, path: Path, image: torch.Tensor, seen: dict[str, torch.Tensor]) -> None:
    """Writes the graph, the layers that nobody reads as its outputs, and asks onnxruntime for every layer."""
    names = [one["name"] for one in b.network["layers"]]
    read = {name for one in b.network["layers"] for name in one["inputs"]}
    onnx.save(onnx_model(b.network, b.weights, b.shapes, [name for name in names if name not in read]), path)
    quiet = onnxruntime.SessionOptions()
    quiet.log_severity_level = 3  # onnx infers another shape than PyTorch and onnxruntime compute in ceil mode
    session = onnxruntime.InferenceSession(onnx_model(b.network, b.weights, b.shapes, names).SerializeToString(), quiet)
    for name, maps in zip(names, session.run(None, {"input": image.numpy()}), strict=True):
        wanted = seen[name].numpy()
        error = np.abs(maps.reshape(wanted.shape) - wanted).max() / np.abs(wanted).max()
        if error > 1e-5:
            raise SystemExit(f"{b.network['name']}, {name}: onnxruntime is off by {error:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "random-graph")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message=".*backward hooks.*")
    options.out.mkdir(exist_ok=True)
    for make in (overlapping, contrast, forks, stem, grey, inceptions):
        b = make()
        shape = b.network["input"]
        image = b.random.normal(0, 1, (1, shape["channels"], shape["height"], shape["width"])).astype("f4")
        if make is grey:
            image = image - 2.5
        image = torch.tensor(image.astype("f4"))
        net = TorchNetwork(b.network, b.weights).eval().requires_grad_(False).double()
        seen = net.outputs(image.double())
        silent = [name for name, maps in seen.items() if not (maps != 0).any()]
        if silent:
            raise SystemExit(f"{b.network['name']}: nothing comes out of {silent}; change the seed")
        if make is not forks:
            check_onnx(b, options.out / f"{b.network['name']}.onnx", image, seen)
        means = meanings(b.network["layers"])
        projections = []
        for layer, places in units(b, seen):
            found = next(filter(None, (answer(b, image, seen, layer, place) for place in places)), None)
            if found is None:
                raise SystemExit(f"{b.network['name']}, {layer}: no unit has an answer")
            projections.append(found)
        answers = {
            "madeBy": f"random-graph.py with torch {torch.__version__.split('+')[0]}, captum {captum.__version__}",
            "about": make.__doc__,
            "network": b.network,
            "weights": {name: {part: pack(v) for part, v in parts.items()} for name, parts in b.weights.items()},
            "image": pack(image[0].permute(1, 2, 0).numpy()),
            "means": means,
            "outputs": {
                name: {"shape": b.shapes[name], "data": pack(maps[0].permute(1, 2, 0).numpy())}
                for name, maps in seen.items()
                if name != "input" and name not in means
            },
            "projections": projections,
        }
        path = options.out / f"{b.network['name']}.json"
        path.write_text(json.dumps(answers, separators=(",", ":")) + "\n")
        print(f"{path.name}: {len(b.network['layers'])} layers, {len(projections)} units, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
