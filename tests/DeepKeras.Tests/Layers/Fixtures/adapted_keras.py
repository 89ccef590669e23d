"""Writes what layers of Keras compute before and after their kernels are adapted, ternary kernels, old scaling and boxes, with gradients.

    KERAS_BACKEND=torch python adapted_keras.py      # made with Keras 3.16.0, torch backend
"""

import json
import os

import numpy as np
import torch

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(31)
cases = []


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 2).astype("float32")


def written(array):
    array = np.asarray(keras.ops.convert_to_numpy(array), dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


def add(name, options, x, lora=None, **further):
    """The output of a layer with drawn weights, and the gradients of the sum of squares for its trainable weights."""
    layer = getattr(L, name)(**options)
    layer(x)
    if lora:
        layer.enable_lora(**lora)
    for weight in layer.weights:
        weight.assign(draw(*weight.shape))
    output = layer(x)
    keras.ops.sum(output * output).backward()
    cases.append({
        "name": name,
        "options": options,
        "lora": lora,
        "input": {"dtype": str(np.asarray(x).dtype), **written(x)},
        "names": [w.name for w in layer.weights],
        "trainable": [w.name for w in layer.trainable_weights],
        "weights": [written(w) for w in layer.weights],
        "output": written(output.detach()),
        "gradients": [written(w.value.grad) for w in layer.trainable_weights],
    })


for threshold in [None, 0.3]:
    add("TernaryDense", {"units": 3, "threshold": threshold}, draw(4, 5))
    add("TernaryDense", {"units": 2, "threshold": threshold, "use_bias": False, "activation": "tanh"}, draw(2, 3, 4))
add("Dense", {"units": 3}, draw(4, 5), lora={"rank": 2})
add("Dense", {"units": 3, "activation": "tanh", "use_bias": False}, draw(2, 3, 4), lora={"rank": 2, "lora_alpha": 5})
add("EinsumDense", {"equation": "abc,cde->abde", "output_shape": [None, 2, 3], "bias_axes": "de"}, draw(2, 3, 4), lora={"rank": 2, "lora_alpha": 4})
add("Embedding", {"input_dim": 6, "output_dim": 3}, np.array([[1, 5, 1], [0, 2, 2]], dtype="int32"), lora={"rank": 2, "lora_alpha": 3})
for axis in [-1, 1]:
    add("LayerNormalization", {"axis": axis, "rms_scaling": True}, draw(3, 4, 5))
add("LayerNormalization", {"axis": [1, 2], "rms_scaling": True, "scale": False, "epsilon": 0.1}, draw(3, 4, 5))

with open(os.path.join(OUT, "adapted_keras.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases")
