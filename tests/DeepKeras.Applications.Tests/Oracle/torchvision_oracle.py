"""What torchvision computes with a network, as files for TorchvisionTests.cs.

    python3 torchvision_oracle.py NETWORK SIZE FOLDER [--batch N] [--seed N]
    python3 torchvision_oracle.py --has NETWORK

NETWORK is the name of torchvision's network, with +aux for its auxiliary classifiers and +transform for transform_input. Networks that torchvision does
not have are taken from the package pretrainedmodels. --has only says, by its exit status, whether the network is there.

    weights.pth   the random state dict, float32, the statistics of batch normalization random too
    results.pth   input (N, 3, H, W), logits, weighting and gradient: that of sum(logits * weighting) with respect to the input, in eval mode; labels
    stepped.pth   the state dict after one step of SGD (learning rate 0.01) on the cross entropy, in train mode without dropout

Everything but weights.pth is computed and written in float64. Rectifiers and the normalization of few values enlarge rounding errors: in float32 PyTorch's
own gradients are off by a per cent here and there, which would hide a real difference.
Written for torch 1.13 and torchvision 0.14.
"""

import argparse
import os
import sys
import warnings

import torch
import torch.nn.functional as F

OTHERS = {"inception_v4": "inceptionv4", "inception_resnet_v2": "inceptionresnetv2"}
# What the papers multiply the auxiliary losses with.
AUXILIARY = {"googlenet": 0.3, "inception_v3": 0.4}


def build(network):
    import torchvision

    name, *options = network.split("+")
    models = torchvision.models
    if name == "googlenet":
        return models.GoogLeNet(init_weights=False, aux_logits="aux" in options, transform_input="transform" in options)
    if name == "inception_v3":
        return models.Inception3(init_weights=False, aux_logits="aux" in options, transform_input="transform" in options)
    if hasattr(models, name):
        return getattr(models, name)()
    import pretrainedmodels.models as others

    name = OTHERS.get(name, name)
    return getattr(others, name)(num_classes=1000, pretrained=None)


def prepare(model, size, refill):
    for parent in model.modules():
        for name, child in parent.named_children():
            # The global average of networks that are written for one size of images.
            if isinstance(child, torch.nn.AvgPool2d) and child.kernel_size in (7, 8, (7, 7), (8, 8)):
                setattr(parent, name, torch.nn.AdaptiveAvgPool2d(1))
    for module in model.modules():
        # The gates of EfficientNet's squeeze and excitation would saturate.
        if refill and isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight)
        if isinstance(module, torch.nn.BatchNorm2d):
            with torch.no_grad():
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.1)
        if isinstance(module, torch.nn.Dropout) or type(module).__name__ == "StochasticDepth":
            module.p = 0.0
        if hasattr(module, "drop_rate"):
            module.drop_rate = 0.0
    # Statistics near those of real activations, or deep networks would blow rounding errors up even in the logits.
    normalizations = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    momenta = [m.momentum for m in normalizations]
    for module in normalizations:
        module.momentum = 1.0
    model.train()
    with torch.no_grad():
        model(torch.randn(8, 3, *size))
    for module, momentum in zip(normalizations, momenta):
        module.momentum = momentum
        module.running_var.clamp_(min=0.1).mul_(torch.empty_like(module.running_var).uniform_(0.5, 1.5))
        module.running_mean.add_(torch.empty_like(module.running_mean).normal_(0, 0.1))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--has")
    arguments.add_argument("network", nargs="?")
    arguments.add_argument("size", nargs="?", type=int)
    arguments.add_argument("folder", nargs="?")
    arguments.add_argument("--batch", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=20)
    given = arguments.parse_args()
    warnings.filterwarnings("ignore")
    torch.manual_seed(given.seed)
    if given.has:
        try:
            build(given.has)
        except (ImportError, AttributeError):
            sys.exit(1)
        return

    model = build(given.network)
    prepare(model, (given.size, given.size), refill=not given.network.startswith("efficientnet"))
    torch.save(model.state_dict(), os.path.join(given.folder, "weights.pth"))
    model.double()

    images = torch.randn(given.batch, 3, given.size, given.size, dtype=torch.float64).float().double().requires_grad_()
    labels = torch.arange(given.batch) * 7 + 3
    model.eval()
    logits = model(images)
    weighting = torch.randn(logits.shape, dtype=torch.float64)
    (logits * weighting).sum().backward()
    results = {"input": images, "logits": logits, "weighting": weighting, "gradient": images.grad, "labels": labels}
    torch.save({name: tensor.detach().clone() for name, tensor in results.items()}, os.path.join(given.folder, "results.pth"))

    model.train()
    model.zero_grad()
    outputs = model(images.detach())
    if isinstance(outputs, torch.Tensor):
        loss = F.cross_entropy(outputs, labels)
    else:
        loss = F.cross_entropy(outputs[0], labels)
        for auxiliary in outputs[1:]:
            loss = loss + AUXILIARY[given.network.split("+")[0]] * F.cross_entropy(auxiliary, labels)
    loss.backward()
    torch.optim.SGD(model.parameters(), lr=0.01).step()
    torch.save(model.state_dict(), os.path.join(given.folder, "stepped.pth"))


if __name__ == "__main__":
    main()
