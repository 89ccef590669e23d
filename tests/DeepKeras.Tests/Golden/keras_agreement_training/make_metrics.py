"""Writes metrics_*.json: Keras's metrics over three batches in float64.

    KERAS_BACKEND=torch python make_metrics.py      # made with Keras 3.16.0, torch backend

Every case is a metric in Keras's words, the inputs of its batches by their names in "tensors", the result after each batch, and that after reset_state and the
first batch once more.
"""

import numpy as np
import torch

from fixture import numbers, words, write
from keras import metrics as K

random = np.random.default_rng(21)
T = {}


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def three(name, draw):
    for i in range(3):
        T[f"{name}{i}"] = np.asarray(draw((5, 4, 6)[i]))


def weights(*shape):
    """Sixty-fourths: AUC sums weights in float32 on PyTorch, where the sums of these are exact."""
    return np.round(random.uniform(0, 2, shape) * 64) / 64


three("real", lambda n: random.normal(0, 1, (n, 3)))
three("guess", lambda n: random.normal(0, 1, (n, 3)))
three("deep_real", lambda n: random.normal(0, 1, (n, 2, 3)))
three("deep_guess", lambda n: random.normal(0, 1, (n, 2, 3)))
three("line", lambda n: random.normal(0, 1, n))
three("line_guess", lambda n: random.normal(0, 1, (n, 1)))
three("positive", lambda n: random.uniform(0.1, 3, (n, 3)))
three("positive_guess", lambda n: random.uniform(0.1, 3, (n, 3)))
three("yes_no", lambda n: (random.uniform(size=(n, 3)) < 0.5).astype(float))
three("chance", lambda n: random.uniform(0.01, 0.99, (n, 3)))
three("deep_yes_no", lambda n: (random.uniform(size=(n, 2, 3)) < 0.5).astype(float))
three("deep_chance", lambda n: random.uniform(0.01, 0.99, (n, 2, 3)))
three("one", lambda n: (random.uniform(size=(n, 1)) < 0.5).astype(float))
three("one_chance", lambda n: random.uniform(0.01, 0.99, (n, 1)))
three("logit", lambda n: random.normal(0, 2, (n, 3)))
three("classes", lambda n: random.integers(0, 6, n))
three("classes_void", lambda n: random.integers(-1, 4, n))
three("four_classes", lambda n: random.integers(0, 4, n))
three("four_guesses", lambda n: random.integers(0, 4, n))
three("deep_classes", lambda n: random.integers(0, 6, (n, 2)))
three("map", lambda n: random.integers(0, 4, (n, 3)))
three("map_guess", lambda n: random.integers(0, 4, (n, 3)))
three("six", lambda n: np.eye(6)[random.integers(0, 6, n)])
three("six_shares", lambda n: softmax(random.normal(0, 1, (n, 6))))
three("six_scores", lambda n: random.normal(0, 2, (n, 6)))
three("six_deep_shares", lambda n: softmax(random.normal(0, 1, (n, 2, 6))))
three("six_first", lambda n: np.eye(6)[random.integers(0, 6, n)].T)
three("six_first_shares", lambda n: softmax(random.normal(0, 1, (n, 6))).T)
three("four", lambda n: np.eye(4)[random.integers(0, 4, n)])
three("four_shares", lambda n: softmax(random.normal(0, 1, (n, 4))))
three("four_first", lambda n: np.eye(4)[random.integers(0, 4, (n, 2))].transpose(0, 2, 1))
three("four_first_shares", lambda n: softmax(random.normal(0, 1, (n, 2, 4))).transpose(0, 2, 1))
three("four_rows", lambda n: np.eye(4)[random.integers(0, 4, n)].T)
three("four_rows_shares", lambda n: softmax(random.normal(0, 1, (n, 4))).T)
three("sorted_ids", lambda n: np.argsort(-random.normal(0, 1, (n, 6)), -1))
three("weight", lambda n: weights(n))
three("weight_column", lambda n: weights(n, 1))
three("weight_element", lambda n: weights(n, 2))
three("weight_label", lambda n: weights(n, 3))
three("count", lambda n: random.integers(0, 4, n))
files = {}


def case(file, metric, y_true, y_pred, weight=None):
    results = []
    for i in (0, 1, 2, None):
        if i is None:
            metric.reset_state()
        n = i or 0
        given = [torch.tensor(T[f"{name}{n}"]) for name in (y_true, y_pred) if name]
        metric.update_state(*given, **({} if weight is None else {"sample_weight": torch.tensor(T[f"{weight}{n}"])}))
        results.append(numbers(metric.result()))
    described = words(metric)
    # Keras's config leaves the axis out.
    if isinstance(metric, K.CosineSimilarity):
        described["config"]["axis"] = metric._fn_kwargs["axis"]
    entry = {"object": described, "y_true": y_true, "y_pred": y_pred, "sample_weight": weight, "results": results}
    files.setdefault(file, []).append({k: v for k, v in entry.items() if v is not None})


def all_weights(file, make, y_true, y_pred, weights=("weight",)):
    for weight in (None, *weights):
        case(file, make(), y_true, y_pred, weight)


R = "metrics_regression"
for make in (K.MeanSquaredError, K.MeanAbsoluteError, K.RootMeanSquaredError, K.LogCoshError, K.CosineSimilarity, K.PearsonCorrelation, K.ConcordanceCorrelation):
    all_weights(R, make, "real", "guess", ("weight", "weight_column"))
    all_weights(R, make, "deep_real", "deep_guess", ("weight_element",))
    if make not in (K.CosineSimilarity, K.PearsonCorrelation, K.ConcordanceCorrelation):
        all_weights(R, make, "line", "line_guess")
for make in (K.CosineSimilarity, K.PearsonCorrelation, K.ConcordanceCorrelation):
    for axis in (1, -2):
        case(R, make(axis=axis), "deep_real", "deep_guess")
for make in (K.MeanAbsolutePercentageError, K.MeanSquaredLogarithmicError, K.Poisson, K.KLDivergence):
    all_weights(R, make, "positive", "positive_guess")
for options in ({}, dict(class_aggregation="variance_weighted_average"), dict(class_aggregation=None), dict(num_regressors=2), dict(class_aggregation=None, num_regressors=1)):
    all_weights(R, lambda: K.R2Score(**options), "real", "guess", ("weight", "weight_column"))
for make in (K.Mean, K.Sum):
    all_weights(R, make, None, "guess", ("weight", "weight_column"))
    all_weights(R, make, None, "line")
    all_weights(R, make, None, "deep_real", ("weight_element",))

A = "metrics_accuracy"
for make in (K.Hinge, K.SquaredHinge, K.CategoricalHinge):
    all_weights(A, make, "yes_no", "guess")
for options in ({}, dict(threshold=0.3)):
    all_weights(A, lambda: K.BinaryAccuracy(**options), "yes_no", "chance", ("weight", "weight_column"))
    all_weights(A, lambda: K.BinaryAccuracy(**options), "one", "one_chance")
    all_weights(A, lambda: K.BinaryAccuracy(**options), "deep_yes_no", "deep_chance", ("weight_element",))
all_weights(A, K.Accuracy, "four_classes", "four_guesses")
all_weights(A, K.Accuracy, "map", "map_guess", ("weight_label",))
all_weights(A, K.CategoricalAccuracy, "six", "six_shares")
all_weights(A, K.SparseCategoricalAccuracy, "classes", "six_shares")
all_weights(A, K.SparseCategoricalAccuracy, "deep_classes", "six_deep_shares", ("weight_element",))
for options in ({}, dict(k=1), dict(k=3)):
    all_weights(A, lambda: K.TopKCategoricalAccuracy(**options), "six", "six_shares")
    all_weights(A, lambda: K.SparseTopKCategoricalAccuracy(**options), "classes", "six_shares")
all_weights(A, lambda: K.SparseTopKCategoricalAccuracy(k=2), "deep_classes", "six_deep_shares", ("weight_element",))
all_weights(A, lambda: K.SparseTopKCategoricalAccuracy(k=3, from_sorted_ids=True), "classes", "sorted_ids")

P = "metrics_probabilities"
for options in ({}, dict(label_smoothing=0.2)):
    all_weights(P, lambda: K.BinaryCrossentropy(**options), "yes_no", "chance")
    all_weights(P, lambda: K.BinaryCrossentropy(from_logits=True, **options), "yes_no", "logit")
    all_weights(P, lambda: K.CategoricalCrossentropy(**options), "six", "six_shares")
    all_weights(P, lambda: K.CategoricalCrossentropy(from_logits=True, **options), "six", "six_scores")
case(P, K.CategoricalCrossentropy(axis=0), "six_first", "six_first_shares")
case(P, K.CategoricalCrossentropy(axis=1, label_smoothing=0.1), "four_first", "four_first_shares")
all_weights(P, K.SparseCategoricalCrossentropy, "classes", "six_shares")
all_weights(P, K.SparseCategoricalCrossentropy, "deep_classes", "six_deep_shares", ("weight_element",))
all_weights(P, lambda: K.SparseCategoricalCrossentropy(from_logits=True), "classes", "six_scores")
all_weights(P, lambda: K.SparseCategoricalCrossentropy(ignore_class=-1), "classes_void", "six_shares")
all_weights(P, lambda: K.SparseCategoricalCrossentropy(ignore_class=2, from_logits=True), "classes", "six_scores")
case(P, K.SparseCategoricalCrossentropy(axis=0), "classes", "six_first_shares")

C = "metrics_confusion"
for make in (K.TruePositives, K.TrueNegatives, K.FalsePositives, K.FalseNegatives):
    for options in ({}, dict(thresholds=0.3), dict(thresholds=[0.2, 0.5, 0.85])):
        all_weights(C, lambda: make(**options), "yes_no", "chance", ("weight_column", "weight_label"))
for make in (K.Precision, K.Recall):
    for options in ({}, dict(thresholds=0.3), dict(thresholds=[0.2, 0.5, 0.85]), dict(top_k=2), dict(class_id=1), dict(top_k=2, class_id=1), dict(top_k=1, thresholds=0.4), dict(class_id=2, thresholds=[0.1, 0.6])):
        all_weights(C, lambda: make(**options), "yes_no", "chance", ("weight_column",))
    case(C, make(), "one", "one_chance", "weight")
    case(C, make(top_k=3), "six", "six_shares")
for make in (lambda **o: K.PrecisionAtRecall(0.6, **o), lambda **o: K.RecallAtPrecision(0.5, **o), lambda **o: K.SensitivityAtSpecificity(0.4, **o), lambda **o: K.SpecificityAtSensitivity(0.5, **o)):
    for options in ({}, dict(num_thresholds=20), dict(num_thresholds=1), dict(class_id=1)):
        all_weights(C, lambda: make(**options), "yes_no", "chance", ("weight_column",))

U = "metrics_auc"
for curve in ("ROC", "PR", "PRGAIN"):
    for summation in ("interpolation", "minoring", "majoring"):
        all_weights(U, lambda: K.AUC(curve=curve, summation_method=summation), "yes_no", "chance", ("weight_column",))
    for options in (dict(num_thresholds=7), dict(thresholds=[0.3, 0.1, 0.75]), dict(from_logits=True), dict(multi_label=True), dict(multi_label=True, num_labels=3, label_weights=[0.25, 0.5, 0.875]), dict(label_weights=[0.25, 0.5, 0.875])):
        guess = "logit" if "from_logits" in options else "chance"
        all_weights(U, lambda: K.AUC(curve=curve, **options), "yes_no", guess, ("weight_column",))
case(U, K.AUC(), "one", "one_chance", "weight")
case(U, K.AUC(multi_label=True, num_labels=3, num_thresholds=5, summation_method="minoring"), "yes_no", "chance")

S = "metrics_scores"
for options in ({}, dict(average="micro"), dict(average="macro"), dict(average="weighted"), dict(threshold=0.4), dict(threshold=0.4, average="weighted")):
    all_weights(S, lambda: K.F1Score(**options), "six" if "threshold" not in options else "yes_no", "six_shares" if "threshold" not in options else "chance")
    for beta in (0.5, 2.0):
        all_weights(S, lambda: K.FBetaScore(beta=beta, **options), "yes_no", "chance")
for w in (None, "count"):
    for options in (dict(target_class_ids=[0, 2]), dict(target_class_ids=[1]), dict(target_class_ids=[0, 1, 2, 3], ignore_class=3)):
        case(S, K.IoU(4, **options), "four_classes", "four_guesses", w)
    case(S, K.MeanIoU(4), "four_classes", "four_guesses", w)
    case(S, K.MeanIoU(4, ignore_class=0), "four_classes", "four_guesses", w)
    case(S, K.MeanIoU(4, ignore_class=-1), "classes_void", "four_guesses", w)
    case(S, K.IoU(4, [1, 2], sparse_y_true=False), "four", "four_guesses", w)
    case(S, K.IoU(4, [1, 2], sparse_y_pred=False), "four_classes", "four_shares", w)
    case(S, K.MeanIoU(4, sparse_y_true=False, sparse_y_pred=False), "four", "four_shares", w)
    case(S, K.MeanIoU(4, sparse_y_pred=False), "four_classes", "four_shares", w)
    case(S, K.OneHotIoU(4, [0, 3]), "four", "four_shares", w)
    case(S, K.OneHotIoU(4, [0, 3], ignore_class=2), "four", "four_shares", w)
    case(S, K.OneHotIoU(4, [0, 3], sparse_y_pred=True), "four", "four_guesses", w)
    case(S, K.OneHotMeanIoU(4), "four", "four_shares", w)
    case(S, K.OneHotMeanIoU(4, ignore_class=1), "four", "four_shares", w)
    case(S, K.OneHotMeanIoU(4, sparse_y_pred=True), "four", "four_guesses", w)
    for options in ({}, dict(threshold=0.3), dict(target_class_ids=[1]), dict(target_class_ids=[0], threshold=0.7)):
        case(S, K.BinaryIoU(**options), "one", "one_chance", w)
for make in (lambda **o: K.IoU(4, [0, 1], sparse_y_true=False, sparse_y_pred=False, **o), lambda **o: K.MeanIoU(4, sparse_y_true=False, sparse_y_pred=False, **o), lambda **o: K.OneHotIoU(4, [0, 1], **o), lambda **o: K.OneHotMeanIoU(4, **o)):
    # Any other axis fails in result(), which takes the classes' own axis for that of the list of figures.
    case(S, make(axis=0), "four_rows", "four_rows_shares")
    case(S, make(dtype="float64"), "four", "four_shares", "weight")
case(S, K.BinaryIoU(dtype="float64"), "one", "one_chance", "weight")
case(S, K.MeanIoU(4), "map", "map_guess", "weight_label")
case(S, K.MeanIoU(4, dtype="float64"), "map", "map_guess", "weight_label")

# Where formulas have their ends (those of crossentropies are among the losses; a row of zeros is NaN for Keras, and no class more likely here): ties, predictions that are thresholds, constants, nothing that counts.
three("grid", lambda n: random.integers(0, 5, (n, 3)) / 4)
three("quarters", lambda n: random.integers(0, 4, (n, 4)) / 4)
three("nothing", lambda n: np.zeros((n, 3)))
three("constant", lambda n: np.full((n, 3), 0.5))
three("no_weight", lambda n: np.zeros(n))
three("beyond", lambda n: random.integers(-1, 6, n))
for i in range(3):
    T[f"late_weight{i}"] = T[f"no_weight{i}"] if i < 2 else T[f"weight{i}"]
E = "metrics_edges"
for make in (
        K.MeanSquaredError, K.RootMeanSquaredError, K.CosineSimilarity, K.ConcordanceCorrelation, K.R2Score, K.BinaryAccuracy, K.Accuracy, K.CategoricalAccuracy, K.Precision, K.Recall, K.AUC, K.F1Score, K.Hinge, K.KLDivergence,
        K.MeanAbsolutePercentageError, K.TruePositives, K.FalseNegatives,
        lambda: K.AUC(num_thresholds=5), lambda: K.AUC(num_thresholds=5, curve="PR"), lambda: K.AUC(thresholds=[0.25, 0.5], multi_label=True), lambda: K.AUC(num_thresholds=2), lambda: K.PrecisionAtRecall(0.5, num_thresholds=5),
        lambda: K.RecallAtPrecision(0.5, num_thresholds=5), lambda: K.SensitivityAtSpecificity(0.5, num_thresholds=5), lambda: K.SpecificityAtSensitivity(0.5, num_thresholds=5),
        lambda: K.Precision(thresholds=[0.0, 0.25, 1.0]), lambda: K.F1Score(threshold=0.5), lambda: K.F1Score(average="weighted")):
    for true, guess, weight in (("yes_no", "grid", None), ("nothing", "grid", None), ("yes_no", "nothing", None), ("nothing", "nothing", None), ("yes_no", "constant", None), ("yes_no", "chance", "late_weight")):
        try:
            case(E, make(), true, guess, weight)
        except RuntimeError as failure:
            print("left out", make, true, guess, failure)
for guess in ("quarters", "four_shares"):
    case(E, K.SparseCategoricalAccuracy(), "four_classes", guess)
    case(E, K.SparseTopKCategoricalAccuracy(k=2), "four_classes", guess)
    case(E, K.TopKCategoricalAccuracy(k=2), "four", guess)
    case(E, K.F1Score(), "four", guess)
    case(E, K.OneHotMeanIoU(4), "four", guess)
case(E, K.MeanIoU(4), "beyond", "four_guesses")
case(E, K.IoU(4, [1, 3]), "beyond", "beyond")
case(E, K.MeanIoU(4), "four_classes", "four_guesses", "no_weight")
for make in (K.Mean, K.Sum):
    case(E, make(), None, "guess", "no_weight")

for name, cases in files.items():
    used = {c[key] for c in cases for key in ("y_true", "y_pred", "sample_weight") if key in c}
    write(name, {"tensors": {key: numbers(value) for key, value in T.items() if key[:-1] in used}, "cases": cases})
