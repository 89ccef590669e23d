"""Writes a file of a model whose kernels are adapted or ternary, as Keras 3 saves it, with inputs and the outputs that it computes.

    KERAS_BACKEND=torch python make_adapted_files.py      # made with Keras 3.16.0, torch backend

adapted_expected.json holds the inputs and the outputs.
"""

import json
import os

import numpy as np

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(17)


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


model = keras.Sequential([
    L.Input((3,), dtype="int32"),
    L.Embedding(6, 4, lora_rank=2),
    L.EinsumDense("abc,cd->abd", (3, 3), bias_axes="d", lora_rank=1, lora_alpha=2),
    L.LayerNormalization(rms_scaling=True),
    L.Flatten(),
    L.TernaryDense(4, activation="tanh"),
    L.TernaryDense(3, threshold=0.1, use_bias=False),
    L.Dense(2, lora_rank=2),
])
model.layers[-1].lora_alpha = 6
for weight in model.weights:
    weight.assign(np.round(random.uniform(-1, 1, weight.shape), 2))
x = random.integers(0, 6, (4, 3)).astype("int32")
model.save(os.path.join(OUT, "adapted.keras"))
with open(os.path.join(OUT, "adapted_expected.json"), "w") as file:
    json.dump({"x": numbers(x), "y": numbers(model.predict(x, verbose=0))}, file)
