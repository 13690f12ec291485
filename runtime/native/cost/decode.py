"""The model of samples/tuned/GenerateText in Python MLX: decode.py LENGTH WIDTH HEADS LAYERS LETTERS.

Writes a text of so many characters for each line of its input, and answers with the nanoseconds of a character.
"""
import math
import sys
import time
from functools import partial

import mlx.core as mx
import mlx.nn as nn

mx.set_default_device(mx.cpu)
LENGTH, WIDTH, HEADS, LAYERS, LETTERS = (int(a) for a in sys.argv[1:6])
HEAD = WIDTH // HEADS


def linear(inputs, outputs):
    return {"weight": mx.random.normal((outputs, inputs)) * 0.02, "bias": mx.zeros(outputs)}


def norm():
    return {"weight": mx.ones(WIDTH), "bias": mx.zeros(WIDTH)}


adapter_down = mx.random.normal((WIDTH, 16 * WIDTH)) * 0.01
adapter_up = mx.random.normal((16 * WIDTH, WIDTH)) * 0.01
blocks = [dict(n1=norm(), qkv=linear(WIDTH, 3 * WIDTH), proj=linear(WIDTH, WIDTH), n2=norm(),
               up=linear(WIDTH, 4 * WIDTH), down=linear(4 * WIDTH, WIDTH)) for _ in range(LAYERS)]
table, last, out = mx.random.normal((LETTERS, WIDTH)), norm(), linear(WIDTH, LETTERS)
mx.eval(blocks, table, last, out, adapter_down, adapter_up)


def apply(p, a):
    return mx.addmm(p["bias"], a, p["weight"].T)


def layer_norm(p, a):
    return mx.fast.layer_norm(a, p["weight"], p["bias"], 1e-5)


def heads(a):
    return a.reshape(1, 1, HEADS, HEAD).transpose(0, 2, 1, 3)


def decode(output, embedded, at, *cache):
    slot = (mx.arange(LENGTH) == at).reshape(1, 1, LENGTH, 1)
    past = mx.arange(LENGTH) <= at
    h = embedded.reshape(1, 1, WIDTH)
    kept = []
    for i, b in enumerate(blocks):
        q, k, v = apply(b["qkv"], layer_norm(b["n1"], h)).split(3, -1)
        q = mx.fast.rope(heads(q), HEAD, traditional=False, base=10_000, scale=1, offset=at)
        k = mx.fast.rope(heads(k), HEAD, traditional=False, base=10_000, scale=1, offset=at)
        keys = mx.where(slot, k, cache[2 * i])
        values = mx.where(slot, heads(v), cache[2 * i + 1])
        mixed = mx.fast.scaled_dot_product_attention(q, keys, values, scale=1 / math.sqrt(HEAD), mask=past)
        h = h + apply(b["proj"], mixed.transpose(0, 2, 1, 3).reshape(1, 1, WIDTH))
        h = h + apply(b["down"], nn.gelu(apply(b["up"], layer_norm(b["n2"], h))))
        kept += [keys, values]
    return [(layer_norm(last, h).reshape(1, WIDTH) @ output + out["bias"]).flatten()] + kept


def choose(logits, temperature):
    return mx.softmax(logits / temperature, -1)


def generate(count):
    output = (mx.eye(WIDTH) + adapter_down @ adapter_up) @ out["weight"].T
    mx.eval(output)
    decoded, chosen = mx.compile(partial(decode, output)), mx.compile(choose)
    cache = [mx.zeros((1, HEADS, LENGTH, HEAD)) for _ in range(2 * LAYERS)]
    letter = mx.array(1)
    for at in range(count):
        logits, *cache = decoded(table[letter], mx.array(at), *cache)
        p = chosen(logits, mx.array(0.5))
        letter = mx.random.categorical(mx.log(p))
        letter.item()


for _ in sys.stdin:
    start = time.perf_counter_ns()
    generate(LENGTH)
    print((time.perf_counter_ns() - start) / LENGTH, flush=True)
