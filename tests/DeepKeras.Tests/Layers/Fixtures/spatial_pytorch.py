#!/usr/bin/env python3
"""Writes spatial_pytorch.json: outputs and gradients of one- and three-dimensional layers, computed by PyTorch (made with 1.13.0, CPU, float64).

Inputs, weights and the weighting of the output are those of images_pytorch.py; everything is in Keras's layout: sequences (N, L, C), volumes
(N, D, H, W, C), kernels (k, in, out). "same" and "causal" are padded by hand, so that torch itself only computes without padding.
Run: python3 spatial_pytorch.py > spatial_pytorch.json
"""
import json
import math
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

CONV = {1: F.conv1d, 3: F.conv3d}
TRANSPOSE = {1: F.conv_transpose1d, 3: F.conv_transpose3d}
MAX = {1: F.max_pool1d, 3: F.max_pool3d}
AVERAGE = {1: F.avg_pool1d, 3: F.avg_pool3d}


def sample(shape, offset):
    x = [math.sin((i + 1 + offset) * 12.9898) * 43758.5453 for i in range(math.prod(shape))]
    return torch.tensor([2 * (v - math.floor(v)) - 1 for v in x]).reshape(shape)


def numbers(x):
    return [float(f"{v:.9g}") for v in x.contiguous().flatten().tolist()]


cases = []


def case(layer, config, shape, weights, compute):
    x = sample(shape, 0).requires_grad_()
    w = [sample(s, 1000 * (k + 1)).requires_grad_() for k, s in enumerate(weights)]
    y = compute(x.movedim(-1, 1), *w).movedim(1, -1)
    (y * sample(list(y.shape), 500)).sum().backward()
    cases.append({
        "layer": layer, "config": config, "input": list(shape), "weights": [list(s) for s in weights],
        "output_shape": list(y.shape), "output": numbers(y.detach()),
        "input_gradient": numbers(x.grad), "weight_gradients": [numbers(v.grad) for v in w],
    })


def same(x, kernel, stride, dilation, value=0.0):
    """TensorFlow's rule: as many cells as make ceil(in / stride) windows, the odd one after."""
    border = []
    for axis in range(len(kernel)):
        extent = x.shape[axis + 2]
        total = max((math.ceil(extent / stride[axis]) - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1 - extent, 0)
        border = [total // 2, total - total // 2] + border
    return F.pad(x, border, value=value)


def padded(x, padding, kernel, stride, dilation):
    if padding == "causal":
        return F.pad(x, ((kernel[0] - 1) * dilation[0], 0))
    return same(x, kernel, stride, dilation) if padding == "same" else x


def out_in_first(k):
    n = k.dim()
    return k.permute(n - 1, n - 2, *range(n - 2))


def depthwise_first(k):
    n = k.dim()
    return k.permute(n - 2, n - 1, *range(n - 2)).reshape(k.shape[-2] * k.shape[-1], 1, *k.shape[:-2])


def conv(shape, filters, kernel, padding="valid", stride=1, dilation=1, groups=1):
    n = len(kernel)
    stride, dilation = [stride] * n if isinstance(stride, int) else stride, [dilation] * n if isinstance(dilation, int) else dilation
    case(f"Conv{n}D",
         {"filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding, "dilation_rate": dilation, "groups": groups},
         shape, [(*kernel, shape[-1] // groups, filters), (filters,)],
         lambda x, k, b: CONV[n](padded(x, padding, kernel, stride, dilation), out_in_first(k), b, stride, 0, dilation, groups))


def depthwise(shape, multiplier, kernel, padding="valid", stride=1, dilation=1):
    channels = shape[-1]
    case("DepthwiseConv1D",
         {"kernel_size": [kernel], "strides": [stride], "padding": padding, "depth_multiplier": multiplier, "dilation_rate": [dilation]},
         shape, [(kernel, channels, multiplier), (channels * multiplier,)],
         lambda x, k, b: F.conv1d(padded(x, padding, [kernel], [stride], [dilation]), depthwise_first(k), b, stride, 0, dilation, channels))


def separable(shape, filters, multiplier, kernel, padding="valid", stride=1):
    channels = shape[-1]
    case("SeparableConv1D",
         {"filters": filters, "kernel_size": [kernel], "strides": [stride], "padding": padding, "depth_multiplier": multiplier},
         shape, [(kernel, channels, multiplier), (1, channels * multiplier, filters), (filters,)],
         lambda x, d, p, b: F.conv1d(
             F.conv1d(padded(x, padding, [kernel], [stride], [1]), depthwise_first(d), None, stride, 0, 1, channels), out_in_first(p), b))


def transpose(shape, filters, kernel, padding="valid", stride=1, dilation=1):
    """The gradient of the convolution that pads as TensorFlow does: the full result, cut to in * stride where the padding is "same"."""
    n = len(kernel)
    stride, dilation = [stride] * n if isinstance(stride, int) else stride, [dilation] * n if isinstance(dilation, int) else dilation

    def compute(x, k, b):
        missing = [max(s - (e - 1) * d - 1, 0) for e, s, d in zip(kernel, stride, dilation)]
        full = TRANSPOSE[n](x, out_in_first(k), b, stride, 0, missing, 1, dilation)
        for axis in range(n if padding == "same" else 0):
            extent = x.shape[axis + 2] * stride[axis]
            before = max((kernel[axis] - 1) * dilation[axis] + 1 - stride[axis], 0) // 2
            full = full.narrow(axis + 2, before, extent)
        return full

    case(f"Conv{n}DTranspose", {"filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding, "dilation_rate": dilation},
         shape, [(*kernel, filters, shape[-1]), (filters,)], compute)


def pools(shape, pool, padding="valid", stride=None):
    n = len(pool)
    stride = stride or pool
    config = {"pool_size": pool, "strides": stride, "padding": padding}
    ones = [1] * n

    def largest(x):
        return MAX[n](same(x, pool, stride, ones, -math.inf) if padding == "same" else x, pool, stride)

    def mean(x):
        if padding == "valid":
            return AVERAGE[n](x, pool, stride)
        counts = AVERAGE[n](same(torch.ones_like(x), pool, stride, ones), pool, stride)
        return AVERAGE[n](same(x, pool, stride, ones), pool, stride) / counts

    case(f"MaxPooling{n}D", config, shape, [], largest)
    case(f"AveragePooling{n}D", config, shape, [], mean)


conv((2, 7, 3), 4, [3])
conv((1, 8, 4), 6, [4], "same", 2, 1, 2)
conv((2, 7, 2), 3, [3], "causal", 1, 2)
conv((1, 9, 2), 2, [2], "causal", 3)
conv((1, 4, 5, 3, 2), 3, [3, 2, 1])
conv((1, 4, 3, 5, 4), 2, [2, 3, 2], "same", [2, 1, 3], 1, 2)
conv((2, 3, 4, 5, 1), 2, [2, 2, 3], "same", 1, [1, 2, 2])
depthwise((2, 7, 3), 1, 3, "same")
depthwise((1, 8, 2), 3, 4, "same", 3)
depthwise((1, 8, 2), 2, 2, "valid", 1, 3)
separable((1, 8, 3), 4, 2, 3, "same", 2)
separable((2, 5, 2), 3, 1, 2)
transpose((2, 4, 3), 2, [3], "same", 2)
transpose((1, 4, 2), 3, [2], "valid", 3)
transpose((1, 5, 2), 2, [4], "same", 3)
transpose((1, 5, 2), 2, [2], "valid", 1, 3)
transpose((1, 2, 3, 2, 3), 2, [3, 2, 1], "same", [2, 2, 1])
transpose((2, 2, 2, 3, 1), 2, [2, 3, 1], "valid", [3, 1, 2])
transpose((1, 2, 3, 2, 2), 2, [2, 2, 3], "same", [1, 1, 2])
pools((2, 7, 2), [2])
pools((2, 7, 2), [3], "same", [2])
pools((2, 7, 2), [2], "same", [1])
pools((1, 4, 5, 3, 2), [2, 2, 1])
pools((1, 4, 5, 3, 2), [2, 3, 3], "same", [2, 1, 2])
pools((1, 5, 4, 3, 2), [2, 4, 2], "same", [1, 1, 1])

for factors in [(2, 1, 3), (1, 4, 1)]:
    case("UpSampling3D", {"size": factors}, (1, 2, 3, 2, 2), [], lambda x: F.interpolate(x, scale_factor=[float(f) for f in factors], mode="nearest"))
case("UpSampling1D", {"size": 3}, (2, 4, 2), [], lambda x: F.interpolate(x, scale_factor=3.0, mode="nearest"))
case("AdaptiveAveragePooling1D", {"output_size": [4]}, (2, 7, 3), [], lambda x: F.adaptive_avg_pool1d(x, 4))
case("AdaptiveAveragePooling3D", {"output_size": [2, 3, 1]}, (1, 3, 5, 4, 2), [], lambda x: F.adaptive_avg_pool3d(x, (2, 3, 1)))
for n, shape in [(1, (2, 5, 3)), (3, (2, 3, 2, 4, 3))]:
    axes = tuple(range(2, n + 2))
    for keepdims in [True, False]:
        case(f"GlobalAveragePooling{n}D", {"keepdims": keepdims}, shape, [], lambda x: x.mean(axes, keepdim=keepdims))
        case(f"GlobalMaxPooling{n}D", {"keepdims": keepdims}, shape, [], lambda x: x.amax(axes, keepdim=keepdims))
case("ZeroPadding1D", {"padding": [1, 2]}, (1, 3, 2), [], lambda x: F.pad(x, (1, 2)))
case("ZeroPadding3D", {"padding": [[1, 2], [3, 0], [0, 1]]}, (1, 2, 3, 2, 2), [], lambda x: F.pad(x, (0, 1, 3, 0, 1, 2)))
case("Cropping1D", {"cropping": [1, 2]}, (1, 5, 2), [], lambda x: x[:, :, 1:-2])
case("Cropping3D", {"cropping": [[1, 2], [0, 1], [1, 0]]}, (1, 5, 4, 3, 2), [], lambda x: x[:, :, 1:-2, 0:-1, 1:])

print("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]")
