"""What numpy.random.RandomState(seed).shuffle makes of 0 … n−1, which is how Keras mixes files.

    python3 make_shuffle.py      # made with NumPy 1.24.2
"""

import json
import os

import numpy

cases = []
for seed, n in ((0, 1), (0, 10), (7, 10), (1337, 33), (123, 1000), (2**31 - 1, 300)):
    order = list(range(n))
    numpy.random.RandomState(seed).shuffle(order)
    cases.append(dict(seed=seed, order=order))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "shuffle.json"), "w", encoding="utf-8") as file:
    json.dump(cases, file)
    file.write("\n")
