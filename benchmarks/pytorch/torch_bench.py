#!/usr/bin/env python3
"""PyTorch eager as the opponent of DeepKeras.Benchmarks: default layout, default kernels, no compilation.

Started by the benchmark; by hand:
    echo round 3 | python3 torch_bench.py --network lenet --mode train --batch 32 --steps 64
The lines it reads and writes are described in ../README.md.
"""
import argparse
import sys
import time

import torch
from torch import nn

NETWORKS = {
    "lenet": ((1, 32, 32), 10),
    "mlp": ((784,), 10),
    "cifar": ((3, 32, 32), 10),
    "tiny": ((20,), 3),
    "lstm": ((100, 64), 10),
    "gru": ((100, 64), 10),
    "vgg16": ((3, 224, 224), 1000),
    "resnet50": ((3, 224, 224), 1000),
    "densenet121": ((3, 224, 224), 1000),
    "inception_v3": ((3, 224, 224), 1000),
}


class LastStep(nn.Module):
    """Classes from the last output of a recurrent layer."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer(64, 128, batch_first=True)
        self.classes = nn.Linear(128, 10)

    def forward(self, x):
        return self.classes(self.layer(x)[0][:, -1])


def build(network):
    """The network without its softmax: CrossEntropyLoss takes logits. torchvision's own where it is one of the large ones."""
    if network == "inception_v3":
        return vision().inception_v3(aux_logits=False, init_weights=True)
    if network in ("vgg16", "resnet50", "densenet121"):
        return getattr(vision(), network)()
    if network in ("lstm", "gru"):
        return LastStep(nn.LSTM if network == "lstm" else nn.GRU)
    if network == "lenet":
        return nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(),
            nn.Linear(120, 84), nn.Tanh(),
            nn.Linear(84, 10))
    if network == "mlp":
        return nn.Sequential(
            nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.2),
            nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.2),
            nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.2),
            nn.Linear(512, 10))
    if network == "cifar":
        return nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(),
            nn.Conv2d(32, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),
            nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25),
            nn.Flatten(),
            nn.Linear(2304, 512), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(512, 10))
    return nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))


def vision():
    import torchvision.models
    return torchvision.models


def optimizer_of(network, model):
    """Keras's numbers: learning rates 0.01 and 0.001, rho 0.9, epsilon 1e-7; momentum for torchvision's networks."""
    if NETWORKS[network][1] == 1000:
        return torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    if network == "lenet":
        return torch.optim.SGD(model.parameters(), lr=0.01)
    if network in ("tiny", "lstm", "gru"):
        return torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)
    return torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)


class Training:
    def __init__(self, network, batch, steps):
        shape, classes = NETWORKS[network]
        self.batch = batch
        self.samples = batch * steps
        self.x = torch.randn(self.samples, *shape)
        self.y = torch.randint(classes, (self.samples,))
        self.model = build(network).train()
        self.optimizer = optimizer_of(network, self.model)
        self.loss = nn.CrossEntropyLoss()

    def run(self):
        """One epoch in a new order. Loss and accuracy stay on the device until its end."""
        total, correct = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        order = torch.randperm(self.samples)
        for start in range(0, self.samples, self.batch):
            index = order[start:start + self.batch]
            x, y = self.x[index], self.y[index]
            self.optimizer.zero_grad(set_to_none=True)
            logits = self.model(x)
            loss = self.loss(logits, y)
            loss.backward()
            self.optimizer.step()
            with torch.no_grad():
                total += loss * len(index)
                correct += (logits.argmax(1) == y).sum()
        return total.item() / self.samples, correct.item() / self.samples


class Prediction:
    def __init__(self, network, batch, steps):
        shape, _ = NETWORKS[network]
        self.batch = batch
        self.x = torch.randn(batch * steps, *shape)
        self.model = nn.Sequential(build(network), nn.Softmax(1)).eval()

    @torch.inference_mode()
    def run(self):
        """Every sample in batches; one tensor with all outputs."""
        return torch.cat([self.model(x) for x in self.x.split(self.batch)])


class RowPrediction:
    def __init__(self, network, steps):
        shape, _ = NETWORKS[network]
        self.row = torch.randn(1, *shape)
        self.steps = steps
        self.model = nn.Sequential(build(network), nn.Softmax(1)).eval()

    @torch.inference_mode()
    def run(self):
        for _ in range(self.steps):
            self.model(self.row)


def say(event, **values):
    print(event, *(f"{name}={value}" for name, value in values.items()), flush=True)


def peak_bytes():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", choices=NETWORKS, required=True)
    parser.add_argument("--mode", choices=["train", "predict", "row"], required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=1.0, help="seconds")
    parser.add_argument("--first-step", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)

    if given.first_step:
        Training(given.network, given.batch, 1).run()
        say("first")
    if given.mode == "train":
        work = Training(given.network, given.batch, given.steps)
    elif given.mode == "predict":
        work = Prediction(given.network, given.batch, given.steps)
    else:
        work = RowPrediction(given.network, given.steps)

    end = time.perf_counter() + given.warm_up
    work.run()
    while time.perf_counter() < end:
        work.run()
    say("ready", version=torch.__version__, threads=torch.get_num_threads())

    for line in sys.stdin:
        command = line.split()
        if command[0] == "round":
            epochs = int(command[1])
            processor, begin = time.process_time(), time.perf_counter()
            for _ in range(epochs):
                work.run()
            seconds, processor = time.perf_counter() - begin, time.process_time() - processor
            say("round", seconds=f"{seconds:.9f}", cpu=f"{processor:.6f}", steps=epochs * given.steps)
        elif command[0] == "memory":
            say("memory", bytes=peak_bytes())
        else:
            break


if __name__ == "__main__":
    main()
