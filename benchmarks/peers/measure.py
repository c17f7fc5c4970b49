"""The comparison: tunes every peer, compares its results, measures it in rounds, and writes a folder. See README.md."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version

from catalogue import entries
from jobs import COUPLED_DATA, DEFAULT_DATA, NETWORKS, make_experiments
from program import Program
from report import write_report
from results import extrapolate, make_row
from rounds import measure
from tuning import tune

FAR = 1e6
FARTHEST = 1e30


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), platform.machine())


def rows_of(experiment, measured, settings, kinds, reference_seconds, network_steps, more_steps=None):
    """more_steps: than measured, that the row is for, by extrapolation."""
    for name, of in measured.items():
        seconds = of.seconds
        if more_steps is not None:
            seconds = [extrapolate(whole, step, more_steps) for whole, step in zip(of.seconds, of.late_step)]
        yield make_row(
            seconds,
            reference_seconds,
            network_steps,
            experiment=experiment,
            who=name,
            kind=kinds[name],
            settings=", ".join(f"{key} {value}" for key, value in settings.get(name, {}).items()),
            extrapolated=more_steps is not None,
            import_s=of.import_s,
            compile_s=of.compile_s,
            difference=of.difference,
            margin_difference=of.margin_difference,
        )


def program_row(experiment, name, seconds, reference_seconds, network_steps):
    return make_row(seconds, reference_seconds, network_steps, experiment=experiment, who=name, kind="logmargin",
                    settings="", extrapolated=False, import_s=0.0, compile_s=0.0, difference=0.0,
                    margin_difference=0.0)  # fmt: skip


class ProgramTimes:
    """Seconds of the program's runs, a list for each, a time a round."""

    def __init__(self, program, runs):
        self.program, self.runs = program, runs
        self.seconds = {name: [] for name in runs}

    def one_round(self):
        for name, arguments in self.runs.items():
            self.seconds[name].append(self.program.seconds(*arguments))


def compare(arguments, scratch, out):
    program = Program(arguments.program, arguments.threads, scratch)
    everyone = entries(arguments.binaries, arguments.threads)
    if arguments.only:
        everyone = [e for e in everyone if e.kind == "logmargin" or any(e.name.startswith(o) for o in arguments.only)]
    kinds = {entry.name: entry.kind for entry in everyone}
    alive, coupled, paper = make_experiments(program, arguments.steps, scratch)
    best, skipped = tune(everyone, alive, scratch, os.path.join(out, "tuning.csv"))

    rows = []
    steps, rounds = arguments.steps, arguments.rounds
    measured, fallen = measure(everyone, best, alive, rounds, scratch, lambda: None)
    reference = measured["logmargin"].seconds
    rows += rows_of("alive", measured, best, kinds, reference, NETWORKS * steps)

    lockstep = "logmargin sweep, lockstep"
    times = ProgramTimes(program, {lockstep: (COUPLED_DATA, NETWORKS, steps, "lockstep")})
    measured, fallen_too = measure(everyone, best, coupled, rounds, scratch, times.one_round)
    fallen.update(fallen_too)
    reference = times.seconds[lockstep]
    rows.append(program_row("coupled", lockstep, reference, reference, NETWORKS * steps))
    rows += rows_of("coupled", measured, best, kinds, reference, NETWORKS * steps)

    auto, pictures, farthest = "logmargin sweep", "logmargin sweep, with report", "logmargin sweep to t = 1e30"
    far = (DEFAULT_DATA, NETWORKS, FAR)
    times = ProgramTimes(program, {
        auto: (*far, "auto"),
        pictures: (*far, "auto", os.path.join(scratch, "out")),
        lockstep: (*far, "lockstep"),
        farthest: (DEFAULT_DATA, NETWORKS, FARTHEST, "auto"),
    })  # fmt: skip
    measured, fallen_too = measure(everyone, best, paper, rounds, scratch, times.one_round)
    fallen.update(fallen_too)
    reference = times.seconds[auto]
    for name in (auto, pictures, lockstep):
        rows.append(program_row("paper", name, times.seconds[name], reference, NETWORKS * FAR))
    rows += rows_of("paper", measured, best, kinds, reference, NETWORKS * FAR, FAR - steps)
    rows.append(program_row("farthest", farthest, times.seconds[farthest], times.seconds[farthest], NETWORKS * FARTHEST))
    return program, rows, {**skipped, **fallen}


def versions(arguments, program):
    lines = {"program": program.version(), "python": platform.python_version(), "processor": processor(),
             "cores": str(os.cpu_count()), "threads": str(arguments.threads), "system": platform.platform()}  # fmt: skip
    lines["gcc"] = subprocess.run(["g++", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    for package in ("numpy", "numba", "jax", "jaxlib", "torch", "cupy-cuda13x", "numba-cuda"):
        try:
            lines[package] = version(package)
        except PackageNotFoundError:
            pass  # none of its peers was asked for, or there is no GPU
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="logmargin")
    parser.add_argument("--binaries", required=True, help="folder of lockstep, plain and plain_fast_math")
    parser.add_argument("--out", required=True, help="folder for results")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", nargs="*", help="beginnings of names of the peers to measure")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    scratch = tempfile.mkdtemp(prefix="peers-")
    begin = time.time()
    try:
        program, rows, skipped = compare(arguments, scratch, arguments.out)
    finally:
        shutil.rmtree(scratch)
    facts = versions(arguments, program)
    facts["date"] = time.strftime("%Y-%m-%d", time.gmtime())
    facts["minutes"] = f"{(time.time() - begin) / 60:.0f}"
    with open(os.path.join(arguments.out, "versions.json"), "w") as file:
        json.dump(facts, file, indent=2)
        file.write("\n")
    write_report(arguments.out, rows, skipped, facts, arguments.steps)


if __name__ == "__main__":
    main()
