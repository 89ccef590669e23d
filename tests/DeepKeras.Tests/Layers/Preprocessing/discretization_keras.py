#!/usr/bin/env python3
"""Writes discretization_keras.json: bin boundaries as Keras 3.16's Discretization.adapt finds them in given batches.

Runs the NumPy functions of Keras's own source file, without the rest of Keras.
Run: python3 discretization_keras.py keras/src/layers/preprocessing/discretization.py > discretization_keras.json
"""
import ast
import json
import sys
import numpy as np

tree = ast.parse(open(sys.argv[1]).read())
tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
keras = {"np": np}
exec(compile(tree, sys.argv[1], "exec"), keras)


def number(i):
    """Values that are exact in float32, without order or repetition: NumPy's sort may put equal values of different weights in any order."""
    return ((i * 7919) % 4001 - 1500) / 32.0


cases = []
for sizes, bins, epsilon in [
    ([8], 4, 0.01), ([3], 5, 0.01), ([100], 4, 0.01), ([1000], 10, 0.01), ([60, 60, 30], 5, 0.01),
    ([500, 700, 40], 7, 0.01), ([333, 10], 3, 0.05), ([2000], 20, 0.1), ([1, 1, 1, 1], 2, 0.01), ([150], 1, 0.01),
]:
    summary = np.array([[], []], dtype="float32")
    first = 0
    for size in sizes:
        batch = np.array([number(first + i) for i in range(size)]).astype("float32")
        summary = keras["merge_summaries"](keras["summarize"](batch, epsilon), summary, epsilon)
        first += size
    cases.append({"title": f"{bins} bins of {sizes}", "sizes": sizes, "bins": bins, "epsilon": epsilon, "boundaries": keras["get_bin_boundaries"](summary, bins).tolist()})
json.dump(cases, sys.stdout, indent=0)
