"""Small Keras models that both Keras 3 (models-keras.py) and Keras 2 (models-tensorflow.py) build and save."""

import keras
import numpy as np
from keras import layers


def sequential() -> keras.Model:
    """VGG in small, with a dense head on Keras's flatten (cell by cell) and activations in every spelling."""
    return keras.Sequential(
        [
            keras.Input((20, 17, 3)),
            layers.ZeroPadding2D(((0, 1), (2, 0)), name="pad"),
            layers.Conv2D(6, 3, padding="same", activation="relu", name="conv1"),
            layers.Conv2D(6, (3, 2), name="conv2"),
            layers.Activation("relu", name="rectify2"),
            layers.MaxPooling2D(2, name="pool2"),
            layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False, name="conv3"),
            layers.BatchNormalization(scale=False, name="norm3"),
            layers.ReLU(name="rectify3"),
            layers.AveragePooling2D((2, 3), strides=(2, 1), padding="same", name="average3"),
            layers.Dropout(0.4, name="drop"),
            layers.Flatten(name="flat"),
            layers.Dense(7, activation="relu", name="dense4"),
            layers.Dense(5, activation="softmax", name="scores"),
        ],
        name="small_vgg",
    )


def functional(groups: int = 2) -> keras.Model:
    """A residual block, a join, depthwise and separable filters, groups, dilation, uneven "same" padding."""
    image = keras.Input((22, 19, 3), name="image")
    x = layers.Conv2D(6, 7, strides=2, padding="same", use_bias=False, name="conv1")(image)
    x = layers.BatchNormalization(epsilon=1e-5, name="norm1")(x)
    x = layers.ReLU(name="rectify1")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool1")(x)
    y = layers.Conv2D(6, 3, padding="same", name="conv2a")(x)
    y = layers.BatchNormalization(center=False, name="norm2a")(y)
    y = layers.Activation("relu", name="rectify2a")(y)
    y = layers.Conv2D(6, 3, padding="same", groups=groups, name="conv2b")(y)
    x = layers.Add(name="add2")([x, y])
    x = layers.ReLU(name="rectify2")(x)
    a = layers.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2, name="depthwise3")(x)
    b = layers.SeparableConv2D(4, (2, 3), padding="same", activation="relu", name="separable3")(x)
    b = layers.AveragePooling2D(2, padding="same", name="average3")(b)
    c = layers.Conv2D(4, 3, dilation_rate=2, padding="same", activation="relu", name="dilated3")(x)
    c = layers.MaxPooling2D(2, strides=2, padding="same", name="pool3")(c)
    x = layers.Concatenate(name="join3")([a, b, c])
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return keras.Model(image, layers.Dense(5, activation="softmax", name="scores")(x), name="small_residual")


def chain() -> keras.Model:
    """Only what a definition of ours has by itself: its weights are read alone, into such a definition."""
    return keras.Sequential(
        [
            keras.Input((12, 10, 3)),
            layers.Conv2D(4, 3, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            layers.Conv2D(6, 3, padding="same", use_bias=False, name="conv2"),
            layers.BatchNormalization(name="norm2"),
            layers.ReLU(name="rectify2"),
            layers.Flatten(name="flat"),
            layers.Dense(5, name="fc3"),
        ],
        name="chain",
    )


def settle(model: keras.Model, seed: int) -> None:
    """Random weights and statistics, the same with every call."""
    random = np.random.default_rng(seed)
    for variable in model.variables:
        path = getattr(variable, "path", variable.name).split(":")[0]  # Keras 2 has names only: "conv1/kernel:0"
        shape, kind = variable.shape, path.rsplit("/", 1)[-1]
        if kind == "moving_variance":
            value = random.uniform(0.3, 2, shape)
        elif kind in ("gamma", "beta", "bias", "moving_mean"):
            value = random.normal(0, 0.5, shape)
        elif "seed" in path:
            continue
        else:
            value = random.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape)
        variable.assign(value.astype("f4"))


def every_layer(model: keras.Model, image: np.ndarray) -> dict[str, np.ndarray]:
    named = [layer for layer in model.layers if not isinstance(layer, layers.InputLayer)]
    outputs = keras.Model(model.inputs, [layer.output for layer in named])(image[None], training=False)
    return {layer.name: np.asarray(value)[0] for layer, value in zip(named, outputs, strict=True)}


MODELS = {"sequential": sequential, "functional": functional}
