"""Whole processes, in rounds: everything once, then everything again, so that what else a machine does meets all alike."""

import subprocess
import time


class Timer:
    def __init__(self, program, once_from):
        """once_from: a run that takes so many seconds is not repeated in later rounds."""
        self.program, self.once_from = program, once_from

    def seconds(self, words):
        """From start to end; what it prints is made and thrown away."""
        begin = time.perf_counter()
        subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - begin

    def add(self, times, words):
        """One more time, unless those there are long ones."""
        if not times or max(times) < self.once_from:
            times.append(self.seconds(words))


def measure_curves(timer, curves, rounds, longest):
    """Seconds by curve and size. A size is left out where ten times the time of the size before is too long."""
    seconds = {}
    for number in range(rounds):
        for curve in curves:
            for size in curve.sizes:
                before = seconds.get((curve.name, size // 10))
                if number == 0 and before and 10 * before[0] > longest and size > curve.sizes[1]:
                    break
                if number > 0 and (curve.name, size) not in seconds:
                    break
                timer.add(seconds.setdefault((curve.name, size), []),
                          [timer.program, "sweep", *curve.options(size), "--json"])  # fmt: skip
        print(f"curves: round {number + 1} of {rounds}", flush=True)
    return seconds


def measure_jobs(timer, jobs, rounds):
    """Seconds by name; jobs: name to words."""
    seconds = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, words in jobs.items():
            timer.add(seconds[name], words)
    return seconds
