"""Writes torchvision's networks with few channels and random weights, and what PyTorch computes with them, for ThinNetworkTests.cs.

    python3 thin_networks.py      # made with torch 1.13.1 and torchvision 0.14.1, seed 20

    thin/NETWORK.pth           the state dict, the statistics of batch normalization random too; rounded to half precision and kept so, to be small;
                               MobileNet v2, which has many small tensors, in the older format, whose headers are shorter
    thin/NETWORK.results.pth   input (N, 3, H, W), logits, weighting and gradient: that of sum(logits * weighting) with respect to the input, in eval mode,
                               computed in float64 with the rounded weights

Blocks and forward passes are torchvision's own; where a constructor has fixed widths, its layers are made again with fewer channels.
"""

import os
import sys
import warnings

import torch
from torch import nn
from torchvision.models import densenet, efficientnet, mobilenetv2, resnet, vgg

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "Oracle"))
from torchvision_oracle import prepare  # noqa: E402

CLASSES = 5
SIZE = (32, 40)


def thin_vgg(normalized):
    filters, units = (4, 6, 8), 12
    features = vgg.make_layers([filters[0], "M", filters[1], filters[1], "M", filters[2], "M"], batch_norm=normalized)
    net = vgg.VGG(nn.Sequential(), num_classes=CLASSES, init_weights=False)
    net.features = features
    _, relu, dropout, *_ = net.classifier
    net.classifier = nn.Sequential(nn.Linear(filters[-1] * 7 * 7, units), relu, dropout, nn.Linear(units, units), relu, dropout, nn.Linear(units, CLASSES))
    return net


def thin_resnet(block, layers, planes, **options):
    net = resnet.ResNet(block, [1, 1, 1, 1], num_classes=CLASSES, **options)
    net.inplanes = planes
    net.conv1 = nn.Conv2d(3, planes, 7, stride=2, padding=3, bias=False)
    net.bn1 = nn.BatchNorm2d(planes)
    for i, count in enumerate(layers):
        setattr(net, f"layer{i + 1}", net._make_layer(block, planes << i, count, stride=1 if i == 0 else 2))
    net.fc = nn.Linear((planes << 3) * block.expansion, CLASSES)
    return net


def thin_efficientnet(width, depth):
    settings, _ = efficientnet._efficientnet_conf("efficientnet_b0", width_mult=width, depth_mult=depth)
    return efficientnet.EfficientNet(settings, dropout=0.2, num_classes=CLASSES)


NETWORKS = {
    "vgg": lambda: thin_vgg(normalized=False),
    "vgg_bn": lambda: thin_vgg(normalized=True),
    "resnet": lambda: thin_resnet(resnet.BasicBlock, (2, 1, 1, 2), planes=4),
    "resnet_bottleneck": lambda: thin_resnet(resnet.Bottleneck, (1, 2, 1, 1), planes=4),
    "resnext": lambda: thin_resnet(resnet.Bottleneck, (1, 1, 1, 1), planes=4, groups=2, width_per_group=32),
    "densenet": lambda: densenet.DenseNet(growth_rate=4, block_config=(2, 1, 3, 2), num_init_features=8, num_classes=CLASSES),
    "mobilenet_v2": lambda: mobilenetv2.MobileNetV2(num_classes=CLASSES, width_mult=0.1),
    "efficientnet": lambda: thin_efficientnet(width=0.1, depth=0.5),
}


def write(name, make):
    torch.manual_seed(20)
    model = make()
    prepare(model, SIZE, refill=True)
    model.half().double().eval()
    images = torch.randn(2, 3, *SIZE).double().requires_grad_()
    logits = model(images)
    weighting = torch.randn(logits.shape, dtype=torch.float64)
    (logits * weighting).sum().backward()
    state = {key: value.half() if value.is_floating_point() else value for key, value in model.state_dict().items()}
    torch.save(state, os.path.join(HERE, "thin", f"{name}.pth"), _use_new_zipfile_serialization=name != "mobilenet_v2")
    results = {"input": images.float(), "logits": logits, "weighting": weighting, "gradient": images.grad.float()}
    torch.save({key: value.detach().clone() for key, value in results.items()}, os.path.join(HERE, "thin", f"{name}.results.pth"))
    print(name, logits.tolist())


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    os.makedirs(os.path.join(HERE, "thin"), exist_ok=True)
    for name, make in NETWORKS.items():
        write(name, make)
