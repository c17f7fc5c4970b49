"""All peers, one after another, round after round: what else the machine does weighs on neighbours alike."""

from dataclasses import dataclass, field

from jobs import job_of
from process import Failed, Process

# After 10,000 steps; weights and pre-activations round differently.
TOLERANCE = 1e-10


@dataclass
class Measured:
    seconds: list = field(default_factory=list)  # of each round
    late_step: list = field(default_factory=list)  # seconds of one late step, likewise
    import_s: float = 0.0
    compile_s: float = 0.0
    difference: float = float("nan")
    margin_difference: float = float("nan")


def _start(entry, settings, experiment, scratch):
    process = Process(entry, settings, scratch)
    if process.skipped:
        process.close()
        raise Failed(process.skipped)
    measured = Measured(import_s=process.hello["import_s"])
    measured.compile_s = process.ask(job_of(experiment, scratch, kind="prepare"))["compile_s"]
    process.ask(job_of(experiment, scratch))  # warms up and is compared, not timed
    reference = experiment.reference
    difference, of_margin = reference.differences(experiment.problem, job_of(experiment, scratch)["final"])
    measured.difference, measured.margin_difference = difference, of_margin
    if not max(difference, of_margin) <= TOLERANCE:
        process.close()
        raise Failed(f"its results differ from logmargin's by {difference:.2g}, its margins by {of_margin:.2g}")
    return process, measured


def measure(entries, best, experiment, rounds, scratch, program_round):
    """program_round() measures what is no peer, once a round. Returns what was measured by name, and who fell out."""
    processes, measured, fallen = {}, {}, {}
    try:
        for entry in entries:
            if entry.name not in best or (entry.kind == "logmargin" and experiment.kind != "loop"):
                continue
            try:
                processes[entry.name], measured[entry.name] = _start(entry, best[entry.name], experiment, scratch)
            except Failed as reason:
                fallen[entry.name] = str(reason)
                print(f"{experiment.name}, {entry.name}: out, {reason}", flush=True)
        for number in range(rounds):
            program_round()
            for name in list(measured):
                try:
                    answer = processes[name].ask(job_of(experiment, scratch))
                except Failed as reason:
                    fallen[name] = str(reason)
                    del measured[name]
                    continue
                measured[name].seconds.append(answer["seconds"]["total"])
                if "late" in answer:
                    measured[name].late_step.append(answer["late"]["seconds"] / answer["late"]["steps"])
            print(f"{experiment.name}: round {number + 1} of {rounds}", flush=True)
    finally:
        for process in processes.values():
            process.close()
    return measured, fallen
