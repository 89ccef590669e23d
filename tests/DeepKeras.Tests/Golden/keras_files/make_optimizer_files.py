"""Writes files of small models that were trained three steps by optimizers whose state is not simply listed weight by weight.

    KERAS_BACKEND=torch python make_optimizer_files.py      # made with Keras 3.16.0, torch backend

optimizer_files.json holds for every name the data of a fourth step and the outputs after it.
"""

import json
import os

import numpy as np

import keras
from keras import layers as L
from keras import optimizers as K

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(31)

OPTIMIZERS = {
    "muon": lambda: K.Muon(0.02, exclude_layers=["out"]),
    "adafactor": lambda: K.Adafactor(0.05),
    "nadam": lambda: K.Nadam(0.02),
    "lamb": lambda: K.Lamb(0.02),
    "schedule_free": lambda: K.ScheduleFreeAdamW(0.02),
    "averaged_sums": lambda: K.Adam(0.02, use_ema=True, ema_momentum=0.9, gradient_accumulation_steps=2),
    "loss_scale": lambda: K.LossScaleOptimizer(K.Adam(0.02, amsgrad=True), initial_scale=8.0, dynamic_growth_steps=2),
    "loss_scale_nadam": lambda: K.LossScaleOptimizer(K.Nadam(0.02), initial_scale=8.0),
    "loss_scale_adafactor": lambda: K.LossScaleOptimizer(K.Adafactor(0.05, use_ema=True), initial_scale=8.0),
    "several": lambda: K.MultiOptimizer(K.OptimizerMap(K.Nadam(0.02), {".*out/.*": K.Muon(0.02), ".*normal/.*": K.Adafactor(0.05)})),
}


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 3).astype("float32")


expected = {}
for name, make in OPTIMIZERS.items():
    model = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="tanh", name="hidden"), L.LayerNormalization(name="normal"), L.Dense(2, name="out")], name="trained")
    model.compile(make(), "mse")
    for weight in model.weights:
        weight.assign(draw(*weight.shape))
    x, y = draw(8, 4), draw(8, 2)
    for _ in range(3):
        model.train_on_batch(x, y)
    model.save(os.path.join(OUT, f"optimizer_{name}.keras"))
    model.train_on_batch(x, y)
    expected[name] = {"x": numbers(x), "y": numbers(y), "outputs": numbers(keras.ops.convert_to_numpy(model(x)))}
with open(os.path.join(OUT, "optimizer_files.json"), "w", encoding="utf-8") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")
