#!/usr/bin/env python3
"""Holds the verdicts of `mlxlint verify --format json` against what the same pitfalls cost in Python MLX.

    ./mlxlint verify rules/src/test/java/io/mlxlint/programs/pitfalls --engine mlx --format json > verdicts.json
    linter/benchmarks/recorded/compare.py verdicts.json

The method of a finding names its case in its Javadoc. Where the recorded quartile interval of the time excludes 1, or
the recorded peaks differ by 10 % and by what `verify` calls more than bookkeeping (0.25 MiB), ours must lie on the
same side; where neither does, the verdict must be "no effect" or "trade-off". The exit status says whether all of it
holds. Run it in the folder in which mlxlint ran.
"""
import json
import re
import sys
from pathlib import Path

RECORDED = Path(__file__).parent / "pitfalls-cuda.json"


def side(low, high):
    """1 if the interval lies above 1, -1 if below, 0 if it holds 1."""
    return 1 if low > 1 else -1 if high < 1 else 0


def memory_side(case):
    if abs(case["peak_before"] - case["peak_after"]) < 0.25:
        return 0
    ratio = case["peak_before"] / case["peak_after"]
    return 1 if ratio > 1.1 else -1 if ratio < 1 / 1.1 else 0


def case_name(finding):
    lines = Path(finding["path"]).read_text().splitlines()[: finding["line"]]
    names = re.findall(r"Case: (.*?)\.? \*/", "\n".join(lines))
    return names[-1].rstrip(".") if names else None


def interval(ratio):
    return f"{ratio['median']:.2f} [{ratio['low']:.2f}, {ratio['high']:.2f}]" if ratio else "-"


def judge(case, verification):
    """Whether it agrees, or what does not."""
    time, memory = side(case["q1"], case["q3"]), memory_side(case)
    if not verification.get("timeRatio"):
        return verification.get("reason", "not measured")
    wrong = []
    if time and (verification["timeRatio"]["median"] - 1) * time <= 0:
        wrong.append("time")
    if memory and (verification["memoryRatio"]["median"] - 1) * memory <= 0:
        wrong.append("memory")
    if not time and not memory and verification["verdict"] not in ("no effect", "trade-off"):
        wrong.append("verdict")
    return "differs: " + ", ".join(wrong) if wrong else "yes"


def main():
    cases = {c["name"]: c for c in json.loads(RECORDED.read_text())["cases"]}
    report = json.loads(Path(sys.argv[1]).read_text())
    print("| pitfall, rule | Python MLX: time, peak MiB | Java: verdict, time, peak memory | agrees |")
    print("|---|---|---|---|")
    agree = True
    for finding in report["findings"]:
        name = case_name(finding)
        case = cases[name]
        verification = finding["verification"]
        answer = judge(case, verification)
        agree = agree and answer == "yes"
        print(f"| {name}, {finding['rule']} "
              f"| {case['ratio']:.2f} [{case['q1']:.2f}, {case['q3']:.2f}], "
              f"{case['peak_before']:.1f} to {case['peak_after']:.1f} "
              f"| {verification['verdict']}, {interval(verification.get('timeRatio'))}, "
              f"{interval(verification.get('memoryRatio'))} | {answer} |")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
