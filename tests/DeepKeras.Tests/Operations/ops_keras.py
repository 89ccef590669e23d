"""Writes what Keras's own operations compute for small inputs of float64.

    KERAS_BACKEND=torch python ops_keras.py      # made with Keras 3.16.0, torch backend
"""

import json
import os

import numpy as np

import keras
from keras import ops

keras.config.set_floatx("float64")
OUT = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(29)
cases = []


def draw(*shape):
    return np.round(random.uniform(-1, 1, shape), 2)


def written(value):
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "dtype": str(value.dtype), "data": [float(v) for v in value.reshape(-1)]}
    return list(value) if isinstance(value, tuple) else value


def add(name, **inputs):
    result = getattr(ops, name)(**{k: ops.convert_to_tensor(v) if isinstance(v, np.ndarray) else v for k, v in inputs.items()})
    results = result if isinstance(result, tuple) else (result,)
    arrays = [ops.convert_to_numpy(r) for r in results]
    cases.append({
        "name": name,
        "inputs": {k: written(v) for k, v in inputs.items()},
        "outputs": [{"shape": list(a.shape), "data": [float(f"{v:.12g}") for v in a.reshape(-1)]} for a in arrays],
    })


def images(extents, channels, data_format):
    return draw(2, channels, *extents) if data_format == "channels_first" else draw(2, *extents, channels)


for extents, size, strides, dilation in [((11,), (3,), 2, 2), ((9, 8), (2, 3), (2, 1), (1, 2)), ((9, 10), (3, 2), 2, 3), ((6, 5, 7), (2, 2, 3), (2, 1, 2), (2, 2, 1))]:
    for padding in ["valid", "same"]:
        for data_format in ["channels_last", "channels_first"]:
            options = {"strides": strides, "padding": padding, "data_format": data_format, "dilation_rate": dilation}
            add("conv", inputs=images(extents, 4, data_format), kernel=draw(*size, 2, 4), **options)
            if len(extents) < 3:
                add("depthwise_conv", inputs=images(extents, 2, data_format), kernel=draw(*size, 2, 2), **options)
                add("separable_conv", inputs=images(extents, 2, data_format), depthwise_kernel=draw(*size, 2, 2), pointwise_kernel=draw(*[1] * len(size), 4, 3), **options)
            small = tuple(e // 2 for e in extents)
            add("conv_transpose", inputs=images(small, 2, data_format), kernel=draw(*size, 3, 2), **options)
add("conv_transpose", inputs=draw(2, 4, 5, 2), kernel=draw(3, 3, 2, 2), strides=(2, 3), padding="same", output_padding=(1, 0))
add("conv_transpose", inputs=draw(2, 4, 5, 2), kernel=draw(3, 2, 2, 2), strides=2, padding="valid", output_padding=1, dilation_rate=2)

query, key, value = draw(2, 3, 4, 5), draw(2, 6, 4, 5), draw(2, 6, 4, 5)
mask = random.uniform(size=(2, 4, 3, 6)) > 0.4
mask[0, 0, 0] = False
add("dot_product_attention", query=query, key=key, value=value)
add("dot_product_attention", query=query, key=key, value=value, scale=0.3, is_causal=True)
add("dot_product_attention", query=query, key=key, value=value, mask=mask)
add("dot_product_attention", query=query, key=key, value=value, mask=mask, is_causal=True)
add("dot_product_attention", query=query, key=key, value=value, mask=mask[:, :1])
add("dot_product_attention", query=query, key=key, value=value, bias=draw(2, 4, 3, 6), scale=1.5)
add("dot_product_attention", query=query, key=key[:, :, :2], value=value[:, :, :2])

x = draw(2, 3, 4)
for axes in [(0,), (1, 2), (-1,), (0, 1, 2)]:
    add("moments", x=x, axes=axes)
    add("moments", x=x, axes=axes, keepdims=True)
x[0, 1] = 0
for axis in [-1, 0, (0, 2), None]:
    add("normalize", x=x, axis=axis)
    add("normalize", x=x, axis=axis, epsilon=1.2)
for order in [1, 3]:
    add("normalize", x=x, axis=1, order=order)
    add("normalize", x=x, axis=-1, order=order, epsilon=0.8)

add("psnr", x1=draw(2, 3, 3, 1), x2=draw(2, 3, 3, 1), max_val=1.0)
add("psnr", x1=draw(4), x2=draw(4), max_val=255.0)

labels, logits = np.array([[1, 2, 2], [3, 1, 0]]), 3 * draw(2, 7, 4)
add("ctc_loss", target=labels, output=logits, target_length=np.array([3, 2]), output_length=np.array([7, 5]))
add("ctc_loss", target=labels - 1, output=logits, target_length=np.array([3, 2]), output_length=np.array([6, 7]), mask_index=3)

with open(os.path.join(OUT, "ops_keras.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases")
