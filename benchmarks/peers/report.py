"""The results folder: results.csv, README.md with the tables, and peers.svg, drawn by gnuplot."""

import os
import shutil
import subprocess

from results import SECONDS_A_YEAR, as_csv, as_markdown, least_over_least

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON, LIBRARY, PLAIN = "the fastest of Python", "the fastest of Python with a library's exp", "plain C++ with OpenMP"
RIVALS = {
    PYTHON: lambda row: row.kind == "python",
    LIBRARY: lambda row: row.kind == "python" and row.who != "Numba, own exp",
    PLAIN: lambda row: row.who == "C++ OpenMP",
}
GOALS = (
    ("alive", PYTHON, 5.0, "in the loop alone"),
    ("alive", LIBRARY, 5.0, "in the loop alone"),
    ("coupled", PYTHON, 5.0, "lockstep with statistics"),
    ("coupled", LIBRARY, 5.0, "lockstep with statistics"),
    ("alive", PLAIN, 3.0, "in the loop alone"),
    ("coupled", PLAIN, 3.0, "lockstep with statistics"),
    ("paper", PYTHON, 1000.0, "10,000 networks to t = 1e6"),
    ("paper", LIBRARY, 1000.0, "10,000 networks to t = 1e6"),
)


def _goals(rows):
    lines = ["| goal | measured | least over least | rival |", "|---|---|---|---|"]
    for experiment, against, goal, task in GOALS:
        rivals = [row for row in rows if row.experiment == experiment and RIVALS[against](row)]
        text = f"{against}, {task}"
        if rivals:
            rival = min(rivals, key=lambda row: row.times_logmargin)
            undisturbed = least_over_least(rival, rows)
            met = "met" if rival.times_logmargin >= goal else "**not met**"
            spread = f"{rival.least_times:.3g} to {rival.most_times:.3g}"
            lines.append(f"| {goal:g} × {text} | {rival.times_logmargin:.3g} × ({spread}), {met} | {undisturbed:.3g} × | {rival.who} |")
    return "\n".join(lines) + "\n"


def _farthest(rows, steps):
    own = next(row for row in rows if row.experiment == "farthest")
    text = f"logmargin: {own.seconds:.3g} s ({own.least_seconds:.3g} to {own.most_seconds:.3g}) for 10,000 networks.\n"
    paper = [row for row in rows if row.experiment == "paper" and row.kind != "logmargin"]
    if paper:
        fastest = min(paper, key=lambda row: row.seconds)
        years = fastest.seconds * 1e24 / SECONDS_A_YEAR
        text += f"{fastest.who}, the fastest peer, would step for {years:.1g} years, and stand still from t of about 1e15 on.\n"
    return text


def write_report(out, rows, skipped, facts, steps):
    with open(os.path.join(out, "results.csv"), "w") as file:
        file.write(as_csv(rows))

    def table(experiment):
        return as_markdown([row for row in rows if row.experiment == experiment])

    skips = "".join(f"* {name}: {reason}\n" for name, reason in skipped.items()) or "none\n"
    text = f"""# Peers, {facts['date']}

{facts['processor']}, {facts['threads']} threads of {facts['cores']} cores; other work may have run on them, so that only ratios count.
{", ".join(f"{k} {v}" for k, v in facts.items() if k not in ("date", "processor", "cores", "threads", "minutes"))}.
`benchmarks/peers/run` made this folder in {facts['minutes']} minutes; `benchmarks/peers/README.md` says how.

{_goals(rows)}
![seconds of each](peers.svg)

## The loop alone: 10,000 networks, every point alive, {steps:g} steps

{table("alive")}
## Lockstep with statistics: 10,000 He networks on data +1.5, −1.5, {steps:g} steps

Points that feel each other: logmargin skips only networks of which no neuron fires. From initial values to the table on disk; for logmargin the
whole process.

{table("coupled")}
## The task: 10,000 He networks to t = 1e6, statistics at 8 records a decade

Peers ran {steps:g} steps; the others are added as steps of their last decade, whose records are few, without the
records beyond.

{table("paper")}
## The same to t = 1e30

{_farthest(rows, steps)}
## Skipped

{skips}"""
    with open(os.path.join(out, "README.md"), "w") as file:
        file.write(text)
    _draw(out, rows)


def _draw(out, rows):
    for experiment in ("alive", "paper"):
        chosen = sorted((row for row in rows if row.experiment == experiment), key=lambda row: -row.times_logmargin)
        with open(os.path.join(out, f"{experiment}.dat"), "w") as file:
            for row in chosen:
                own = 1 if row.kind == "logmargin" else 0
                file.write(f'"{row.who}" {row.times_logmargin} {row.least_times} {row.most_times} {own}\n')
    if shutil.which("gnuplot") is None:
        print("no picture: gnuplot is not on the PATH")
        return
    subprocess.run(["gnuplot", os.path.join(HERE, "peers.gp")], cwd=out, check=True)
