#!/usr/bin/python3
"""Writes augmentation_oracle.json: warps, resizing and colour changes of one small image by scipy, torch, torchvision and colorsys.

Made with Debian's python3-scipy (for scipy.ndimage.map_coordinates, on which Keras's NumPy backend stands), python3-torch 1.13.0, python3-torchvision 0.14.1; seed 20.
Run: python3 augmentation_oracle.py > augmentation_oracle.json
"""
import colorsys
import json

import numpy as np
import scipy.ndimage
import torch
import torchvision.transforms.functional as tv

H, W = 7, 9
image = np.random.default_rng(20).integers(0, 256, (H, W, 3))
cases = []


def add(kind, expected, **options):
    expected = np.asarray(expected, dtype=np.float64)
    cases.append({"kind": kind, **options, "expected": {"shape": list(expected.shape), "data": [round(float(v), 5) for v in expected.ravel()]}})


# Output pixel (x, y) reads at ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k), k = c0 x + c1 y + 1; centres at whole numbers.
SCIPY = {"reflect": "reflect", "wrap": "grid-wrap", "constant": "grid-constant", "nearest": "nearest"}
MATRICES = {
    "shift": [1, 0, -2.3, 0, 1, 1.6, 0, 0],
    "turn": [0.8, -0.6, 2.93, 0.6, 0.8, -1.77, 0, 0],
    "reduce": [1.93, 0, -3.71, 0, 2.27, -4.13, 0, 0],
    "slant": [1, 0.37, 0, -0.21, 1, 0, 0, 0],
    "tilt": [1.1, 0.13, -0.7, 0.08, 0.93, 0.4, 0.021, -0.013],
    "far": [1, 0, 31.4, 0, 1, -27.6, 0, 0],
}
for name, (a0, a1, a2, b0, b1, b2, c0, c1) in MATRICES.items():
    y, x = np.mgrid[0:H, 0:W].astype(np.float64)
    k = c0 * x + c1 * y + 1
    places = np.stack([(b0 * x + b1 * y + b2) / k, (a0 * x + a1 * y + a2) / k])
    for mode, word in SCIPY.items():
        for interpolation, order in (("bilinear", 1), ("nearest", 0)):
            fill = 40.0 if mode == "constant" else 0.0
            warped = np.stack([scipy.ndimage.map_coordinates(image[..., c].astype(np.float64), places, order=order, mode=word, cval=fill) for c in range(3)], -1)
            add("warp", warped, title=f"{name} {mode} {interpolation}", matrix=MATRICES[name], mode=mode, interpolation=interpolation, fill=fill)

chw = torch.tensor(image).permute(2, 0, 1).double()
for size in ([3, 4], [5, 9], [12, 13], [2, 20]):
    for mode in ("bilinear", "bicubic", "area", "nearest-exact"):
        for antialias in (False, True):
            if antialias and mode not in ("bilinear", "bicubic"):
                continue
            corners = {"align_corners": False} if mode in ("bilinear", "bicubic") else {}
            out = torch.nn.functional.interpolate(chw[None], size=size, mode=mode, antialias=antialias, **corners)[0]
            add("resize", out.permute(1, 2, 0), title=f"{mode} {size} antialias {antialias}", size=size, interpolation="nearest" if mode == "nearest-exact" else mode, antialias=antialias)

hwc = lambda t: t.permute(1, 2, 0).numpy()
unit = chw.float() / 255
byte = torch.tensor(image, dtype=torch.uint8).permute(2, 0, 1)
for shift in (-0.4, -0.1, 0.25, 0.5):
    add("hue", hwc(tv.adjust_hue(unit, shift)) * 255, title=f"hue {shift}", amount=shift)
for factor in (0.0, 0.4, 1.0, 1.7, 9.0):
    rgb = [[colorsys.hsv_to_rgb(h, min(1, s * factor), v) for h, s, v in (colorsys.rgb_to_hsv(*(p / 255)) for p in row)] for row in image.astype(np.float64)]
    add("saturation", np.array(rgb) * 255, title=f"saturation {factor}", amount=factor)
for factor in (0.0, 0.6, 1.0, 1.8):
    # On floats torchvision does not round the smooth image.
    add("sharpness", hwc(tv.adjust_sharpness(unit, factor)) * 255, title=f"sharpness {factor}", amount=factor)
for bits in (1, 3, 6):
    add("posterize", hwc(tv.posterize(byte, bits)), title=f"posterize {bits}", amount=bits)
for threshold in (1, 128, 200):
    add("solarize", hwc(tv.solarize(byte, threshold)), title=f"solarize {threshold}", amount=threshold)
add("autocontrast", hwc(tv.autocontrast(unit)) * 255, title="autocontrast", amount=0)
add("invert", hwc(tv.invert(byte)), title="invert", amount=0)
add("gray", hwc(tv.rgb_to_grayscale(unit, 3)) * 255, title="gray", amount=0)
for sigma in (0.3, 1.0):
    blurred = scipy.ndimage.correlate1d(image.astype(np.float64), np.exp(-0.5 * (np.arange(-2, 3) / sigma) ** 2) / np.exp(-0.5 * (np.arange(-2, 3) / sigma) ** 2).sum(), axis=0, mode="nearest")
    blurred = scipy.ndimage.correlate1d(blurred, np.exp(-0.5 * (np.arange(-2, 3) / sigma) ** 2) / np.exp(-0.5 * (np.arange(-2, 3) / sigma) ** 2).sum(), axis=1, mode="nearest")
    add("blur", blurred, title=f"blur {sigma}", amount=sigma)
# The formula of Keras's Equalization, channel by channel, in NumPy; the image lies between 60 and 190.
dull = 60 + image // 2
table = []
for c in range(3):
    cdf = np.cumsum(np.bincount(dull[..., c].ravel(), minlength=256))
    least = cdf[np.nonzero(cdf)[0][0]]
    table.append(np.clip(np.round((cdf - least) * 255 / (cdf[-1] - least)), 0, 255)[dull[..., c]])
add("equalize", np.stack(table, -1), title="equalize", amount=0)


def clahe(channel, limit, grid):
    """Keras's contrast limited adaptive histogram equalization of one channel, tile by tile and pixel by pixel."""
    extent = [-(-size // tiles) for size, tiles in zip(channel.shape, grid)]
    filled = np.pad(channel, [(0, e * t - s) for e, t, s in zip(extent, grid, channel.shape)], mode="symmetric")
    pixels = extent[0] * extent[1]
    tables = {}
    for i in range(grid[0]):
        for j in range(grid[1]):
            histogram = np.bincount(filled[i * extent[0]:(i + 1) * extent[0], j * extent[1]:(j + 1) * extent[1]].ravel(), minlength=256).astype(np.float64)
            if limit > 0:
                over = np.maximum(histogram - limit * pixels / 256, 0)
                histogram = histogram - over + over.sum() / 256
            cdf = np.cumsum(histogram)
            tables[i, j] = np.clip((cdf - cdf[0]) * 255 / ((pixels - cdf[0]) or 1), 0, 255)
    out = np.zeros(channel.shape)
    for y in range(channel.shape[0]):
        for x in range(channel.shape[1]):
            for di, dj in ((0, 0), (0, 1), (1, 0), (1, 1)):
                value = 1.0
                at = []
                for place, size, tiles, step in ((y, extent[0], grid[0], di), (x, extent[1], grid[1], dj)):
                    centre = (place - size / 2) / size
                    share = centre - np.floor(centre)
                    value *= share if step else 1 - share
                    at.append(min(max(int(np.floor(centre)) + step, 0), tiles - 1))
                out[y, x] += value * tables[tuple(at)][channel[y, x]]
    return out


for limit, grid in ((4.0, (8, 8)), (4.0, (2, 3)), (40.0, (2, 3)), (0.0, (3, 2)), (60.0, (1, 1))):
    add("clahe", np.stack([clahe(image[..., c], limit, grid) for c in range(3)], -1), title=f"clahe {limit} {grid}", limit=limit, grid=grid)

draws = np.random.default_rng(21)
far = np.round(draws.uniform(-12, 20, (2, H, W)), 3)
for mode, word in SCIPY.items():
    for interpolation, order in (("bilinear", 1), ("nearest", 0)):
        fill = 40.0 if mode == "constant" else 0.0
        read = np.stack([scipy.ndimage.map_coordinates(image[..., c].astype(np.float64), far[::-1], order=order, mode=word, cval=fill) for c in range(3)], -1)
        add("read", read, title=f"read {mode} {interpolation}", places={"shape": [2, H, W], "data": far.ravel().tolist()}, mode=mode, interpolation=interpolation, fill=fill)


# Keras's elastic_transform, with its strengths of RandomElasticTransform, for given noise (columns, rows).
for strength, repeats in ((1.0, (3, 2)), (0.7, (2, 3)), (0.02, (1, 1))):
    large = np.tile(image, (*repeats, 1)).astype(np.float64)
    height, width = large.shape[:2]
    noise = np.round(draws.normal(size=(2, height, width)), 3)
    alpha, sigma = 0.1 * strength * max(height, width), 0.05 * strength * min(height, width)
    size = int(6 * sigma) | 1
    bell = np.exp(-0.5 * ((np.arange(size) - (size - 1) / 2) / sigma) ** 2)
    bell = np.outer(bell, bell) / bell.sum() ** 2
    dx, dy = (scipy.ndimage.correlate(plane * sigma, bell, mode="constant") for plane in noise)
    y, x = np.mgrid[0:height, 0:width]
    bent = np.stack([scipy.ndimage.map_coordinates(large[..., c], [y + alpha * dy, x + alpha * dx], order=1, mode="reflect") for c in range(3)], -1)
    add("elastic", bent, title=f"elastic {strength}", strength=strength, repeats=repeats, noise={"shape": list(noise.shape), "data": noise.ravel().tolist()})

print("[")
print(json.dumps({"kind": "image", "title": "image", "expected": {"shape": [H, W, 3], "data": image.ravel().tolist()}}) + ",")
print(",\n".join(json.dumps(c) for c in cases))
print("]")
