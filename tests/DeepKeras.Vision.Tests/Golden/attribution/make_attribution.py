"""Attribution maps of a tiny CNN by PyTorch autograd, and matplotlib's colour maps.

Written with Python 3.11, torch 1.13.1, numpy 1.24.2, matplotlib 3.6.3, seed 11; float64 throughout.
Run: python3 make_attribution.py   (writes attribution.json and colormaps.json beside itself)
"""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F
from matplotlib import cm

HERE = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    array = np.asarray(tensor.detach() if isinstance(tensor, torch.Tensor) else tensor)
    return {"shape": list(array.shape), "data": [float(f"{v:.9g}") for v in array.reshape(-1)]}


# conv 3x3 same relu -> batch normalisation (moving statistics) -> conv 3x3 valid relu -> max pooling 2 -> flatten (h, w, c) -> dense
k1, b1 = torch.randn(4, 3, 3, 3) * 0.4, torch.randn(4) * 0.1
gamma, beta, mean, var = torch.rand(4) + 0.5, torch.randn(4) * 0.2, torch.randn(4) * 0.3, torch.rand(4) + 0.5
k2, b2 = torch.randn(5, 4, 3, 3) * 0.3, torch.randn(5) * 0.1
k3, b3 = torch.randn(3 * 3 * 5, 4) * 0.3, torch.randn(4) * 0.1
ks, bs = torch.randn(3 * 3 * 5, 1) * 0.3, torch.randn(1) * 0.1
images = torch.rand(2, 8, 8, 3)


def body(x):
    """(N, H, W, C) -> maps of the second convolution (N, C, h, w) and features."""
    t = F.relu(F.conv2d(x.permute(0, 3, 1, 2), k1, b1, padding=1))
    t = F.batch_norm(t, mean, var, gamma, beta, False, 0, 1e-3)
    maps = F.relu(F.conv2d(t, k2, b2))
    return maps, F.max_pool2d(maps, 2).permute(0, 2, 3, 1).reshape(x.shape[0], -1)


def logits(x):
    maps, features = body(x)
    return maps, features @ k3 + b3


def score(x, classes, kind):
    maps, z = logits(x)
    if kind == "probability":
        z = F.softmax(z, 1)
    return maps, z[torch.arange(len(classes)), classes]


def gradient(x, classes, kind="logit"):
    x = x.clone().requires_grad_(True)
    return torch.autograd.grad(score(x, classes, kind)[1].sum(), x)[0]


def saliency(x, classes, kind="logit"):
    return gradient(x, classes, kind).abs().amax(3)


def integrated(x, classes, baseline, steps):
    total = torch.zeros_like(x)
    for i in range(steps):
        total += gradient(baseline + (i + 0.5) / steps * (x - baseline), classes)
    return (total / steps * (x - baseline)).sum(3)


def cam_parts(x, classes, kind="logit"):
    maps, s = score(x.clone().requires_grad_(True), classes, kind)
    return maps.detach(), torch.autograd.grad(s.sum(), maps)[0]


def grad_cam(maps, g):
    return F.relu((maps * g.mean((2, 3), keepdim=True)).sum(1))


def grad_cam_pp(maps, g):
    alpha = torch.zeros_like(g)
    denominator = 2 * g ** 2 + maps.sum((2, 3), keepdim=True) * g ** 3
    alpha[denominator != 0] = (g ** 2)[denominator != 0] / denominator[denominator != 0]
    return F.relu((maps * (alpha * F.relu(g)).sum((2, 3), keepdim=True)).sum(1))


def occlusion(x, classes, patch, stride, fill):
    n, h, w, _ = x.shape
    whole = score(x, classes, "probability")[1]
    total, covered = torch.zeros(n, h, w), torch.zeros(n, h, w)
    for top in range(0, int(np.ceil((h - patch) / stride)) * stride + 1, stride):
        for left in range(0, int(np.ceil((w - patch) / stride)) * stride + 1, stride):
            y = x.clone()
            y[:, top:top + patch, left:left + patch] = fill
            fall = (whole - score(y, classes, "probability")[1])[:, None, None]
            total[:, top:top + patch, left:left + patch] += fall
            covered[:, top:top + patch, left:left + patch] += 1
    return total / covered


def sigmoid_cam(x, sign):
    maps, features = body(x.clone().requires_grad_(True))
    z = sign * (features @ ks + bs)
    return grad_cam(maps.detach(), torch.autograd.grad(z.sum(), maps)[0])


predicted = logits(images)[1].argmax(1)
other = torch.tensor([3, 0])
assert not torch.equal(predicted, other)
maps, g = cam_parts(images, predicted)
maps_other, g_other = cam_parts(images, other)
baseline = torch.full_like(images, 0.5)
result = {
    "images": numbers(images),
    # In Keras's layout and order: gamma and beta with the trained weights, then the moving statistics.
    "body": [numbers(v) for v in (k1.permute(2, 3, 1, 0), b1)] + [numbers(v) for v in (gamma, beta, mean, var)] + [numbers(v) for v in (k2.permute(2, 3, 1, 0), b2)],
    "softmax_head": [numbers(k3), numbers(b3)],
    "sigmoid_head": [numbers(ks), numbers(bs)],
    "logits": numbers(logits(images)[1]),
    "maps": numbers(maps.permute(0, 2, 3, 1)),
    "predicted": predicted.tolist(),
    "other": other.tolist(),
    "saliency": numbers(saliency(images, predicted)),
    "saliency_other": numbers(saliency(images, other)),
    "saliency_probability": numbers(saliency(images, other, "probability")),
    "integrated_zero_20": numbers(integrated(images, other, torch.zeros_like(images), 20)),
    "integrated_half_7": numbers(integrated(images, predicted, baseline, 7)),
    "grad_cam": numbers(grad_cam(maps, g)),
    "grad_cam_other": numbers(grad_cam(maps_other, g_other)),
    "grad_cam_probability": numbers(grad_cam(*cam_parts(images, other, "probability"))),
    "grad_cam_resized": numbers(F.interpolate(grad_cam(maps, g)[:, None], (8, 8), mode="bilinear", align_corners=False)[:, 0]),
    "grad_cam_pp": numbers(grad_cam_pp(maps, g)),
    "grad_cam_pp_other": numbers(grad_cam_pp(maps_other, g_other)),
    "occlusion_zero_3_2": numbers(occlusion(images, predicted, 3, 2, 0.0)),
    "occlusion_mean_4_3": numbers(occlusion(images, other, 4, 3, images.mean((1, 2))[:, None, None])),
    "sigmoid_cam_1": numbers(sigmoid_cam(images, 1)),
    "sigmoid_cam_0": numbers(sigmoid_cam(images, -1)),
}
for name in ("grad_cam", "grad_cam_other", "grad_cam_pp", "sigmoid_cam_1", "sigmoid_cam_0"):
    assert max(result[name]["data"]) > 0, name
with open(os.path.join(HERE, "attribution.json"), "w") as file:
    json.dump(result, file)
    file.write("\n")

# Colours as bytes; the values lie between and beyond the colours' borders.
values = np.array([[-1.0, -0.75, -0.5, -0.1], [0.0, 0.1234, 0.333, 0.5], [0.6, 0.75, 0.999, 1.0]])
colours = {}
for name in ("viridis", "inferno", "turbo", "jet", "hot", "gray", "bwr"):
    table = np.round(cm.get_cmap(name)(np.arange(256))[:, :3] * 255).astype(int)
    applied = np.round(cm.get_cmap(name)((values + 1) / 2)[..., :3] * 255).astype(int)
    colours[name] = {"table": "".join("%02X%02X%02X" % tuple(c) for c in table), "applied": applied.reshape(-1).tolist()}
with open(os.path.join(HERE, "colormaps.json"), "w") as file:
    json.dump({"values": numbers(values), "maps": colours}, file)
    file.write("\n")
