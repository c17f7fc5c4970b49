#!/usr/bin/env python3
"""Compares what two programs write, byte for byte, over random options:

    tests/compare_programs.py OLD NEW [--cases 200] [--seed 1] [--devices cpu,cpu:scalar]

Each case runs `sweep` with OLD on the CPU and with NEW on one of the devices, and compares cells.csv, trajectory.csv,
histograms.csv, the cells of summary.json and the contents of trials.h5; every fourth case also compares `replay`.
Prints the options of each case that differs; the exit status is 1 where one does.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

CSV_FILES = ("cells.csv", "trajectory.csv", "histograms.csv")
# Without gnuplot a report has no pictures, and takes a tenth of the time.
WITHOUT_GNUPLOT = {**os.environ, "PATH": "/nonexistent"}


def random_data(rng, dimension):
    if dimension == 1 or rng.random() < 0.3:
        return rng.choice(["+1,-1", "+1,-1", "+2,-0.5", "+1.5,-0.4", "+3,+1", "+1.5,-2", "-0.5,+2", "+0.7,-0.7"])
    vectors = [",".join(f"{rng.uniform(-2, 2):.3f}" for _ in range(dimension)) for _ in range(2)]
    return f"({vectors[0]}),({vectors[1]})"


def random_options(rng):
    """Options of one cell or a few, small enough for a second of one core."""
    dimension = rng.choice([1, 1, 1, 2, 3, 7])
    data = random_data(rng, dimension)
    optimizer = rng.choice(
        ["gd"] * 6 + ["ngd", "heavy-ball=0.5", "heavy-ball=0.9", "nesterov", "dual", "prgd", "flow", "flow"])
    options = {
        "init": rng.choice(["he-normal", "he-uniform", "xavier-normal", "lecun-uniform", "pytorch", "normal=0.1",
                            "normal=3", "uniform=1", "normal=1e4"]),
        "bias": rng.choice(["zero", "matched", "normal=0.5", "uniform=0.2"]),
        "eta": rng.choice(["0.1", "0.01", "1", "40", "0.05,2"]),
        "optimizer": optimizer,
        "loss": rng.choice(["exp", "exp", "exp", "logistic"]),
        "dim": str(dimension),
        "data": data,
        "trials": str(rng.choice([1, 7, 33, 200, 500])),
        "seed": str(rng.randrange(1 << 32)),
        "eps": rng.choice(["0.1,0.01,0.001", "0.3", "0.7,0.3,0.2,0.1,0.05,0.03,0.01,0.003,0.001,1e-4"]),
        "threads": str(rng.choice([1, 2, 5])),
    }
    has_leaps = optimizer == "flow" or (optimizer == "gd" and options["loss"] == "exp")
    stepping = rng.choice(["auto", "auto", "leap", "lockstep"] if has_leaps else ["auto", "lockstep"])
    leaps = has_leaps and options["loss"] == "exp" and data in ("+1,-1", "+2,-0.5", "-0.5,+2")
    if leaps and stepping != "lockstep":
        options["steps"] = rng.choice(["1000", "1e6", "1e20", "1e300"])
    else:
        options["steps"] = rng.choice(["1", "60", "1000", "20000"])
    options["stepping"] = stepping
    options["record"] = rng.choice(["log=8", "log=3", "0,10,33,100"])
    if float(options["steps"]) <= 1000 and rng.random() < 0.4:
        options["record"] = rng.choice(["every=1", "every=7"])
    if options["record"] == "0,10,33,100" and float(options["steps"]) < 100:
        options["record"] = "log=8"
    if optimizer == "gd" and options["loss"] == "exp" and stepping == "lockstep" and rng.random() < 0.4:
        options["precision"] = "mixed"
    return options


def command_line(options):
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def run(program, arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, env=WITHOUT_GNUPLOT, check=False)
    return done.returncode, done.stdout


def results(program, options, device, folder):
    """The files of a sweep, by name; or what it said when it refused."""
    listing = ["--trials-out"] if int(options["seed"]) % 3 == 0 else []
    status, _ = run(program, ["sweep", *command_line(options), "--device", device, "--out", str(folder), "--quiet",
                              *listing])
    if status != 0:
        return {"exit status": str(status)}
    found = {name: (folder / name).read_bytes() for name in CSV_FILES}
    found["summary.json"] = json.dumps(json.loads((folder / "summary.json").read_text())["cells"])
    if listing:
        dump = subprocess.run(["h5dump", folder.name + "/trials.h5"], cwd=folder.parent, capture_output=True, check=True)
        # The first line names the file.
        found["trials.h5"] = dump.stdout.split(b"\n", 1)[1]
    return found


def replayed(program, options, trial):
    kept = {name: value for name, value in options.items() if name not in ("trials", "threads")}
    kept["eta"] = kept["eta"].split(",")[0]
    return run(program, ["replay", *command_line(kept), "--trial", str(trial)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--devices", default="cpu", help="of NEW, in turn")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    devices = arguments.devices.split(",")
    different = refused = 0
    for case in range(arguments.cases):
        options = random_options(rng)
        device = devices[case % len(devices)]
        with tempfile.TemporaryDirectory() as scratch:
            folders = [pathlib.Path(scratch) / name / "out" for name in ("old", "new")]
            for folder in folders:
                folder.parent.mkdir()
            old = results(arguments.old, options, "cpu", folders[0])
            new = results(arguments.new, options, device, folders[1])
        refused += "exit status" in old
        names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
        if case % 4 == 0 and replayed(arguments.old, options, case) != replayed(arguments.new, options, case):
            names.append("replay")
        if names:
            different += 1
            print(f"case {case}, {device}: {', '.join(names)} differ: {' '.join(command_line(options))}", flush=True)
    print(f"{arguments.cases} cases of seed {arguments.seed}, {refused} refused by both or one: {different} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
