"""The results folder: README.md and costs.svg, drawn by gnuplot."""

import os
import shutil
import subprocess
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))


def _ratio(pairs, name, other, less=None):
    """Median, least and most of the ratios within rounds; less: of what is taken from both."""
    offsets = pairs[less] if less else [0.0] * len(pairs[name])
    ratios = [(a - offset) / (b - offset) for a, b, offset in zip(pairs[name], pairs[other], offsets)]
    return f"{median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})"


def write_report(out, facts, seconds, lines, pairs):
    rows = []
    for name, (unit, line) in lines.items():
        largest = max(size for of, size in seconds if of == name)
        if not line.linear_from < largest:
            rows.append(f"| {name} | {line.offset:.3g} | on no line up to {largest:.0e} | | |")
            continue
        rows.append(
            f"| {name} | {line.offset:.3g} | {line.slope:.3g} s a {unit} | {line.offset / line.slope:.2g} "
            f"| {line.linear_from:.0e} to {largest:.0e}, within {100 * line.worst:.0f} % |"
        )

    def milliseconds(name):
        times = pairs[name]
        return f"{1000 * median(times):.3g} ms ({1000 * min(times):.3g} to {1000 * max(times):.3g})"

    table = "\n".join(rows)
    text = f"""# What a sweep costs

{facts}. Other work may have run on the cores: medians of rounds, ratios within rounds.
`benchmarks/costs/run` made this folder.

![time against trials, steps, recorded t and cells](costs.svg)

| grows with | offset, s | then | offset weighs half at | on the line |
|---|---|---|---|---|
{table}

* The program starts and ends in {milliseconds("start")}; a sweep of one network and one step takes {milliseconds("smallest sweep")}.
* 10,000 networks take {_ratio(pairs, "every step recorded", "unrecorded", "one step")} times as long to t = 10,000 in lockstep
  with every step recorded as with one t a decade, a sweep of one step taken from both.
* 100,000 networks to t = 1e6 take {_ratio(pairs, "1 thread", "2 threads")} times as long on 1 thread as on 2.
"""
    with open(os.path.join(out, "README.md"), "w") as file:
        file.write(text)
    _draw(out, seconds, lines)


def _draw(out, seconds, lines):
    for name, (_, line) in lines.items():
        with open(os.path.join(out, name.replace(", ", "-") + ".dat"), "w") as file:
            for (of, size), times in seconds.items():
                if of == name:
                    file.write(f"{size} {median(times)} {min(times)} {max(times)} {line.at(size)}\n")
    if shutil.which("gnuplot") is None:
        print("no picture: gnuplot is not on the PATH")
        return
    subprocess.run(["gnuplot", os.path.join(HERE, "costs.gp")], cwd=out, check=True)
