"""What one operation costs in Python MLX: nanoseconds, the best of the rounds; and a character of the sample."""
import math
import sys
import time
from functools import partial

import mlx.core as mx
import mlx.nn as nn

mx.set_default_device(mx.cpu)
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
x = mx.array([1.0, 2.0, 3.0, 4.0])
y = mx.array([1.0, 2.0, 3.0, 4.0])


def best(n, run):
    out = 1e18
    for _ in range(rounds):
        start = time.perf_counter_ns()
        run(n)
        out = min(out, (time.perf_counter_ns() - start) / n)
    return out


def add(n):
    for _ in range(n):
        x + y


compiled = mx.compile(lambda a, b: mx.exp(a) * b)
mx.eval(compiled(x, y))


def call(n):
    for _ in range(n):
        compiled(x, y)


exponential = mx.compile(mx.exp)
mx.eval(exponential(x))


def call_one(n):
    for _ in range(n):
        exponential(x)


print(f"add {best(20000, add):.0f}")
print(f"compiled {best(20000, call):.0f}")
print(f"compiled-one {best(20000, call_one):.0f}")

# The model of samples/tuned/GenerateText, with the same sizes.
LENGTH, WIDTH, HEADS, LAYERS, LETTERS = (int(a) for a in sys.argv[2:7])
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


generate(LENGTH)
times = []
for _ in range(rounds):
    start = time.perf_counter_ns()
    generate(LENGTH)
    times.append((time.perf_counter_ns() - start) / LENGTH)
print(f"decode {min(times):.0f}")
