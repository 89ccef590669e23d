#!/usr/bin/env python3
"""Writes attention_pytorch.json: attention layers computed in PyTorch (made with 1.13.0, CPU, float64).

Where the layer can be written as torch.nn.MultiheadAttention, that module computes the numbers; the others are written out with einsum, and
the formula is held against the module first. Weights are in Keras's layout and order. Gradients are those of sum(output * weighting),
summed over all outputs. A mask of null lets every step count.
Run: python3 attention_pytorch.py > attention_pytorch.json
"""
import json
import math
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)
cases = []


def numbers(x):
    return {"shape": list(x.shape), "data": [float(f"{v:.10g}") for v in x.detach().contiguous().flatten().tolist()]}


def randn(*shape):
    # rounded, so that the numbers in the file are exactly those that were used
    return torch.round(torch.randn(shape) * 1e3) / 1e3


def keep(layer, config, inputs, weights, compute, masks=None):
    leaves = [t.requires_grad_() for t in inputs + weights]
    outputs = compute(*leaves)
    weightings = [randn(*o.shape) for o in outputs]
    sum((o * w).sum() for o, w in zip(outputs, weightings)).backward()
    cases.append({
        "layer": layer, "config": config, "inputs": [numbers(i) for i in inputs],
        "masks": [None if m is None else numbers(m.double()) for m in masks or []],
        "weights": [numbers(w) for w in weights], "outputs": [numbers(o) for o in outputs], "weightings": [numbers(w) for w in weightings],
        "gradients": [numbers(torch.zeros_like(t) if t.grad is None else t.grad) for t in leaves]})


def heads(dim, heads_, depth, value_dim=None, kv_heads=None, key_features=None, value_features=None, out=None, gate=False):
    kv_heads, value_depth = kv_heads or heads_, value_dim or depth
    made = [randn(dim, heads_, depth), randn(heads_, depth), randn(key_features or dim, kv_heads, depth), randn(kv_heads, depth)]
    if gate:
        made += [randn(dim, heads_, value_depth), randn(heads_, value_depth)]
    made += [randn(value_features or dim, kv_heads, value_depth), randn(kv_heads, value_depth)]
    return made + [randn(heads_, value_depth, out or dim), randn(out or dim)]


def attend(q, k, v, weights, allowed=None, gate=False):
    """The formula: softmax(q kT / sqrt(depth)) v, per head; allowed is (N or 1, heads or 1, T, S)."""
    wq, bq, wk, bk = weights[:4]
    wg, bg = weights[4:6] if gate else (None, None)
    wv, bv, wo, bo = weights[-4:]
    query = torch.einsum("ntd,dhk->nthk", q, wq) + bq
    repeats = wq.shape[1] // wk.shape[1]
    key = (torch.einsum("nsd,dhk->nshk", k, wk) + bk).repeat_interleave(repeats, 2)
    value = (torch.einsum("nsd,dhk->nshk", v, wv) + bv).repeat_interleave(repeats, 2)
    scores = torch.einsum("nthk,nshk->nhts", query / math.sqrt(wq.shape[2]), key)
    if allowed is not None:
        scores = scores.masked_fill(~allowed, -1e9)
    probabilities = scores.softmax(-1)
    output = torch.einsum("nhts,nshv->nthv", probabilities, value)
    if gate:
        output = output * (torch.einsum("ntd,dhk->nthk", q, wg) + bg).sigmoid()
    return torch.einsum("nthv,hvo->nto", output, wo) + bo, probabilities


def module(q, k, v, weights, heads_, attn_mask=None, key_padding_mask=None):
    wq, bq, wk, bk, wv, bv, wo, bo = weights
    dim = wq.shape[0]
    flat = lambda w: w.reshape(w.shape[0], -1).t()
    return torch.nn.functional.multi_head_attention_forward(
        q.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1), dim, heads_, None, torch.cat([bq.reshape(-1), bk.reshape(-1), bv.reshape(-1)]),
        None, None, False, 0.0, wo.reshape(-1, dim).t(), bo, training=False, key_padding_mask=key_padding_mask, attn_mask=attn_mask,
        use_separate_proj_weight=True, q_proj_weight=flat(wq), k_proj_weight=flat(wk), v_proj_weight=flat(wv), average_attn_weights=False)


def by_module(heads_, attn_mask=None, key_padding_mask=None):
    def compute(q, v, k, *weights):
        output, scores = module(q, k, v, weights, heads_, attn_mask, key_padding_mask)
        allowed = None
        if attn_mask is not None:
            allowed = ~attn_mask[None, None]
        if key_padding_mask is not None:
            allowed = ~key_padding_mask[:, None, None]
        mine, my_scores = attend(q, k, v, weights, allowed)
        assert torch.allclose(output.transpose(0, 1), mine) and torch.allclose(scores, my_scores)
        return output.transpose(0, 1), scores
    return compute


def band(t, s, causal, window):
    i, j = torch.arange(t)[:, None], torch.arange(s)[None]
    allowed = torch.ones(t, s, dtype=torch.bool)
    if causal:
        allowed &= j <= i
    if window:
        allowed &= (i - j).abs() < window
    return allowed


# torch.nn.MultiheadAttention
scores = {"return_attention_scores": True}
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, **scores}, [randn(2, 4, 6), randn(2, 5, 6), randn(2, 5, 6)], heads(6, 2, 3), by_module(2))
keep("MultiHeadAttention", {"num_heads": 3, "key_dim": 2, "use_causal_mask": True, **scores}, [randn(2, 4, 6), randn(2, 4, 6), randn(2, 4, 6)], heads(6, 3, 2),
     by_module(3, attn_mask=~band(4, 4, True, None)))
padding = torch.tensor([[True, True, True, False, False], [True, False, True, True, False]])
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, **scores}, [randn(2, 4, 6), randn(2, 5, 6), randn(2, 5, 6)], heads(6, 2, 3),
     by_module(2, key_padding_mask=~padding), [None, padding, None])
# the same without scores, which is computed in another way
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}, [randn(2, 4, 6), randn(2, 5, 6), randn(2, 5, 6)], heads(6, 2, 3),
     lambda *t: by_module(2, key_padding_mask=~padding)(*t)[:1], [None, padding, None])
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "use_causal_mask": True}, [randn(2, 4, 6), randn(2, 4, 6), randn(2, 4, 6)], heads(6, 2, 3),
     lambda *t: by_module(2, attn_mask=~band(4, 4, True, None))(*t)[:1])

# sizes of their own for keys, values and the result; a window; a gate
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "value_dim": 2, "output_shape": [5], "sliding_window": 2, **scores},
     [randn(1, 4, 6), randn(1, 5, 3), randn(1, 5, 4)], heads(6, 2, 3, value_dim=2, key_features=4, value_features=3, out=5),
     lambda q, v, k, *w: attend(q, k, v, w, band(4, 5, False, 2)[None, None]))
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "sliding_window": 2, "use_causal_mask": True, "use_gate": True}, [randn(2, 5, 4), randn(2, 5, 4)],
     heads(4, 2, 3, gate=True), lambda q, v, *w: attend(q, v, v, w, band(5, 5, True, 2)[None, None], gate=True)[:1])

# an attention mask as the fourth input; 0 and 1
mask = torch.tensor([[[1., 0, 1], [1, 1, 0], [0, 1, 1], [1, 1, 1]]])
q, v, k, w = randn(2, 4, 4), randn(2, 3, 4), randn(2, 3, 4), heads(4, 2, 2)
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, **scores}, [q, v, k, mask.expand(2, 4, 3).clone()], w,
     lambda q, v, k, m, *w: attend(q, k, v, w, mask.bool()[:, None]))

# axes: each row of a grid on its own, and all cells of the grid together
def rows(q, v, *w):
    n, a = q.shape[:2]
    output, scores_ = attend(q.flatten(0, 1), v.flatten(0, 1), v.flatten(0, 1), w)
    return output.unflatten(0, (n, a)), scores_.unflatten(0, (n, a))


def cells(q, v, *w):
    output, scores_ = attend(q.flatten(1, 2), v.flatten(1, 2), v.flatten(1, 2), w)
    return output.unflatten(1, q.shape[1:3]), scores_.unflatten(3, v.shape[1:3]).unflatten(2, q.shape[1:3])


def columns(q, v, *w):
    n, a, b = q.shape[:3]
    output, scores_ = attend(q.transpose(1, 2).flatten(0, 1), v.transpose(1, 2).flatten(0, 1), v.transpose(1, 2).flatten(0, 1), w)
    return output.unflatten(0, (n, b)).transpose(1, 2), scores_.unflatten(0, (n, b))


keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "attention_axes": [2], **scores}, [randn(2, 3, 4, 4), randn(2, 3, 2, 4)], heads(4, 2, 2), rows)
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "attention_axes": [1], **scores}, [randn(2, 3, 2, 4), randn(2, 4, 2, 4)], heads(4, 2, 2), columns)
keep("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, **scores}, [randn(1, 2, 3, 4), randn(1, 3, 2, 4)], heads(4, 2, 2), cells)

# groups
keep("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, **scores}, [randn(2, 4, 6), randn(2, 5, 6)], heads(6, 4, 3, kv_heads=2),
     lambda q, v, *w: attend(q, v, v, w))
keep("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 3, "num_key_value_heads": 1, "use_causal_mask": True, "use_gate": True}, [randn(2, 4, 5), randn(2, 4, 5)],
     heads(5, 3, 2, kv_heads=1, gate=True), lambda q, v, *w: attend(q, v, v, w, band(4, 4, True, None)[None, None], gate=True)[:1])
keep("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 4, "num_key_value_heads": 2}, [randn(2, 4, 4), randn(2, 5, 4)], heads(4, 4, 2, kv_heads=2),
     lambda q, v, *w: attend(q, v, v, w, padding[:, None, None])[:1], [None, padding])


# without projections
def dot(q, v, k, scale=1.0, allowed=None):
    s = torch.einsum("ntd,nsd->nts", q, k) * scale
    if allowed is not None:
        s = s.masked_fill(~allowed, -1e9)
    p = s.softmax(-1)
    return p @ v, p


def additive(q, v, k, factor, allowed=None):
    s = (factor * torch.tanh(q[:, :, None] + k[:, None])).sum(-1)
    if allowed is not None:
        s = s.masked_fill(~allowed, -1e9)
    p = s.softmax(-1)
    return p @ v, p


queries = torch.tensor([[True, True, False], [True, True, True]])
keep("Attention", {**scores}, [randn(2, 3, 4), randn(2, 5, 2), randn(2, 5, 4)], [], lambda q, v, k: dot(q, v, k))
keep("Attention", {"use_scale": True, "use_causal_mask": True, **scores}, [randn(2, 3, 4), randn(2, 3, 4)], [randn()], lambda q, v, s: dot(q, v, v, s, band(3, 3, True, None)[None]))
keep("Attention", {"score_mode": "concat", "use_scale": True, **scores}, [randn(2, 3, 4), randn(2, 5, 4)], [randn(), randn()],
     lambda q, v, s, c: (lambda sc: (sc.softmax(-1) @ v, sc.softmax(-1)))(c * torch.tanh(s * (q[:, :, None] + v[:, None])).sum(-1)))
keep("Attention", {**scores}, [randn(2, 3, 4), randn(2, 5, 4)], [],
     lambda q, v: (lambda o, p: (o * queries[:, :, None], p))(*dot(q, v, v, 1.0, padding[:, None])), [queries, padding])
keep("AdditiveAttention", {**scores}, [randn(2, 3, 4), randn(2, 5, 4)], [randn(4)], lambda q, v, s: additive(q, v, v, s))
keep("AdditiveAttention", {"use_scale": False, **scores}, [randn(2, 3, 4), randn(2, 5, 4)], [],
     lambda q, v: (lambda o, p: (o * queries[:, :, None], p))(*additive(q, v, v, 1.0, padding[:, None])), [queries, padding])


# EinsumDense
def einsum(equation, config, input_, kernel, bias=None):
    keep("EinsumDense", {"equation": equation, **config}, [input_], [kernel] + ([] if bias is None else [bias]),
         lambda x, w, b=None: (torch.einsum(equation, x, w) + (0 if b is None else b),))


einsum("ab,bc->ac", {"output_shape": [3]}, randn(2, 4), randn(4, 3))
einsum("abc,cde->abde", {"output_shape": [None, 3, 2], "bias_axes": "de"}, randn(2, 3, 4), randn(4, 3, 2), randn(3, 2))
einsum("abc,cde->abde", {"output_shape": [None, 3, 2], "bias_axes": "d"}, randn(2, 3, 4), randn(4, 3, 2), randn(3, 1))
einsum("...x,xy->...y", {"output_shape": [3], "bias_axes": "y"}, randn(2, 3, 2, 4), randn(4, 3), randn(3))
einsum("ab...,bc->ac...", {"output_shape": [3], "bias_axes": "c"}, randn(2, 4, 3, 2), randn(4, 3), randn(3, 1, 1))
einsum("BFNH,NHD->BFD", {"output_shape": [None, 5]}, randn(2, 3, 2, 4), randn(2, 4, 5))
einsum("abc,bd->adc", {"output_shape": [5, None], "bias_axes": "d"}, randn(2, 3, 4), randn(3, 5), randn(5, 1))

print(json.dumps(cases, separators=(",", ":")))
