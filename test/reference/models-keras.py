"""Small Keras 3 models in every format that Keras writes: what `models.test.ts` reads.

    python models-keras.py [--out models]

Each layer's output is Keras's own, by the layer's name. It runs on JAX: on torch, Keras 3.15's average pool with
uneven "same" padding takes the padding for a repeated edge and counts it, unlike Keras on TensorFlow and JAX.
"""

import argparse
import os
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"

import keras
from keras_models import MODELS, chain, every_layer, settle
from model_answers import random_image, write_answers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "models")
    out = parser.parse_args().out
    out.mkdir(exist_ok=True)
    warnings.filterwarnings("ignore")
    for seed, (name, make) in enumerate({**MODELS, "chain": chain}.items()):
        model = make()
        settle(model, seed)
        if name == "chain":
            files = [f"keras3-{name}.weights.h5"]
            model.save_weights(out / files[0])
        else:
            files = [f"keras3-{name}.keras", f"keras3-{name}.h5"]
            for file in files:
                model.save(out / file)
        image = random_image(*model.input_shape[1:], seed=seed)
        outputs = every_layer(model, image)
        made = f"models-keras.py with keras {keras.__version__} on {keras.backend.backend()}"
        write_answers(out / f"keras3-{name}.json", made, files, image, outputs, model.layers[-1].name)


if __name__ == "__main__":
    main()
