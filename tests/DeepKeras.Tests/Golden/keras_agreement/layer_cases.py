"""The oracle's side of a case: a layer of Keras with drawn weights, called on drawn inputs; what it answers, and the gradients, as data for JSON.

Used by make_layers.py, which holds the table of cases.
"""

import inspect
import json
import os
import zlib

import numpy as np
import torch

import keras
from keras.src.backend.common import dtypes

# Where Keras works out the common type of two tensors, it leaves float64 as it is on TensorFlow alone; elsewhere Maximum, Dot, softmax or attention answer
# in float32, whatever floatx says.
dtypes.BIT64_TO_BIT32_DTYPE.update(float64="float64", complex128="complex128")

OUT = os.path.dirname(os.path.abspath(__file__))
CELLS = ("SimpleRNNCell", "LSTMCell", "GRUCell", "StackedRNNCells")
HEADS = ("MultiHeadAttention", "GroupQueryAttention")
SEQUENCES = ("SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


class Drawing:
    """A description of an input; the numbers are drawn when the case is computed, from a seed that the case's name gives."""

    def __init__(self, draw, shape):
        self.draw, self.shape = draw, shape


def real(*shape, low=-1.0, high=1.0):
    return Drawing(lambda r: np.round(r.uniform(low, high, shape), 4), shape)


def whole(high, *shape, low=0):
    return Drawing(lambda r: r.integers(low, high, shape), shape)


def fixed(values, dtype="float64"):
    array = np.asarray(values, dtype=dtype)
    return Drawing(lambda r: array, array.shape)


def gaps(*rows):
    """A mask from rows such as "1101"."""
    return np.array([[c == "1" for c in row] for row in rows])


def numbers(tensor):
    """A tensor for JSON."""
    array = tensor.detach().cpu().numpy() if isinstance(tensor, torch.Tensor) else np.asarray(tensor)
    if array.dtype == bool:
        return {"dtype": "bool", "shape": list(array.shape), "data": [int(v) for v in array.reshape(-1)]}
    if array.dtype.kind in "iu":
        return {"dtype": "int64", "shape": list(array.shape), "data": [int(v) for v in array.reshape(-1)]}
    assert array.dtype == np.float64, array.dtype
    assert np.isfinite(array).all(), "not finite"
    # Without a word they are float64. repr gives the shortest digits that name the same float64, 17 at most.
    return {"shape": list(array.shape), "data": [int(v) if v == int(v) else float(v) for v in array.reshape(-1).tolist()]}


def coefficients(count, output):
    """What the outputs are multiplied with before they are summed for the gradient; the tests compute the same."""
    return (np.arange(count) * 37 + output * 11) % 101 / 50.0 - 1.0


def named(value):
    if isinstance(value, keras.layers.Layer):
        defaults = {k: p.default for k, p in inspect.signature(type(value).__init__).parameters.items()}
        options = {k: v for k, v in value.get_config().items() if isinstance(v, (bool, int, str, tuple)) and k not in ("name", "dtype", "trainable")}
        given = [named(v) if k in ("units", "filters") else f"{k}={named(v)}" for k, v in options.items() if defaults.get(k, v) != v]
        return type(value).__name__ + "(" + " ".join(given) + ")"
    if isinstance(value, (list, tuple)):
        return "(" + ",".join(named(v) for v in value) + ")"
    return str(value)


class Family:
    """The cases of one file."""

    def __init__(self, name):
        self.name, self.cases = name, []

    def __call__(self, class_name, *inputs, masks=None, call=None, training=False, calls=1, gradients=True, mask_out=False, narrow=False, through=None, note=None, title="", **options):
        """
        Adds a case: the layer with these options, called on the inputs. masks: one per input or None. call: further arguments of the call.
        calls: how often it is called, the last answer counts. gradients: false where Keras has none. mask_out: the mask of the output is part of the case.
        narrow: Keras computes it in float32, whatever it is told. through: where Keras itself is wrong, the function (layer, inputs) that computes the same
        with what is right there; note says why. title: what tells the case from others with the same words.
        """
        call = call or {}
        words = [f"{k}={named(v)}" for k, v in options.items()] + list(call)
        words += [word for word, on in (("masked", masks is not None), ("training", training), ("called twice", calls > 1), (title, title)) if on]
        name = f"{class_name} {','.join('x'.join(str(e) for e in i.shape) for i in inputs)} {' '.join(words)}".strip()
        assert all(c["id"] != name for c in self.cases), name
        draw = np.random.default_rng(zlib.crc32(name.encode()))
        layer = getattr(keras.layers, class_name)(name="layer", **options)
        case = {"id": name, "layer": keras.saving.serialize_keras_object(layer)}
        tensors = [torch.from_numpy(np.array(i.draw(draw))) for i in inputs]
        weights = draw_weights(layer, lambda: answer(layer, class_name, [t.clone() for t in tensors], masks, call, False), draw)
        case["inputs"] = [numbers(t) for t in tensors]
        case |= {k: v for k, v in (("note", note), ("narrow", narrow), ("call", call), ("training", training)) if v}
        if masks is not None:
            case["masks"] = [None if m is None else numbers(m) for m in masks]
        if calls > 1:
            case["calls"] = calls
        if weights:
            case["weights"] = [numbers(w) for w in weights]
        for _ in range(calls - 1):
            with torch.no_grad():
                answer(layer, class_name, [t.clone() for t in tensors], masks, call, training)
        given = [t.clone().requires_grad_(gradients and t.dtype == torch.float64) for t in tensors]
        outputs = keras.tree.flatten(through(layer, given) if through else answer(layer, class_name, given, masks, call, training))
        case["outputs"] = [numbers(o) for o in outputs]
        if gradients:
            case |= gradients_of(layer, given, outputs)
        if training and layer.non_trainable_weights:
            case["weights_after"] = [numbers(w.value) for w in layer.weights]
        if mask_out:
            found = layer.compute_mask(given, masks) if len(given) > 1 else layer.compute_mask(given[0], None if masks is None else torch.from_numpy(masks[0]))
            # ReversibleEmbedding sets the mask itself.
            case["output_mask"] = numbers(outputs[0]._keras_mask if found is None else found)
        self.cases.append(case)

    def write(self):
        with open(os.path.join(OUT, self.name + ".json"), "w", encoding="utf-8") as file:
            file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in self.cases) + "\n]\n")


def draw_weights(layer, build, draw):
    """Builds the layer by a call and fills its weights; variances are positive."""
    with torch.no_grad():
        build()
    if getattr(layer, "stateful", False):
        layer.reset_states()
    # The kernels of a spectrogram are its window and the waves: nothing to draw.
    if isinstance(layer, keras.layers.STFTSpectrogram):
        return []
    values = []
    for weight in layer.weights:
        low, high = (0.3, 1.5) if "variance" in weight.name else (-0.8, 0.8)
        values.append(np.round(draw.uniform(low, high, tuple(weight.shape)), 4) if weight.dtype.startswith("float") else weight.numpy())
        weight.assign(values[-1])
    if hasattr(layer, "finalize_state"):
        layer.finalize_state()
    return values


def gradients_of(layer, inputs, outputs):
    loss = sum((o.reshape(-1) * torch.from_numpy(coefficients(o.numel(), i))).sum() for i, o in enumerate(outputs) if o.dtype == torch.float64)
    if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
        return {}
    loss.backward()
    return {
        "input_gradients": [None if t.grad is None else numbers(t.grad) for t in inputs],
        "weight_gradients": [None if w.value.grad is None else numbers(w.value.grad) for w in layer.trainable_weights],
    }


def answer(layer, class_name, inputs, masks, call, training):
    """What the layer answers, with masks and states where its class takes them."""
    masks = None if masks is None else [None if m is None else torch.from_numpy(m) for m in masks]
    arguments = dict(call)
    accepted = inspect.signature(layer.call).parameters
    if "training" in accepted:
        arguments["training"] = training
    if class_name in CELLS:
        states = keras.tree.pack_sequence_as(layer.state_size, inputs[1:])
        return layer(inputs[0], states, **arguments)
    if class_name in HEADS:
        # Not as arguments: MultiHeadAttention takes the query's mask from the tensor, whatever the argument says.
        for tensor, mask in zip(inputs, masks or []):
            tensor._keras_mask = mask
        for name, value in zip(("key", "attention_mask"), inputs[2:]):
            arguments[name] = value
        return layer(inputs[0], inputs[1], **arguments)
    if class_name in SEQUENCES and len(inputs) > 1:
        arguments["initial_state"] = keras.tree.pack_sequence_as(layer.state_size, inputs[1:]) if class_name == "RNN" else inputs[1:]
        inputs = inputs[:1]
    if masks is not None and "mask" in accepted:
        arguments["mask"] = masks if len(inputs) > 1 else masks[0]
    elif masks is not None:
        for tensor, mask in zip(inputs, masks):
            tensor._keras_mask = mask
    return layer(inputs if len(inputs) > 1 else inputs[0], **arguments)
