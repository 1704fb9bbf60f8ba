"""
What PyTorch makes of dlib's ResNet-34, for resnet34.test.ts: the five most probable classes of three photos and some
values on the way. The file is parsed and the network built here independently of the package.

    python3 resnet34.py RESNET34.dnn PHOTOS > resnet34.json

Input: the 227 × 227 pixels in the middle of each photo, not resized, and only of PNG
files, so that it is the same everywhere.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

data = Path(sys.argv[1]).read_bytes()
at = 0


def integer():
    global at
    control = data[at]
    value = int.from_bytes(data[at + 1 : at + 1 + (control & 15)], "little")
    at += 1 + (control & 15)
    return -value if control & 128 else value


def real():
    fraction = integer()
    return fraction * 2.0 ** integer()


def text():
    global at
    length = integer()
    at += length
    return data[at - length : at].decode()


def tensor():
    global at
    assert integer() == 2
    count = math.prod(integer() for _ in range(4))
    at += 4 * count
    return torch.from_numpy(np.frombuffer(data, "<f4", count, at - 4 * count).copy()).double()


def skip(what, count):
    for _ in range(count):
        what()


def layer():
    global at
    name = text()
    found = {"name": name}
    if name == "con_4":
        found["numbers"] = tensor()
        found["window"] = [integer() for _ in range(7)]
        skip(integer, 10)
        skip(real, 4)
    elif name in ("max_pool_2", "avg_pool_2"):
        found["window"] = [integer() for _ in range(6)]
    elif name == "affine_":
        found["numbers"] = tensor()
        skip(integer, 11)
    elif name == "fc_2":
        found["size"] = [integer(), integer()]
        found["numbers"] = tensor()
        skip(integer, 11)
        skip(real, 4)
    at += 3
    skip(tensor, 3)
    return found


integer(), text()
while data[at : at + 2] in (b"\x01\x01", b"\x01\x02"):
    integer()
assert text() == "input_rgb_image_sized"
mean = torch.tensor([real(), real(), real()]).double()
assert [integer(), integer()] == [227, 227]
layers = []
while not layers or layers[-1]["name"] != "fc_2":
    layers.append(layer())
classes = [text() for _ in range(integer())]
assert at == len(data) and len(classes) == 1000


def convolution(x, it):
    channels, height, width, stride_y, stride_x, pad_y, pad_x = it["window"]
    numbers = it["numbers"]
    filters = numbers[:-channels].reshape(channels, -1, height, width)
    return F.conv2d(x, filters, numbers[-channels:], (stride_y, stride_x), (pad_y, pad_x))


def affine(x, it):
    gamma, beta = it["numbers"].reshape(2, 1, -1, 1, 1)
    return x * gamma + beta


def network(x):
    steps = iter(layers)
    x = F.relu(affine(convolution(x, next(steps)), next(steps)))
    next(steps)
    seen = {"relu1": x}
    x = F.max_pool2d(x, 3, 2)
    next(steps)
    seen["max_pool1"] = x
    blocks = 0
    for channels, count in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for _ in range(count):
            first, scale1, relu, second, scale2, then = (next(steps) for _ in range(6))
            y = F.relu(affine(convolution(x, first), scale1))
            y = affine(convolution(y, second), scale2)
            if then["name"] == "avg_pool_2":
                x = F.avg_pool2d(x, 2, 2)
                x = torch.cat([x, torch.zeros_like(x)], 1)
                assert next(steps)["name"] == "add_prev_"
            else:
                assert then["name"] == "add_prev_"
            x = F.relu(x + y)
            assert next(steps)["name"] == "relu_" and x.shape[1] == channels
            blocks += 1
        seen[f"block {blocks}"] = x
    next(steps)
    x = x.mean((2, 3))
    fc = next(steps)["numbers"].reshape(513, 1000)
    return seen, (x @ fc[:512] + fc[512]).softmax(1)[0]


answers = {}
for name in ("chelsea.png", "coffee.png", "astronaut.png"):
    photo = np.array(Image.open(Path(sys.argv[2]) / name).convert("RGB"))
    top, left = ((side - 227) // 2 for side in photo.shape[:2])
    crop = torch.from_numpy(photo[top : top + 227, left : left + 227].astype(float))
    seen, probability = network(((crop - mean) / 256).permute(2, 0, 1)[None])
    best = probability.argsort(descending=True)[:5].tolist()
    answers[name] = {
        "best": [[classes[i], round(probability[i].item(), 7)] for i in best],
        "means": {key: round(maps.mean().item(), 7) for key, maps in seen.items()},
        "shapes": {key: list(maps.shape[2:]) + [maps.shape[1]] for key, maps in seen.items()},
    }
print(json.dumps(answers, indent=1))
