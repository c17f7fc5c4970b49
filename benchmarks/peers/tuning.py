"""Each peer's best settings on this machine, by trying them all on a short loop."""

import csv
import json

from jobs import job_of
from process import Failed, Process

STEPS = 500
TRIES = 3


def _seconds(entry, settings, experiment, scratch):
    """The least of several; None and why where the peer cannot run here."""
    with Process(entry, settings, scratch) as process:
        if process.skipped:
            return None, process.skipped
        process.ask(job_of(experiment, scratch, kind="prepare"))
        job = job_of(experiment, scratch, kind="loop", steps=STEPS)
        return min(process.ask(job)["seconds"]["total"] for _ in range(TRIES)), None


def tune(entries, experiment, scratch, table_name):
    """Settings by name, and the reason for each peer that has none. Every trial goes into the table."""
    best, skipped = {}, {}
    with open(table_name, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("who", "settings", "network_steps_per_s"))
        for entry in entries:
            seconds_of = {}
            for settings in entry.candidates():
                text = json.dumps(settings)
                try:
                    seconds, reason = _seconds(entry, settings, experiment, scratch)
                except Failed as failure:
                    skipped[entry.name] = str(failure)
                    continue
                if reason is not None:
                    skipped[entry.name] = reason
                    break
                seconds_of[text] = seconds
                table.writerow((entry.name, text, f"{experiment.reference.initial.shape[1] * STEPS / seconds:.4g}"))
                file.flush()
            if seconds_of:
                skipped.pop(entry.name, None)
                best[entry.name] = json.loads(min(seconds_of, key=seconds_of.get))
                print(f"{entry.name}: {best[entry.name]}", flush=True)
            else:
                print(f"{entry.name}: skipped, {skipped[entry.name]}", flush=True)
    return best, skipped
