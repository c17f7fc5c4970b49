"""Trains two-neuron ReLU networks, many at once, and tells how fast they become robust.

A network has two ReLU neurons and output weights +1 and -1. It classifies two points with labels +1 and -1. Its margin
is the distance to the nearest misclassified point, its gap the largest possible margin less its own; lengths are in the
unit of ``data``. t counts gradient steps (for ``optimizer="flow"`` it is time).

    import logmargin as lm

    r = lm.sweep(init=["he-normal", "pytorch"], trials=10_000, steps=1e300)   # networks drawn at random
    r.cells, r.trajectory, r.histograms    # pandas tables, those of cells.csv, trajectory.csv and histograms.csv
    r.to_xarray()                          # one Dataset with named axes
    r.plot.gap(); r.plot.time_to_gap()     # matplotlib
    r.save("results/a"); lm.open("results/a")   # the folder of `logmargin sweep --out results/a`

    tr = lm.train(theta, eta=0.1, at=[0, 1000, 1e100])   # networks of your own, an (n, 4) array: w1, b1, w2, b2
    tr.gap, tr.margin, tr.z, tr.pattern                  # (n, 3) arrays, z (n, 3, 4)

    print(lm.explain(theta[0], eta=0.1))   # one network's story
    lm.replay(theta[0], eta=0.1)           # its rows

Options are keyword arguments by the names of the command line, with _ for -; ``help(lm.sweep)`` lists them. A wrong one
raises ValueError with the text that the command line has. Ctrl-C stops a run within half a second. Calls release the
interpreter's lock, so that several threads can train at once.

``python -m logmargin`` is the program.
"""

from typing import TYPE_CHECKING, Any

from ._core import version as _version

if TYPE_CHECKING:
    from ._functions import bench, devices, explain, open, replay, sweep, train
    from ._options import Option
    from ._plots import Plots
    from ._results import Results
    from ._trained import Trained

__all__ = [
    "sweep",
    "train",
    "replay",
    "explain",
    "open",
    "bench",
    "devices",
    "Results",
    "Trained",
    "Plots",
    "Option",
]
__version__ = _version()

_homes = {"Results": "_results", "Trained": "_trained", "Plots": "_plots", "Option": "_options"}


def __getattr__(name: str) -> Any:
    """Imports what is asked for, and NumPy and pandas with it: the program needs neither."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_homes.get(name, '_functions')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
