#!/usr/bin/env python3
"""torchvision as the opponent of DeepKeras.Benchmarks --input: ImageFolder, PIL transforms and a DataLoader with worker processes.

Started by the benchmark; by hand:
    echo round 1 | python3 torch_input_bench.py --files FOLDER --mode augment --batch 64 --workers 2
The lines it reads and writes are described in ../README.md.
"""
import argparse
import sys
import time

import torch
import torchvision
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.transforms import InterpolationMode

from torch_bench import build, optimizer_of, peak_bytes, say


def transform_of(size, augment, own_size):
    """PIL image → float32 tensor, 0 … 1. PIL resizes with antialiasing; images that have the size already are spared it."""
    steps = []
    if own_size != (size, size):
        steps.append(transforms.Resize((size, size)))
    if augment:
        steps += [
            transforms.RandomHorizontalFlip(),
            transforms.RandomRotation(18, InterpolationMode.BILINEAR),
            transforms.ColorJitter(brightness=0.2, contrast=0.2),
        ]
    return transforms.Compose(steps + [transforms.ToTensor()])


class Loading:
    """Passes over the folder in a new order each. The workers live as long as the process, so that no round pays for their start."""

    def __init__(self, given):
        self.files = torchvision.datasets.ImageFolder(given.files)
        self.files.transform = transform_of(given.size, given.mode != "load", self.files[0][0].size)
        self.batches = DataLoader(
            self.files, given.batch, shuffle=True, num_workers=given.workers, persistent_workers=given.workers > 0)
        self.steps = len(self.batches)
        self.waited = 0.0
        self.total = 0.0

    def run(self):
        for x, _ in self.batches:
            self.total += x[0, 0, 0, 0].item()


class Training(Loading):
    """The CIFAR network trained from the files; the time until the next batch is there counts as waiting."""

    def __init__(self, given):
        super().__init__(given)
        self.model = build("cifar").train()
        self.optimizer = optimizer_of("cifar", self.model)
        self.loss = torch.nn.CrossEntropyLoss()

    def run(self):
        batches = iter(self.batches)
        while True:
            begin = time.perf_counter()
            batch = next(batches, None)
            self.waited += time.perf_counter() - begin
            if batch is None:
                break
            x, y = batch
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.total += loss.detach()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", required=True, help="a folder with one folder per class")
    parser.add_argument("--mode", choices=["load", "augment", "train"], required=True)
    parser.add_argument("--size", type=int, default=32, help="height and width")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=1.0, help="seconds")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    work = Training(given) if given.mode == "train" else Loading(given)

    end = time.perf_counter() + given.warm_up
    work.run()
    while time.perf_counter() < end:
        work.run()
    say("ready", version=torch.__version__, vision=torchvision.__version__, threads=torch.get_num_threads())

    for line in sys.stdin:
        command = line.split()
        if command[0] == "round":
            passes, work.waited = int(command[1]), 0.0
            processor, begin = time.process_time(), time.perf_counter()
            for _ in range(passes):
                work.run()
            seconds, processor = time.perf_counter() - begin, time.process_time() - processor
            say("round", seconds=f"{seconds:.9f}", cpu=f"{processor:.6f}", steps=passes * work.steps, images=passes * len(work.files), waited=f"{work.waited:.6f}")
        elif command[0] == "memory":
            say("memory", bytes=peak_bytes())
        else:
            break


if __name__ == "__main__":
    main()
