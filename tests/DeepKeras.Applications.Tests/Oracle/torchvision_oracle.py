"""What torchvision's own network computes, to hold ours against. Made for torch 1.13 and torchvision 0.14.

python3 torchvision_oracle.py MODEL SIZE BATCH FOLDER

Writes into FOLDER, all from seed 5:
  weights.pth    the state dict of a randomly initialised network, batch normalization's statistics and affine weights randomised
  results.pth    x (batch, 3, size, size), labels, factors, logits (eval mode), input_gradient of sum(logits * factors) (eval mode)
  trained.pth    the state dict after one step of SGD, learning rate 0.01, on cross entropy: dropout and stochastic depth off, batch normalization in train mode;
                 in float64, as statistics of few values blow rounding errors of float32 up beyond any useful tolerance
Networks with auxiliary classifiers are trained on the main one alone.
"""
import sys

import torch
import torchvision
from torchvision.ops import StochasticDepth

model, size, batch, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
torch.manual_seed(5)
arguments = {"init_weights": True, "aux_logits": True} if model in ("googlenet", "inception_v3") else {}
net = getattr(torchvision.models, model)(weights=None, **arguments)
for module in net.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        torch.nn.init.normal_(module.running_mean, 0, 0.1)
        torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
        torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        torch.nn.init.normal_(module.bias, 0, 0.1)
    if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)) and module.bias is not None:
        torch.nn.init.normal_(module.bias, 0, 0.1)
x = torch.randn(batch, 3, size, size)
labels = torch.randint(0, 1000, (batch,))
factors = torch.randn(batch, 1000)
torch.save(net.state_dict(), f"{folder}/weights.pth")

net.eval()
x.requires_grad_()
logits = net(x)
(logits * factors).sum().backward()
torch.save({"x": x.detach(), "labels": labels, "factors": factors, "logits": logits.detach(), "input_gradient": x.grad}, f"{folder}/results.pth")

net.zero_grad()
net.double()
for module in net.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        module.train()
    if isinstance(module, (torch.nn.Dropout, StochasticDepth)):
        module.eval()
step = torch.optim.SGD(net.parameters(), 0.01)
torch.nn.functional.cross_entropy(net(x.detach().double()), labels).backward()
step.step()
torch.save(net.state_dict(), f"{folder}/trained.pth")
print(f"{model}: torch {torch.__version__}, torchvision {torchvision.__version__}, largest logit {logits.abs().max().item():.4g}")
