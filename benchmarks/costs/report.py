"""The results folder: README.md and costs.svg, drawn by gnuplot."""

import os
import shutil
import subprocess
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))
START_GOAL = 0.050  # seconds


def _spread(ratios):
    return f"{median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})"


def _milliseconds(times):
    return f"{1000 * median(times):.3g} ms ({1000 * min(times):.3g} to {1000 * max(times):.3g})"


def _curves_table(seconds, lines):
    rows = ["| grows with | offset, s | then | offset weighs half at | on the line |", "|---|---|---|---|---|"]
    for name, (unit, line) in lines.items():
        largest = max(size for of, size in seconds if of == name)
        if not line.linear_from < largest:
            rows.append(f"| {name} | {line.offset:.3g} | on no line up to {largest:.0e} | | |")
            continue
        rows.append(
            f"| {name} | {line.offset:.3g} | {line.slope:.3g} s a {unit} | {line.offset / line.slope:.2g} "
            f"| {line.linear_from:.0e} to {largest:.0e}, within {100 * line.worst:.0f} % |"
        )
    return "\n".join(rows)


def _shared_table(shared):
    """Of medians; what starting takes is the time of nothing with as many, and is taken from both for the speed-up."""
    rows = ["| work | shared by | seconds | of these to start | speed-up, starts taken off |", "|---|---|---|---|---|"]

    def seconds(kind, work, count):
        return median(shared[kind, work, count])

    for kind, work, count in sorted(shared, key=lambda job: (job[0] == "ranks", job[1] != "lockstep", job[2])):
        if work == "nothing":
            continue
        taken, start = seconds(kind, work, count), seconds(kind, "nothing", count)
        alone = seconds(kind, work, 1) - seconds(kind, "nothing", 1)
        speed_up = f"{alone / (taken - start):.2f}" if alone > 0 and taken > start else "lost in the noise"
        rows.append(f"| {work} | {count} {kind if count > 1 else kind[:-1]} | {taken:.3g} | {start:.3g} | {speed_up} |")
    return "\n".join(rows)


def _recording(pairs):
    """What recording every step costs, without what a sweep of one step takes; long runs have fewer rounds."""
    one, unrecorded, recorded = (pairs[name] for name in ("one step", "unrecorded", "every step recorded"))
    ratios = [(a - c) / (b - c) for a, b, c in zip(recorded, unrecorded, one) if b > c]
    if not ratios:
        return "What recording every step costs was lost in the noise."
    return (
        f"10,000 networks take {_spread(ratios)} times as long to t = 10,000 in lockstep with every step recorded as with "
        "one t a decade, a sweep of one step taken from both."
    )


def write_report(out, facts, seconds, lines, pairs, shared):
    goal = "under" if median(pairs["start"]) < START_GOAL else "NOT under"
    text = f"""# What a sweep costs

{facts}. Medians of rounds; runs that take long have one round (`costs.csv` says how many).
`benchmarks/costs/run` made this folder.

![time against trials, steps, recorded t, cells, threads and ranks](costs.svg)

{_curves_table(seconds, lines)}

* The program starts and ends in {_milliseconds(pairs["start"])}, {goal} {1000 * START_GOAL:.0f} ms; a sweep of one network and one step takes
  {_milliseconds(pairs["smallest sweep"])}.
* {_recording(pairs)}

{_shared_table(shared)}

Work: 10,000 networks to t = 1e5 in lockstep; 200,000 to t = 1e6 by leaps. A rank has one thread; seconds are of whole
processes, mpirun's with its start. More ranks than cores share them.
"""
    with open(os.path.join(out, "README.md"), "w") as file:
        file.write(text)
    _draw(out, seconds, lines, shared)


def _write_points(out, name, rows):
    with open(os.path.join(out, name + ".dat"), "w") as file:
        for size, times, more in rows:
            file.write(f"{size} {median(times):.5g} {min(times):.5g} {max(times):.5g} {more}\n")


def _draw(out, seconds, lines, shared):
    for name, (_, line) in lines.items():
        rows = [(size, times, f"{line.at(size):.5g}") for (of, size), times in seconds.items() if of == name]
        _write_points(out, name.replace(", ", "-"), rows)
    for kind in ("threads", "ranks"):
        for work in ("lockstep", "leaps"):
            rows = [(count, times, "") for (of, job, count), times in shared.items() if (of, job) == (kind, work)]
            if rows:
                _write_points(out, f"{kind}-{work}", rows)
    if shutil.which("gnuplot") is None:
        print("no picture: gnuplot is not on the PATH")
        return
    subprocess.run(["gnuplot", os.path.join(HERE, "costs.gp")], cwd=out, check=True)
