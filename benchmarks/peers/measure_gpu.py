"""The comparison on a GPU: the loop alone, every point alive, over numbers of networks. See README.md.

Initial values are drawn here, and final states compared with logmargin's before anything is timed. Settings are not tuned
beforehand: all of them take part in every round, and the fastest of each peer counts. Peers import and compile side by side,
so that those seconds are what a busy machine takes.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version

import numpy

from catalogue import gpu_entries
from jobs import DEFAULT_DATA, ETA
from process import Failed, Process
from report_gpu import write_gpu_report
from results import make_row

# Networks, and steps that take the slowest peer about a second.
SIZES = ((10_000, 8192), (100_000, 4096), (1_000_000, 2048), (10_000_000, 512))
SEED = 20261126
TOLERANCE = 1e-10


def alive_networks(count):
    """He initialisation, biases alike: the first networks whose points never die, repeated.

    A point lives on where the neuron that should fire there does: its pre-activation only grows.
    """
    distinct = min(count, 100_000)
    w1, b1, w2, b2 = numpy.random.default_rng(SEED).normal(0.0, numpy.sqrt(2.0), (4, 5 * distinct))
    first, second = DEFAULT_DATA
    z = numpy.stack((w1 * first + b1, w1 * second + b1, w2 * first + b2, w2 * second + b2))
    z = z[:, (z[0] > 0.0) & (z[3] > 0.0)][:, :distinct]
    return numpy.tile(z, (1, count // distinct))


class Contestant:
    """One setting of one peer, running."""

    def __init__(self, entry, settings, scratch):
        self.entry, self.settings = entry, settings
        self.final = tempfile.mktemp(dir=scratch)
        self.process = Process(entry, settings, scratch)
        if self.process.skipped:
            raise Failed(self.process.skipped)
        self.import_s = self.process.hello["import_s"]

    def ask(self, kind, initial, steps):
        return self.process.ask({"kind": kind, "initial": initial, "data": DEFAULT_DATA, "eta": ETA, "steps": steps,
                                 "final": self.final})  # fmt: skip

    def name(self):
        return f"{self.entry.name} {json.dumps(self.settings)}"


def all_at_once(items, function, fallen):
    """function(item) for all of them side by side; those that do not fail, with what they gave."""

    def attempt(item):
        try:
            return item, function(item), None
        except (Failed, OSError) as reason:
            return item, None, str(reason)

    if not items:
        return []
    with ThreadPoolExecutor(max_workers=len(items)) as pool:
        done = list(pool.map(attempt, items))
    for item, _, reason in done:
        if reason is not None:
            name = item.name() if isinstance(item, Contestant) else f"{item[0].name} {json.dumps(item[1])}"
            fallen[name] = reason
            print(f"{name}: out, {reason}", flush=True)
    return [(item, gave) for item, gave, reason in done if reason is None]


def start(entries, scratch, fallen):
    candidates = [(entry, settings) for entry in entries for settings in entry.candidates()]
    started = all_at_once(candidates, lambda candidate: Contestant(*candidate, scratch), fallen)
    return [contestant for _, contestant in started]


def warm_up(contestants, initial, steps, fallen):
    """Those whose states are logmargin's, with seconds of compiling and the largest difference."""
    prepared = all_at_once(contestants, lambda c: c.ask("prepare", initial, steps)["compile_s"], fallen)
    reference, accepted = None, []
    for contestant, compile_s in prepared:
        try:
            contestant.ask("loop", initial, steps)
        except Failed as reason:
            drop(contestant, reason, fallen)
            continue
        state = numpy.fromfile(contestant.final)
        if reference is None:
            if contestant.entry.kind != "logmargin":
                raise SystemExit("measure_gpu: logmargin itself did not run")
            reference = state
        difference = float(abs(state - reference).max())
        if difference <= TOLERANCE:
            accepted.append((contestant, compile_s, difference))
        else:
            drop(contestant, f"its states differ from logmargin's by {difference:.2g}", fallen)
    if reference is None:
        raise SystemExit("measure_gpu: nobody ran")
    return accepted


def drop(contestant, reason, fallen):
    fallen[contestant.name()] = str(reason)
    print(f"{contestant.name()}: out, {reason}", flush=True)


def measure_size(contestants, networks, steps, rounds, scratch, fallen):
    initial = os.path.join(scratch, "initial")
    alive_networks(networks).tofile(initial)
    accepted = warm_up(contestants, initial, steps, fallen)
    seconds = {contestant: [] for contestant, _, _ in accepted}
    for _ in range(rounds):
        for contestant in list(seconds):
            try:
                seconds[contestant].append(contestant.ask("loop", initial, steps)["seconds"]["total"])
            except Failed as reason:
                if contestant.entry.kind == "logmargin":
                    raise
                drop(contestant, reason, fallen)
                del seconds[contestant]
    own = next(seconds[contestant] for contestant in seconds if contestant.entry.kind == "logmargin")
    best = {}
    for contestant, compile_s, difference in accepted:
        if contestant not in seconds:
            continue
        settings = {k: v for k, v in contestant.settings.items() if k not in ("device", "platform")}
        row = make_row(seconds[contestant], own, networks * steps, experiment=f"{networks}", who=contestant.entry.name,
                       kind=contestant.entry.kind, settings=", ".join(f"{k} {v}" for k, v in settings.items()),
                       extrapolated=False, import_s=contestant.import_s, compile_s=compile_s, difference=difference,
                       margin_difference=0.0)  # fmt: skip
        if row.who not in best or row.seconds < best[row.who].seconds:
            best[row.who] = row
        print(f"{networks} networks, {contestant.name()}: {row.network_steps_per_s:.3g} network-steps/s", flush=True)
    return list(best.values())


def facts_of(arguments):
    asked = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    try:
        gpu = subprocess.run(asked, capture_output=True, text=True).stdout.strip().splitlines()[:1]
    except OSError:
        gpu = []
    facts = {"date": time.strftime("%Y-%m-%d", time.gmtime()), "gpu": (gpu or ["a GPU that nvidia-smi does not name"])[0],
             "program": subprocess.run([arguments.program, "--version"], capture_output=True, text=True).stdout.strip(),
             "python": platform.python_version()}  # fmt: skip
    for package in ("numpy", "jax", "jaxlib", "torch", "cupy-cuda13x", "numba", "numba-cuda"):
        try:
            facts[package] = version(package)
        except PackageNotFoundError:
            pass  # its peer says so
    return facts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="logmargin")
    parser.add_argument("--binaries", required=True, help="folder of lockstep_cuda")
    parser.add_argument("--out", required=True, help="folder for results")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, default=len(SIZES), help="how many of the sizes, from the smallest")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    # JAX would else take three quarters of the device's memory for itself.
    os.environ["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"
    scratch = tempfile.mkdtemp(prefix="peers-")
    rows, fallen, facts = [], {}, facts_of(arguments)
    try:
        contestants = start(gpu_entries(arguments.binaries), scratch, fallen)
        for networks, steps in SIZES[: arguments.sizes]:
            rows += measure_size(contestants, networks, steps, arguments.rounds, scratch, fallen)
            # What has been measured is kept whatever becomes of the rest.
            write_gpu_report(arguments.out, rows, fallen, facts)
        for contestant in contestants:
            contestant.process.close()
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
