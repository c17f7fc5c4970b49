"""logmargin itself: the reference values of a sweep, and its time from start to statistics."""

import csv
import os
import subprocess
import time

STATE = ("z11", "z12", "z21", "z22")


class Program:
    def __init__(self, path, threads, scratch):
        self.path, self.threads, self.scratch = path, threads, scratch

    def version(self):
        return subprocess.run([self.path, "--version"], check=True, capture_output=True, text=True).stdout.strip()

    def _arguments(self, data, trials, steps, stepping):
        positions = ",".join(f"{x:+g}" for x in data)
        return [self.path, "sweep", f"--data={positions}", "--trials", str(trials), "--steps", f"{steps:g}",
                "--stepping", stepping, "--threads", str(self.threads), "--device", "cpu"]  # fmt: skip

    def seconds(self, data, trials, steps, stepping, folder=None):
        """Of a whole process that leaves its statistics in a file; or in a folder, with the report and its pictures."""
        command = self._arguments(data, trials, steps, stepping)
        command += ["--json"] if folder is None else ["--quiet", "--force", "--out", folder]
        with open(os.path.join(self.scratch, "summary.json"), "w") as summary:
            begin = time.perf_counter()
            subprocess.run(command, check=True, stdout=summary, stderr=subprocess.DEVNULL)
            return time.perf_counter() - begin

    def reference(self, data, trials, steps, every_point_alive=None):
        """Initial values, what lockstep makes of them, and the recorded t.

        every_point_alive: a number of networks; the first so many none of whose points is dead at the end, which no
        point that was dead ever is.
        """
        import h5py

        folder = os.path.join(self.scratch, "reference")
        command = self._arguments(data, trials, steps, "lockstep")
        subprocess.run([*command, "--quiet", "--force", "--trials-out", "--out", folder], check=True)
        with h5py.File(os.path.join(folder, "trials.h5")) as file:
            cell = file["cell_000000"]
            rows = slice(None)
            if every_point_alive is not None:
                rows = (cell["dead_points"][:] == 0).nonzero()[0][:every_point_alive]
                if rows.size < every_point_alive:
                    raise ValueError(f"{trials} trials have only {rows.size} networks with every point alive")
            initial = [cell[f"{name}_initial"][:][rows] for name in STATE]
            final = [cell[f"{name}_final"][:][rows] for name in STATE]
            margin = cell["margin"][:][rows]
        with open(os.path.join(folder, "trajectory.csv")) as file:
            times = [int(float(row["t"])) for row in csv.DictReader(file)]
        return Reference(initial, final, margin, times)


class Reference:
    def __init__(self, initial, final, margin, times):
        import numpy

        self.initial, self.final = numpy.stack(initial), numpy.stack(final)
        self.margin, self.times = margin, times

    def differences(self, problem, final_file):
        """Of a peer's states: the largest difference of a pre-activation and of a margin, over all networks."""
        import numpy

        from statistics_of_margins import margins

        z = numpy.fromfile(final_file).reshape(4, -1)
        margin, classified = margins(problem, z)
        if not numpy.array_equal(classified, ~numpy.isnan(self.margin)):
            return float("inf"), float("inf")
        return float(abs(z - self.final).max()), float(abs(margin - self.margin)[classified].max())
