"""Writes the PyTorch files of this folder: python3 make_state_dicts.py

Made with PyTorch 1.13.0, seed 7. numbers.json holds for each file its keys with type, shape and values (as float64), as torch.load gives them;
net.json holds an input and what the network of net.pth makes of it.
"""

import collections
import json
import os

import torch
from torch import nn

torch.manual_seed(7)
TYPES = {
    "f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "i64": torch.int64,
    "i32": torch.int32, "i16": torch.int16, "i8": torch.int8, "u8": torch.uint8, "bool": torch.bool,
}


def all_types():
    made = collections.OrderedDict()
    for name, dtype in TYPES.items():
        made[name] = torch.tensor([[0.0, 1.0, -2.5], [100.0, 3.25, 7.0]]).abs().to(dtype) if dtype in (torch.uint8, torch.bool) else torch.tensor([[0.0, 1.0, -2.5], [100.0, 3.25, 7.0]]).to(dtype)
    made["scalar"] = torch.tensor(42.0)
    made["empty"] = torch.empty(0, 5)
    made["big"] = torch.tensor([-(2**62), 2**40])
    made["größe"] = torch.tensor([9], dtype=torch.uint8)
    return made


def shared():
    base = torch.arange(24, dtype=torch.float32)
    grid = base.view(4, 6)
    images = torch.arange(60, dtype=torch.float32).view(1, 3, 4, 5).contiguous(memory_format=torch.channels_last)
    return {
        "base": base, "row": grid[2], "column": grid[:, 1], "turned": grid.t(), "part": grid[1:3, 2:5], "every_second": base[3::2],
        "expanded": torch.tensor([5.0]).expand(2, 3), "channels_last": images, "parameter": nn.Parameter(torch.randn(2, 2)),
    }


def nested():
    return {
        "epoch": 3, "best": 0.75, "arch": "tiny", "done": False, "nothing": None,
        "state_dict": collections.OrderedDict([("module.conv.weight", torch.randn(2, 1, 3, 3)), ("module.conv.bias", torch.randn(2))]),
        "optimizer": {"state": {0: {"step": torch.tensor(4.0), "exp_avg": torch.randn(2)}}, "param_groups": [{"lr": 0.1, "params": [0, 1]}]},
    }


def tree():
    return {"generator": {"fc": torch.randn(2), 7: torch.randn(1)}, "layers": [torch.randn(2), (torch.randn(1), "text")], "size": torch.Size([1, 2]), "place": torch.device("cpu")}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.slope = nn.PReLU(4)
        self.depthwise = nn.Conv2d(4, 8, 3, groups=4)
        self.grouped = nn.Conv2d(8, 4, 1, groups=2)
        self.up = nn.ConvTranspose2d(4, 3, 2, stride=2)
        self.norm = nn.GroupNorm(1, 3)
        self.sep_depthwise = nn.Conv2d(3, 3, 3, groups=3, bias=False)
        self.sep_pointwise = nn.Conv2d(3, 5, 1)
        self.squeeze = nn.Linear(5, 2)  # a 1x1 convolution there
        self.drop = nn.Dropout(0.5)
        self.bn2 = nn.BatchNorm1d(2 * 8 * 6)
        self.fc1 = nn.Linear(2 * 8 * 6, 12)
        self.decode = nn.Linear(12, 2 * 2 * 3)
        self.last = nn.Conv2d(3, 1, 2)

    def forward(self, x):
        x = self.slope(self.bn1(self.conv1(x)))
        x = torch.relu(self.grouped(self.depthwise(x)))
        x = self.sep_pointwise(self.sep_depthwise(self.norm(self.up(x))))
        x = self.squeeze(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        x = self.bn2(self.drop(torch.flatten(x, 1)))
        x = torch.relu(self.decode(torch.relu(self.fc1(x))))
        return self.last(x.view(-1, 3, 2, 2)).flatten(1)


def plain(value):
    return {"dtype": str(value.dtype), "shape": list(value.shape), "data": value.detach().to(torch.float64).reshape(-1).tolist()}


class Hostile:
    def __reduce__(self):
        return os.system, ("echo run > hostile.ran",)


def main():
    numbers = {}
    for name, made in (("all_types", all_types()), ("shared", shared()), ("nested", nested()), ("tree", tree())):
        torch.save(made, name + ".pth")
        torch.save(made, name + ".legacy.pth", _use_new_zipfile_serialization=False)
        if name in ("all_types", "shared"):
            numbers[name] = {key: plain(value) for key, value in made.items()}
        elif name == "nested":
            numbers[name] = {key[len("module."):]: plain(value) for key, value in made["state_dict"].items()}
        else:
            numbers[name] = {"generator.fc": plain(made["generator"]["fc"]), "generator.7": plain(made["generator"][7]), "layers.0": plain(made["layers"][0]), "layers.1.0": plain(made["layers"][1][0])}
    for protocol in (3, 4, 5):
        torch.save(shared(), "protocol%d.pth" % protocol, pickle_protocol=protocol)
    torch.save({"weight": torch.ones(2), "extra": Hostile()}, "hostile.pth")
    torch.save({"weight": torch.ones(2), "extra": Hostile()}, "hostile.legacy.pth", _use_new_zipfile_serialization=False)
    with open("numbers.json", "w") as file:
        json.dump(numbers, file)

    net = Net()
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.normal_(module.bias)
            if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
                nn.init.normal_(module.running_mean)
                nn.init.uniform_(module.running_var, 0.5, 2)
        nn.init.uniform_(net.slope.weight, 0.1, 0.4)
    net.eval()
    images = torch.randn(2, 2, 7, 6)
    torch.save(net.state_dict(), "net.pth")
    with torch.no_grad(), open("net.json", "w") as file:
        json.dump({"input": plain(images.permute(0, 2, 3, 1)), "output": plain(net(images))}, file)


if __name__ == "__main__":
    main()
