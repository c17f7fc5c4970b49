"""Tables as arrays with named dimensions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray as xr

    from ._core import _Table

QUANTILES = {
    "min": 0.0,
    "q01": 0.01,
    "q05": 0.05,
    "q25": 0.25,
    "q50": 0.5,
    "q75": 0.75,
    "q95": 0.95,
    "q99": 0.99,
    "max": 1.0,
}
PATTERNS = [f"{pattern:04b}"[::-1] for pattern in range(16)]
_LENGTH = "distance (as --data)"
_UNITS = {
    "margin": _LENGTH, "gap": _LENGTH, "gap_limit": _LENGTH, "gap_excess": _LENGTH, "dip_margin_min": _LENGTH,
    "C": _LENGTH, "C_theory": _LENGTH, "dip_log10_t_min": "log10 of steps", "log10_t_eps": "log10 of steps",
    "unresolved_log10_t": "log10 of steps", "t": "steps", "patterns": "networks", "outcomes": "networks",
    "dead_points": "networks", "classified": "networks", "best_fit": "networks",
}  # fmt: skip


def groups(table: pd.DataFrame) -> list[str]:
    """Returns the names of the quantities of which a table has quantiles."""
    columns = set(table.columns)
    names = [str(column).removesuffix("_count") for column in table.columns if str(column).endswith("_count")]
    return [name for name in names if f"{name}_q50" in columns]


def outcome_columns(cells: pd.DataFrame) -> list[str]:
    """Returns the columns of outcomes."""
    names = [str(column) for column in cells.columns]
    return names[names.index("trials") + 1 : names.index("dead_points_0")]


def results(
    cells: pd.DataFrame, trajectory: pd.DataFrame, axes: dict[str, list[Any]], summary: dict[str, Any]
) -> xr.Dataset:
    """Returns the tables as one Dataset."""
    import xarray as xr

    shape = tuple(len(values) for values in axes.values())
    times = trajectory["t"].to_numpy()[: len(trajectory) // len(cells)]
    variables: dict[str, Any] = {}

    def add(name: str, table: pd.DataFrame, columns: list[str], *dims: str, units_of: str = "") -> None:
        inner = (len(times),) if "t" in dims else ()
        last = (len(columns),) if len(dims) > len(inner) else ()
        values = table[columns].to_numpy().reshape(*shape, *inner, *last)
        unit = _UNITS.get(units_of or name, "1")
        variables[name] = ((*axes, *dims), values, {"units": unit})

    def add_quantiles(name: str, table: pd.DataFrame, *dims: str) -> None:
        add(name, table, [f"{name}_{quantile}" for quantile in QUANTILES], *dims, "quantile")
        add(f"{name}_mean", table, [f"{name}_mean"], *dims, units_of=name)
        add(f"{name}_count", table, [f"{name}_count"], *dims, units_of="classified")

    for name in groups(trajectory):
        add_quantiles(name, trajectory, "t")
    add("classified", trajectory, ["classified"], "t")
    add("patterns", trajectory, [f"pattern_{pattern}" for pattern in range(16)], "t", "pattern")
    outcomes = outcome_columns(cells)
    add("outcomes", cells, outcomes, "outcome")
    add("dead_points", cells, [f"dead_points_{dead}" for dead in range(3)], "dead")
    laws = [str(column) for column in cells.columns if str(column).startswith("best_fit_")]
    add("best_fit", cells, laws, "law")
    prefix = "log10_t_eps_"
    thresholds = [name.removeprefix(prefix) for name in groups(cells) if name.startswith(prefix)]
    for name in groups(cells):
        if not name.startswith(prefix):
            add_quantiles(name, cells)
    for suffix in ("never_above", "never_within", "not_known", "mean", "count"):
        columns = [f"{prefix}{threshold}_{suffix}" for threshold in thresholds]
        unit = "log10_t_eps" if suffix == "mean" else "classified"
        add(f"{prefix}{suffix}", cells, columns, "eps", units_of=unit)
    parts = [cells[[f"{prefix}{eps}_{quantile}" for quantile in QUANTILES]].to_numpy() for eps in thresholds]
    variables["log10_t_eps"] = (
        (*axes, "eps", "quantile"),
        np.stack(parts, axis=1).reshape(*shape, len(thresholds), len(QUANTILES)),
        {"units": _UNITS["log10_t_eps"]},
    )
    for name in ("trials", "gap_limit", *(str(c) for c in cells.columns if str(c).startswith("theory_"))):
        add(name, cells, [name])
    coordinates: dict[str, Any] = dict(axes)
    coordinates |= {
        "t": ("t", times, {"units": "steps"}),
        "quantile": list(QUANTILES.values()),
        "pattern": PATTERNS,
    }
    coordinates |= {"outcome": outcomes, "dead": [0, 1, 2], "eps": thresholds}
    coordinates["law"] = [law.removeprefix("best_fit_") for law in laws]
    attributes = {"config": json.dumps(summary["config"]), "program": json.dumps(summary["program"])}
    return xr.Dataset(variables, coordinates, attributes)


def trials(table: _Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Returns a row for each trial of each cell, after the cell's axes."""
    trials_of_cell = next(iter(table.values()))[0].shape[1]
    columns: dict[str, Any] = {str(name): np.repeat(cells[name].to_numpy(), trials_of_cell) for name in cells.columns}
    for name, (values, _, _, kind, categories) in table.items():
        flat = values.reshape(-1)
        if kind == "category":
            columns[name] = pd.Categorical.from_codes(flat.astype(np.int8), categories=pd.Index(categories))
        else:
            columns[name] = flat.astype(np.int64) if kind == "count" else flat
    frame = pd.DataFrame(columns)
    frame.attrs["units"] = {name: unit for name, (_, unit, _, _, _) in table.items()}
    frame.attrs["descriptions"] = {name: text for name, (_, _, text, _, _) in table.items()}
    return frame


def trajectories(table: _Table, times: NDArray[np.float64], axes: dict[str, list[Any]]) -> xr.Dataset:
    """Returns every network of every cell at every recorded t."""
    import xarray as xr

    shape = tuple(len(values) for values in axes.values())
    variables: dict[str, Any] = {}
    for name, (values, unit, description, kind, _) in table.items():
        array = values.reshape(*shape, *values.shape[1:])
        kept = array.astype(np.uint8) if kind == "count" else array
        variables[name] = ((*axes, "trial", "t"), kept, {"units": unit, "description": description})
    count = next(iter(table.values()))[0].shape[1]
    return xr.Dataset(variables, {**axes, "trial": np.arange(count), "t": ("t", times, {"units": "steps"})})
