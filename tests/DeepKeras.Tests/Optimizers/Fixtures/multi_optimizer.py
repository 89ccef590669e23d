#!/usr/bin/env python3
"""Writes multi_optimizer.json: two layers trained by two optimizers of PyTorch, in float64: Adam for the first, SGD with momentum and a limit on its own gradients' norm for the second (made with torch 1.13.0).

Run: python3 multi_optimizer.py > multi_optimizer.json
"""
import json

import torch

torch.set_default_dtype(torch.float64)


def ramp(start, step, *shape):
    count = torch.Size(shape).numel()
    return (start + step * torch.arange(count)).reshape(shape)


x, y = ramp(-1, 0.1, 6, 4), ramp(0, 0.2, 6, 2)
body = [ramp(-0.5, 0.05, 4, 5).requires_grad_(), torch.zeros(5, requires_grad=True)]
head = [ramp(0.3, -0.07, 5, 2).requires_grad_(), torch.zeros(2, requires_grad=True)]
adam = torch.optim.Adam(body, lr=0.05, eps=1e-12)
sgd = torch.optim.SGD(head, lr=0.1, momentum=0.9)
losses, norms = [], []
for _ in range(6):
    adam.zero_grad()
    sgd.zero_grad()
    loss = ((torch.tanh(x @ body[0] + body[1]) @ head[0] + head[1] - y) ** 2).mean()
    loss.backward()
    losses.append(loss.item())
    norms.append(torch.nn.utils.clip_grad_norm_(head, 0.5).item())
    adam.step()
    sgd.step()
assert max(norms) > 0.5
print(json.dumps([{"name": "adam and sgd", "losses": losses, "weights": [w.detach().flatten().tolist() for w in body + head]}]))
