"""Writes files of recurrent layers that Keras 3 itself saves, with inputs and the outputs that it computes.

    KERAS_BACKEND=torch python make_recurrent_files.py      # made with Keras 3.5.0

NAME.keras is model.save(), NAME.h5 the older format of model.save().
masked.json holds the weights, inputs and outputs of layers with options and masks that no file can show.

    KERAS_BACKEND=torch python make_recurrent_files.py FOLDER      # opens what DeepKeras wrote there, and compares the outputs
"""

import json
import os
import sys

import numpy as np

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(11)


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 3).astype("float32")


def shake(owner):
    for weight in owner.weights:
        weight.assign(draw(*weight.shape) * 0.5)


def predict(model, inputs):
    found = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    return [numbers(o) for o in (found if isinstance(found, (list, tuple)) else [found])]


def stack(*layers, shape=(5, 3)):
    return keras.Sequential([keras.Input(shape), *layers])


def lstm():
    return stack(L.LSTM(4, return_sequences=True), L.LSTM(3, use_bias=False, go_backwards=True), L.Dense(2))


def gru():
    return stack(L.GRU(4, return_sequences=True), L.GRU(3, reset_after=False, return_sequences=True), L.GRU(2, use_bias=False, activation="relu", recurrent_activation="hard_sigmoid"))


def simple():
    return stack(L.SimpleRNN(4, return_sequences=True), L.SimpleRNN(3, activation="relu"))


def states():
    x, h, c = keras.Input((5, 3)), keras.Input((4,)), keras.Input((4,))
    return keras.Model([x, h, c], L.LSTM(4, return_sequences=True, return_state=True, name="memory")(x, initial_state=[h, c]))


def both_ways():
    x = keras.Input((5, 3))
    t = L.Bidirectional(L.LSTM(3, return_sequences=True))(x)
    t = L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum")(t)
    return keras.Model(x, L.Bidirectional(L.SimpleRNN(2), backward_layer=L.SimpleRNN(2, activation="relu", go_backwards=True), merge_mode="ave")(t))


def timed():
    return stack(L.TimeDistributed(L.Conv2D(2, 3, padding="same", activation="relu")), L.TimeDistributed(L.Flatten()), L.TimeDistributed(L.Dense(3)), L.LSTM(2), shape=(3, 4, 4, 2))


def cells():
    return stack(L.RNN([L.LSTMCell(4), L.GRUCell(3), L.SimpleRNNCell(2)], return_sequences=True), L.RNN(L.GRUCell(3, reset_after=False)))


def conv_lstm():
    return stack(L.ConvLSTM2D(2, 2, padding="same", return_sequences=True), L.ConvLSTM2D(3, 3, strides=2, activation="relu"), shape=(3, 6, 5, 2))


MODELS = [lstm, gru, simple, states, both_ways, timed, cells, conv_lstm]
MASK = np.array([[1, 1, 1, 1, 1], [0, 0, 1, 0, 1], [1, 1, 0, 0, 0], [0, 0, 0, 0, 0]], dtype=bool)


def masked():
    """Every kind of layer on one batch with a mask of whole, left-padded, right-padded and empty sequences."""
    cases = []
    for kind, make in {
        "LSTM": lambda **o: L.LSTM(3, **o),
        "GRU": lambda **o: L.GRU(3, **o),
        "GRU_before": lambda **o: L.GRU(3, reset_after=False, **o),
        "SimpleRNN": lambda **o: L.SimpleRNN(3, **o),
    }.items():
        for options in ({}, {"return_sequences": True}, {"go_backwards": True, "return_sequences": True}, {"zero_output_for_mask": True, "return_sequences": True}, {"return_state": True}):
            cases.append((kind, options, make(**options)))
    for mode in ("concat", "mul", None):
        cases.append(("Bidirectional", {"merge_mode": mode, "return_sequences": True}, L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode=mode)))
    cases.append(("Bidirectional", {"merge_mode": "concat", "return_sequences": False}, L.Bidirectional(L.GRU(3), merge_mode="concat")))
    cases.append(("Stack", {"return_sequences": True}, L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True)))
    found = []
    x = draw(4, 5, 2)
    for kind, options, layer in cases:
        layer.build(x.shape)
        shake(layer)
        y = layer(x, mask=MASK, training=False)
        y = y if isinstance(y, (list, tuple)) else [y]
        found.append({"kind": kind, "options": options, "weights": [numbers(w.numpy()) for w in layer.weights], "outputs": [numbers(o.detach().numpy()) for o in y]})
    return {"x": numbers(x), "mask": MASK.tolist(), "cases": found}


def write():
    expected = {}
    for build in MODELS:
        name, model = build.__name__, build()
        shake(model)
        inputs = [draw(2, *i.shape[1:]) for i in model.inputs]
        model.save(os.path.join(OUT, name + ".keras"))
        model.save(os.path.join(OUT, name + ".h5"))
        expected[name] = {"inputs": [numbers(i) for i in inputs], "outputs": predict(model, inputs)}
    for name, content in {"expected.json": expected, "masked.json": masked()}.items():
        with open(os.path.join(OUT, name), "w", encoding="utf-8") as file:
            json.dump(content, file, separators=(",", ":"))
            file.write("\n")


def read(folder):
    with open(os.path.join(OUT, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    for build in MODELS:
        name = build.__name__
        inputs = [np.array(i["data"], "float32").reshape(i["shape"]) for i in expected[name]["inputs"]]
        model = keras.models.load_model(os.path.join(folder, name + ".keras"))
        other = build()
        other.load_weights(os.path.join(folder, name + ".weights.h5"))
        for loaded in (model, other):
            for found, wanted in zip(predict(loaded, inputs), expected[name]["outputs"]):
                np.testing.assert_allclose(found["data"], wanted["data"], rtol=1e-4, atol=1e-5)
        print(name, "agrees")


if __name__ == "__main__":
    read(sys.argv[1]) if len(sys.argv) > 1 else write()
