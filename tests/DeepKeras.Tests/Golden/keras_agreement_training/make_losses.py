"""Writes losses_*.json: values and gradients of Keras's losses in float64.

    KERAS_BACKEND=torch python make_losses.py      # made with Keras 3.16.0, torch backend

Every case is a loss in Keras's words, the names of its inputs in "tensors", its value, and the gradient of the value's sum with respect to the predictions.
"""

import numpy as np
import torch

from fixture import numbers, words, write
from keras import losses as K
from keras.src import backend

random = np.random.default_rng(20)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


flat, deep = (4, 3), (2, 3, 4)
T = {
    "real": random.normal(0, 1, flat), "guess": random.normal(0, 1, flat), "far": random.normal(0, 3, flat),
    "deep_real": random.normal(0, 1, deep), "deep_guess": random.normal(0, 1, deep),
    "column": random.normal(0, 1, (4, 1)), "row": random.normal(0, 1, (4,)),
    "positive": random.uniform(0.1, 3, flat), "positive_guess": random.uniform(0.1, 3, flat),
    "deep_positive": random.uniform(0.1, 3, deep), "deep_positive_guess": random.uniform(0.1, 3, deep),
    "yes_no": (random.uniform(size=flat) < 0.5).astype(float), "chance": random.uniform(0.02, 0.98, flat),
    "deep_yes_no": (random.uniform(size=deep) < 0.5).astype(float), "deep_chance": random.uniform(0.02, 0.98, deep),
    "sides": np.where(random.uniform(size=flat) < 0.5, -1.0, 1.0),
    "ends_true": np.array([[1, 0, 0], [0, 1, 0.0]]), "ends_binary_true": np.array([[1, 0, 1], [0, 1, 0.0]]), "ends": np.array([[1, 0, 0], [0, 1e-9, 1 - 1e-9]]),
    "one_hot": np.eye(3)[[0, 2, 1, 2]], "shares": softmax(random.normal(0, 1, flat)), "soft": softmax(random.normal(0, 1, flat)),
    "unnormed": random.uniform(0.05, 0.6, flat),
    "deep_one_hot": np.eye(4)[random.integers(0, 4, (2, 3))], "deep_shares": softmax(random.normal(0, 1, deep)),
    "deep_soft_1": softmax(random.normal(0, 1, deep), 1), "deep_shares_1": softmax(random.normal(0, 1, deep), 1),
    "classes": np.array([0, 2, 1, 2]), "classes_column": np.array([[0], [2], [1], [2]]), "classes_void": np.array([0, -1, 1, 2]),
    "deep_classes": random.integers(0, 4, (2, 3)), "deep_classes_void": np.array([[1, 0, 3], [2, 3, 1]]), "deep_classes_1": random.integers(0, 3, (2, 4)),
    "same": np.array([0, 1, 0, 1, 2, 0]), "embedding": (lambda e: e / np.linalg.norm(e, axis=-1, keepdims=True))(random.normal(0, 1, (6, 3))),
    "texts": np.array([[1, 2, 0], [3, 3, 1]]), "texts_scores": random.normal(0, 1, (2, 6, 4)),
    "by_sample": np.array([0.5, 2, 0, 1.25]), "by_sample_column": np.array([[0.5], [2], [0], [1.25]]), "by_sample_deep": np.array([[0.75], [1.5]]),
    "by_six": np.array([0.5, 2, 0, 1.25, 1, 3]), "by_two": np.array([0.75, 1.5]),
    "by_element": random.uniform(0, 2, (2, 3)), "by_element_1": random.uniform(0, 2, (2, 4)), "all_alike": np.array(0.7),
    "mask": np.array([True, False, True, True]), "deep_mask": np.array([[True, True, False], [True, False, False]]),
}
FLAT, DEEP = [None, "by_sample", "by_sample_column", "all_alike"], [None, "by_sample_deep", "by_element"]
REDUCTIONS = ["sum", "mean_with_sample_weight", "none", "mean"]
files = {}


def case(file, make, y_true, y_pred, weight=None, mask=None, **options):
    loss = make(**options)
    value, gradient = numbers_of(loss, y_true, y_pred, weight, mask)
    entry = {"object": words(loss), "y_true": y_true, "y_pred": y_pred}
    if weight:
        entry["sample_weight"] = weight
    if mask:
        entry["mask"] = mask
    entry.update(value=value, gradient=gradient)
    # 1 - 1e-9 and the sigmoid of 50 are no numbers of float32, and 1 - 1e-7 is rounded.
    if y_pred in ("ends", "large"):
        entry["single"] = dict(zip(("value", "gradient"), numbers_of(make(dtype="float32", **options), y_true, y_pred, weight, mask, torch.float32)))
    files.setdefault(file, []).append(entry)


def numbers_of(loss, y_true, y_pred, weight, mask, dtype=torch.float64):
    guess = torch.tensor(T[y_pred], dtype=dtype, requires_grad=True)
    given = guess * 1
    if mask:
        backend.set_keras_mask(given, torch.tensor(T[mask]))
    value = loss(torch.tensor(T[y_true]), given, None if weight is None else torch.tensor(T[weight]))
    value.sum().backward()
    return numbers(value), numbers(guess.grad)


def all_cases(file, make, y_true, y_pred, weights, variants=(), mask=None, **needed):
    for weight in weights:
        case(file, make, y_true, y_pred, weight, **needed)
    for reduction in REDUCTIONS:
        for weight in weights[:2]:
            case(file, make, y_true, y_pred, weight, reduction=reduction, **needed)
    for reduction in ["sum_over_batch_size", "sum", "mean_with_sample_weight", "none"] if mask else []:
        for weight in weights[:2]:
            case(file, make, y_true, y_pred, weight, mask, reduction=reduction, **needed)
    for variant in variants:
        for weight in weights[:2]:
            case(file, make, y_true, y_pred, weight, **{**needed, **variant})


def both(file, make, y_true, y_pred, variants=(), mask=False, deep_pred=None):
    all_cases(file, make, y_true, y_pred, FLAT, variants, "mask" if mask else None)
    for weight in DEEP:
        case(file, make, "deep_" + y_true, deep_pred or "deep_" + y_pred, weight)


for kind in (K.MeanSquaredError, K.MeanAbsoluteError, K.LogCosh):
    both("losses_regression", kind, "real", "guess", mask=kind is K.MeanSquaredError)
    case("losses_regression", kind, "real", "far")
    case("losses_regression", kind, "row", "column")
    case("losses_regression", kind, "column", "row", "by_sample")
both("losses_regression", K.Huber, "real", "guess", [dict(delta=0.5), dict(delta=2.0)])
both("losses_regression", K.CosineSimilarity, "real", "guess", [dict(axis=0), dict(axis=1)][1:])
for axis in (0, 1, -2):
    case("losses_regression", K.CosineSimilarity, "deep_real", "deep_guess", axis=axis)
for kind in (K.MeanAbsolutePercentageError, K.MeanSquaredLogarithmicError, K.Poisson, K.KLDivergence):
    both("losses_positive", kind, "positive", "positive_guess")
case("losses_positive", K.MeanSquaredLogarithmicError, "real", "guess")
case("losses_positive", K.KLDivergence, "shares", "soft")
case("losses_positive", K.KLDivergence, "ends_true", "ends")

smooth = dict(label_smoothing=0.2)
logits = dict(from_logits=True)
both("losses_binary", K.BinaryCrossentropy, "yes_no", "chance", [smooth, dict(axis=0)][:1])
case("losses_binary", K.BinaryCrossentropy, "ends_binary_true", "ends")
for extra in ({}, smooth):
    case("losses_binary", K.BinaryCrossentropy, "yes_no", "far", "by_sample", **logits, **extra)
    case("losses_binary", K.BinaryCrossentropy, "yes_no", "far", **logits, **extra)
for axis in (0, 1):
    case("losses_binary", K.BinaryCrossentropy, "deep_yes_no", "deep_chance", axis=axis)
    case("losses_binary", K.BinaryFocalCrossentropy, "deep_yes_no", "deep_chance", axis=axis)
both("losses_binary", K.BinaryFocalCrossentropy, "yes_no", "chance", [smooth, dict(gamma=1.5), dict(gamma=0.0), dict(apply_class_balancing=True), dict(apply_class_balancing=True, alpha=0.6)])
case("losses_binary", K.BinaryFocalCrossentropy, "ends_binary_true", "ends")
for extra in ({}, smooth, dict(apply_class_balancing=True, alpha=0.1, gamma=3.0)):
    case("losses_binary", K.BinaryFocalCrossentropy, "yes_no", "far", **logits, **extra)
for kind in (K.Hinge, K.SquaredHinge):
    both("losses_margins", kind, "yes_no", "guess", deep_pred="deep_guess")
    case("losses_margins", kind, "sides", "guess", "by_sample")
both("losses_margins", K.CategoricalHinge, "one_hot", "guess", deep_pred="deep_guess")
case("losses_margins", K.CategoricalHinge, "sides", "guess")

both("losses_categorical", K.CategoricalCrossentropy, "one_hot", "shares", [smooth], mask=True)
both("losses_focal", K.CategoricalFocalCrossentropy, "one_hot", "shares", [smooth, dict(alpha=0.6), dict(gamma=1.0)])
for file, kind in (("losses_categorical", K.CategoricalCrossentropy), ("losses_focal", K.CategoricalFocalCrossentropy)):
    case(file, kind, "soft", "unnormed")
    case(file, kind, "ends_true", "ends")
    for extra in ({}, smooth):
        case(file, kind, "soft", "far", **logits, **extra)
        case(file, kind, "soft", "far", "by_sample", **logits, **extra)
        case(file, kind, "deep_soft_1", "deep_shares_1", axis=1, **extra)
        case(file, kind, "deep_soft_1", "deep_guess", axis=1, **logits, **extra)

sparse = K.SparseCategoricalCrossentropy
all_cases("losses_sparse", sparse, "classes", "shares", FLAT, mask="mask")
all_cases("losses_sparse", sparse, "classes_void", "shares", FLAT[:3], mask="mask", ignore_class=-1)
# Weights that are to be spread over a mask: Keras multiplies them in place and fails, so by element only.
all_cases("losses_sparse", sparse, "deep_classes_void", "deep_shares", [None, "by_element"], ignore_class=3)
for true, guess, options in (
        ("classes_column", "shares", {}), ("classes", "unnormed", {}), ("classes", "far", logits), ("classes_void", "far", dict(ignore_class=-1, **logits)),
        ("deep_classes", "deep_shares", {}), ("deep_classes", "deep_guess", logits), ("deep_classes_1", "deep_shares_1", dict(axis=1)), ("deep_classes_1", "deep_guess", dict(axis=1, **logits))):
    case("losses_sparse", sparse, true, guess, **options)
for weight in DEEP[1:]:
    case("losses_sparse", sparse, "deep_classes", "deep_shares", weight)

general = K.CategoricalGeneralizedCrossEntropy
all_cases("losses_shapes", general, "classes", "shares", FLAT, [dict(q=0.7), dict(q=0.1)])
for weight in DEEP:
    case("losses_shapes", general, "deep_classes", "deep_shares", weight)
all_cases("losses_shapes", K.Dice, "yes_no", "chance", [None, "all_alike"])
all_cases("losses_shapes", K.Tversky, "yes_no", "chance", [None, "all_alike"], [dict(alpha=0.3), dict(beta=0.8), dict(alpha=0.7, beta=0.3)])
for kind in (K.Dice, K.Tversky):
    for axis in ((1, 2), (0, 1), (0, 2), (2,), 1):
        case("losses_shapes", kind, "deep_yes_no", "deep_chance", axis=axis)
    for weight in (None, "by_two"):
        case("losses_shapes", kind, "deep_yes_no", "deep_chance", weight, axis=(1, 2), reduction="none")
all_cases("losses_pairs", K.Circle, "same", "embedding", [None, "by_six"], [dict(gamma=10.0), dict(margin=0.2), dict(remove_diagonal=False), dict(gamma=2.0, margin=0.25, remove_diagonal=False)])
all_cases("losses_pairs", K.CTC, "texts", "texts_scores", [None, "by_two"])

# Where formulas have their ends: zeros, kinks, large numbers, nothing that counts.
T.update({
    "zeros": np.zeros(flat), "some_zeros": np.array([[0, 0, 0], [0, 0.5, 0], [1, 0, 2], [0, 0, 1.5]]), "kinks": np.array([[0, 1, -1], [1, 1.5, 1], [1, -0.5, 2], [-1, 0, 2.5]]),
    "large": np.array([[50, -50, 0], [200, 200, -200], [-50, 80, 10], [30, 30, 30.0]]), "hot": np.eye(3)[[0, 1, 2, 0]], "no_weights": np.zeros(4),
    "no_mask": np.zeros(4, bool), "all_void": np.full(4, -1), "long_texts": np.array([[1, 1, 1, 1], [1, 2, 3, 0]]), "short_scores": random.normal(0, 1, (2, 4, 5)), "empty_text": np.array([[0, 0], [1, 0]]),
})
E = "losses_edges"
for make in (K.MeanSquaredError, K.MeanAbsoluteError, K.LogCosh, K.Huber, K.MeanSquaredLogarithmicError, K.MeanAbsolutePercentageError, K.CosineSimilarity, K.Hinge, K.SquaredHinge, K.CategoricalHinge, K.KLDivergence, K.Poisson, K.Dice, K.Tversky):
    case(E, make, "some_zeros", "kinks")
    if make is not K.Poisson:
        case(E, make, "some_zeros", "large")
    case(E, make, "zeros", "zeros")
for make in (K.BinaryCrossentropy, K.BinaryFocalCrossentropy, K.CategoricalCrossentropy, K.CategoricalFocalCrossentropy):
    case(E, make, "hot", "large", from_logits=True)
    case(E, make, "hot", "zeros", from_logits=True)
for classes, options in (("classes", {}), ("classes_void", dict(ignore_class=-1))):
    case(E, sparse, classes, "large", from_logits=True, **options)
for reduction in ("sum_over_batch_size", "mean_with_sample_weight", "sum", "none"):
    case(E, K.MeanSquaredError, "real", "guess", "no_weights", reduction=reduction)
    case(E, K.MeanSquaredError, "real", "guess", None, "no_mask", reduction=reduction)
    case(E, sparse, "all_void", "shares", ignore_class=-1, reduction=reduction)
    case(E, sparse, "all_void", "shares", "by_sample", ignore_class=-1, reduction=reduction)
case(E, K.CTC, "long_texts", "short_scores")
case(E, K.CTC, "empty_text", "short_scores")
# Not CategoricalGeneralizedCrossEntropy of a probability of 0, whose gradient is NaN in Keras and finite here.

for name, cases in files.items():
    used = {c[key] for c in cases for key in ("y_true", "y_pred", "sample_weight", "mask") if key in c}
    write(name, {"tensors": {key: numbers(value) for key, value in T.items() if key in used}, "cases": cases})
