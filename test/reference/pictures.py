"""Answers of Pillow for reading and fitting pictures, in pictures/answers.json.

    python test/reference/pictures.py        (Pillow 13; needs numpy)

Every case is small enough to read: resized pictures are at most 8 x 8.
"""

import json
import pathlib

import numpy
import PIL
from PIL import Image

here = pathlib.Path(__file__).parent
photos = here.parent.parent / "notebooks" / "photos"


def noise(width, height):
    """The same bytes as `noise` in fit.test.ts: a small congruential generator."""
    state, values = 1, []
    for _ in range(width * height * 3):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(state >> 16 & 255)
    return Image.fromarray(numpy.array(values, numpy.uint8).reshape(height, width, 3))


def flat(image):
    return numpy.asarray(image).reshape(-1).tolist()


def fitted(image, width, height, fit):
    down, across = image.height / height, image.width / width
    scale = {"crop": min(down, across), "stretch": None}[fit]
    tall, wide = (image.height, image.width) if scale is None else (scale * height, scale * width)
    left, top = (image.width - wide) / 2, (image.height - tall) / 2
    box = (left, top, left + wide, top + tall)
    return flat(image.resize((width, height), Image.Resampling.BILINEAR, box))


answers = {"pillow": PIL.__version__, "fit": [], "chelsea": [], "grey": []}
for size in [(9, 7), (8, 3), (40, 25), (5, 31), (1, 1)]:
    for to in [(4, 4), (3, 2), (8, 8), (1, 1)]:
        for fit in ["crop", "stretch"]:
            data = fitted(noise(*size), *to, fit)
            answers["fit"].append({"size": size, "to": to, "fit": fit, "data": data})

chelsea = Image.open(photos / "chelsea.png").convert("RGB")
for fit in ["crop", "stretch"]:
    answers["chelsea"].append({"fit": fit, "data": fitted(chelsea, 8, 8, fit)})
answers["grey"] = flat(noise(8, 8).convert("L"))

(here / "pictures").mkdir(exist_ok=True)
(here / "pictures" / "answers.json").write_text(json.dumps(answers) + "\n")
