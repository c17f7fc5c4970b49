"""The results folder of a GPU: results.csv, and README.md with a table for each number of networks."""

import os

from results import as_csv, as_markdown

# The issue rate rules from the larger number on, latency below the smaller.
GOALS = (
    (10_000, 100.0, "JAX and PyTorch", lambda row: row.kind == "python"),
    (10_000_000, 10.0, "JAX and PyTorch", lambda row: row.kind == "python"),
)
BY_HAND = "CuPy, a launch a step"


def _goal(networks, goal, whom, rivals):
    if not rivals:
        return f"| {goal:g} × {whom} at {networks:,} networks | not measured | |\n"
    rival = min(rivals, key=lambda row: row.times_logmargin)
    met = "met" if rival.times_logmargin >= goal else "**not met**"
    spread = f"{rival.least_times:.3g} to {rival.most_times:.3g}"
    return f"| {goal:g} × {whom} at {networks:,} networks | {rival.times_logmargin:.3g} × ({spread}), {met} | {rival.who} |\n"


def _goals(rows):
    text = "| goal | measured | rival |\n|---|---|---|\n"
    for networks, goal, whom, is_rival in GOALS:
        text += _goal(networks, goal, whom, [row for row in rows if row.experiment == str(networks) and is_rival(row)])
    for networks in dict.fromkeys(row.experiment for row in rows):
        text += _goal(int(networks), 1.0, "a kernel by hand, launched once a step,",
                      [row for row in rows if row.experiment == networks and row.who == BY_HAND])  # fmt: skip
    return text


def write_gpu_report(out, rows, fallen, facts):
    with open(os.path.join(out, "results.csv"), "w") as file:
        file.write(as_csv(rows))
    text = f"# Peers on a GPU, {facts['date']}\n\n{facts['gpu']}. "
    text += ", ".join(f"{k} {v}" for k, v in facts.items() if k not in ("date", "gpu")) + ".\n"
    text += "`benchmarks/peers/measure_gpu.py` made this folder; `benchmarks/peers/README.md` says how.\n\n"
    text += _goals(rows)
    for networks in dict.fromkeys(row.experiment for row in rows):
        table = as_markdown([row for row in rows if row.experiment == networks])
        text += f"\n## The loop alone, {int(networks):,} networks, every point alive\n\n{table}"
    text += "\n## Out\n\n" + ("".join(f"* {name}: {reason}\n" for name, reason in fallen.items()) or "none\n")
    with open(os.path.join(out, "README.md"), "w") as file:
        file.write(text)
