"""What engine mlx costs beside C and Python: turns.py ROUNDS NAME=COMMAND...

Each command is a program that answers a line with a measure's name by the nanoseconds of one operation. In a round
each is asked once for each measure, in turns, so that what else the machine does falls on all alike. Printed are the
medians, and the median and quartiles of the ratios within a round.
"""
import shlex
import statistics
import subprocess
import sys
import time

WARM_UP = 20  # seconds for each measure of a Java program, whose compilers are busy at first

ROWS = [
    ("add, bindings : C", "java bindings-add", "c add", "at most 1.10"),
    ("add in a scope, checks included : C", "java add", "c add", "at most 1.30"),
    ("the same, 100 results kept until its end : C", "java add-kept", "c add-kept", "at most 1.30"),
    ("add in a scope : Python", "java add", "python add", "below 1"),
    ("compiled call of one array : Python", "java compiled-one", "python compiled-one", "at most 0.50"),
    ("compiled call of two arrays : Python", "java compiled", "python compiled", "at most 0.50"),
    ("compiled call of two arrays, bindings : Python", "java bindings-compiled", "python compiled", ""),
    ("compiled call of one array, C : Python", "c compiled-one", "python compiled-one", ""),
    ("compiled call of two arrays, C : Python", "c compiled", "python compiled", ""),
    ("compiled call of one array : C", "java compiled-one", "c compiled-one", ""),
    ("compiled call of two arrays : C", "java compiled", "c compiled", ""),
    ("a character of the generation sample : Python", "java-model character", "python-model character", "at most 1"),
]


def start(command):
    return subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(measure):
    name, what = measure.split()
    program = programs[name]
    print(what, file=program.stdin, flush=True)
    return float(program.stdout.readline())


rounds = int(sys.argv[1])
programs = {name: start(command) for name, command in (a.split("=", 1) for a in sys.argv[2:])}
# what is compared is asked for one after the other
measures = list(dict.fromkeys(m for row in sorted(ROWS, key=lambda r: r[1].split()[1]) for m in row[1:3]))
for measure in measures:
    until = time.monotonic() + (WARM_UP if measure.startswith("java") else 1)
    while time.monotonic() < until:
        ask(measure)
times = {measure: [] for measure in measures}
for i in range(rounds):
    for measure in measures if i % 2 == 0 else reversed(measures):
        times[measure].append(ask(measure))
for program in programs.values():
    program.stdin.close()
    program.wait()
print(f"{'':47} {'first':>9} {'second':>12}  ratio (half of the rounds)")
for label, first, second, goal in ROWS:
    low, middle, high = statistics.quantiles(a / b for a, b in zip(times[first], times[second]))
    a, b = statistics.median(times[first]), statistics.median(times[second])
    print(f"{label:47} {a:9,.0f} ns {b:9,.0f} ns  {middle:.2f} ({low:.2f} to {high:.2f})  {goal}".rstrip())
