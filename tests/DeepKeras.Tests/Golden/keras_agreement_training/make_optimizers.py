"""Writes optimizer_*.json: twenty steps of Keras's optimizers in float64.

    KERAS_BACKEND=torch python make_optimizers.py      # made with Keras 3.16.0, torch backend

Every case is an optimizer in Keras's words; the variables after steps 1, 2, 10 and 20; the optimizer's own variables, in Keras's order, after step 20; and the
variables after finalize_variable_values where averages are kept. What differs from the plain run stands beside it: variables left out of the decay, steps in
which a variable has no gradient or an infinite one, constraints, other variables.
"""

import numpy as np
import torch

from fixture import numbers, words, write
import keras
from keras import optimizers as K
from keras.optimizers import schedules

# Muon takes the root of an integer, which is of PyTorch's default type.
torch.set_default_dtype(torch.float64)
random = np.random.default_rng(22)
VARIABLES = {
    "plain": [("dense", "kernel", random.normal(0, 1, (2, 3))), ("dense", "bias", random.normal(0, 1, (2,)))],
    "tall": [("dense", "kernel", random.normal(0, 1, (4, 2))), ("head", "kernel", random.normal(0, 1, (2, 2)))],
    "deep": [("conv", "kernel", random.normal(0, 1, (2, 2, 3))), ("conv", "scale", random.normal(0, 1, ()))],
    "table": [("embedding", "kernel", random.normal(0, 1, (2, 3))), ("dense", "embeddings", random.normal(0, 1, (2, 2)))],
}
GRADIENTS = {name: [[random.normal(0, 1, value.shape) for _, _, value in variables] for _ in range(20)] for name, variables in VARIABLES.items()}
# The second variable rests a while, so that state which is kept by step and state which is kept by variable part.
GAPS = [2, 5, 6, 11]
ema = dict(use_ema=True, ema_momentum=0.9)


def rate():
    return schedules.ExponentialDecay(0.05, 4, 0.8)


COMMON = [
    dict(), dict(weight_decay=0.1), dict(weight_decay=0.1, _exclude=["bias"]), dict(clipnorm=0.8), dict(clipvalue=0.4), dict(global_clipnorm=0.9),
    dict(**ema), dict(ema_overwrite_frequency=3, **ema), dict(loss_scale_factor=8.0), dict(gradient_accumulation_steps=3),
    dict(gradient_accumulation_steps=2, clipnorm=0.7, weight_decay=0.05, ema_overwrite_frequency=2, **ema), dict(learning_rate=rate), dict(_gaps=GAPS),
]
MORE = [
    dict(learning_rate=rate, gradient_accumulation_steps=3), dict(gradient_accumulation_steps=4, _gaps=GAPS), dict(weight_decay=0.2, learning_rate=rate, _constraint=True),
    dict(weight_decay=0.1, _exclude_first=True), dict(_variables="deep"),
]


def run(make, file, files, _exclude=None, _exclude_first=False, _gaps=(), _constraint=False, _variables="plain", _overflow=(), _still=False, **options):
    variables = []
    for owner, name, value in VARIABLES[_variables]:
        with keras.name_scope(owner):
            variables.append(keras.Variable(value, name=name, dtype="float64"))
    if _constraint:
        variables[0].constraint = keras.constraints.NonNeg()
    options = {k: v() if k in ("learning_rate", "inner_optimizer") and callable(v) else v for k, v in options.items()}
    optimizer = make(**options)
    described = words(optimizer)
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    if _exclude:
        inner.exclude_from_weight_decay(var_names=_exclude)
    if _exclude_first:
        inner.exclude_from_weight_decay(var_list=variables[:1])
    optimizer.build(variables)
    snapshots = {}
    for step in range(20):
        gradients = [keras.ops.convert_to_tensor(g * (np.inf if step in _overflow else 0 if _still else 1)) for g in GRADIENTS[_variables][step]]
        if step in _gaps:
            gradients[1] = None
        optimizer.apply(gradients, variables)
        if step + 1 in (1, 2, 10, 20):
            snapshots[str(step + 1)] = [numbers(v.value) for v in variables]
    case = {"object": described, "variables": _variables, "steps": snapshots, "state": [{"name": v.path.split("/", 1)[-1], **numbers(v.value)} for v in optimizer.variables]}
    if inner.use_ema:
        optimizer.finalize_variable_values(variables)
        case["final"] = [numbers(v.value) for v in variables]
    for key, value in (("exclude", _exclude), ("exclude_first", _exclude_first), ("gaps", list(_gaps)), ("constraint", _constraint), ("overflow", list(_overflow)), ("still", _still)):
        if value:
            case[key] = value
    files.setdefault(file, []).append(case)


files = {}


def cases(make, *own, fast=0.05, more=True, leave_out=()):
    name = "optimizer_" + make.__name__.lower()
    run(make, name, files)
    for options in own:
        run(make, name, files, **{"learning_rate": fast, **options})
    for options in COMMON + (MORE if more else []):
        if not set(options) & set(leave_out):
            run(make, name, files, **{"learning_rate": fast, **options})


betas = [dict(beta_1=0.8), dict(beta_2=0.9)]
cases(K.SGD, dict(momentum=0.9), dict(momentum=0.9, nesterov=True), dict(momentum=0.7, nesterov=True, weight_decay=0.1, clipnorm=0.5), dict(momentum=0.9, learning_rate=rate), dict(momentum=0.9, gradient_accumulation_steps=3, _gaps=GAPS))
cases(K.RMSprop, dict(rho=0.7), dict(momentum=0.8), dict(centered=True), dict(centered=True, momentum=0.8, rho=0.8), dict(epsilon=1e-3), dict(momentum=0.8, learning_rate=rate), dict(centered=True, momentum=0.5, **ema))
cases(K.Adam, *betas, dict(epsilon=1e-3), dict(amsgrad=True), dict(amsgrad=True, beta_2=0.6, **ema), dict(amsgrad=True, gradient_accumulation_steps=3))
cases(K.AdamW, *betas, dict(epsilon=1e-3), dict(amsgrad=True), dict(amsgrad=True, beta_2=0.6))
cases(K.Adamax, *betas, dict(epsilon=1e-3))
cases(K.Nadam, *betas, dict(epsilon=1e-3))
cases(K.Adagrad, dict(initial_accumulator_value=0.5), dict(initial_accumulator_value=0.0), dict(epsilon=1e-3))
cases(K.Adadelta, dict(rho=0.8), dict(epsilon=1e-3), fast=1.0)
cases(K.Adafactor, dict(beta_2_decay=-0.5), dict(epsilon_1=1e-3), dict(epsilon_2=0.9), dict(clip_threshold=0.5), dict(relative_step=False), dict(learning_rate=0.9), dict(learning_rate=0.9, relative_step=False), dict(_variables="tall"))
cases(K.Ftrl, dict(learning_rate_power=-0.3), dict(initial_accumulator_value=0.5), dict(l1_regularization_strength=0.3), dict(l2_regularization_strength=0.3), dict(l2_shrinkage_regularization_strength=0.2), dict(beta=0.5),
      dict(l1_regularization_strength=0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.3, beta=0.4, learning_rate_power=-0.7))
cases(K.Lamb, *betas, dict(epsilon=1e-3))
cases(K.Lion, *betas)
cases(K.ScheduleFreeAdamW, *betas, dict(epsilon=1e-3), dict(warmup_steps=5), dict(warmup_steps=30, learning_rate=rate))
cases(K.Muon, dict(adam_beta_1=0.8), dict(adam_beta_2=0.9), dict(adam_weight_decay=0.1), dict(adam_weight_decay=None), dict(epsilon=1e-3), dict(exclude_layers=["dense"]), dict(exclude_layers=["hea"], _variables="tall"),
      dict(_variables="table"), dict(exclude_embeddings=False, _variables="table"), dict(muon_a=3.0), dict(muon_b=-4.7), dict(muon_c=1.5), dict(adam_lr_ratio=0.5), dict(momentum=0.7), dict(ns_steps=2), dict(nesterov=False),
      dict(rms_rate=0.5), dict(rms_rate=None), dict(weight_decay=None), dict(weight_decay=None, adam_weight_decay=None), dict(_variables="tall"), more=False)
cases_of_muon = files.pop("optimizer_muon")
files["optimizer_muon"], files["optimizer_muon_options"] = cases_of_muon[22:], cases_of_muon[:22]
for options in MORE:
    run(K.Muon, "optimizer_muon", files, **{"learning_rate": 0.05, **options})
scaling = dict(initial_scale=4.0, dynamic_growth_steps=6)
for inner, options in (
        (lambda: K.SGD(0.1, momentum=0.9), {}), (lambda: K.SGD(0.1), dict(_overflow=[3, 12])), (lambda: K.Adam(0.05, **ema), {}), (lambda: K.Adam(0.05, amsgrad=True, weight_decay=0.1), dict(_overflow=[0, 9, 10])),
        (lambda: K.Nadam(0.05, gradient_accumulation_steps=2), dict(_overflow=[5])), (lambda: K.RMSprop(0.05, momentum=0.5, centered=True, clipnorm=0.1), {}), (lambda: K.Adam(rate(), global_clipnorm=0.2), dict(_overflow=[7])),
        (lambda: K.Adam(0.05, loss_scale_factor=64.0), {}), (lambda: K.Ftrl(0.05), {}), (lambda: K.Adafactor(0.05), {}), (lambda: K.Muon(0.05), {}), (lambda: K.ScheduleFreeAdamW(0.05, warmup_steps=4), {}), (lambda: K.SGD(0.1, ema_overwrite_frequency=3, **ema), dict(_overflow=[3]))):
    run(K.LossScaleOptimizer, "optimizer_loss_scale", files, inner_optimizer=inner, **scaling, **options)
run(K.LossScaleOptimizer, "optimizer_loss_scale", files, inner_optimizer=lambda: K.SGD(0.1), initial_scale=2.0)
run(K.LossScaleOptimizer, "optimizer_loss_scale", files, inner_optimizer=lambda: K.Lion(0.1))

for options in (dict(clipnorm=0.5), dict(clipvalue=0.5), dict(global_clipnorm=0.5), dict(clipnorm=0.0), dict(clipvalue=0.0), dict(global_clipnorm=0.0)):
    for make in (K.SGD, K.Adam):
        run(make, "optimizer_edges", files, learning_rate=0.05, _overflow=[3], **options)
for make in (K.SGD, K.Adam, K.Lamb, K.Adafactor, K.Muon, K.Lion, K.Nadam, K.Ftrl):
    run(make, "optimizer_edges", files, learning_rate=0.05, _still=True)

for name, found in files.items():
    used = {c["variables"] for c in found}
    write(name, {
        "variables": {key: [{"layer": owner, "name": weight, **numbers(value)} for owner, weight, value in VARIABLES[key]] for key in VARIABLES if key in used},
        "gradients": {key: [[numbers(g) for g in step] for step in GRADIENTS[key]] for key in VARIABLES if key in used},
        "cases": found,
    })
