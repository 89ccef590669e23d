"""Writes files of models with embeddings and attention that Keras 3 itself saves, with inputs and the outputs that it computes.

    KERAS_BACKEND=torch python make_attention_files.py      # made with Keras 3.5.0

attention_expected.json holds for every name the inputs and outputs. Keras 3.5 cannot call Attention on symbolic tensors that have masks, so there it has none,
and takes it to have one output, the scores or not.
"""

import json
import os

import numpy as np

import keras
from keras import layers as L

OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(13)
expected = {}


def numbers(array):
    array = np.asarray(array, dtype="float64")
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 3).astype("float32")


def ids(*shape):
    """Texts of different lengths: zeros at the end."""
    drawn = random.integers(1, 9, shape)
    for row in range(shape[0]):
        drawn[row, shape[1] - row - 1:] = 0
    return drawn.astype("int32")


def keep(name, model, *inputs):
    for weight in model.weights:
        if weight.name != "vector_u":
            weight.assign(draw(*weight.shape) if weight.shape else draw(1).reshape(()))
    found = model.predict(list(inputs) if len(inputs) > 1 else inputs[0], verbose=0)
    model.save(os.path.join(OUT, name + ".keras"))
    expected[name] = {"inputs": [numbers(i) for i in inputs], "outputs": [numbers(o) for o in (found if isinstance(found, list) else [found])]}


def embedding():
    return keras.Sequential([keras.Input((6,), dtype="int32"), L.Embedding(9, 4, mask_zero=True), L.GlobalAveragePooling1D(), L.Dense(2)])


def encoder():
    """A block of a transformer's encoder on padded texts."""
    tokens = keras.Input((6,), dtype="int32", name="tokens")
    x = L.Embedding(9, 4, mask_zero=True, name="table")(tokens)
    attended = L.MultiHeadAttention(num_heads=2, key_dim=3, name="attention")(x, x)
    x = L.LayerNormalization(epsilon=1e-5)(L.Add()([x, attended]))
    grown = L.Dense(4)(L.Dense(8, activation="relu")(x))
    x = L.LayerNormalization(epsilon=1e-5)(L.Add()([x, grown]))
    return keras.Model(tokens, L.Dense(3, activation="softmax")(L.GlobalAveragePooling1D()(x)))


def attention():
    query, value, key = keras.Input((3, 4)), keras.Input((5, 2)), keras.Input((5, 4))
    dot = L.Attention(use_scale=True)([query, value, key])
    added = L.AdditiveAttention()([query, key], use_causal_mask=True)
    concat = L.Attention(score_mode="concat")([query, value, key])
    return keras.Model([query, value, key], [dot, added, concat])


def heads():
    query, value = keras.Input((4, 6)), keras.Input((5, 6))
    mask = keras.Input((4, 5), dtype="bool")
    many = L.MultiHeadAttention(2, 3, value_dim=2, output_shape=(5,), use_bias=False)(query=query, value=value, attention_mask=mask)
    grouped = L.GroupQueryAttention(head_dim=3, num_query_heads=4, num_key_value_heads=2)(query, query, use_causal_mask=True)
    shown, scores = L.MultiHeadAttention(3, 2, attention_axes=(1,))(query, value, key=value, return_attention_scores=True)
    return keras.Model([query, value, mask], [many, grouped, shown, scores])


def einsum():
    x = keras.Input((3, 4))
    return keras.Model(x, [L.EinsumDense("abc,cde->abde", (None, 3, 2), bias_axes="de", activation="tanh")(x), L.EinsumDense("...x,xy->...y", 5, bias_axes="y")(x)])


def spectral():
    return keras.Sequential([keras.Input((6, 6, 2)), L.SpectralNormalization(L.Conv2D(3, 3), power_iterations=2), L.Flatten(), L.SpectralNormalization(L.Dense(4), name="normal")])


if __name__ == "__main__":
    mask = np.array([[[1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 0, 1, 0, 0], [0, 1, 1, 0, 1]]] * 2, dtype="bool")
    keep("embedding", embedding(), ids(3, 6))
    keep("encoder", encoder(), ids(3, 6))
    keep("attention", attention(), draw(2, 3, 4), draw(2, 5, 2), draw(2, 5, 4))
    keep("attention_heads", heads(), draw(2, 4, 6), draw(2, 5, 6), mask)
    keep("einsum", einsum(), draw(2, 3, 4))
    keep("spectral", spectral(), draw(2, 6, 6, 2))
    with open(os.path.join(OUT, "attention_expected.json"), "w", encoding="utf-8") as file:
        json.dump(expected, file, separators=(",", ":"))
        file.write("\n")
