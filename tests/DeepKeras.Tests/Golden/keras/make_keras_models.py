"""Writes the configs and summaries that Keras 3 itself gives for a handful of models.

    COLUMNS=200 KERAS_BACKEND=torch python make_keras_models.py      # made with Keras 3.16.0

Every NAME.json is model.to_json(), every NAME*.txt is model.summary(). Nothing here is random.
"""

import io
import os
import sys

os.environ["COLUMNS"] = "200"

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))


def summary(name, model, **options):
    lines = []
    model.summary(print_fn=lines.append, **options)
    with open(os.path.join(OUT, name + ".txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def config(name, model):
    with open(os.path.join(OUT, name + ".json"), "w", encoding="utf-8") as file:
        file.write(model.to_json(indent=1) + "\n")


def lenet():
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            L.Conv2D(6, (5, 5), activation="tanh"),
            L.AveragePooling2D((2, 2)),
            L.Conv2D(16, (5, 5), activation="tanh"),
            L.AveragePooling2D((2, 2)),
            L.Flatten(),
            L.Dense(120, activation="tanh"),
            L.Dense(84, activation="tanh"),
            L.Dense(10, activation="softmax"),
        ],
        name="lenet",
    )


def stack():
    return keras.Sequential(
        [
            keras.Input((8, 8, 1), name="image"),
            L.Conv2D(2, 3, activation="relu", padding="same"),
            L.MaxPooling2D(2),
            L.BatchNormalization(),
            L.ZeroPadding2D(((1, 2), (3, 4))),
            L.Flatten(),
            L.Dropout(0.5),
            L.ReLU(),
            L.Dense(10, kernel_regularizer=keras.regularizers.L2(0.01), activation="softmax", name="a_rather_long_layer_name_to_be_cut"),
        ],
        name="stack",
    )


def graph():
    first, second = keras.Input((8,), name="first"), keras.Input((8,), name="second")
    shared = L.Dense(4, name="shared")
    a, b = shared(first), shared(second)
    both = L.Concatenate(name="both")([a, b])
    total = L.Add(name="total")([a, b])
    return keras.Model([first, second], [L.Dense(1, activation="sigmoid", name="head")(both), total], name="graph")


def chain():
    x = keras.Input((8,), name="x")
    return keras.Model(x, L.Dense(2, name="out")(L.Dense(4, name="hidden")(x)), name="chain")


def nested():
    x = keras.Input((8,), name="x")
    inner = keras.Sequential([keras.Input((8,), name="inner_input"), L.Dense(4, name="d1"), L.Dense(3, name="d2")], name="inner")
    i = keras.Input((3,), name="two_input")
    two = keras.Model(i, [L.Dense(4, name="left")(i), L.Dense(2, name="right")(i)], name="two_headed")
    left, right = two(inner(x))
    return keras.Model(x, [L.Dense(1, name="top")(left), right], name="nested")


def unbuilt():
    return keras.Sequential([L.Dense(4), L.Dense(2)], name="unbuilt")


model = lenet()
config("lenet", model)
summary("lenet", model)
summary("lenet_trainable", model, show_trainable=True)
summary("lenet_narrow", model, line_length=60)
model.compile(optimizer=keras.optimizers.Adam(), loss="categorical_crossentropy")
model.optimizer.build(model.trainable_variables)
summary("lenet_adam", model)

model = lenet()
model.compile(optimizer=keras.optimizers.SGD(momentum=0.9), loss="categorical_crossentropy")
model.optimizer.build(model.trainable_variables)
summary("lenet_momentum", model)

keras.utils.clear_session()
model = stack()
config("stack", model)
model.layers[0].trainable = False
summary("stack", model)
summary("stack_trainable", model, show_trainable=True)

for name, make in [("graph", graph), ("chain", chain), ("nested", nested), ("unbuilt", unbuilt)]:
    keras.utils.clear_session()
    model = make()
    if name != "unbuilt":
        config(name, model)
    summary(name, model)
    summary(name + "_trainable", model, show_trainable=True)
    summary(name + "_expanded", model, expand_nested=True)

keras.utils.clear_session()
model = lenet()
model.compile(
    optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 10), clipnorm=1.0),
    loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
    metrics=["accuracy"],
)
config("lenet_compiled", model)
print("made with Keras", keras.__version__, file=sys.stderr)
