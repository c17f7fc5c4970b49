"""What a sweep showed."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _core, _datasets
from ._tables import Table

if TYPE_CHECKING:
    import xarray as xr

    from ._plots import Plots

_HISTOGRAM_TYPES: dict[str, type] = {"cell": int, "threshold": str, "low": float, "high": float, "count": int}
_FILES = [
    "summary.json",
    "cells.csv",
    "trajectory.csv",
    "histograms.csv",
    "report.html",
    "trials.h5",
    "trajectories.h5",
]
AXES = ["init", "bias", "eta", "optimizer", "loss", "dim", "data"]


class Results:
    """The results of a sweep, of ``sweep`` or ``open``.

    Columns are those of the program's files: README's section on files says what each of them means. Quantiles are
    over the networks that classify both points or, at the horizon, over those that converge.
    """

    def __init__(self, *, _of: _core.Sweep | Path) -> None:
        self._of = _of
        self._made: dict[str, Any] = {}

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        """Returns what make returned the first time: tables are made when they are asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def _text(self, file: str) -> str:
        if isinstance(self._of, Path):
            with (self._of / file).open(encoding="utf-8", newline="") as stream:
                return stream.read()
        return self._of.text_of_file(file)

    @property
    def summary(self) -> dict[str, Any]:
        """Everything, as in summary.json: program, config, stepping, timing and cells."""
        summary: dict[str, Any] = self._once("summary", lambda: json.loads(self._text("summary.json")))
        return summary

    @property
    def config(self) -> dict[str, Any]:
        """The options as used, by their names; the axes as lists."""
        config: dict[str, Any] = self.summary["config"]
        return config

    @property
    def cells(self) -> Table:
        """A row for each cell, the columns of cells.csv; its to_csv() gives that file's bytes."""
        table: Table = self._once("cells", lambda: Table.of(self._text("cells.csv")))
        return table

    @property
    def trajectory(self) -> Table:
        """A row for each cell and recorded t, the columns of trajectory.csv."""
        table: Table = self._once("trajectory", lambda: Table.of(self._text("trajectory.csv")))
        return table

    @property
    def histograms(self) -> Table:
        """A row for each bar (low <= value < high), the columns of histograms.csv."""
        table: Table = self._once("histograms", lambda: Table.of(self._text("histograms.csv"), _HISTOGRAM_TYPES))
        return table

    @property
    def trials(self) -> pd.DataFrame:
        """A row for each network, the columns of trials.h5, after cell and the axes' values: with trials_out=True.

        ``attrs["units"]`` and ``attrs["descriptions"]`` say what the columns are.
        """
        table = None if isinstance(self._of, Path) else self._of.trials
        if table is None:
            raise ValueError("the sweep kept no trials; sweep(trials_out=True) does, and trials.h5 holds a folder's")
        made: pd.DataFrame = self._once("trials", lambda: _datasets.trials(table, self.cells[["cell", *AXES]]))
        return made

    @property
    def trajectories(self) -> xr.Dataset:
        """Every network at every recorded t, with dimensions of the axes, trial and t: with trajectories=True."""
        table = None if isinstance(self._of, Path) else self._of.trajectories
        if table is None or isinstance(self._of, Path):
            raise ValueError(
                "the sweep kept no trajectories; sweep(trajectories=True) does, and trajectories.h5 holds a folder's"
            )
        times = self._of.times
        made: xr.Dataset = self._once("trajectories", lambda: _datasets.trajectories(table, times, self._axes))
        return made

    def to_xarray(self) -> xr.Dataset:
        """Returns all tables as one Dataset, whose variables have the axes as dimensions.

        margin, gap, log10_loss and local_log_exponent have the dimensions t and quantile too (0 and 1 are the least and
        the largest value), patterns has t and pattern, outcomes has outcome; what cells.csv has of the horizon follows
        by its names. X_mean and X_count are mean and number of X. Variables say their units in attrs.
        """
        return _datasets.results(self.cells, self.trajectory, self._axes, self.summary)

    @property
    def plot(self) -> Plots:
        """The pictures of the report, in matplotlib: r.plot.gap() and so on return their axes."""
        from ._plots import Plots

        return Plots(self)

    def save(self, folder: str | os.PathLike[str], *, replace: bool = False) -> str:
        """Writes the folder that ``logmargin sweep --out`` writes, with report.html.

        Tables of trials and trajectories stay in memory, with a warning: pandas and xarray write them in other forms.
        Returns why pictures of the report are missing, or an empty text. Raises ValueError where the folder is not
        empty, unless replace is set.
        """
        if not isinstance(self._of, Path):
            if self._of.trials is not None or self._of.trajectories is not None:
                warnings.warn("trials and trajectories are not saved: the package writes no HDF5", stacklevel=2)
            return self._of.save(os.fspath(folder), replace)
        place = Path(folder)
        if not replace and place.exists() and any(place.iterdir()):
            raise ValueError(f"--out: '{place}' is not allowed; a folder that is new or empty is, or replace=True")
        if place.exists() and place.samefile(self._of):
            return ""
        place.mkdir(parents=True, exist_ok=True)
        # Files of an earlier run would pass for this one's.
        for name in _FILES:
            (place / name).unlink(missing_ok=True)
        for name in _FILES:
            if (self._of / name).exists():
                shutil.copy2(self._of / name, place / name)
        return ""

    @property
    def _axes(self) -> dict[str, list[Any]]:
        return {name: self.config[name] for name in AXES}

    def names(self) -> list[str]:
        """Returns a name for each cell: the values of the axes that have several."""
        several = [name for name, values in self._axes.items() if len(values) > 1]
        return [
            ", ".join(f"{name} {_short(value)}" for name, value in zip(several, row)) if several else "all networks"
            for row in self.cells[several].itertuples(index=False, name=None)
        ]

    def __repr__(self) -> str:
        return (
            f"<logmargin.Results: {len(self.cells)} cells of {self.config['trials']} networks, "
            f"{self.config['steps']:g} steps>"
        )

    def _repr_html_(self) -> str:
        """Shows a notebook the outcomes and, where there is matplotlib, the gap."""
        outcomes = pd.DataFrame(self.cells[_datasets.outcome_columns(self.cells)])
        outcomes.index = pd.Index(self.names(), name="cell")
        shown = outcomes.loc[:, (outcomes > 0).any()].head(12)
        try:
            picture = self.plot._svg_of_gap()
        except ImportError:
            picture = ""
        return f"<div>{shown.to_html()}{picture}</div>"


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, (float, np.floating)) else str(value)
