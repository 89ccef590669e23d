"""Makes schedules.json: learning rates (and momenta) of PyTorch's schedulers over 30 steps.

Run: python3 schedules.py > schedules.json   (made with PyTorch 1.13; no random numbers)
"""
import json
import warnings

import torch
from torch.optim import lr_scheduler as s

warnings.filterwarnings("ignore")
STEPS = 30


def record(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
    scheduler = make(optimizer)
    rates, momenta = [], []
    for step in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if step < STEPS - 1:
            scheduler.step()
    return {"rates": rates, "momenta": momenta}


print(json.dumps({
    "one_cycle": record(lambda o: s.OneCycleLR(o, 0.5, total_steps=STEPS)),
    "one_cycle_linear": record(lambda o: s.OneCycleLR(o, 0.5, total_steps=STEPS, pct_start=0.4, anneal_strategy="linear", div_factor=10, final_div_factor=100, base_momentum=0.8, max_momentum=0.9)),
    "triangular": record(lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=4, cycle_momentum=False)),
    "triangular2": record(lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="triangular2", cycle_momentum=False)),
    "exp_range": record(lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=5, mode="exp_range", gamma=0.95, cycle_momentum=False)),
    "triangular_momentum": record(lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=4, base_momentum=0.85, max_momentum=0.95)),
    "triangular2_momentum": record(lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="triangular2", base_momentum=0.8, max_momentum=0.9)),
    "step": record(lambda o: s.StepLR(o, 7, gamma=0.3)),
    "warm_restarts": record(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=4, T_mult=2)),
    "equal_restarts": record(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=7)),
}, indent=0))
