"""The answers of PyTorch and captum for VGG16: what `vgg16.test.ts` compares with.

    python vgg16.py [--weights FILE.onnx] [--photos ../../notebooks/photos] [--out vgg16]

Reads VGG16's convolution base out of the ONNX file that `vgg16()` reads too (from the folder DECONVNET_CACHE
where --weights is left out), builds it from torch modules, and writes for each photo
  <photo>.png    the exact 224x224 RGB input; the network reads it as BGR minus (103.939, 116.779, 123.68)
  <photo>.json   activations, switches, and each unit's projection under the three rules

Conventions that the answers rest on
- A layer's name means its ReLU's output; pool1 ... pool5 are the 2x2 pools behind each block.
- The seed of a projection is the unit's own activation, everything else in its layer is zero.
- "deconvnet" is captum's Deconvolution, "guided" its GuidedBackprop, "gradient" its Saliency(abs=False).
- Max pools do not overlap. In a window with equal values (mostly all zeros) torch takes the first in
  row-major order.
- Everything is computed in float64 from the float32 weights. The same is computed again in float32, twice,
  with sums taken in two orders (channels first, channels last). `float32Error` says how far they are from
  float64 at most, relative to the picture's peak.
- Under "gradient" and "guided" a ReLU whose input lies within rounding of zero opens or closes with the
  order of a sum, and the picture moves by up to 1e-3 of its peak: such a unit has no answer in float32.
  Where that happens (float32Error above 1e-4), the next strongest unit is taken.
"""

import argparse
import base64
import json
import os
import warnings
from collections import OrderedDict
from pathlib import Path

import captum
import numpy as np
import onnx
import torch
from captum.attr import Deconvolution, GuidedBackprop, Saliency
from onnx import numpy_helper
from PIL import Image

BLOCKS = [2, 2, 3, 3, 3]
MEANS = np.array([103.939, 116.779, 123.68])  # blue, green, red
PATCH = 24
BLOCK = 16
RULES = {
    "deconvnet": lambda net, x: Deconvolution(net).attribute(x),
    "gradient": lambda net, x: Saliency(net).attribute(x, abs=False),
    "guided": lambda net, x: GuidedBackprop(net).attribute(x),
}


def vgg16(path: Path) -> torch.nn.Sequential:
    """The convolution base; a layer `conv1_1` is Sequential(filter, rectify)."""
    weights = {w.name: numpy_helper.to_array(w) for w in onnx.load(str(path)).graph.initializer}
    layers = OrderedDict()
    for block, count in enumerate(BLOCKS, 1):
        for conv in range(1, count + 1):
            stem = f"functional_1/block{block}_conv{conv}_1"
            filters = torch.tensor(weights[f"{stem}/convolution/ReadVariableOp:0"])
            bias = torch.tensor(weights[f"{stem}/Squeeze:0"])
            layer = torch.nn.Conv2d(filters.shape[1], filters.shape[0], 3, padding=1)
            layer.weight.data, layer.bias.data = filters, bias
            layers[f"conv{block}_{conv}"] = torch.nn.Sequential(layer, torch.nn.ReLU(inplace=False))
        layers[f"pool{block}"] = torch.nn.MaxPool2d(2, return_indices=False)
    net = torch.nn.Sequential(layers).eval()
    bias = net.conv5_3[0].bias
    # Known statistics of the original's last bias: a changed file stops here.
    assert abs(bias.min() + 0.50036746) < 1e-6 and abs(bias.max() - 9.431553) < 1e-5, path
    return net.requires_grad_(False)


def fit(path: Path) -> Image.Image:
    """Shorter side to 224 (bicubic), then the centre."""
    photo = Image.open(path).convert("RGB")
    scale = 224 / min(photo.size)
    photo = photo.resize([round(side * scale) for side in photo.size], Image.Resampling.BICUBIC)
    left, top = (photo.width - 224) // 2, (photo.height - 224) // 2
    return photo.crop((left, top, left + 224, top + 224))


def preprocess(photo: Image.Image) -> torch.Tensor:
    """BGR minus the means, rounded to float32 once, so that both sides start from the same numbers."""
    bgr = np.asarray(photo, np.float64)[:, :, ::-1] - MEANS
    return torch.tensor(bgr.astype(np.float32).transpose(2, 0, 1)[None])


class Seeded(torch.nn.Module):
    """The network up to a layer, its output weighted by a constant seed and summed: captum's target."""

    def __init__(self, net: torch.nn.Module, seed: torch.Tensor):
        super().__init__()
        self.net, self.seed = net, seed

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.net(x) * self.seed).sum((1, 2, 3))


def up_to(net: torch.nn.Sequential, layer: str) -> torch.nn.Sequential:
    names = [name for name, _ in net.named_children()]
    return net[: names.index(layer) + 1]


def see(net: torch.nn.Sequential, x: torch.Tensor) -> dict[str, torch.Tensor]:
    seen = {}
    for name, layer in net.named_children():
        x = seen[name] = layer(x)
    return seen


def strongest(maps: torch.Tensor, rows=slice(None), columns=slice(None)) -> list[tuple[int, int, int]]:
    """The strongest units (map, y, x) of five different maps within some rows and columns, strongest first."""
    allowed = torch.full_like(maps[0], -1)
    allowed[:, rows, columns] = maps[0, :, rows, columns]
    best, cells = allowed.flatten(1).max(1)
    return [(int(c), int(cells[c]) // maps.shape[3], int(cells[c]) % maps.shape[3]) for c in best.argsort(descending=True)[:5]]


# A case is a layer and candidates, each a list of units that are projected together.


def one(layer, rows=slice(None), columns=slice(None)):
    """One unit."""
    return lambda seen: (layer, [[unit] for unit in strongest(seen[layer], rows, columns)])


def five_maps(layer):
    """Five units: the five strongest maps at a strong unit's place."""

    def candidates(seen):
        maps = seen[layer]
        places = [(y, x) for _, y, x in strongest(maps)]
        return layer, [[(int(c), y, x) for c in maps[0, :, y, x].argsort(descending=True)[:5]] for y, x in places]

    return candidates


def whole_map(layer):
    """Every unit of a map that holds a strong unit."""

    def candidates(seen):
        cells = list(np.ndindex(*seen[layer].shape[2:]))
        return layer, [[(c, y, x) for y, x in cells] for c, _, _ in strongest(seen[layer])]

    return candidates


FIRST, LAST = slice(0, 1), slice(-1, None)
CASES = {
    "a strong unit of conv1_2": one("conv1_2"),
    "conv1_2 in the top left corner": one("conv1_2", FIRST, FIRST),
    "pool1 in the bottom right corner": one("pool1", LAST, LAST),
    "conv2_2 at the top": one("conv2_2", FIRST),
    "a strong unit of conv3_1": one("conv3_1"),
    "conv3_3 at the right": one("conv3_3", slice(None), LAST),
    "pool3 at the left": one("pool3", slice(None), FIRST),
    "conv4_2 one in from the corner": one("conv4_2", slice(1, 2), slice(1, 2)),
    "conv4_3 in the bottom left corner": one("conv4_3", LAST, FIRST),
    "a strong unit of conv5_1": one("conv5_1"),
    "conv5_3 at the bottom": one("conv5_3", LAST),
    "a strong unit of pool5": one("pool5"),
    "pool5 in the top right corner": one("pool5", FIRST, LAST),
    "five maps of conv4_1 at one place": five_maps("conv4_1"),
    "a whole map of conv5_2": whole_map("conv5_2"),
}


def pack(values: torch.Tensor) -> str:
    """float32, little-endian, base64."""
    return base64.b64encode(values.numpy().astype("<f4").tobytes()).decode()


def summary(pixels: torch.Tensor) -> dict:
    """What is kept of a picture [224, 224, 3]: a patch around its peak, and sums over all of it."""
    size = pixels.abs().sum(2)
    y, x = np.unravel_index(int(pixels.abs().amax(2).argmax()), size.shape)
    top, left = (int(min(max(c - PATCH // 2, 0), 224 - PATCH)) for c in (y, x))
    rows, columns = size.sum(1).nonzero().flatten(), size.sum(0).nonzero().flatten()
    blocks = pixels.reshape(224 // BLOCK, BLOCK, 224 // BLOCK, BLOCK, 3)
    return {
        "peak": float(pixels.abs().max()),
        "sumOfSizes": float(size.sum()),
        "support": {
            "y": int(rows[0]),
            "x": int(columns[0]),
            "height": int(rows[-1] - rows[0] + 1),
            "width": int(columns[-1] - columns[0] + 1),
        },
        "patch": {"y": top, "x": left, "data": pack(pixels[top : top + PATCH, left : left + PATCH].contiguous())},
        "blockMeans": pack(blocks.mean((1, 3))),
    }


def project(net: torch.nn.Sequential, x: torch.Tensor, layer: str, seed: torch.Tensor, rule: str) -> torch.Tensor:
    cut = Seeded(up_to(net, layer), seed)
    return RULES[rule](cut, x.clone().requires_grad_())[0].detach().permute(1, 2, 0)


def project_all(nets, x: torch.Tensor, seen: dict[str, torch.Tensor], layer: str, units: list) -> dict:
    """What is kept of some units of a layer projected together, under each rule."""
    double, single, last = nets
    seed = torch.zeros_like(seen[layer])
    for c, y, x_ in units:
        seed[0, c, y, x_] = seen[layer][0, c, y, x_]
    entry = {"layer": layer}
    if len(units) == seed[0, 0].numel():
        entry["wholeMap"] = units[0][0]
    else:
        entry["units"] = [{"map": c, "y": y, "x": x_, "value": float(seed[0, c, y, x_])} for c, y, x_ in units]
    for rule in RULES:
        pixels = project(double, x.double(), layer, seed, rule)
        again = project(single, x, layer, seed.float(), rule)
        reordered = project(last, x.contiguous(memory_format=torch.channels_last), layer, seed.float(), rule)
        error = max(float((other - pixels).abs().max() / pixels.abs().max()) for other in (again, reordered))
        entry[rule] = {**summary(pixels), "float32Error": error}
    return entry


def activations(seen: dict[str, torch.Tensor]) -> dict:
    """Of each layer its mean and deviation, and five values: the strongest, the corners, the middle."""
    answers = {}
    for layer, maps in seen.items():
        _, channels, height, width = maps.shape
        c, y, x = strongest(maps)[0]
        places = [(y, x, c), (0, 0, 1), (height - 1, width - 1, channels - 1)]
        places += [(height - 1, 0, channels // 2), (height // 2, width // 2, channels // 3)]
        answers[layer] = {
            "shape": [height, width, channels],
            "mean": float(maps.mean()),
            "deviation": float(maps.std(correction=0)),
            "values": [[y, x, c, float(maps[0, c, y, x])] for y, x, c in places],
        }
    return answers


def switches(seen: dict[str, torch.Tensor], seen32: dict[str, torch.Tensor]) -> dict:
    """
    Of each pool the sum of `y * width + x` over each of its maps. `nearTies` are the maps in which float32
    and float64 pick another cell somewhere: two values nearer to each other than float32's rounding.
    """
    answers = {}
    for block, count in enumerate(BLOCKS, 1):
        both = [
            torch.nn.functional.max_pool2d(maps[f"conv{block}_{count}"], 2, return_indices=True)[1][0]
            for maps in (seen, seen32)
        ]
        differ = (both[0] != both[1]).sum((1, 2))
        answers[f"pool{block}"] = {
            "sums": both[0].sum((1, 2)).tolist(),
            "nearTies": differ.nonzero().flatten().tolist(),
        }
    return answers


def main() -> None:
    here = Path(__file__).parent
    cached = sorted(Path(os.environ.get("DECONVNET_CACHE", here)).glob("vgg16-*.onnx"))
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, default=next(iter(cached), None), required=not cached)
    parser.add_argument("--photos", type=Path, default=here / "../../notebooks/photos")
    parser.add_argument("--out", type=Path, default=here / "vgg16")
    options = parser.parse_args()
    torch.manual_seed(0)
    warnings.filterwarnings("ignore", message=".*backward hooks.*")
    options.out.mkdir(exist_ok=True)
    single = vgg16(options.weights)
    double = vgg16(options.weights).double()
    last = vgg16(options.weights).to(memory_format=torch.channels_last)
    for name in ("chelsea", "coffee"):
        fit(options.photos / f"{name}.png").save(options.out / f"{name}.png", optimize=True)
        x = preprocess(Image.open(options.out / f"{name}.png"))
        seen, seen32 = see(double, x.double()), see(single, x)
        answers = {
            "madeBy": f"vgg16.py with torch {torch.__version__.split('+')[0]}, captum {captum.__version__}",
            "activations": activations(seen),
            "switches": switches(seen, seen32),
            "projections": [],
        }
        for title, case in CASES.items():
            layer, candidates = case(seen)
            for units in candidates:
                entry = project_all((double, single, last), x, seen, layer, units)
                error = max(entry[rule]["float32Error"] for rule in RULES)
                print(f"{name:8} {title:36} {units[0]} moves by {error:.1e} in float32", flush=True)
                if error < 1e-4:
                    break
            else:
                raise SystemExit(f"{name}, {title}: no candidate has an answer in float32")
            answers["projections"].append({"title": title, **entry})
        (options.out / f"{name}.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
