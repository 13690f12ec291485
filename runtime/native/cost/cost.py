"""What one operation costs in Python MLX: answers the name of a measure with nanoseconds."""
import sys
import time

import mlx.core as mx

mx.set_default_device(mx.cpu)
N = 20000
x = mx.array([1.0, 2.0, 3.0, 4.0])
y = mx.array([1.0, 2.0, 3.0, 4.0])
compiled = mx.compile(lambda a, b: mx.exp(a) * b)
exponential = mx.compile(mx.exp)
mx.eval(compiled(x, y), exponential(x))


def add():
    for _ in range(N):
        x + y


def call():
    for _ in range(N):
        compiled(x, y)


def call_one():
    for _ in range(N):
        exponential(x)


measures = {"add": add, "compiled": call, "compiled-one": call_one}
for line in sys.stdin:
    start = time.perf_counter_ns()
    measures[line.strip()]()
    print((time.perf_counter_ns() - start) / N, flush=True)
