"""The pictures of the report, in matplotlib."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._datasets import PATTERNS, outcome_columns

if TYPE_CHECKING:
    from ._results import Results

_MOST_CELLS = 12
_BAND = ("q05", "q25", "q50", "q75", "q95")


class Plots:
    """Draws results. Each method draws into ``ax``, or into a new figure, and returns its axes.

    cells: numbers of the cells that are drawn; by default the first 12. A line is the median, the band around it the
    5 and 95 % quantiles; a legend names the values of the axes that have several.
    """

    def __init__(self, results: Results) -> None:
        self._results = results

    def gap(self, ax: Axes | None = None, *, cells: Sequence[int] | None = None) -> Axes:
        """Draws the gap against t, both logarithmic, and theory's law, C / ln t or C / t, dashed."""
        ax = _axes(ax)
        for name, cell, rows, colour in self._curves(cells):
            _band(
                ax,
                rows["log10_t"],
                rows,
                "gap",
                name,
                colour,
                lambda values: np.where(values > 0, values, np.nan),
            )
            constant = cell["C_theory_q50"]
            late = rows[rows["log10_t"] > 0.4]
            if constant > 0 and len(late):
                ln_t = late["log10_t"].to_numpy() * np.log(10.0)
                law = constant / (late["t"] if cell["optimizer"] == "ngd" else ln_t)
                ax.plot(late["log10_t"], law, "--", color=colour, linewidth=1)
        ax.set_yscale("log")
        return _finished(ax, "log10 t", "gap")

    def slope(self, ax: Axes | None = None, *, cells: Sequence[int] | None = None) -> Axes:
        """Draws 1/gap against ln t: the law C / ln t is a straight line with slope 1/C, dashed with theory's C."""
        ax = _axes(ax)
        for name, cell, rows, colour in self._curves(cells):
            ln_t = rows["log10_t"] * np.log(10.0)
            _band(ax, ln_t, rows, "gap", name, colour, _inverse, inner=True)
            if cell["C_theory_q50"] > 0 and cell["optimizer"] != "ngd":
                ax.plot(ln_t, ln_t / cell["C_theory_q50"], "--", color=colour, linewidth=1)
        return _finished(ax, "ln t", "1/gap")

    def exponent(self, ax: Axes | None = None, *, cells: Sequence[int] | None = None) -> Axes:
        """Draws the local log exponent, -d ln gap / d ln ln t between recorded t; 1 is the law C / ln t."""
        ax = _axes(ax)
        for name, _, rows, colour in self._curves(cells):
            _band(ax, rows["log10_t"], rows, "local_log_exponent", name, colour)
        ax.axhline(1.0, color="grey", linestyle="--", linewidth=1)
        ax.set_ylim(-1, 3)
        return _finished(ax, "log10 t", "local log exponent")

    def dip(self, ax: Axes | None = None, *, cells: Sequence[int] | None = None) -> Axes:
        """Draws the margin against t up to beyond its dip, and the median t of the dip, dashed."""
        ax = _axes(ax)
        ends = []
        for name, cell, rows, colour in self._curves(cells):
            _band(ax, rows["log10_t"], rows, "margin", name, colour)
            if np.isfinite(cell["dip_log10_t_min_q50"]):
                ax.axvline(cell["dip_log10_t_min_q50"], color=colour, linestyle="--", linewidth=1)
                ends.append(min(rows["log10_t"].max(), np.ceil(cell["dip_log10_t_min_q95"] + 2)))
        if ends and max(ends) > 0:
            ax.set_xlim(0, max(ends))
        return _finished(ax, "log10 t", "margin")

    def patterns(self, ax: Axes | None = None, *, cell: int = 0) -> Axes:
        """Draws the shares of a cell's networks by activation pattern: the signs of z11 z12 z21 z22, 1 for positive."""
        ax = _axes(ax)
        _, found, rows, _ = next(self._curves([cell]))
        counts = rows[[f"pattern_{pattern}" for pattern in range(16)]].to_numpy(dtype=float)
        shares = np.nan_to_num(counts) / found["trials"]  # without numbers where the sweep's statistics leave them out
        order = np.argsort(-shares.max(axis=0), kind="stable")
        for pattern in order[:8]:
            if shares[:, pattern].any():
                ax.plot(rows["log10_t"], shares[:, pattern], label=PATTERNS[pattern])
        return _finished(ax, "log10 t", "share of networks")

    def time_to_gap(
        self, eps: str | float | None = None, ax: Axes | None = None, *, cells: Sequence[int] | None = None
    ) -> Axes:
        """Draws the share of converging networks whose gap stays within eps from t on, against log10 t.

        eps: a threshold of the sweep, by default the smallest. Networks that never exceed it count from the start,
        those that never stay within it do not arrive.
        """
        texts = list(dict.fromkeys(self._results.config["eps"].split(",")))
        text = min(texts, key=_size) if eps is None else eps if isinstance(eps, str) else _same_number(eps, texts)
        if text not in texts:
            raise ValueError(f"eps: '{eps}' is not allowed; {', '.join(texts)} are thresholds of this sweep")
        ax = _axes(ax)
        histograms = self._results.histograms
        for name, cell, _, colour in self._curves(cells):
            column = f"log10_t_eps_{text}"
            never_above = cell[f"{column}_never_above"]
            all_networks = cell["converging"] - cell[f"{column}_not_known"]
            bars = histograms[
                (histograms["cell"] == cell["cell"])
                & (histograms["quantity"] == "log10_t_eps")
                & (histograms["threshold"] == text)
            ]
            bars = bars[np.isfinite(bars["high"])]
            if not all_networks or bars.empty:
                continue
            shares = (never_above + np.cumsum(bars["count"].to_numpy())) / all_networks
            start = bars["low"].iloc[0]
            ax.step(
                [start, *bars["high"]],
                [never_above / all_networks, *shares],
                label=name,
                color=colour,
                where="post",
            )
        ax.set_ylim(0, 1)
        return _finished(ax, f"log10 of the t from which the gap stays within {text}", "share of converging networks")

    def histogram(
        self, quantity: str = "log_exponent", ax: Axes | None = None, *, cells: Sequence[int] | None = None
    ) -> Axes:
        """Draws the density of log_exponent (p of gap ~ (ln t)^-p) or C_ratio (fitted C by theory's); 1 is the law."""
        if quantity not in ("log_exponent", "C_ratio"):
            raise ValueError(f"quantity: '{quantity}' is not allowed; log_exponent and C_ratio are")
        ax = _axes(ax)
        histograms = self._results.histograms
        for name, cell, _, colour in self._curves(cells):
            bars = histograms[(histograms["cell"] == cell["cell"]) & (histograms["quantity"] == quantity)]
            bars = bars[np.isfinite(bars["low"]) & np.isfinite(bars["high"]) & (bars["high"] > bars["low"])]
            if bars.empty:
                continue
            widths = (bars["high"] - bars["low"]).to_numpy()
            counts = bars["count"].to_numpy()
            ax.bar(
                bars["low"],
                counts / counts.sum() / widths,
                widths,
                align="edge",
                alpha=0.6,
                label=name,
                color=colour,
            )
        ax.axvline(1.0, color="grey", linestyle="--", linewidth=1)
        return _finished(ax, quantity, "density")

    def outcomes(self, ax: Axes | None = None, *, cells: Sequence[int] | None = None) -> Axes:
        """Draws the share of networks by outcome, a bar for each cell."""
        ax = _axes(ax)
        found = self._results.cells
        chosen = self._chosen(cells)
        names = self._results.names()
        left = np.zeros(len(chosen))
        for outcome in outcome_columns(found):
            shares = (found[outcome] / found["trials"]).to_numpy()[chosen]
            if shares.any():
                ax.barh([names[i] for i in chosen], shares, left=left, label=outcome)
            left += shares
        ax.invert_yaxis()
        ax.set_xlim(0, 1)
        return _finished(ax, "share of networks", "")

    def heatmap(self, x: str, y: str, value: str = "gap_excess_q50", ax: Axes | None = None, **others: Any) -> Axes:
        """Draws a value over two axes of the sweep, x across and y up.

        value: a column of cells.csv, or an outcome, of which the share is drawn. others: values of the other axes; by
        default their first.
        """
        table = self._results.cells
        axes = self._results._axes
        for name in (x, y, *others):
            if name not in axes:
                raise ValueError(f"axis: '{name}' is not allowed; {', '.join(axes)} are")
        if value not in table.columns:
            raise ValueError(f"value: '{value}' is not allowed; a column of cells.csv is")
        kept = pd.Series(True, index=table.index)
        for name, values in axes.items():
            if name not in (x, y):
                kept &= table[name] == others.get(name, values[0])
        drawn = table[value] / table["trials"] if value in outcome_columns(table) else table[value]
        shown = pd.DataFrame({"x": table[x], "y": table[y], "value": drawn})[kept]
        grid = shown.pivot(index="y", columns="x", values="value").reindex(index=axes[y], columns=axes[x])
        ax = _axes(ax)
        image = ax.imshow(grid.to_numpy(dtype=float), origin="lower", aspect="auto")
        _ticks(ax.set_xticks, axes[x])
        _ticks(ax.set_yticks, axes[y])
        ax.figure.colorbar(image, ax=ax, label=value)
        ax.set_xlabel(x)
        ax.set_ylabel(y)
        return ax

    def _chosen(self, cells: Sequence[int] | None) -> list[int]:
        count = len(self._results.cells)
        chosen = list(range(min(count, _MOST_CELLS))) if cells is None else [int(cell) for cell in cells]
        for cell in chosen:
            if not 0 <= cell < count:
                raise ValueError(f"cells: {cell} is not allowed; numbers from 0 to {count - 1} are")
        return chosen

    def _curves(self, cells: Sequence[int] | None) -> Iterator[tuple[str, Any, pd.DataFrame, str]]:
        """Gives name, row of cells.csv, rows of trajectory.csv at t > 0 and colour of each chosen cell."""
        names = self._results.names()
        trajectory = self._results.trajectory
        times = len(trajectory) // len(names)
        for number, cell in enumerate(self._chosen(cells)):
            rows = pd.DataFrame(trajectory.iloc[cell * times : (cell + 1) * times])
            yield names[cell], self._results.cells.iloc[cell], rows[rows["t"] > 0], f"C{number % 10}"

    def _svg_of_gap(self) -> str:
        """Returns the picture of the gap as SVG, made without pyplot's state."""
        figure = Figure(figsize=(5, 3), layout="constrained")
        self.gap(figure.subplots())
        text = io.StringIO()
        figure.savefig(text, format="svg")
        return text.getvalue()[text.getvalue().index("<svg") :]


def _axes(ax: Axes | None) -> Axes:
    return plt.subplots(layout="constrained")[1] if ax is None else ax


def _finished(ax: Axes, x: str, y: str) -> Axes:
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    if ax.get_legend_handles_labels()[1]:
        ax.legend(frameon=False)
    return ax


def _inverse(values: Any) -> Any:
    with np.errstate(divide="ignore"):
        return np.where(values > 0, 1.0 / values, np.nan)


def _band(
    ax: Axes,
    x: Any,
    rows: pd.DataFrame,
    quantity: str,
    name: str,
    colour: str,
    of: Callable[[Any], Any] = lambda values: values,
    *,
    inner: bool = False,
) -> None:
    low, q25, median, q75, high = (of(rows[f"{quantity}_{quantile}"].to_numpy()) for quantile in _BAND)
    ax.fill_between(x, q25 if inner else low, q75 if inner else high, color=colour, alpha=0.2, linewidth=0)
    ax.plot(x, median, color=colour, label=name)


def _size(threshold: str) -> float:
    """Returns a threshold's number: of percentages their share of the largest margin."""
    return float(threshold.removesuffix("%")) / (100 if threshold.endswith("%") else 1)


def _same_number(eps: float, texts: list[str]) -> str:
    for text in texts:
        if not text.endswith("%") and float(text) == eps:
            return text
    return repr(eps)


def _ticks(put: Callable[..., Any], values: Sequence[Any]) -> None:
    """Labels at most ten places of an axis."""
    shown = np.unique(np.linspace(0, len(values) - 1, min(len(values), 10)).round().astype(int))
    labels = [f"{values[i]:.3g}" if isinstance(values[i], float) else str(values[i]) for i in shown]
    put(shown, labels)
