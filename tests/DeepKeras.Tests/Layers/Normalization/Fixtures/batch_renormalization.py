"""Three training steps of Keras's BatchNormalization(renorm=True): outputs, gradients with respect to the inputs, and weights.

    KERAS_BACKEND=torch python batch_renormalization.py > batch_renormalization.json      # made with Keras 3.16.0
"""

import json

import numpy as np
import torch

import keras
from keras.src.backend.common import dtypes

# Outside of TensorFlow Keras rounds some of what it computes in float64 to float32.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")
random = np.random.default_rng(7)


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": array.reshape(-1).tolist()}


def steps(name, shape, mask=None, **options):
    layer = keras.layers.BatchNormalization(renorm=True, name="norm", **options)
    layer.build((None, *shape[1:]))
    for weight in layer.weights:
        low = 0.5 if "std" in weight.name or "variance" in weight.name else -1
        weight.assign(random.uniform(low, 1.5, weight.shape))
    case = {"name": name, "config": json.loads(json.dumps(keras.saving.serialize_keras_object(layer))), "weights": [numbers(w) for w in layer.weights], "steps": []}
    if mask is not None:
        case["mask"] = numbers(mask)
    for _ in range(3):
        x = torch.tensor(random.normal(0.5, 2, shape), requires_grad=True)
        coefficients = random.normal(size=shape)
        y = layer(x, training=True, mask=None if mask is None else torch.tensor(mask))
        (gradient,) = torch.autograd.grad((y * torch.tensor(coefficients)).sum(), x)
        case["steps"].append({"x": numbers(x.detach()), "coefficients": numbers(coefficients), "y": numbers(y.detach()), "gradient": numbers(gradient), "weights": [numbers(w.value.detach()) for w in layer.weights]})
    return case


print(json.dumps([
    steps("free", (4, 3)),
    steps("clipped", (3, 2, 2, 3), renorm_clipping={"rmax": 1.2, "rmin": 0.8, "dmax": 0.3}, renorm_momentum=0.5, momentum=0.9),
    steps("only dmax, channels first", (3, 2, 4), axis=1, renorm_clipping={"dmax": 0.1}, epsilon=0.1),
    steps("bare", (4, 3), center=False, scale=False, renorm_momentum=0.9),
    steps("one value per channel", (1, 3), renorm_clipping={"rmax": 3.0}),
    steps("masked", (3, 4, 2), mask=np.array([[True, True, False, False], [True] * 4, [True, False, False, False]])),
]))
