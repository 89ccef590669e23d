"""Writes tools_*.json: regularizers, constraints, schedules, initializers without chance and activations of Keras in float64.

    KERAS_BACKEND=torch python make_weight_tools.py      # made with Keras 3.16.0, torch backend

Every case is the object in Keras's words, its inputs and what it gives; penalties and activations (which are named alone) with the gradient of the sum.
"""

import numpy as np
import torch

from fixture import numbers, words, write
import keras
from keras import activations, constraints as C, initializers as I, regularizers as R
from keras.optimizers import schedules as S

random = np.random.default_rng(23)
T = {
    "matrix": random.normal(0, 1.5, (3, 4)), "tall": random.normal(0, 1, (4, 2)), "vector": random.normal(0, 1, (5,)), "kernel": random.normal(0, 1, (2, 2, 3, 2)),
    "x": random.normal(0, 2, (3, 4)), "wide": random.uniform(-40, 40, (3, 4)), "small": random.normal(0, 0.3, (3, 4)),
}
files = {}


def keep(kind, entry):
    files.setdefault("tools_" + kind, []).append(entry)


def graded(function, name):
    x = torch.tensor(T[name], dtype=torch.float64, requires_grad=True)
    value = function(x * 1)
    # L1L2 without either is a constant.
    (value.sum() + 0 * x.sum()).backward()
    return {"x": name, "value": numbers(value), "gradient": numbers(x.grad)}


for make in (R.L1(), R.L1(0.3), R.L2(), R.L2(0.3), R.L1L2(), R.L1L2(l1=0.2), R.L1L2(l2=0.4), R.L1L2(0.2, 0.4)):
    for name in ("matrix", "vector", "kernel"):
        keep("regularizers", {"object": words(make), **graded(make, name)})
for make in (R.OrthogonalRegularizer(), R.OrthogonalRegularizer(0.3), R.OrthogonalRegularizer(0.3, mode="columns")):
    for name in ("matrix", "tall"):
        keep("regularizers", {"object": words(make), **graded(make, name)})

for make, names in (
        (C.MaxNorm(), "matrix tall vector kernel"), (C.MaxNorm(0.7), "matrix vector"), (C.MaxNorm(1.5, axis=1), "matrix tall"), (C.MaxNorm(1.5, axis=[0, 1, 2]), "kernel"),
        (C.NonNeg(), "matrix vector kernel"), (C.UnitNorm(), "matrix vector"), (C.UnitNorm(axis=1), "matrix"), (C.UnitNorm(axis=[0, 1, 2]), "kernel"),
        (C.MinMaxNorm(), "matrix vector"), (C.MinMaxNorm(0.8, 1.4), "matrix"), (C.MinMaxNorm(1.2, 1.4, rate=0.3, axis=1), "matrix tall"), (C.MinMaxNorm(max_value=0.5, rate=0.6, axis=[0, 1, 2]), "kernel")):
    for name in names.split():
        keep("constraints", {"object": words(make), "x": name, "value": numbers(make(torch.tensor(T[name])))})

STEPS = [0, 1, 2, 3, 5, 7, 9, 10, 11, 14, 15, 19, 20, 21, 29, 30, 31, 47, 70, 100]
for make in (
        S.ExponentialDecay(0.1, 10, 0.9), S.ExponentialDecay(0.1, 10, 0.9, staircase=True), S.InverseTimeDecay(0.1, 10, 0.5), S.InverseTimeDecay(0.1, 10, 0.5, staircase=True),
        S.PiecewiseConstantDecay([3, 10, 30], [1.0, 0.5, 0.1, 0.05]), S.PolynomialDecay(0.1, 20), S.PolynomialDecay(0.1, 20, end_learning_rate=0.01, power=2.0), S.PolynomialDecay(0.1, 10, power=0.5, cycle=True),
        S.CosineDecay(0.1, 20), S.CosineDecay(0.1, 20, alpha=0.2), S.CosineDecay(0.0, 20, warmup_target=0.3, warmup_steps=10), S.CosineDecay(0.05, 20, alpha=0.1, warmup_target=0.2, warmup_steps=5),
        S.CosineDecayRestarts(0.1, 10), S.CosineDecayRestarts(0.1, 7, t_mul=1.5, m_mul=0.8, alpha=0.1), S.CosineDecayRestarts(0.1, 10, t_mul=1.0, m_mul=0.9)):
    keep("schedules", {"object": words(make), "steps": STEPS, "value": numbers([float(make(torch.tensor(s))) for s in STEPS])})

for make, shapes in (
        (I.Zeros(), [(2, 3), (4,)]), (I.Ones(), [(2, 3), ()]), (I.Constant(), [(3,)]), (I.Constant(0.3), [(2, 2)]), (I.Identity(), [(3, 3), (2, 4), (4, 2)]), (I.Identity(0.7), [(3, 3)]),
        (I.STFT(), [(8, 1, 5)]), (I.STFT("imag"), [(8, 1, 5)]), (I.STFT(window="hamming", scaling="spectrum"), [(6, 1, 6)]), (I.STFT("imag", window=None, scaling=None, periodic=True), [(7, 1, 5)]),
        (I.STFT(periodic=True), [(8, 1, 5)])):
    for shape in shapes:
        described = words(make)
        # Keras's config leaves the gain out.
        if isinstance(make, I.Identity):
            described["config"]["gain"] = make.gain
        keep("initializers", {"object": described, "value": numbers(make(shape, dtype="float64"))})

NAMES = ("celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus"
         " softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink").split()
for name in NAMES:
    for x in ("x", "small") if name == "exponential" else ("x", "small", "wide"):
        keep("activations", {"object": {"class_name": name}, **graded(activations.get(name), x)})

for name, cases in files.items():
    used = {c["x"] for c in cases if "x" in c}
    write(name, {"tensors": {key: numbers(value) for key, value in T.items() if key in used}, "cases": cases})
