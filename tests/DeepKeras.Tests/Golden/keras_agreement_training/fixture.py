"""What the scripts beside this file share: the same numbers on every run, written with 17 significant digits."""

import json
import os

import numpy as np
import torch

import keras
from keras.src.backend.common import dtypes

keras.config.set_floatx("float64")
# Outside of TensorFlow Keras rounds what it computes in float64 to float32 here and there, as JAX does. Not here: the formulas are what is compared.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

OUT = os.path.dirname(os.path.abspath(__file__))


def numbers(value):
    """A tensor, array or number as {"shape", "data"}."""
    if torch.is_tensor(value):
        value = value.detach().cpu().numpy()
    array = np.asarray(value, dtype="float64")
    return {"shape": list(array.shape), "data": [written(v) for v in array.reshape(-1).tolist()]}


def written(value):
    return str(value).lower() if value != value or value in (float("inf"), float("-inf")) else int(value) if value == int(value) and abs(value) < 1e15 else value


def words(thing):
    """The object in Keras's own words."""
    return keras.saving.serialize_keras_object(thing)


def write(name, content):
    path = os.path.join(OUT, name + ".json")
    with open(path, "w") as file:
        file.write(json.dumps(content, separators=(",", ":")).replace('{"object"', '\n{"object"') + "\n")
    size = os.path.getsize(path)
    print(f"{name}.json: {len(content['cases'])} cases, {size} bytes")
    assert size < 100_000, "split this file"
