"""How long PyTorch and captum take for the work that `npm run bench` times.

    python bench-torch.py [--weights FILE.onnx]

Answers requests, one JSON object a line on stdin, with one JSON object a line on stdout, so that its runs can
take turns with another program's:

    {"work": "forward", "repeats": 5}  ->  {"work": "forward", "median": 193.2, "times": [...]}

Times are in milliseconds. The first line it writes says that it is ready, with what and on how many threads
(torch's default: all cores). It ends when stdin does. A request that it does not know gets {"error": ...}.

    forward   VGG16's convolution base on one 224x224 picture, channels last, without autograd; every rectified map,
              pooled map and switch (`return_indices`) is kept
    backward  from one unit of conv5_3 to the pixels, the backward pass alone: autograd's own, the graph retained,
              filters without gradients
    captum    one unit of conv3_3 by captum's Deconvolution on the network cut there, with the forward pass that
              captum makes each time; every repeat takes another unit

Each kind of work is done once, untimed, before its first timing. Without --weights the filters are random ones of
the same shapes, which takes the same time.
"""

import argparse
import json
import statistics
import sys
import time
import warnings
from pathlib import Path

import captum
import torch
from captum.attr import Deconvolution
from torch import nn

BLOCKS = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]


def vgg16(weights: Path | None) -> nn.ModuleDict:
    """The convolutions by name; the same random ones with every start where no file is given."""
    torch.manual_seed(0)
    layers, channels = nn.ModuleDict(), 3
    for block, (count, filters) in enumerate(BLOCKS, 1):
        for conv in range(1, count + 1):
            layer = nn.Conv2d(channels, filters, 3, padding=1)
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            layers[f"conv{block}_{conv}"], channels = layer, filters
    if weights is not None:
        import onnx
        from onnx import numpy_helper

        stored = {w.name: numpy_helper.to_array(w) for w in onnx.load(str(weights)).graph.initializer}
        for name, layer in layers.items():
            stem = f"functional_1/block{name[4]}_{name[:4]}{name[6]}_1"
            layer.weight.data = torch.tensor(stored[f"{stem}/convolution/ReadVariableOp:0"])
            layer.bias.data = torch.tensor(stored[f"{stem}/Squeeze:0"])
    return layers.requires_grad_(False).eval().to(memory_format=torch.channels_last)


def cut(layers: nn.ModuleDict, last: str) -> nn.Sequential:
    """The network up to a layer's ReLU, as modules, which captum needs."""
    modules = []
    for name, layer in layers.items():
        if modules and name.endswith("_1"):
            modules.append(nn.MaxPool2d(2))
        modules += [layer, nn.ReLU(inplace=False)]
        if name == last:
            break
    return nn.Sequential(*modules)


class Forward:
    def __init__(self, layers: nn.ModuleDict, image: torch.Tensor):
        self.layers, self.image = layers, image

    @torch.inference_mode()
    def __call__(self) -> None:
        x, kept = self.image, []
        for name, layer in self.layers.items():
            if kept and name.endswith("_1"):
                x = self.pool(x, kept)
            x = torch.relu_(layer(x))
            kept.append(x)
        self.pool(x, kept)

    def pool(self, x: torch.Tensor, kept: list) -> torch.Tensor:
        x, switches = nn.functional.max_pool2d(x, 2, return_indices=True)
        kept += [x, switches]
        return x


class Backward:
    def __init__(self, layers: nn.ModuleDict, image: torch.Tensor):
        self.image = image.clone().requires_grad_()
        self.maps = cut(layers, "conv5_3")(self.image)
        maps = self.maps.detach()
        strongest = torch.unravel_index(maps.argmax(), maps.shape)
        self.seed = torch.zeros_like(maps)  # lies in memory as the maps do: channels last
        self.seed[strongest] = maps[strongest]

    def __call__(self) -> None:
        torch.autograd.grad(self.maps, self.image, self.seed, retain_graph=True)


class Captum:
    def __init__(self, layers: nn.ModuleDict, image: torch.Tensor):
        net = cut(layers, "conv3_3")
        self.image = image
        self.method = Deconvolution(net)
        fired = (net(image)[0] > 0).nonzero()
        order = torch.randperm(len(fired), generator=torch.Generator().manual_seed(0))
        self.units = [tuple(unit) for unit in fired[order[:256]].tolist()]
        self.next = 0

    def __call__(self) -> None:
        unit = self.units[self.next % len(self.units)]
        self.next += 1
        self.method.attribute(self.image.clone().requires_grad_(), target=unit)


WORK = {"forward": Forward, "backward": Backward, "captum": Captum}


def timed(work, repeats: int) -> list[float]:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def answer(request: dict, made: dict, layers: nn.ModuleDict, image: torch.Tensor) -> dict:
    kind, repeats = request.get("work"), request.get("repeats", 1)
    if kind not in WORK:
        return {"error": f"no work {json.dumps(kind)}; known are {', '.join(WORK)}"}
    if not isinstance(repeats, int) or not 1 <= repeats <= 10_000:
        return {"error": f"repeats is {json.dumps(repeats)}, wanted a whole number from 1 to 10000"}
    if kind not in made:
        made[kind] = WORK[kind](layers, image)
        made[kind]()
    times = timed(made[kind], repeats)
    return {"work": kind, "median": statistics.median(times), "times": times}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    layers = vgg16(options.weights)
    image = (100 * torch.randn(1, 3, 224, 224)).contiguous(memory_format=torch.channels_last)
    versions = {"torch": torch.__version__.split("+")[0], "captum": captum.__version__}
    print(json.dumps({"ready": True, **versions, "threads": torch.get_num_threads()}), flush=True)
    made: dict = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), made, layers, image)
        except (json.JSONDecodeError, AttributeError) as problem:
            reply = {"error": f"not a request: {problem}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
