"""The models of `keras_models.py` as Keras 2, tf2onnx and tensorflowjs write them: what `models.test.ts` reads.

    python models-tensorflow.py [--out models]

Needs TensorFlow 2.15 and so an environment of its own: requirements-tensorflow.txt. Each layer's output is
Keras's own, by the layer's name; of the ONNX files the last output is, and single nodes' are onnxruntime's.
"""

import argparse
import os
import sys
import types
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
# tensorflowjs imports these at its top for formats that are not written here.
for unused in ("tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"):
    sys.modules[unused] = types.ModuleType(unused)

import keras
import numpy as np
import onnxruntime
import tensorflow as tf
import tensorflowjs
import tf2onnx
from keras_models import MODELS, chain, every_layer, settle
from model_answers import every_node, random_image, strip, write_answers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "models")
    out = parser.parse_args().out
    out.mkdir(exist_ok=True)
    for seed, (name, make) in enumerate(MODELS.items()):
        model = make()
        settle(model, seed)
        image = random_image(*model.input_shape[1:], seed=seed)
        outputs = every_layer(model, image)
        last = model.layers[-1].name

        files = [f"keras2-{name}.keras", f"keras2-{name}.h5"]
        for file in files:
            model.save(out / file)
        folder = out / f"tfjs-{name}"
        folder.mkdir(exist_ok=True)
        # Small shards, so that a model has several.
        tensorflowjs.converters.save_keras_model(model, str(folder), weight_shard_size_bytes=4096)
        files.append(f"{folder.name}/model.json")
        made = f"models-tensorflow.py with keras {keras.__version__}, tensorflow {tf.__version__}"
        made_too = f"{made}, tensorflowjs {tensorflowjs.__version__}"
        write_answers(out / f"keras2-{name}.json", made_too, files, image, outputs, last)

        if name == "functional":  # tf2onnx cannot write TensorFlow's groups
            model = make(groups=1)
            settle(model, seed)
            outputs = every_layer(model, image)
        path = out / f"tf2onnx-{name}.onnx"
        signature = [tf.TensorSpec([None, *image.shape], tf.float32, name="image")]
        tf2onnx.convert.from_keras(model, input_signature=signature, opset=13, output_path=str(path))
        strip(path)
        nodes = every_node(path, image[None], ("Conv", "Relu", "MaxPool", "AveragePool", "Softmax"))
        if np.abs(list(nodes.values())[-1] - outputs[last]).max() > 1e-5:
            raise SystemExit(f"{path.name}: onnxruntime and TensorFlow disagree")
        made = f"{made}, tf2onnx {tf2onnx.__version__}, onnxruntime {onnxruntime.__version__}"
        write_answers(out / f"tf2onnx-{name}.json", made, [path.name], image, {**nodes, "last": outputs[last]}, "last")

    model = chain()
    settle(model, len(MODELS))
    image = random_image(*model.input_shape[1:], seed=len(MODELS))
    file = "keras2-chain-weights.h5"
    model.save_weights(out / file)
    made = f"models-tensorflow.py with keras {keras.__version__}, tensorflow {tf.__version__}"
    write_answers(out / "keras2-chain.json", made, [file], image, every_layer(model, image), model.layers[-1].name)


if __name__ == "__main__":
    main()
