"""The functions of the package."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from . import _core
from ._options import Option, documented, split_theta, weights, words
from ._progress import shown
from ._results import Results
from ._tables import Table
from ._trained import Trained

__all__ = ["sweep", "train", "replay", "explain", "open", "bench", "devices"]


@documented("sweep")
def sweep(*, progress: bool = True, **options: Option) -> Results:
    """Trains networks in every combination of the axes' values, and returns what they showed.

    Takes the options of ``logmargin sweep``. An axis (init, bias, eta, optimizer, loss, dim, data) takes one value or a
    list. ``data`` is a pair ``(x1, x2)``, a pair of vectors, or a list of pairs. ``theta`` may be an (n, 2 (D + 1))
    array of initial weights, a network a row: w1 (D numbers), b1, w2 (D numbers), b2.

    trials_out=True keeps every network (``Results.trials``), trajectories=True or names of columns every network at
    every recorded t (``Results.trajectories``). progress=False shows no bar, which needs tqdm.

    Raises ValueError with the text of the command line for what is not allowed, OSError for files, RuntimeError for a
    device that cannot be used, and KeyboardInterrupt.
    """
    rest, theta = split_theta(options)
    with shown(progress) as show:
        done = _core.sweep(words("sweep", rest), theta, show)
    _warn_of_another_device(options, done.device)
    return Results(_of=done)


@documented("sweep", "theta", "trials", "record", "eps", "trials-out", "trajectories", "init", "bias", "seed")
def train(
    theta: ArrayLike,
    *,
    at: ArrayLike | str,
    columns: tuple[str, ...] | list[str] = Trained.columns,
    progress: bool = True,
    **options: Option,
) -> Trained:
    """Trains networks of your own, and returns what each of them shows at each t.

    theta: (n, 4) array of initial weights, a network a row: w1, b1, w2, b2; in D dimensions (n, 2 (D + 1)): w1
        (D numbers), b1, w2 (D numbers), b2. float64 arrays in rows are not copied: of NumPy, or by DLPack of PyTorch,
        JAX and CuPy on the CPU.
    at: rising t, whole steps or, with optimizer="flow", any; or "log=K" (K a decade) or "every=K" up to ``steps``.
    columns: which of gap, margin, z, pattern and log10_loss are wanted. Each number takes 8 bytes, a pattern one.

    Training leaps where there are closed forms. Raises what sweep raises, and MemoryError.
    """
    array = weights(theta)
    columns = (columns,) if isinstance(columns, str) else columns
    if isinstance(at, str) and "=" not in at:
        at = _numbers_of(at)
    wanted: Any = at if isinstance(at, str) else [float(t) for t in np.atleast_1d(np.asarray(at, np.float64)).ravel()]
    if not isinstance(wanted, str) and "steps" not in options:
        largest = max((t for t in wanted if math.isfinite(t)), default=1.0)
        options["steps"] = float(max(1.0, math.ceil(largest)))
    for column in columns:
        if column not in Trained.columns:
            raise ValueError(f"columns: '{column}' is not allowed; {', '.join(Trained.columns)} are")
    training = _core.Training(array, words("sweep", options), wanted)
    shape = (training.networks, len(training.times))
    arrays: dict[str, Any] = dict.fromkeys(Trained.columns)
    for column in columns:
        arrays[column] = np.empty(
            (*shape, 4) if column == "z" else shape, np.uint8 if column == "pattern" else np.float64
        )
    with shown(progress) as show:
        device = training.run(**arrays, progress=show)
    _warn_of_another_device(options, device)
    return Trained(t=training.times, device=device, **arrays)


@documented("replay", "theta")
def replay(theta: ArrayLike | str | os.PathLike[str] | None = None, **options: Option) -> pd.DataFrame:
    """Follows networks one by one, and returns a row for each t, the columns of ``logmargin replay``.

    theta: a network's initial weights (w1, b1, w2, b2), an (n, 4) array, the name of a file, or None: then ``trial``
        names networks of the sweep with the same options. Of an array all rows are followed, or those of ``trial``.

    z11 to z22 are pre-activations (neuron, point), pattern says which are positive; margin, crossing and gap are
    lengths. ``attrs["networks"]`` says of each network what else is known: outcome, dip, times to a gap. Digits that
    chaos makes uncertain are left out, with a warning.
    """
    text, networks, notes = _follow(theta, options, False)
    for note in notes:
        warnings.warn(note, stacklevel=2)
    table = Table.of(text, {"pattern": str})
    table.attrs["networks"] = [json.loads(network) for network in networks]
    return table


@documented("replay", "theta")
def explain(theta: ArrayLike | str | os.PathLike[str] | None = None, **options: Option) -> str:
    """Tells in words what becomes of networks, and why. Takes what replay takes, and returns the text."""
    return _follow(theta, options, True)[0]


def open(folder: str | os.PathLike[str]) -> Results:
    """Returns the results in a folder that Results.save or ``logmargin sweep --out`` wrote. Raises OSError."""
    path = Path(folder)
    with (path / "summary.json").open("rb"):
        return Results(_of=path)


def devices() -> str:
    """Returns a line for each device that this build can compute on, and why a GPU is not used."""
    return _core.devices()


@documented("bench")
def bench(**options: Option) -> dict[str, Any]:
    """Measures this machine's throughput beside its bounds, in a process of its own, and returns what it found."""
    command = [sys.executable, "-m", "logmargin", "bench", "--json", *words("bench", options)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        message = done.stderr.strip().removeprefix("logmargin: ")
        raise ValueError(message) if done.returncode == 2 else RuntimeError(message)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _numbers_of(listed: str) -> Any:
    """Returns the numbers of a comma list, or the text where it is none, which is then refused."""
    try:
        return [float(number) for number in listed.split(",")]
    except ValueError:
        return listed


def _follow(theta: Any, options: dict[str, Option], in_words: bool) -> tuple[str, list[str], list[str]]:
    if theta is not None:
        options["theta"] = theta
    rest, array = split_theta(options)
    return _core.replay(words("replay", rest), array, in_words)


def _warn_of_another_device(options: dict[str, Option], device: str) -> None:
    asked = options.get("device")
    if isinstance(asked, str) and asked.startswith("cuda") and device.startswith("cpu"):
        warnings.warn("the CPU runs this, with the same results; GPUs list no networks", stacklevel=3)
