"""Makes optimizers.json: 20 steps of every optimizer of Keras 3 with its options, re-implemented here with NumPy in float64.

The rules are written down from Keras 3.16's documentation of each optimizer and from shared/keras.md 1.7 (traps 32 to 38), one weight at
a time, without any of DeepKeras's grouping. Run: python3 optimizers.py > optimizers.json   (NumPy 1.24, no random numbers)
"""
import json

import numpy as np

STEPS = 20
SHAPES = [(3, 4), (5,), (2, 3, 2, 2)]


def initial(j, shape):
    n = int(np.prod(shape))
    return (np.cos(0.5 * np.arange(n) + j) + 0.2).reshape(shape)


def gradient(step, j, shape):
    n = int(np.prod(shape))
    return (np.sin(1 + 0.9 * step + 0.37 * np.arange(n) + 2 * j) * (1 + 0.1 * step)).reshape(shape)


class Rule:
    """The options that all optimizers share, in Keras's order."""

    def __init__(self, lr, wd=None, clipnorm=None, clipvalue=None, global_clipnorm=None, ema=None, overwrite=None, scale=None, accumulate=None, no_decay=()):
        self.lr, self.wd, self.no_decay = lr, wd, no_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.ema, self.overwrite, self.scale, self.accumulate = ema, overwrite, scale, accumulate
        self.raw = 0

    def build(self, ws):
        self.state = [self.slots(w) for w in ws]
        self.sums = [np.zeros_like(w) for w in ws]
        self.averages = [np.zeros_like(w) for w in ws]

    @property
    def iterations(self):
        return self.raw // (self.accumulate or 1)

    @property
    def t(self):
        return self.iterations + 1

    def rate(self):
        return self.lr(self.raw) if callable(self.lr) else self.lr

    def clip(self, gs):
        if self.clipnorm:
            return [g * self.clipnorm / max(np.linalg.norm(g), self.clipnorm) for g in gs]
        if self.global_clipnorm:
            norm = np.sqrt(sum(np.sum(g * g) for g in gs))
            return [g * self.global_clipnorm / max(norm, self.global_clipnorm) for g in gs]
        if self.clipvalue:
            return [np.clip(g, -self.clipvalue, self.clipvalue) for g in gs]
        return gs

    def apply(self, ws, gs):
        if self.scale:
            gs = [g / self.scale for g in gs]
        if not self.accumulate or (self.raw + 1) % self.accumulate == 0:
            if self.accumulate:
                gs = [(g + s) / self.accumulate for g, s in zip(gs, self.sums)]
                self.sums = [np.zeros_like(w) for w in ws]
            gs = self.clip(gs)
            lr = self.rate()
            self.before()
            for j, (w, g, s) in enumerate(zip(ws, gs, self.state)):
                if self.wd is not None and j not in self.no_decay:
                    w -= w * self.wd * lr
                self.update(w, g, s, lr)
        else:
            self.sums = [s + g for g, s in zip(gs, self.sums)]
        if self.ema is not None:
            keep = 0 if self.iterations == 0 else self.ema
            for j, w in enumerate(ws):
                self.averages[j] = keep * self.averages[j] + (1 - keep) * w
                if self.overwrite and (self.iterations + 1) % self.overwrite == 0:
                    w[...] = self.averages[j]
        self.raw += 1

    def before(self):
        pass

    def slots(self, w):
        return {}


class Sgd(Rule):
    def __init__(self, lr=0.01, momentum=0.0, nesterov=False, **k):
        super().__init__(lr, **k)
        self.momentum, self.nesterov = momentum, nesterov

    def slots(self, w):
        return {"m": np.zeros_like(w)}

    def update(self, w, g, s, lr):
        if self.momentum == 0:
            w -= lr * g
            return
        s["m"] = self.momentum * s["m"] - lr * g
        w += self.momentum * s["m"] - lr * g if self.nesterov else s["m"]


class RmsProp(Rule):
    def __init__(self, lr=0.001, rho=0.9, momentum=0.0, eps=1e-7, centered=False, **k):
        super().__init__(lr, **k)
        self.rho, self.momentum, self.eps, self.centered = rho, momentum, eps, centered

    def slots(self, w):
        return {n: np.zeros_like(w) for n in "vma"}

    def update(self, w, g, s, lr):
        s["v"] = self.rho * s["v"] + (1 - self.rho) * g**2
        d = s["v"] + self.eps
        if self.centered:
            s["a"] = self.rho * s["a"] + (1 - self.rho) * g
            d = d - s["a"] ** 2
        step = lr * g / np.sqrt(d)
        if self.momentum > 0:
            s["m"] = self.momentum * s["m"] + step
            step = s["m"]
        w -= step


class Adam(Rule):
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-7, amsgrad=False, **k):
        super().__init__(lr, **k)
        self.b1, self.b2, self.eps, self.amsgrad = b1, b2, eps, amsgrad

    def slots(self, w):
        return {n: np.zeros_like(w) for n in ("m", "v", "hat")}

    def update(self, w, g, s, lr):
        alpha = lr * np.sqrt(1 - self.b2**self.t) / (1 - self.b1**self.t)
        s["m"] += (g - s["m"]) * (1 - self.b1)
        s["v"] += (g**2 - s["v"]) * (1 - self.b2)
        v = s["v"]
        if self.amsgrad:
            v = s["hat"] = np.maximum(s["hat"], v)
        w -= s["m"] * alpha / (np.sqrt(v) + self.eps)


class Adagrad(Rule):
    def __init__(self, lr=0.001, start=0.1, eps=1e-7, **k):
        super().__init__(lr, **k)
        self.start, self.eps = start, eps

    def slots(self, w):
        return {"a": np.full_like(w, self.start)}

    def update(self, w, g, s, lr):
        s["a"] += g**2
        w -= lr * g / np.sqrt(s["a"] + self.eps)


class Adadelta(Rule):
    def __init__(self, lr=0.001, rho=0.95, eps=1e-7, **k):
        super().__init__(lr, **k)
        self.rho, self.eps = rho, eps

    def slots(self, w):
        return {n: np.zeros_like(w) for n in "ed"}

    def update(self, w, g, s, lr):
        s["e"] = self.rho * s["e"] + (1 - self.rho) * g**2
        d = -np.sqrt(s["d"] + self.eps) * g / np.sqrt(s["e"] + self.eps)
        s["d"] = self.rho * s["d"] + (1 - self.rho) * d**2
        w += lr * d


class Adamax(Rule):
    def __init__(self, lr=0.001, b1=0.9, b2=0.999, eps=1e-7, **k):
        super().__init__(lr, **k)
        self.b1, self.b2, self.eps = b1, b2, eps

    def slots(self, w):
        return {n: np.zeros_like(w) for n in "mu"}

    def update(self, w, g, s, lr):
        s["m"] += (g - s["m"]) * (1 - self.b1)
        s["u"] = np.maximum(self.b2 * s["u"], np.abs(g))
        w -= lr * s["m"] / ((1 - self.b1**self.t) * (s["u"] + self.eps))


class Nadam(Adam):
    product = 1.0

    def mu(self, t):
        return self.b1 * (1 - 0.5 * 0.96**t)

    def before(self):
        self.product *= self.mu(self.t)

    def update(self, w, g, s, lr):
        now, after = self.mu(self.t), self.mu(self.t + 1)
        s["m"] += (g - s["m"]) * (1 - self.b1)
        s["v"] += (g**2 - s["v"]) * (1 - self.b2)
        m = after * s["m"] / (1 - self.product * after) + (1 - now) * g / (1 - self.product)
        w -= lr * m / (np.sqrt(s["v"] / (1 - self.b2**self.t)) + self.eps)


class Lion(Rule):
    def __init__(self, lr=0.001, b1=0.9, b2=0.99, **k):
        super().__init__(lr, **k)
        self.b1, self.b2 = b1, b2

    def slots(self, w):
        return {"m": np.zeros_like(w)}

    def update(self, w, g, s, lr):
        w -= lr * np.sign(s["m"] * self.b1 + g * (1 - self.b1))
        s["m"] = s["m"] * self.b2 + g * (1 - self.b2)


class Lamb(Adam):
    def update(self, w, g, s, lr):
        s["m"] += (g - s["m"]) * (1 - self.b1)
        s["v"] += (g**2 - s["v"]) * (1 - self.b2)
        u = s["m"] / (1 - self.b1**self.t) / (np.sqrt(s["v"] / (1 - self.b2**self.t)) + self.eps)
        size, length = np.linalg.norm(w), np.linalg.norm(u)
        w -= (size / length if size > 0 and length > 0 else 1.0) * lr * u


class Ftrl(Rule):
    def __init__(self, lr=0.001, power=-0.5, start=0.1, l1=0.0, l2=0.0, shrink=0.0, beta=0.0, **k):
        super().__init__(lr, **k)
        self.power, self.start, self.l1, self.l2, self.shrink, self.beta = power, start, l1, l2, shrink, beta

    def slots(self, w):
        return {"n": np.full_like(w, self.start), "z": np.zeros_like(w)}

    def update(self, w, g, s, lr):
        l2 = self.l2 + self.beta / (2 * lr)
        new = s["n"] + g**2
        s["z"] += g + 2 * self.shrink * w - (new**-self.power - s["n"] ** -self.power) / lr * w
        w[...] = (np.clip(s["z"], -self.l1, self.l1) - s["z"]) / (new**-self.power / lr + 2 * l2)
        s["n"] = new


class Adafactor(Rule):
    def __init__(self, lr=0.001, decay=-0.8, e1=1e-30, e2=1e-3, clip=1.0, **k):
        super().__init__(lr, **k)
        self.decay, self.e1, self.e2, self.limit = decay, e1, e2, clip

    def slots(self, w):
        return {"r": 0.0, "c": 0.0, "v": 0.0}

    def update(self, w, g, s, lr):
        rms = lambda x: np.sqrt(np.mean(x**2))
        alpha = max(self.e2, rms(w)) * min(lr, 1 / np.sqrt(self.t))
        keep = 1 - float(self.t) ** self.decay
        square = g**2 + self.e1
        if w.ndim >= 2:
            s["r"] = keep * s["r"] + (1 - keep) * square.mean(-1)
            s["c"] = keep * s["c"] + (1 - keep) * square.mean(-2)
            s["v"] = (s["r"] / s["r"].mean(-1, keepdims=True))[..., None] * s["c"][..., None, :]
        else:
            s["v"] = keep * s["v"] + (1 - keep) * square
        u = g / np.sqrt(s["v"])
        w -= alpha * u / max(1.0, rms(u) / self.limit)


class ScheduleFree(Rule):
    """Step by step as Keras 3.16 does it on PyTorch, where z changes in place: the old average is taken back with the new z."""

    def __init__(self, lr=0.0025, b1=0.9, b2=0.999, eps=1e-8, warmup=0, **k):
        super().__init__(lr, **k)
        self.b1, self.b2, self.eps, self.warmup = b1, b2, eps, warmup

    def slots(self, w):
        return {"z": w.copy(), "v": np.zeros_like(w)}

    def update(self, w, g, s, lr):
        if self.warmup:
            lr = lr * min(self.t / self.warmup, 1)
        s["v"] += (g**2 - s["v"]) * (1 - self.b2)
        s["z"] -= lr * g / (np.sqrt(s["v"] / (1 - self.b2**self.t)) + self.eps)
        x = (w - (1 - self.b1) * s["z"]) / self.b1
        x = (1 - 1 / self.t) * x + s["z"] / self.t
        w[...] = (1 - self.b1) * s["z"] + self.b1 * x


class Muon(Rule):
    def __init__(self, lr=0.001, momentum=0.95, nesterov=True, b1=0.9, b2=0.999, eps=1e-7, adam_wd=0.004, **k):
        super().__init__(lr, **k)
        self.momentum, self.nesterov, self.b1, self.b2, self.eps, self.adam_wd = momentum, nesterov, b1, b2, eps, adam_wd

    def slots(self, w):
        return {n: np.zeros_like(w) for n in "mv"}

    def update(self, w, g, s, lr):
        # Base options decay nothing here: Muon's two kinds of weights have decays of their own.
        if w.ndim not in (2, 3):
            w -= w * self.adam_wd * lr
            alpha = lr * np.sqrt(1 - self.b2**self.t) / (1 - self.b1**self.t)
            s["m"] += (g - s["m"]) * (1 - self.b1)
            s["v"] += (g**2 - s["v"]) * (1 - self.b2)
            w -= s["m"] * alpha / (np.sqrt(s["v"]) + self.eps)
            return
        w -= w * 0.004 * lr
        s["m"] = self.momentum * s["m"] + g
        x = g + self.momentum * s["m"] if self.nesterov else s["m"]
        tall = x.shape[-2] > x.shape[-1]
        x = np.swapaxes(x, -1, -2) if tall else x
        x = x / (np.sqrt((x**2).sum(axis=(-2, -1), keepdims=True)) + 1e-7)
        for _ in range(5):
            a = x @ np.swapaxes(x, -1, -2)
            x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
        x = np.swapaxes(x, -1, -2) if tall else x
        w -= lr * 0.2 * np.sqrt(max(w.shape[0], w.shape[1])) * x


CASES = {
    "sgd": Sgd(),
    "sgd_momentum": Sgd(0.05, momentum=0.9),
    "sgd_nesterov_decay": Sgd(0.05, momentum=0.9, nesterov=True, wd=0.01, no_decay=(1,)),
    "sgd_clipvalue": Sgd(0.1, clipvalue=0.3),
    "sgd_clipnorm": Sgd(0.1, clipnorm=0.7),
    "sgd_schedule_accumulate": Sgd(lambda step: 0.1 * 0.5 ** (step // 5), accumulate=3),
    "sgd_ema": Sgd(0.1, ema=0.9, overwrite=4),
    "rmsprop": RmsProp(),
    "rmsprop_centered_momentum": RmsProp(0.01, rho=0.95, momentum=0.5, eps=1e-5, centered=True),
    "adam": Adam(),
    "adam_amsgrad": Adam(0.01, b1=0.8, b2=0.9, amsgrad=True),
    "adam_global_clipnorm_scale": Adam(0.01, global_clipnorm=1.0, scale=4.0),
    "adam_accumulate_clipnorm": Adam(0.01, clipnorm=0.5, accumulate=2, wd=0.02),
    "adamw": Adam(0.01, wd=0.004),
    "adagrad": Adagrad(0.1, start=0.3),
    "adadelta": Adadelta(1.0, rho=0.9),
    "adamax": Adamax(0.01),
    "adamax_ema": Adamax(0.01, ema=0.8),
    "nadam": Nadam(0.01),
    "nadam_accumulate": Nadam(0.01, b1=0.8, b2=0.95, accumulate=2),
    "lion": Lion(0.01, wd=0.1),
    "lamb": Lamb(0.01),
    "ftrl": Ftrl(0.1),
    "ftrl_all": Ftrl(0.05, power=-0.2, start=0.4, l1=0.05, l2=0.15, shrink=0.01, beta=0.3),
    "adafactor": Adafactor(0.05),
    "adafactor_clip": Adafactor(0.5, decay=-0.65, clip=0.9, e2=0.01),
    "schedule_free": ScheduleFree(0.01),
    "schedule_free_warmup_decay_clipnorm": ScheduleFree(0.1, b2=0.9, warmup=8, wd=0.02, global_clipnorm=2.0),
}

CASES["muon"] = Muon(0.02)
CASES["muon_plain"] = Muon(0.02, nesterov=False, momentum=0.9)

result = {}
for name, rule in CASES.items():
    weights = [initial(j, shape) for j, shape in enumerate(SHAPES)]
    rule.build(weights)
    for step in range(STEPS):
        rule.apply(weights, [gradient(step, j, shape) for j, shape in enumerate(SHAPES)])
    result[name] = [[float("%.9g" % x) for x in w.ravel()] for w in weights]
    if rule.ema is not None:
        result[name + ".average"] = [[float("%.9g" % x) for x in a.ravel()] for a in rule.averages]
print("{" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()) + "}")
