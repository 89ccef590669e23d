#!/usr/bin/env python3
"""Writes images_pytorch.json: outputs and gradients of two-dimensional layers, computed by PyTorch (made with 1.13.0, CPU, float64).

Inputs, weights and the weighting of the output are not stored: element i of every tensor is 2*frac(sin((i + 1 + offset) * 12.9898) * 43758.5453) - 1,
with offset 0 for the input, 1000 * (k + 1) for weight k and 500 for the weighting g; the gradients are those of sum(output * g).
Everything is in Keras's layout: images (N, H, W, C), kernels (kh, kw, in, out).
Run: python3 images_pytorch.py > images_pytorch.json
"""
import json
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def sample(shape, offset):
    n = math.prod(shape)
    x = [math.sin((i + 1 + offset) * 12.9898) * 43758.5453 for i in range(n)]
    return torch.tensor([2 * (v - math.floor(v)) - 1 for v in x]).reshape(shape)


def first(x):
    return x.permute(0, 3, 1, 2)


def last(x):
    return x.permute(0, 2, 3, 1)


def numbers(x):
    return [float(f"{v:.9g}") for v in x.contiguous().flatten().tolist()]


cases = []


def case(layer, config, shape, weights, compute):
    x = sample(shape, 0).requires_grad_()
    w = [sample(s, 1000 * (k + 1)).requires_grad_() for k, s in enumerate(weights)]
    y = last(compute(first(x), *w))
    (y * sample(list(y.shape), 500)).sum().backward()
    cases.append({
        "layer": layer, "config": config, "input": list(shape), "weights": [list(s) for s in weights],
        "output_shape": list(y.shape), "output": numbers(y.detach()),
        "input_gradient": numbers(x.grad), "weight_gradients": [numbers(v.grad) for v in w],
    })


def conv(shape, filters, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    case("Conv2D",
         {"filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding, "dilation_rate": dilation, "groups": groups},
         shape, [(*kernel, shape[3] // groups, filters), (filters,)],
         lambda x, k, b: F.conv2d(x, k.permute(3, 2, 0, 1), b, stride, padding, dilation, groups))


def depthwise(shape, multiplier, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    channels = shape[3]
    case("DepthwiseConv2D",
         {"kernel_size": kernel, "strides": stride, "padding": padding, "depth_multiplier": multiplier, "dilation_rate": dilation},
         shape, [(*kernel, channels, multiplier), (channels * multiplier,)],
         lambda x, k, b: F.conv2d(x, k.permute(2, 3, 0, 1).reshape(channels * multiplier, 1, *kernel), b, stride, padding, dilation, channels))


def separable(shape, filters, multiplier, kernel, stride=(1, 1), padding=(0, 0)):
    channels = shape[3]
    case("SeparableConv2D",
         {"filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding, "depth_multiplier": multiplier},
         shape, [(*kernel, channels, multiplier), (1, 1, channels * multiplier, filters), (filters,)],
         lambda x, d, p, b: F.conv2d(
             F.conv2d(x, d.permute(2, 3, 0, 1).reshape(channels * multiplier, 1, *kernel), None, stride, padding, 1, channels),
             p.permute(3, 2, 0, 1), b))


def transpose(shape, filters, kernel, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1)):
    case("Conv2DTranspose",
         {"filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding, "output_padding": output_padding, "dilation_rate": dilation},
         shape, [(*kernel, filters, shape[3]), (filters,)],
         lambda x, k, b: F.conv_transpose2d(x, k.permute(3, 2, 0, 1), b, stride, padding, output_padding, 1, dilation))


conv((2, 6, 5, 3), 4, (3, 3))
conv((1, 7, 6, 1), 2, (5, 3), (2, 1), (2, 1))
conv((1, 7, 7, 4), 6, (3, 2), (1, 1), (1, 1), (2, 3), 2)
conv((2, 5, 5, 2), 1, (1, 1), (2, 2))
depthwise((2, 5, 6, 3), 1, (3, 3), (1, 1), (1, 1))
depthwise((1, 6, 5, 2), 3, (3, 2), (2, 2))
depthwise((1, 6, 6, 2), 2, (2, 2), (1, 1), (1, 0), (2, 2))
separable((1, 6, 6, 3), 4, 2, (3, 3), (2, 2), (1, 1))
separable((2, 4, 5, 2), 3, 1, (2, 3))
transpose((2, 3, 4, 3), 2, (3, 3), (2, 2), (1, 1), (1, 1))
transpose((1, 4, 3, 2), 3, (4, 2), (2, 3), (1, 0), (0, 2))
transpose((1, 3, 3, 1), 2, (2, 3), (1, 1), (0, 1), (0, 0), (2, 2))

for pool, stride, padding in [((2, 2), (2, 2), (0, 0)), ((3, 2), (1, 2), (1, 1)), ((3, 3), (2, 2), (1, 1))]:
    config = {"pool_size": pool, "strides": stride, "padding": padding}
    case("MaxPooling2D", config, (2, 6, 7, 2), [], lambda x: F.max_pool2d(x, pool, stride, padding))
    case("AveragePooling2D", config, (2, 6, 7, 2), [], lambda x: F.avg_pool2d(x, pool, stride, padding))

for mode in ["nearest", "bilinear", "bicubic"]:
    for factors in [(2, 2), (3, 1), (1, 4)]:
        case("UpSampling2D", {"size": factors, "interpolation": mode}, (1, 3, 4, 2), [],
             lambda x: F.interpolate(x, scale_factor=[float(f) for f in factors], mode=mode))

case("GlobalAveragePooling2D", {"keepdims": True}, (2, 3, 4, 3), [], lambda x: x.mean((2, 3), keepdim=True))
case("GlobalMaxPooling2D", {"keepdims": True}, (2, 3, 4, 3), [], lambda x: x.amax((2, 3), keepdim=True))
case("ZeroPadding2D", {"padding": [[1, 2], [3, 0]]}, (1, 3, 2, 2), [], lambda x: F.pad(x, (3, 0, 1, 2)))
case("Cropping2D", {"cropping": [[1, 2], [0, 1]]}, (1, 5, 4, 2), [], lambda x: x[:, :, 1:-2, 0:-1])

print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
