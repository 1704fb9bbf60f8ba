"""Trains a small network to name shapes, and writes it as your-own-network.ipynb reads it: one network, three files.

    python shapes.py [--out .]

Needs the packages of test/reference/requirements-tensorflow.txt. The pictures that it learns from are drawn here, so
that nothing is downloaded: a circle, a square, a triangle or a cross, in any colour, on any colour, anywhere.
"""

import argparse
import os
import sys
import types
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
# tensorflowjs imports these at its top for formats that are not written here.
for unused in ("tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"):
    sys.modules[unused] = types.ModuleType(unused)

import numpy as np
import tensorflow as tf
import tensorflowjs
import tf2onnx

SHAPES = ["circle", "square", "triangle", "cross"]
SIDE = 48
layers = tf.keras.layers


def distance(shape: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far outside a shape of size 1 around 0 each point lies; below 0 inside."""
    if shape == "circle":
        return np.hypot(x, y) - 1
    if shape == "square":
        return np.maximum(abs(x), abs(y)) - 0.85
    if shape == "triangle":
        return np.maximum(abs(x) * 0.866 - y * 0.5, y) - 0.55
    return np.maximum(np.minimum(abs(x), abs(y)) - 0.32, np.maximum(abs(x), abs(y)) - 1)


def drawn(random: np.random.Generator, shape: str, side: int = SIDE) -> np.ndarray:
    """One picture, RGB 0 to 255."""
    size = random.uniform(0.18, 0.3) * side
    row, column = random.uniform(1.1 * size, side - 1.1 * size, 2)
    while True:
        paper, ink = random.uniform(0, 255, (2, 3))
        if abs(paper - ink).sum() > 200:
            break
    y, x = np.mgrid[:side, :side] + 0.5
    turn = random.uniform(-0.3, 0.3)
    dx, dy = (x - column) / size, (y - row) / size
    out = distance(shape, dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn))
    cover = np.clip(0.5 - out * size, 0, 1)[..., None]
    return np.clip(paper * (1 - cover) + ink * cover + random.normal(0, 6, (side, side, 3)), 0, 255)


def pictures(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    labels = random.integers(0, len(SHAPES), count)
    drawings = np.stack([drawn(random, SHAPES[label]) for label in labels])
    return (drawings / 255).astype("float32"), labels


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    out = parser.parse_args().out
    tf.keras.utils.set_random_seed(7)
    tf.config.experimental.enable_op_determinism()
    random = np.random.default_rng(7)
    model = tf.keras.Sequential(
        [
            layers.Input((SIDE, SIDE, 3), name="picture"),
            layers.Conv2D(8, 5, padding="same", activation="relu", name="conv1"),
            layers.MaxPool2D(2, name="pool1"),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="conv2"),
            layers.MaxPool2D(2, name="pool2"),
            layers.Conv2D(24, 3, padding="same", activation="relu", name="conv3"),
            layers.MaxPool2D(2, name="pool3"),
            layers.Flatten(name="flatten"),
            layers.Dense(len(SHAPES), name="shape"),
            layers.Softmax(name="probability"),
        ],
        name="shapes",
    )
    model.compile(tf.keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(*pictures(random, 8000), epochs=14, batch_size=64, verbose=2)
    print("on 1,000 others:", model.evaluate(*pictures(random, 1000), verbose=0)[1])

    trained = model
    model = tf.keras.models.clone_model(trained)  # without what the training kept
    model.set_weights(trained.get_weights())
    model.save(out / "shapes.keras")
    tensorflowjs.converters.save_keras_model(model, str(out / "shapes-tfjs"))
    spec = [tf.TensorSpec((None, SIDE, SIDE, 3), tf.float32, name="picture")]
    tf2onnx.convert.from_keras(model, spec, output_path=str(out / "shapes.onnx"))
    for shape in ("triangle", "cross"):
        picture = drawn(np.random.default_rng(len(shape)), shape)
        tf.io.write_file(str(out / f"{shape}.png"), tf.io.encode_png(picture.astype("uint8")))


if __name__ == "__main__":
    main()
