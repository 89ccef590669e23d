#!/usr/bin/env python3
"""Writes second_order.json: paths of PyTorch's and minima of SciPy's quasi-Newton methods, float64 (made with torch 1.13.0, scipy 1.10.1).

torch.optim.LBFGS runs with line_search_fn="strong_wolfe", one iteration per step, its c1 1e-4, c2 0.9 and 25 evaluations.
Run: python3 second_order.py > second_order.json
"""
import json
import math
import numpy as np
import scipy.optimize
import torch

torch.set_default_dtype(torch.float64)


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def bowl(x):
    i = torch.arange(1, len(x) + 1)
    return (i * x ** 2).sum() / 2 + 0.1 * (x ** 4).sum() + x.sum()


def beale(x):
    a, b = x[0], x[1]
    return (1.5 - a + a * b) ** 2 + (2.25 - a + a * b ** 2) ** 2 + (2.625 - a + a * b ** 3) ** 2


FUNCTIONS = {"rosenbrock": rosenbrock, "bowl": bowl, "beale": beale}
cases = []


def case(name, start, steps):
    function = FUNCTIONS[name]
    x = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.LBFGS([x], lr=1, max_iter=1, max_eval=1000, history_size=10, tolerance_grad=0, tolerance_change=0, line_search_fn="strong_wolfe")
    evaluations = 0

    def closure():
        nonlocal evaluations
        evaluations += 1
        optimizer.zero_grad()
        loss = function(x)
        loss.backward()
        return loss

    path, counts = [], []
    for _ in range(steps):
        optimizer.step(closure)
        path.append(x.detach().tolist())
        counts.append(evaluations)
    best = scipy.optimize.minimize(lambda v: function(torch.tensor(v)).item(), start, jac=lambda v: torch.autograd.functional.jacobian(function, torch.tensor(v)).numpy(),
                                   method="BFGS", options={"gtol": 1e-10})
    cases.append({"name": name, "start": start, "path": path, "evaluations": counts, "minimum": best.x.tolist(), "scipy_evaluations": int(best.njev)})


case("bowl", [1.0, -2.0, 1.5, 0.5, -0.3], 12)
case("rosenbrock", [-1.2, 1.0], 30)
case("beale", [1.0, 1.0], 14)
case("rosenbrock", [-1.2, 1.0, -0.5, 0.8, 1.3, 0.2], 45)
print(json.dumps(cases))
