"""A small residual network as torch's exporters write it: what `models.test.ts` reads as ONNX.

    python models-torch.py [--out models]

The last output is torch's own; the outputs of single nodes are onnxruntime's, by the node's name.
"""

import argparse
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from model_answers import every_node, random_image, strip, write_answers
from torch import nn


class Block(nn.Module):
    """Two convolutions beside a skip, which a 1x1 convolution fits where the block strides."""

    def __init__(self, before: int, after: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, groups=2, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.relu = nn.ReLU(inplace=True)
        self.skip = nn.Sequential()
        if stride > 1:
            self.skip = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + self.skip(x))


class Residual(nn.Module):
    """torchvision's ResNet in small, with a dilated branch that is joined to the last block."""

    def __init__(self, flatten):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 7, 2, 3, bias=False)
        self.bn = nn.BatchNorm2d(6)
        self.pool = nn.MaxPool2d(3, 2, 1, ceil_mode=True)
        self.block1, self.block2 = Block(6, 6, 1), Block(6, 8, 2)
        self.branch = nn.Conv2d(8, 4, 3, 1, 2, dilation=2)
        self.spread = nn.AvgPool2d(3, 1, 1)
        self.drop = nn.Dropout(0.5)
        self.fc = nn.Linear(12, 5)
        self.flatten = flatten

    def forward(self, x):
        x = self.pool(torch.relu(self.bn(self.conv(x))))
        x = self.block2(self.block1(x))
        x = torch.cat([self.spread(x), torch.relu(self.branch(x))], 1)
        x = nn.functional.adaptive_avg_pool2d(x, 1)
        return self.fc(self.drop(self.flatten(x)))


def network(flatten) -> Residual:
    """Random weights, and statistics as training leaves them; the same with every call."""
    torch.manual_seed(3)
    net = Residual(flatten).eval()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 0.3, 1)
            nn.init.normal_(module.bias, 0, 0.3)
            nn.init.normal_(module.running_mean, 0, 0.3)
            nn.init.uniform_(module.running_var, 0.3, 2)
    return net


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "models")
    out = parser.parse_args().out
    warnings.filterwarnings("ignore")
    out.mkdir(exist_ok=True)
    image = random_image(22, 27, 3, seed=1)
    x = torch.tensor(image.transpose(2, 0, 1)[None])
    flat, view = nn.Flatten(1), lambda x: x.view(x.size(0), -1)
    named = {"input_names": ["image"], "output_names": ["scores"]}
    script, dynamo = {"dynamo": False, **named}, {"dynamo": True, **named}
    kept = {"training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": False}
    exports = {
        # Batch norms are folded into the convolutions; the batch is open, so that flattening works out a shape.
        "torch-script": (view, {**script, "opset_version": 17, "dynamic_axes": {"image": {0: "batch"}}}),
        # Batch norms are kept; an old opset.
        "torch-script-kept": (flat, {**script, **kept, "opset_version": 11}),
        "torch-dynamo": (flat, {**dynamo, "external_data": False}),
        # Weights in a file of their own, as this exporter does it unless told otherwise.
        "torch-external": (view, {**dynamo, "external_data": True}),
    }
    for name, (flatten, options) in exports.items():
        net = network(flatten)
        path = out / f"{name}.onnx"
        torch.onnx.export(net, (x,), str(path), verbose=False, **options)
        strip(path)
        with torch.no_grad():
            scores = net(x)[0].numpy()
        outputs = every_node(path, x.numpy())
        last = list(outputs)[-1]
        if np.abs(outputs[last] - scores).max() > 1e-5:
            raise SystemExit(f"{name}: onnxruntime and torch disagree")
        outputs[last] = scores
        files = sorted(file.name for file in out.glob(f"{name}.onnx*"))
        made = f"models-torch.py with torch {torch.__version__.split('+')[0]}, onnxruntime {onnxruntime.__version__}"
        write_answers(out / f"{name}.json", made, files, image, outputs, last)


if __name__ == "__main__":
    main()
