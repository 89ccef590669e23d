#!/usr/bin/env python3
"""Writes images_keras.json: the numeric cases of Keras 3.16 for two-dimensional layers, from files in the format of the project's numeric cases.

One-dimensional cases of convolutions and pools are lifted to two: (N, L, C) becomes (N, L, 1, C), a kernel k becomes (k, 1).
Run: python3 images_keras.py keras_golden.json keras_cases.json > images_keras.json
"""
import json
import sys

PLAIN = ["Conv2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D", "GlobalMaxPooling2D",
         "GlobalAveragePooling2D", "Flatten", "Reshape", "Permute", "ZeroPadding2D", "Cropping2D", "UpSampling2D"]
LIFTED = {"Conv1D": "Conv2D", "Conv1DTranspose": "Conv2DTranspose", "DepthwiseConv1D": "DepthwiseConv2D", "SeparableConv1D": "SeparableConv2D",
          "MaxPooling1D": "MaxPooling2D", "AveragePooling1D": "AveragePooling2D"}
# name in the configuration -> what the new axis has
SIZES = {"kernel_size": 1, "strides": 1, "dilation_rate": 1, "pool_size": 1, "output_padding": 0}


def numbers(t):
    if "data" in t:
        return [float(v) for v in t["data"]]
    n = 1
    for d in t["shape"]:
        n *= d
    if "fill" in t:
        return [float(t["fill"])] * n
    return [t["arange"]["start"] + i * t["arange"]["step"] for i in range(n)]


def tensor(t, insert=None):
    shape = list(t["shape"])
    if insert is not None:
        shape.insert(insert, 1)
    return {"shape": shape, "data": numbers(t)}


def lift(config):
    lifted = {}
    for key, value in config.items():
        if key in SIZES and value is not None:
            value = [value[0] if isinstance(value, list) else value, SIZES[key]]
        lifted[key] = value
    if "pool_size" in lifted and lifted.get("strides") is None:
        lifted["strides"] = lifted["pool_size"]
    return lifted


cases = []
for path in sys.argv[1:]:
    for c in json.load(open(path)):
        one = c["name"] in LIFTED
        if c["kind"] != "layer" or not (one or c["name"] in PLAIN) or c["config"].get("padding") == "causal":
            continue
        if one and c["config"].get("data_format") == "channels_first" or len(c["inputs"]) != 1:
            continue
        expected = c.get("keras_output") or c["expected"]
        if not isinstance(expected, dict) or sum(len(numbers(t)) for t in [expected, c["inputs"]["inputs"], *(c.get("weights") or [])]) > 1500:
            continue
        cases.append({
            "id": c["id"], "layer": LIFTED.get(c["name"], c["name"]), "config": lift(c["config"]) if one else c["config"],
            "input": tensor(c["inputs"]["inputs"], 2 if one else None),
            "weights": [tensor(w, 1 if one and len(w["shape"]) == 3 else None) for w in c.get("weights") or []],
            "output": tensor(expected, 2 if one else None), "tolerance": max(c["tolerance"], 2e-5), "rtol": c.get("rtol", 1e-5),
        })

print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
