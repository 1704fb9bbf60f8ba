"""A network as data, as `src/network` holds it, made at random, run by torch and written as ONNX."""

import base64

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F


def pack(values: np.ndarray) -> str:
    """float32, little-endian, base64."""
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


class Builder:
    """Collects layers and their random weights; every method adds one layer and returns its name."""

    def __init__(self, name: str, seed: int, height: int, width: int, channels: int):
        self.random = np.random.default_rng(seed)
        self.network = {"name": name, "input": {"height": height, "width": width, "channels": channels}, "layers": []}
        self.weights: dict[str, dict[str, np.ndarray]] = {}
        self.shapes = {"input": (height, width, channels)}

    def add_layer(self, kind: str, name: str, inputs: list[str], **rest) -> str:
        self.network["layers"].append({"kind": kind, "name": name, "inputs": inputs, **rest})
        with torch.no_grad():
            xs = [torch.zeros(1, c, h, w) for h, w, c in (self.shapes[i] for i in inputs)]
            layer = self.network["layers"][-1]
            if kind in ("convolution", "dense"):
                self.weights[name] = self.filters(layer, self.shapes[inputs[0]][2])
            if kind == "batchNorm":
                self.weights[name] = self.statistics(self.shapes[inputs[0]][2])
            out = torch_layer(layer, self.weights.get(name, {}))(*xs)
        self.shapes[name] = (out.shape[2], out.shape[3], out.shape[1])
        return name

    def filters(self, layer: dict, channels: int) -> dict[str, np.ndarray]:
        dense = layer["kind"] == "dense"
        shape = [channels] if dense else [*layer["size"], channels // layer["groups"]]
        filters = self.random.normal(0, np.sqrt(2 / np.prod(shape)), [*shape, layer["channels"]])
        bias = self.random.normal(0, 0.1, layer["channels"])
        return {"filters": filters.astype("f4"), "bias": bias.astype("f4")}

    def statistics(self, channels: int) -> dict[str, np.ndarray]:
        """About half of the scales are negative: a sign lost on the way down shows."""
        draw = self.random
        scale = draw.uniform(0.5, 1.5, channels) * draw.choice([-1, 1], channels)
        parts = {"scale": scale, "offset": draw.normal(0, 0.3, channels)}
        parts |= {"mean": draw.normal(0, 0.3, channels), "variance": draw.uniform(0.3, 2, channels)}
        return {part: values.astype("f4") for part, values in parts.items()}

    def sides(self, least: int, most: int) -> dict[str, int]:
        return {side: int(self.random.integers(least, most + 1)) for side in ("top", "bottom", "left", "right")}

    def pick(self, *choices):
        return choices[self.random.integers(len(choices))]

    # One layer each, under the names of src/network/layer.ts.

    def convolution(self, name, x, channels, size=(3, 3), stride=(1, 1), padding=None, dilation=(1, 1), groups=1):
        padding = even(1) if padding is None else padding
        return self.add_layer(
            "convolution", name, [x], channels=channels, size=size, stride=stride, padding=padding, dilation=dilation, groups=groups
        )  # fmt: skip

    def relu(self, name, x):
        return self.add_layer("relu", name, [x])

    def batch_norm(self, name, x):
        return self.add_layer("batchNorm", name, [x], epsilon=1e-3)

    def max_pool(self, name, x, size=(3, 3), stride=(2, 2), padding=None, rounding="floor"):
        padding = even(0) if padding is None else padding
        return self.add_layer("maxPool", name, [x], size=size, stride=stride, padding=padding, rounding=rounding)

    def average_pool(self, name, x, size=(3, 3), stride=(2, 2), padding=None, rounding="floor", divisor="inside"):
        padding = even(0) if padding is None else padding
        return self.add_layer(
            "averagePool", name, [x], size=size, stride=stride, padding=padding, rounding=rounding, divisor=divisor
        )  # fmt: skip

    def dense(self, name, x, channels):
        return self.add_layer("dense", name, [x], channels=channels)

    def zero_pad(self, name, x, padding=None, channels=(0, 0)):
        return self.add_layer("zeroPad", name, [x], padding=even(0) if padding is None else padding, channels=channels)

    def rectified(self, name, x, channels, norm=False, **geometry):
        """Convolution, batch norm where asked for, ReLU."""
        x = self.convolution(name, x, channels, **geometry)
        if norm:
            x = self.batch_norm(f"{name}_norm", x)
        return self.relu(f"{name}_relu", x)


def even(vertical: int, horizontal: int | None = None) -> dict[str, int]:
    horizontal = vertical if horizontal is None else horizontal
    return {"top": vertical, "bottom": vertical, "left": horizontal, "right": horizontal}


# ---- torch


class Layer(nn.Module):
    """A layer that is a function of its inputs."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *xs):
        return self.function(*xs)


class Padded(nn.Module):
    """Explicit padding, then a layer without: this is how padding becomes uneven in torch."""

    def __init__(self, padding: dict[str, int], value: float, layer: nn.Module):
        super().__init__()
        self.padding, self.value, self.layer = padding, value, layer

    def forward(self, x):
        p = self.padding
        return self.layer(F.pad(x, (p["left"], p["right"], p["top"], p["bottom"]), value=self.value))


class Rectify(nn.Module):
    """
    The ReLU gets a tensor of its own: captum hooks the tensor that goes into a ReLU module, and where that
    tensor is also read by another layer, the hook would take that layer's gradient away.
    """

    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU(inplace=False)

    def forward(self, x):
        return self.relu(x.clone())


class Skipped(torch.autograd.Function):
    """A layer forwards, nothing on the way down: the deconvnet's way with contrast normalisation and softmax."""

    @staticmethod
    def forward(ctx, x, layer):
        return layer(x)

    @staticmethod
    def backward(ctx, signal):
        return signal, None


def torch_layer(layer: dict, weights: dict[str, np.ndarray]) -> nn.Module:
    kind = layer["kind"]
    if kind == "convolution":
        return Padded(layer["padding"], 0, torch_convolution(layer, weights))
    if kind == "dense":
        inputs, outputs = weights["filters"].shape
        dense = nn.Conv2d(inputs, outputs, 1)
        dense.weight.data = torch.tensor(weights["filters"].T.copy())[:, :, None, None]
        dense.bias.data = torch.tensor(weights["bias"])
        return dense
    if kind == "relu":
        return Rectify()
    if kind == "maxPool":
        return torch_max_pool(layer)
    if kind == "averagePool":
        return torch_average_pool(layer)
    if kind == "globalAveragePool":
        return nn.AdaptiveAvgPool2d(1)
    if kind == "batchNorm":
        return torch_batch_norm(layer, weights)
    if kind == "localResponseNorm":  # torch divides alpha by the size
        return nn.LocalResponseNorm(layer["size"], layer["alpha"] * layer["size"], layer["beta"], layer["k"])
    if kind == "add":
        return Layer(lambda *xs: sum(xs[1:], xs[0]))
    if kind == "concat":
        return Layer(lambda *xs: torch.cat(xs, 1))
    if kind == "zeroPad":
        (before, after), p = layer["channels"], layer["padding"]
        return Layer(lambda x: F.pad(x, (p["left"], p["right"], p["top"], p["bottom"], before, after)))
    if kind == "flatten":
        hwc = layer["order"] == "hwc"
        return Layer(lambda x: (x.permute(0, 2, 3, 1) if hwc else x).reshape(1, -1, 1, 1))
    if kind == "dropout":
        return nn.Dropout(layer["rate"])
    if kind == "softmax":
        return nn.Softmax(1)
    raise ValueError(kind)


def torch_convolution(layer: dict, weights: dict[str, np.ndarray]) -> nn.Module:
    height, width, channels, filters = weights["filters"].shape
    conv = nn.Conv2d(
        channels * layer["groups"], filters, (height, width), layer["stride"], 0, layer["dilation"], layer["groups"]
    )
    conv.weight.data = torch.tensor(weights["filters"].transpose(3, 2, 0, 1).copy())
    conv.bias.data = torch.tensor(weights["bias"])
    return conv


def torch_batch_norm(layer: dict, weights: dict[str, np.ndarray]) -> nn.Module:
    norm = nn.BatchNorm2d(len(weights["scale"]), eps=layer["epsilon"])
    norm.weight.data, norm.bias.data = torch.tensor(weights["scale"]), torch.tensor(weights["offset"])
    norm.running_mean, norm.running_var = torch.tensor(weights["mean"]), torch.tensor(weights["variance"])
    return norm


def symmetric(padding: dict[str, int]) -> bool:
    return padding["top"] == padding["bottom"] and padding["left"] == padding["right"]


def torch_max_pool(layer: dict) -> nn.Module:
    padding, ceil = layer["padding"], layer["rounding"] == "ceil"
    if symmetric(padding):  # torch's own padding and its own rule for ceil mode
        return nn.MaxPool2d(layer["size"], layer["stride"], (padding["top"], padding["left"]), ceil_mode=ceil)
    assert not ceil
    return Padded(padding, -torch.inf, nn.MaxPool2d(layer["size"], layer["stride"]))


def torch_average_pool(layer: dict) -> nn.Module:
    padding, ceil, padded = layer["padding"], layer["rounding"] == "ceil", layer["divisor"] == "padded"
    if symmetric(padding):
        both = (padding["top"], padding["left"])
        return nn.AvgPool2d(layer["size"], layer["stride"], both, ceil_mode=ceil, count_include_pad=padded)
    assert not ceil
    mean = Padded(padding, 0, nn.AvgPool2d(layer["size"], layer["stride"]))
    return mean if padded else Layer(lambda x: mean(x) / mean(torch.ones_like(x)))


class TorchNetwork(nn.Module):
    """The whole graph. `passed` names kinds that let the signal through on the way down."""

    def __init__(self, network: dict, weights: dict, passed: tuple[str, ...] = ()):
        super().__init__()
        self.layers = network["layers"]
        self.passed = passed
        self.of = nn.ModuleDict({one["name"]: torch_layer(one, weights.get(one["name"], {})) for one in self.layers})

    def outputs(self, x: torch.Tensor, last: str | None = None) -> dict[str, torch.Tensor]:
        seen = {"input": x}
        for layer in self.layers:
            xs = [seen[name] for name in layer["inputs"]]
            module = self.of[layer["name"]]
            seen[layer["name"]] = Skipped.apply(xs[0], module) if layer["kind"] in self.passed else module(*xs)
            if layer["name"] == last:
                break
        return seen


# ---- ONNX


def onnx_pads(padding: dict[str, int]) -> list[int]:
    return [padding["top"], padding["left"], padding["bottom"], padding["right"]]


def onnx_model(network: dict, weights: dict, shapes: dict, outputs: list[str]) -> onnx.ModelProto:
    """The same graph, one node a layer under the layer's name; a tensor is called as its layer and `_out`."""
    nodes, tensors, flat = [], [], set()

    def tensor(name: str, values: np.ndarray) -> str:
        tensors.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    for layer in network["layers"]:
        name, w = layer["name"], weights.get(layer["name"], {})
        inputs = [i if i == "input" else f"{i}_out" for i in layer["inputs"]]

        if layer["kind"] == "flatten" or flat.intersection(layer["inputs"]):
            flat.add(name)

        def node(kind, *more, **attributes):
            nodes.append(helper.make_node(kind, [*inputs, *more], [f"{name}_out"], name, **attributes))

        match layer["kind"]:
            case "convolution":
                filters = tensor(f"{name}.filters", w["filters"].transpose(3, 2, 0, 1))
                node(
                    "Conv", filters, tensor(f"{name}.bias", w["bias"]), kernel_shape=layer["size"], strides=layer["stride"],
                    pads=onnx_pads(layer["padding"]), dilations=layer["dilation"], group=layer["groups"],
                )  # fmt: skip
            case "dense":
                node("Gemm", tensor(f"{name}.filters", w["filters"].T), tensor(f"{name}.bias", w["bias"]), transB=1)
            case "relu":
                node("Relu")
            case "maxPool" | "averagePool" as kind:
                more = {} if kind == "maxPool" else {"count_include_pad": int(layer["divisor"] == "padded")}
                node(
                    "MaxPool" if kind == "maxPool" else "AveragePool", kernel_shape=layer["size"], strides=layer["stride"],
                    pads=onnx_pads(layer["padding"]), ceil_mode=int(layer["rounding"] == "ceil"), **more,
                )  # fmt: skip
            case "globalAveragePool":
                node("GlobalAveragePool")
            case "batchNorm":
                parts = [tensor(f"{name}.{part}", w[part]) for part in ("scale", "offset", "mean", "variance")]
                node("BatchNormalization", *parts, epsilon=layer["epsilon"])
            case "localResponseNorm":  # ONNX divides alpha by the size
                node("LRN", size=layer["size"], alpha=layer["alpha"] * layer["size"], beta=layer["beta"], bias=float(layer["k"]))
            case "add":
                node("Add" if len(inputs) == 2 else "Sum")
            case "concat":
                node("Concat", axis=1)
            case "zeroPad":
                (before, after), p = layer["channels"], layer["padding"]
                pads = [0, before, p["top"], p["left"], 0, after, p["bottom"], p["right"]]
                node("Pad", tensor(f"{name}.pads", np.array(pads, np.int64)))
            case "flatten":
                assert layer["order"] == "chw", "ONNX flattens channel by channel"
                node("Flatten", axis=1)
            case "dropout":
                node("Dropout", tensor(f"{name}.rate", np.array(layer["rate"], np.float32)))
            case "softmax":
                node("Softmax", axis=1)

    def information(name: str, tensor_name: str):
        height, width, channels = shapes[name]
        shape = [1, channels] if name in flat else [1, channels, height, width]
        return helper.make_tensor_value_info(tensor_name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(
        nodes,
        network["name"],
        [information("input", "input")],
        [information(name, f"{name}_out") for name in outputs],
        tensors,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9, producer_name="deconvnet-test")
    onnx.checker.check_model(model)
    return model
