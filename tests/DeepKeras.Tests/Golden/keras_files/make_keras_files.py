"""Writes files that Keras 3 itself saves, with inputs and the outputs that it computes.

    KERAS_BACKEND=torch python make_keras_files.py      # made with Keras 3.5.0

NAME.keras is model.save(); of some there are NAME.weights.h5, model.save_weights(), and NAME.h5, the older format of model.save().
PyTorch's backend pads some convolutions and poolings otherwise than the others do; the models keep clear of these.
expected.json holds for every name the inputs and outputs; for the models of OPTIMIZERS also a batch and the outputs after one step more.
"""

import json
import os
import shutil
import tempfile

import h5py
import numpy as np

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(7)
expected = {}


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 3).astype("float32")


def shake(model):
    """Numbers everywhere, so that no two weights of one shape are alike; variances stay positive."""
    for weight in model.weights:
        if "count" in weight.name:
            continue
        values = draw(*weight.shape) if weight.shape else draw(1).reshape(())
        weight.assign(np.abs(values) + 0.5 if "variance" in weight.name else values * 0.5)


def outputs(model, inputs):
    found = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    return [numbers(o) for o in (found if isinstance(found, list) else [found])]


def keep(name, model, shaken=True, old=False):
    if shaken:
        shake(model)
    inputs = [draw(2, *i.shape[1:]) for i in model.inputs]
    model.save(os.path.join(OUT, name + ".keras"))
    if old:
        model.save_weights(os.path.join(OUT, name + ".weights.h5"))
        model.save(os.path.join(OUT, name + ".h5"))
    expected[name] = {"inputs": [numbers(i) for i in inputs], "outputs": outputs(model, inputs), "old": old}


def dense():
    return keras.Sequential([keras.Input((6,)), L.Dense(5, activation="relu"), L.Dropout(0.5), L.Dense(3, activation="softmax")], name="dense_stack")


def lenet():
    return keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            L.Conv2D(3, 5, activation="tanh"),
            L.AveragePooling2D(2),
            L.Conv2D(4, 3, activation="tanh", padding="same"),
            L.MaxPooling2D(2),
            L.Flatten(),
            L.Dense(4, activation="softmax"),
        ],
        name="small_lenet",
    )


def convolutions():
    x = keras.Input((9, 9, 2), name="image")
    a = L.Conv2D(3, 4, strides=2, padding="same", activation="relu")(x)
    b = L.Conv2D(3, 3, strides=(2, 2), padding="same", use_bias=False)(x)
    c = L.Conv2D(2, 3, dilation_rate=2, padding="same", activation="sigmoid")(x)
    return keras.Model(x, [L.Add()([a, b]), c], name="convolutions")


def depthwise():
    return keras.Sequential([keras.Input((7, 7, 3)), L.DepthwiseConv2D(3, depth_multiplier=2, activation="relu6"), L.DepthwiseConv2D((2, 3), strides=2, use_bias=False)], name="depthwise")


def separable():
    return keras.Sequential([keras.Input((7, 6, 3)), L.SeparableConv2D(4, 3, depth_multiplier=2, padding="same", activation="elu"), L.SeparableConv2D(2, 2, strides=2, use_bias=False)], name="separable")


def transposed():
    return keras.Sequential([keras.Input((4, 5, 3)), L.Conv2DTranspose(4, 3, strides=2, activation="relu"), L.Conv2DTranspose(2, (2, 3), strides=2), L.Conv2DTranspose(1, 3, padding="same", use_bias=False)], name="transposed")


def pooling():
    x = keras.Input((8, 8, 2))
    maxima = L.MaxPooling2D(3, strides=2)(x)
    means = L.AveragePooling2D(3, strides=2)(x)
    both = L.Concatenate()([maxima, means])
    ends = L.Concatenate()([L.GlobalAveragePooling2D()(both), L.GlobalMaxPooling2D()(both), L.Flatten()(L.GlobalMaxPooling2D(keepdims=True)(means))])
    return keras.Model(x, L.Dense(2)(ends), name="pooling")


def normalizations():
    x = keras.Input((5, 4, 6))
    t = L.BatchNormalization(momentum=0.9, epsilon=0.01)(x)
    t = L.GroupNormalization(groups=3)(t)
    t = L.LayerNormalization()(t)
    t = L.BatchNormalization(scale=False)(t)
    t = L.BatchNormalization(center=False)(t)
    t = L.LayerNormalization(axis=[1, 2, 3], center=False)(t)
    return keras.Model(x, L.UnitNormalization()(t), name="normalizations")


def merges():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    p, q = L.Dense(4, name="left")(a), L.Dense(4, name="right")(b)
    parts = [L.Add()([p, q]), L.Subtract()([p, q]), L.Multiply()([p, q]), L.Average()([p, q]), L.Maximum()([p, q]), L.Minimum()([p, q]), L.Dot(axes=1)([p, q])]
    return keras.Model([a, b], L.Concatenate(axis=-1)(parts), name="merges")


def heads():
    image, facts = keras.Input((6, 6, 2), name="image"), keras.Input((3,), name="facts")
    t = L.Flatten()(L.Conv2D(2, 3, activation="relu", name="look")(image))
    t = L.Concatenate()([t, L.Dense(4, activation="tanh", name="read")(facts)])
    model = keras.Model([image, facts], [L.Dense(3, activation="softmax", name="kind")(t), L.Dense(1, name="size")(t)], name="heads")
    model.compile("sgd", loss=["categorical_crossentropy", "mse"], loss_weights=[1.0, 0.5], metrics=[["accuracy"], ["mae"]])
    return model


def nested():
    inner = keras.Sequential([keras.Input((5, 5, 2)), L.Conv2D(3, 3, name="c"), L.BatchNormalization(name="n"), L.Conv2D(2, 1, name="d")], name="tower")
    x = keras.Input((3,))
    two = keras.Model(x, [L.Dense(2, name="up")(x), L.Dense(2, activation="relu", name="down")(x)], name="fork")
    image, vector = keras.Input((5, 5, 2)), keras.Input((3,))
    up, down = two(vector)
    t = L.Concatenate()([L.Flatten()(inner(image)), up, down])
    return keras.Model([image, vector], L.Dense(2, name="top")(t), name="nested_models")


def model_in_stack():
    x = keras.Input((4, 4, 2))
    block = keras.Model(x, L.Add()([x, L.Conv2D(2, 3, padding="same")(x)]), name="block")
    return keras.Sequential([keras.Input((4, 4, 2)), block, L.Conv2D(3, 1), keras.Sequential([L.Flatten(), L.Dense(4), L.Dense(2)], name="head")], name="model_in_stack")


def shared():
    dense, conv = L.Dense(3, activation="tanh", name="twice"), L.Conv2D(2, 3, padding="same", name="again")
    a, b, c = keras.Input((4,)), keras.Input((4,)), keras.Input((5, 5, 2))
    maps = conv(conv(c))
    return keras.Model([a, b, c], [L.Subtract()([dense(a), dense(b)]), maps], name="shared_layers")


def activations():
    x = keras.Input((6, 4))
    t = L.PReLU(shared_axes=[1])(x)
    t = L.LeakyReLU(negative_slope=0.2)(t)
    t = L.ELU(alpha=0.7)(t)
    names = ["relu", "sigmoid", "tanh", "elu", "selu", "gelu", "softplus", "softsign", "silu", "exponential", "linear", "hard_sigmoid", "leaky_relu", "relu6", "softmax", "mish"]
    parts = [L.Activation(n)(t) for n in names] + [L.ReLU(max_value=0.5, negative_slope=0.1, threshold=0.1)(t), L.Softmax(axis=1)(t), L.PReLU()(t)]
    return keras.Model(x, L.Concatenate()(parts), name="activations")


def reshaping():
    x = keras.Input((6, 8, 2))
    t = L.ZeroPadding2D(((1, 0), (2, 1)))(x)
    t = L.Cropping2D(((0, 1), (1, 2)))(t)
    t = L.Conv2D(4, 1)(t)
    t = L.UpSampling2D((2, 3), interpolation="nearest")(t)
    t = L.UpSampling2D(2, interpolation="bilinear")(t)
    t = L.AveragePooling2D(4)(t)
    t = L.Permute((2, 1, 3))(t)
    t = L.Dense(3)(L.Reshape((-1, 6))(t))
    t = L.Dense(2)(L.Flatten()(t))
    return keras.Model(x, L.RepeatVector(3)(t), name="reshaping")


def residual():
    x = keras.Input((10, 10, 3))
    t = L.BatchNormalization(name="stem_bn")(L.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="stem_conv")(x))
    t = L.ReLU()(t)
    for i, width in enumerate((4, 6)):
        skip = t if i == 0 else L.Conv2D(width, 1, strides=2, name=f"block{i}_skip")(t)
        y = L.Conv2D(width, 3, strides=1 if i == 0 else 2, padding="same", name=f"block{i}_1_conv")(t)
        y = L.ReLU()(L.BatchNormalization(name=f"block{i}_1_bn")(y))
        y = L.BatchNormalization(name=f"block{i}_2_bn")(L.Conv2D(width, 3, padding="same", name=f"block{i}_2_conv")(y))
        t = L.ReLU()(L.Add()([skip, y]))
    return keras.Model(x, L.Dense(5, name="predictions")(L.GlobalAveragePooling2D()(t)), name="residual")


def unet():
    x = keras.Input((8, 8, 1))
    a = L.Conv2D(2, 3, padding="same", activation="relu")(x)
    b = L.Conv2D(4, 3, padding="same", activation="relu")(L.MaxPooling2D(2)(a))
    c = L.Concatenate()([a, L.Conv2DTranspose(2, 2, strides=2)(b)])
    return keras.Model(x, L.Conv2D(1, 1, activation="sigmoid")(L.Conv2D(2, 3, padding="same")(c)), name="unet")


def squeeze():
    x = keras.Input((6, 6, 4))
    t = L.SeparableConv2D(4, 3, padding="same")(x)
    s = L.Dense(4, activation="sigmoid", name="excite")(L.Dense(2, activation="relu", name="squeeze")(L.GlobalAveragePooling2D()(t)))
    return keras.Model(x, L.Multiply()([t, L.Reshape((1, 1, 4))(s)]), name="squeeze_excite")


def prepared():
    normal = L.Normalization(axis=-1)
    normal.adapt(draw(20, 3) * 4 + 1)
    return keras.Sequential([keras.Input((3,)), L.Rescaling(0.5, offset=-0.1), normal, L.Dense(2)], name="prepared")


def noisy():
    return keras.Sequential([keras.Input((4, 4, 3)), L.GaussianNoise(0.2), L.Conv2D(2, 2), L.SpatialDropout2D(0.3), L.GaussianDropout(0.2), L.Flatten(), L.Dropout(0.1, seed=3), L.Dense(2)], name="noisy")


def frozen():
    model = keras.Sequential([keras.Input((5, 5, 2)), L.Conv2D(3, 3, name="a"), L.BatchNormalization(name="b"), L.Conv2D(2, 3, name="c"), L.Flatten(), L.Dense(2, name="d")], name="frozen")
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    model.compile(keras.optimizers.Adam(0.01), "mse")
    model.fit(draw(8, 5, 5, 2), draw(8, 2), verbose=0)
    return model


def options():
    R, I, C = keras.regularizers, keras.initializers, keras.constraints
    return keras.Sequential(
        [
            keras.Input((6, 6, 2), batch_size=None, name="picture"),
            L.Conv2D(3, 3, kernel_initializer=I.HeNormal(seed=1), bias_initializer=I.Constant(0.1), kernel_regularizer=R.L2(0.01), kernel_constraint=C.MaxNorm(2.0, axis=[0, 1, 2])),
            L.Flatten(),
            L.Dense(4, kernel_initializer=I.VarianceScaling(2.0, "fan_in", "uniform"), kernel_regularizer=R.L1L2(0.001, 0.002), bias_constraint=C.NonNeg(), activity_regularizer=R.L1(0.001)),
            L.Dense(2, kernel_initializer=I.RandomUniform(-0.2, 0.2), kernel_constraint=C.UnitNorm(axis=0)),
        ],
        name="options",
    )


class DepthwiseOfKeras2(L.DepthwiseConv2D):
    """Keras 2 wrote keys that such a layer inherited and never used; Keras 3 refuses them."""

    def __init__(self, groups=1, kernel_initializer=None, kernel_regularizer=None, kernel_constraint=None, **options):
        super().__init__(**options)


def keras2():
    """keras2.h5 of make_hdf5_files.py, as Keras 3 reads it once the call of the nested model is numbered in Keras 3's way."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "keras2.h5")
        shutil.copy(os.path.join(OUT, "keras2.h5"), path)
        with h5py.File(path, "a") as f:
            f.attrs["model_config"] = f.attrs["model_config"].replace('"tower", 1, 0', '"tower", 0, 0')
        model = keras.models.load_model(path, compile=False, custom_objects={"DepthwiseConv2D": DepthwiseOfKeras2})
    inputs = [draw(2, 5, 5, 2)]
    expected["keras2"] = {"inputs": [numbers(i) for i in inputs], "outputs": outputs(model, inputs), "old": True}


OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "plain_sgd": lambda: keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)),
    "adam": lambda: keras.optimizers.Adam(0.02),
    "amsgrad": lambda: keras.optimizers.Adam(0.02, amsgrad=True, clipnorm=1.0),
    "adamw": lambda: keras.optimizers.AdamW(0.02, weight_decay=0.01),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.01, momentum=0.5, centered=True),
    "nadam": lambda: keras.optimizers.Nadam(0.02),
    "adamax": lambda: keras.optimizers.Adamax(0.02),
    "adadelta": lambda: keras.optimizers.Adadelta(0.5),
    "adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "ftrl": lambda: keras.optimizers.Ftrl(0.1),
    "lion": lambda: keras.optimizers.Lion(0.01),
    "ema": lambda: keras.optimizers.Adam(0.02, use_ema=True, ema_momentum=0.9),
}


def trained(name, optimizer):
    model = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="tanh", name="hidden"), L.BatchNormalization(name="normal"), L.Dense(2, name="out")], name="trained")
    model.compile(optimizer, "mse", metrics=["mae"])
    shake(model)
    x, y = draw(8, 4), draw(8, 2)
    for _ in range(3):
        model.train_on_batch(x, y)
    keep("trained_" + name, model, shaken=False, old=name in ("adam", "sgd"))
    model.train_on_batch(x, y)
    expected["trained_" + name]["step"] = {"x": numbers(x), "y": numbers(y), "outputs": outputs(model, [x])}


if __name__ == "__main__":
    models = [dense, lenet, convolutions, depthwise, separable, transposed, pooling, normalizations, merges, heads, nested, model_in_stack, shared]
    models += [activations, reshaping, residual, unet, squeeze, prepared, noisy, options]
    for build in models:
        keep(build.__name__, build(), shaken=build is not prepared, old=build in (lenet, heads, nested, model_in_stack, residual, shared, normalizations))
    keep("frozen", frozen(), shaken=False)
    for name, make in OPTIMIZERS.items():
        trained(name, make())
    keras2()
    with open(os.path.join(OUT, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file, separators=(",", ":"))
        file.write("\n")
