"""The experiments: their jobs for peers, their initial values on disk, and what the peers' answers must be."""

import os
from dataclasses import dataclass

from recurrence import Problem

ETA = 0.1
NETWORKS = 10_000
# One in four He-initialised networks has no dead point.
TRIALS_FOR_ALIVE = 45_000
DEFAULT_DATA = (1.0, -1.0)
COUPLED_DATA = (1.5, -1.5)


@dataclass
class Experiment:
    name: str
    title: str
    kind: str  # of its job: "loop" or "experiment"
    data: tuple
    steps: int
    reference: object
    job: dict

    @property
    def problem(self):
        return Problem(*self.data, ETA)


def make_experiments(program, steps, scratch):
    alive = program.reference(DEFAULT_DATA, TRIALS_FOR_ALIVE, steps, every_point_alive=NETWORKS)
    coupled = program.reference(COUPLED_DATA, NETWORKS, steps)
    paper = program.reference(DEFAULT_DATA, NETWORKS, steps)
    return [
        _experiment("alive", "the loop alone, both points of every network alive", "loop", DEFAULT_DATA, steps, alive, scratch),
        _experiment("coupled", "lockstep with statistics, points that feel each other", "experiment", COUPLED_DATA, steps, coupled, scratch),
        _experiment("paper", "He networks on the default data, with statistics", "experiment", DEFAULT_DATA, steps, paper, scratch),
    ]  # fmt: skip


def _experiment(name, title, kind, data, steps, reference, scratch):
    initial = os.path.join(scratch, f"{name}.initial")
    reference.initial.tofile(initial)
    job = {"kind": kind, "initial": initial, "data": data, "eta": ETA, "steps": steps, "times": reference.times}
    return Experiment(name, title, kind, data, steps, reference, job)


def job_of(experiment, scratch, **changes):
    files = {"final": os.path.join(scratch, "final"), "table": os.path.join(scratch, "table.csv")}
    return {**experiment.job, **files, **changes}
