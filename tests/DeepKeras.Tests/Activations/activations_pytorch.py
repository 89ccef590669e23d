#!/usr/bin/env python3
"""Writes activations_pytorch.json: activation functions and their gradients, computed by PyTorch (made with 1.13.0, CPU, float64).

The gradient is that of sum(output * weighting). No point lies on a corner of a function.
Run: python3 activations_pytorch.py > activations_pytorch.json
"""
import json
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FLAT = [-30.0, -7.3, -3.2, -2.9, -1.7, -1.1, -0.9, -0.6, -0.45, -0.2, -0.01, 0.01, 0.3, 0.45, 0.55, 0.8, 1.2, 2.5, 2.95, 3.1, 5.5, 6.5, 15.0, 40.0]
SQUARE = [0.3, -1.2, 0.8, 2.1, 0.0, 1.5, -0.7, 0.2, 3.0, 2.9, -4.0, 0.1]
cases = []


def case(name, compute, values=FLAT, shape=None, **arguments):
    x = torch.tensor(values).reshape(shape or [len(values)]).requires_grad_()
    y = compute(x)
    weighting = torch.cos(torch.arange(y.numel()).double()).reshape(y.shape)
    (y * weighting).sum().backward()
    cases.append({"name": name, "arguments": arguments, "shape": list(x.shape), "x": values, "output_shape": list(y.shape),
                  "output": y.detach().flatten().tolist(), "gradient": x.grad.flatten().tolist()})


case("linear", lambda x: x * 1)
case("relu", F.relu)
case("relu", lambda x: F.leaky_relu(x, 0.1), negative_slope=0.1)
case("relu", lambda x: torch.clamp(x, 0, 2), max_value=2.0)
case("relu", lambda x: F.threshold(x, 0.5, 0), threshold=0.5)
case("relu6", F.relu6)
case("leaky_relu", lambda x: F.leaky_relu(x, 0.2))
case("elu", F.elu)
case("elu", lambda x: F.elu(x, 0.4), alpha=0.4)
case("celu", F.celu)
# by the formula: PyTorch takes this alpha in float32
case("celu", lambda x: torch.where(x > 0, x, 0.6 * torch.expm1(torch.clamp(x, max=0) / 0.6)), alpha=0.6)
case("selu", F.selu)
case("threshold", lambda x: F.threshold(x, 0.4, -2), threshold=0.4, default_value=-2.0)
case("hard_shrink", F.hardshrink)
case("soft_shrink", F.softshrink)
case("soft_shrink", lambda x: F.softshrink(x, 0.25), threshold=0.25)
case("tanh_shrink", F.tanhshrink)
case("hard_tanh", F.hardtanh)
case("hard_sigmoid", F.hardsigmoid)
case("hard_silu", F.hardswish)
case("hard_swish", F.hardswish)
case("exponential", torch.exp, FLAT[:-2])
case("tanh", torch.tanh)
case("sigmoid", torch.sigmoid)
case("log_sigmoid", F.logsigmoid)
case("softplus", F.softplus)
case("softsign", F.softsign)
case("silu", F.silu)
case("swish", F.silu)
case("gelu", F.gelu)
case("gelu", lambda x: F.gelu(x, approximate="tanh"), approximate=True)
case("mish", F.mish)
case("softmax", lambda x: F.softmax(x, -1), SQUARE, [3, 4])
case("softmax", lambda x: F.softmax(x, 0), SQUARE, [3, 4], axis=0)
case("softmax", lambda x: F.softmax(x.flatten(1), 1).reshape(2, 2, 3), SQUARE, [2, 2, 3], axis=[1, 2])
case("log_softmax", lambda x: F.log_softmax(x, -1), SQUARE, [3, 4])
case("log_softmax", lambda x: F.log_softmax(x.flatten(1), 1).reshape(2, 2, 3), SQUARE, [2, 2, 3], axis=[1, 2])
case("glu", lambda x: F.glu(x, -1), SQUARE, [3, 4])
case("glu", lambda x: F.glu(x, 1), SQUARE, [3, 4], axis=1)
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
