#!/usr/bin/env python3
"""Writes normalization_pytorch.json: normalisation, merging and activation layers computed by their formulas in PyTorch (made with 1.13.0, CPU, float64).

Batch normalisation runs three training batches, then one of inference; its moving statistics follow Keras:
moving = moving * momentum + batch * (1 - momentum), with the variance divided by n. Gradients are those of sum(output * weighting).
Run: python3 normalization_pytorch.py > normalization_pytorch.json
"""
import json
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
cases = []


def numbers(x):
    return {"shape": list(x.shape), "data": [float(f"{v:.10g}") for v in x.detach().contiguous().flatten().tolist()]}


def randn(*shape):
    # rounded, so that the numbers in the file are exactly those that were used
    return torch.round(torch.randn(*shape) * 1e4) / 1e4


def batch_norm(shape, axis, momentum=0.99, epsilon=1e-3, center=True, scale=True):
    axis_from_start = axis % len(shape)
    channels = shape[axis_from_start]
    view = [channels if a == axis_from_start else 1 for a in range(len(shape))]
    reduced = [a for a in range(len(shape)) if a != axis_from_start]
    gamma = randn(channels).requires_grad_() if scale else None
    beta = randn(channels).requires_grad_() if center else None
    mean, variance = randn(channels), randn(channels).abs() + 0.5
    weights = [w.detach().clone() for w in (gamma, beta) if w is not None] + [mean, variance]

    def normalise(x, m, v):
        y = (x - m.view(view)) / torch.sqrt(v.view(view) + epsilon)
        if gamma is not None:
            y = y * gamma.view(view)
        return y if beta is None else y + beta.view(view)

    steps = []
    for _ in range(3):
        x = (randn(*shape) * 2 + 1).requires_grad_()
        weighting = randn(*shape)
        m, v = x.mean(reduced), x.var(reduced, unbiased=False)
        y = normalise(x, m, v)
        mean = mean * momentum + m.detach() * (1 - momentum)
        variance = variance * momentum + v.detach() * (1 - momentum)
        leaves = [x] + [w for w in (gamma, beta) if w is not None]
        gradients = torch.autograd.grad((y * weighting).sum(), leaves)
        steps.append({"input": numbers(x), "weighting": numbers(weighting), "output": numbers(y), "gradients": [numbers(g) for g in gradients],
                      "mean": numbers(mean), "variance": numbers(variance)})
    x = randn(*shape)
    cases.append({"layer": "BatchNormalization",
                  "config": {"axis": axis, "momentum": momentum, "epsilon": epsilon, "center": center, "scale": scale},
                  "weights": [numbers(w) for w in weights], "steps": steps,
                  "inference": {"input": numbers(x), "output": numbers(normalise(x, mean, variance))}})


def plain(layer, config, inputs, weights, compute):
    x = [randn(*s).requires_grad_() for s in inputs]
    w = [randn(*s).requires_grad_() for s in weights]
    y = compute(*x, *w)
    weighting = randn(*y.shape)
    gradients = torch.autograd.grad((y * weighting).sum(), x + w)
    cases.append({"layer": layer, "config": config, "weights": [numbers(v) for v in w], "inputs": [numbers(v) for v in x],
                  "weighting": numbers(weighting), "output": numbers(y), "gradients": [numbers(g) for g in gradients]})


def standardise(x, axes, epsilon):
    mean = x.mean(axes, keepdim=True)
    return (x - mean) / torch.sqrt(x.var(axes, unbiased=False, keepdim=True) + epsilon)


def layer_norm(shape, axis, epsilon=1e-3):
    axes = sorted(a % len(shape) for a in (axis if isinstance(axis, list) else [axis]))
    extents = [shape[a] for a in axes]
    view = [shape[a] if a in axes else 1 for a in range(len(shape))]
    plain("LayerNormalization", {"axis": axis, "epsilon": epsilon}, [shape], [extents, extents],
          lambda x, g, b: standardise(x, axes, epsilon) * g.view(view) + b.view(view))


def group_norm(shape, groups, axis, epsilon=1e-3):
    channel = axis % len(shape)
    view = [shape[channel] if a == channel else 1 for a in range(len(shape))]
    count = shape[channel] if groups == -1 else groups

    def compute(x, g, b):
        split = list(shape)
        split[channel:channel + 1] = [count, shape[channel] // count]
        axes = [a for a in range(1, len(split)) if a != channel]
        return standardise(x.reshape(split), axes, epsilon).reshape(shape) * g.view(view) + b.view(view)

    plain("GroupNormalization", {"groups": groups, "axis": axis, "epsilon": epsilon}, [shape], [[shape[channel]], [shape[channel]]], compute)


def rms_norm(shape, axis, epsilon=1e-6):
    axes = sorted(a % len(shape) for a in (axis if isinstance(axis, list) else [axis]))
    view = [shape[a] if a in axes else 1 for a in range(len(shape))]
    plain("RMSNormalization", {"axis": axis, "epsilon": epsilon}, [shape], [[shape[a] for a in axes]],
          lambda x, s: x / torch.sqrt((x * x).mean(axes, keepdim=True) + epsilon) * s.view(view))


batch_norm([6, 3], -1)
batch_norm([4, 5, 3], -1, momentum=0.9)
batch_norm([3, 4, 5, 2], -1, momentum=0.5, epsilon=1e-5)
batch_norm([2, 3, 2, 4, 3], -1)
batch_norm([2, 3, 4, 5], 1)
batch_norm([2, 3, 4, 5], 2, momentum=0.8)
batch_norm([2, 3, 4], 1, center=False)
batch_norm([4, 2, 2, 3], 3, scale=False)
batch_norm([8, 4], 1, center=False, scale=False)
layer_norm([4, 6], -1)
layer_norm([2, 3, 4], [1, 2])
layer_norm([2, 3, 4, 5], [-1, -2, -3], 1e-5)
layer_norm([2, 3, 4], 1)
layer_norm([2, 3, 4, 5], [1, 3])
group_norm([2, 3, 4, 6], 3, -1)
group_norm([2, 6, 3, 4], 2, 1)
group_norm([2, 5, 4], -1, -1)
group_norm([3, 8], 4, -1)
rms_norm([3, 5], -1)
rms_norm([2, 3, 4], [1, 2])
rms_norm([2, 3, 4], 1)
plain("UnitNormalization", {"axis": -1}, [[3, 4]], [], lambda x: x / x.norm(dim=-1, keepdim=True))
plain("UnitNormalization", {"axis": [1, 2]}, [[2, 3, 4]], [], lambda x: x / (x * x).sum((1, 2), keepdim=True).sqrt())
plain("PReLU", {}, [[3, 4, 2]], [[4, 2]], lambda x, a: torch.where(x > 0, x, x * a))
plain("PReLU", {"shared_axes": [1]}, [[3, 4, 2]], [[1, 2]], lambda x, a: torch.where(x > 0, x, x * a))
plain("LeakyReLU", {}, [[3, 4]], [], lambda x: torch.nn.functional.leaky_relu(x, 0.3))
plain("ReLU", {"max_value": 1.2, "negative_slope": 0.1, "threshold": 0.3}, [[4, 5]], [],
      lambda x: torch.where(x >= 1.2, torch.full_like(x, 1.2), torch.where(x > 0.3, x, 0.1 * (x - 0.3))))
plain("ELU", {"alpha": 0.7}, [[3, 4]], [], lambda x: torch.nn.functional.elu(x, 0.7))
plain("Softmax", {"axis": [1, 2]}, [[2, 3, 4]], [], lambda x: x.flatten(1).softmax(1).reshape(2, 3, 4))
plain("Softmax", {"axis": 1}, [[2, 3, 4]], [], lambda x: x.softmax(1))
plain("Add", {}, [[2, 3], [2, 4, 3], [2, 1, 1]], [], lambda a, b, c: a.unsqueeze(1) + b + c)
plain("Multiply", {}, [[2, 4, 3], [2, 3], [2, 4, 1]], [], lambda a, b, c: a * b.unsqueeze(1) * c)
plain("Average", {}, [[2, 3], [2, 3], [2, 3]], [], lambda a, b, c: (a + b + c) / 3)
plain("Maximum", {}, [[2, 3], [2, 3], [2, 1]], [], lambda a, b, c: torch.maximum(torch.maximum(a, b), c))
plain("Minimum", {}, [[2, 3], [2, 3]], [], torch.minimum)
plain("Subtract", {}, [[2, 3], [2, 4, 3]], [], lambda a, b: a.unsqueeze(1) - b)
plain("Divide", {}, [[2, 3], [2, 3]], [], lambda a, b: a / b)
plain("Concatenate", {"axis": 1}, [[2, 3, 2], [2, 1, 2], [2, 2, 2]], [], lambda *x: torch.cat(x, 1))
plain("Dot", {"axes": 1}, [[3, 4], [3, 4]], [], lambda a, b: (a * b).sum(1, keepdim=True))
plain("Dot", {"axes": [2, 1]}, [[2, 3, 4], [2, 4, 5]], [], torch.bmm)
plain("Dot", {"axes": [1, 2]}, [[2, 3, 4], [2, 5, 3]], [], lambda a, b: torch.einsum("nka,nbk->nab", a, b))
plain("Dot", {"axes": [1, 2]}, [[2, 3], [2, 4, 3]], [], lambda a, b: torch.einsum("nk,nbk->nb", a, b))
plain("Dot", {"axes": [2, 1]}, [[2, 4, 3], [2, 3]], [], lambda a, b: torch.einsum("nak,nk->na", a, b))
plain("Dot", {"axes": [2, 3]}, [[2, 2, 3, 4], [2, 4, 2, 3]], [], lambda a, b: torch.einsum("nakb,ncdk->nabcd", a, b))
plain("Dot", {"axes": -1, "normalize": True}, [[3, 4], [3, 4]], [], lambda a, b: torch.cosine_similarity(a, b, 1).unsqueeze(1))
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
