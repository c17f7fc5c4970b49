"""Small jobs, a path through the program each: name to the command lines, all in one empty folder, of which the last is
counted."""

# AVX2 because valgrind knows no AVX-512, one thread because batches are then alike everywhere.
FIXED = ["--device", "cpu:avx2", "--threads", "1"]


def sweep(*options):
    return ["sweep", *FIXED, "--quiet", *options]


def lockstep(*options):
    """Steps of 1024 networks, hardly recorded."""
    return sweep("--trials", "1024", "--stepping", "lockstep", "--record", "log=1", *options)


# Many cells and recorded t, few steps: what is counted is what is written.
OUTPUT = ["--trials", "32", "--steps", "100", "--stepping", "lockstep", "--eta", "0.01:1:4log"]

JOBS = {
    "start": [["--version"]],
    "lockstep": [lockstep("--steps", "1000")],
    "coupled": [lockstep("--steps", "300", "--data", "1.5,-1.5")],
    "mixed": [lockstep("--steps", "3000", "--precision", "mixed")],
    "ngd": [lockstep("--steps", "100", "--optimizer", "ngd")],
    "heavy ball": [lockstep("--steps", "100", "--optimizer", "heavy-ball=0.9")],
    "logistic": [lockstep("--steps", "100", "--loss", "logistic")],
    "every step recorded": [
        sweep("--trials", "1024", "--steps", "50", "--stepping", "lockstep", "--record", "every=1")
    ],
    "leaps": [sweep("--trials", "256", "--stepping", "leap", "--steps", "1e300", "--record", "log=1")],
    "initial networks": [sweep("--trials", "2048", "--steps", "1", "--bias", "matched")],
    "initial networks in 10 dimensions": [sweep("--trials", "512", "--steps", "1", "--dim", "10")],
    "replay": [["replay", "--trial", "6", "--steps", "1e300"]],
    "summary": [["sweep", *FIXED, *OUTPUT, "--json"]],
    "output folder": [sweep(*OUTPUT, "--out", "out")],
    "report": [sweep(*OUTPUT, "--out", "out"), ["report", "out"]],
    "merge": [
        sweep("--trials", "1024", "--steps", "1e4", "--shard", "0/2", "--out", "a"),
        sweep("--trials", "1024", "--steps", "1e4", "--shard", "1/2", "--out", "b"),
        ["merge", "--quiet", "whole", "a", "b"],
    ],
}
