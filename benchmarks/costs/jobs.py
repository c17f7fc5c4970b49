"""What is timed: options of logmargin by curve and size, and single jobs that are compared."""

from dataclasses import dataclass
from typing import Callable

POWERS = [10**k for k in range(1, 9)]


@dataclass
class Curve:
    name: str
    unit: str  # what one more of it costs
    options: Callable  # of a size
    sizes: list


def curves(largest):
    """Sizes up to the largest; what would take too long is left out as it comes."""
    all_of_them = [
        Curve("trials", "network", lambda n: ["--trials", n, "--steps", 1e6], POWERS[1:]),
        Curve("steps", "step of 1000 networks in lockstep",
              lambda n: ["--trials", 1000, "--steps", n, "--stepping", "lockstep"], POWERS[1:]),
        Curve("steps, leaps", "step of 1000 networks", lambda n: ["--trials", 1000, "--steps", n], POWERS[1:]),
        Curve("records", "recorded t of 100 networks",
              lambda n: ["--trials", 100, "--steps", 1e6, "--record", f"every={1_000_000 // n}"], POWERS[:6]),
        Curve("cells", "cell of 10 networks to t = 1e4",
              lambda n: ["--trials", 10, "--steps", 1e4, "--eta", "0.1" if n == 1 else f"0.01:1:{n}log"],
              [1, *POWERS[:4]]),
    ]  # fmt: skip
    for curve in all_of_them:
        curve.sizes = [size for size in curve.sizes if size <= largest]
    return all_of_them


LOCKSTEP = ["--trials", 10_000, "--stepping", "lockstep"]
# Processes from start to end, compared within rounds.
PAIRS = {
    "start": ["--version"],
    "smallest sweep": ["sweep", "--trials", 1, "--steps", 1, "--json"],
    "one step": ["sweep", *LOCKSTEP, "--steps", 1, "--json"],
    "unrecorded": ["sweep", *LOCKSTEP, "--steps", 10_000, "--record", "log=1", "--json"],
    "every step recorded": ["sweep", *LOCKSTEP, "--steps", 10_000, "--record", "every=1", "--json"],
}

# Shared by threads, and by ranks of a thread each.
SHARED = {
    "lockstep": ["--trials", 10_000, "--steps", 100_000, "--stepping", "lockstep"],
    "leaps": ["--trials", 200_000, "--steps", 1e6],
    "nothing": ["--trials", 1, "--steps", 1],
}
THREADS = (1, 2)
RANKS = (1, 2, 4)


def threads_job(work, threads):
    return ["sweep", *work, "--threads", threads, "--json"]


def ranks_words(mpirun, program, work, ranks):
    """mpirun takes more ranks than cores, so that 4 can be seen on any machine."""
    return [mpirun, "--allow-run-as-root", "--oversubscribe", "-n", ranks, program, "sweep", *work, "--threads", 1, "--json"]
