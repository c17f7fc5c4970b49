"""A sweep's tables are those of the program, in every form."""

import io
import os
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import logmargin as lm

OPTIONS = "--init he-normal,pytorch --eta 0.1,0.5 --trials 500 --steps 1e6 --eps 0.5,1% --quiet".split()
TABLES = {"cells": "cells.csv", "trajectory": "trajectory.csv", "histograms": "histograms.csv"}


@pytest.fixture(scope="module")
def folder(command: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the program wrote: LOGMARGIN_PROGRAM, or else the package's own."""
    program = [os.environ["LOGMARGIN_PROGRAM"]] if "LOGMARGIN_PROGRAM" in os.environ else command
    folder = tmp_path_factory.mktemp("program") / "results"
    without_gnuplot = os.environ | {"PATH": "/nonexistent"}
    subprocess.run([*program, "sweep", *OPTIONS, "--out", str(folder)], check=True, env=without_gnuplot)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_bytes_of_the_programs_files(swept: lm.Results, folder: Path, table: str) -> None:
    written = (folder / TABLES[table]).read_bytes()
    assert getattr(swept, table).to_csv().encode() == written
    assert getattr(swept, table).to_csv(index=False).encode() == written
    assert getattr(lm.open(folder), table).to_csv().encode() == written
    buffer = io.StringIO()
    getattr(swept, table).to_csv(buffer)
    assert buffer.getvalue().encode() == written


def test_numbers_are_those_of_the_text(swept: lm.Results) -> None:
    rows = [line.split(",") for line in swept.trajectory.to_csv().splitlines()]
    gap = rows[0].index("gap_q50") - len(rows[0])
    assert [float(row[gap] or "nan") for row in rows[1:]] == pytest.approx(
        swept.trajectory["gap_q50"].tolist(), rel=0, abs=0, nan_ok=True
    )


def test_a_changed_table_is_written_as_it_is(swept: lm.Results) -> None:
    changed = swept.cells.copy()
    changed["mine"] = 1.5
    assert changed.to_csv(index=False).splitlines()[0].endswith(",mine")
    assert swept.cells[["cell", "eta"]].to_csv(index=False) == "cell,eta\n0,0.1\n1,0.5\n2,0.1\n3,0.5\n"
    within = lm.sweep(trials=5, steps=10, progress=False).cells
    within["trials"] = 7
    assert ",7," in within.to_csv()


def test_saved_folders_open_again(swept: lm.Results, folder: Path, tmp_path: Path) -> None:
    swept.save(tmp_path / "saved")
    names = {file.name for file in folder.iterdir()}
    assert {file.name for file in (tmp_path / "saved").iterdir()} - {"figures"} == names - {"figures"}
    opened = lm.open(tmp_path / "saved")
    pd.testing.assert_frame_equal(pd.DataFrame(opened.cells), pd.DataFrame(swept.cells))
    assert opened.summary["cells"] == swept.summary["cells"]
    with pytest.raises(ValueError, match="--out: .*not allowed"):
        swept.save(tmp_path / "saved")
    with pytest.raises(ValueError, match="--out: .*not allowed"):
        opened.save(folder)
    opened.save(tmp_path / "again")
    assert (tmp_path / "again/cells.csv").read_bytes() == (folder / "cells.csv").read_bytes()
    with pytest.raises(OSError):
        lm.open(tmp_path / "nothing").cells  # noqa: B018


def test_the_dataset_has_the_tables_numbers(swept: lm.Results) -> None:
    data = swept.to_xarray()
    assert dict(data.sizes)["init"] == 2 and dict(data.sizes)["eta"] == 2
    row = swept.cells[(swept.cells["init"] == "pytorch") & (swept.cells["eta"] == 0.5)].iloc[0]
    cell = data.sel(init="pytorch", eta=0.5).squeeze()
    assert cell["outcomes"].sel(outcome="stuck") == row["stuck"]
    assert cell["C_theory"].sel(quantile=0.5) == row["C_theory_q50"]
    assert cell["log10_t_eps"].sel(eps="1%", quantile=0.25) == row["log10_t_eps_1%_q25"]
    rows = swept.trajectory[swept.trajectory["cell"] == row["cell"]].set_index("t")
    np.testing.assert_array_equal(cell["gap"].sel(quantile=0.95), rows["gap_q95"])
    np.testing.assert_array_equal(cell["patterns"].sel(pattern="1000"), rows["pattern_1"])
    assert (rows["pattern_1"] != rows["pattern_8"]).any()
    assert cell["gap"].attrs["units"] == "distance (as --data)"


def test_trials_and_trajectories_are_replays() -> None:
    r = lm.sweep(eta=[0.1, 0.4], trials=60, steps=1e4, trials_out=True, trajectories="gap,z,pattern", progress=False)
    assert len(r.trials) == 120 and list(r.trials.columns[:2]) == ["cell", "init"]
    assert r.trials["outcome"].dtype == "category"
    counts = r.trials[r.trials["eta"] == 0.4]["outcome"].value_counts()
    assert counts["stuck"] == r.cells["stuck"][1]
    for trial in (0, 17, 59):
        rows = lm.replay(trial=trial, trials=60, eta=0.4, steps=1e4)
        walk = r.trajectories.sel(eta=0.4, trial=trial).squeeze()
        np.testing.assert_array_equal(walk["z21"], rows["z21"])
        gap = rows["gap"].where(walk["gap"].notnull().to_numpy())
        np.testing.assert_array_equal(walk["gap"], gap)
        last = r.trials[(r.trials["eta"] == 0.4) & (r.trials["trial"] == trial)].iloc[0]
        assert walk["pattern"].dtype == np.uint8
        assert last["z22_final"] == rows["z22"].iloc[-1]
    plain = lm.sweep(trials=5, steps=10, progress=False)
    for missing in ("trials", "trajectories"):
        with pytest.raises(ValueError, match="the sweep kept no"):
            getattr(plain, missing)


def test_a_notebook_shows_outcomes_and_the_gap(swept: lm.Results) -> None:
    html = swept._repr_html_()
    assert "converging" in html and "<svg" in html and "4 cells" in repr(swept)


def test_every_picture_draws(swept: lm.Results) -> None:
    import matplotlib.pyplot as plt

    plot = swept.plot
    for draw in (
        plot.gap,
        plot.slope,
        plot.exponent,
        plot.dip,
        plot.time_to_gap,
        plot.histogram,
        plot.outcomes,
    ):
        ax = draw()  # type: ignore[operator]
        assert len(ax.get_legend_handles_labels()[1]) >= 2, draw
    assert plot.gap().get_legend_handles_labels()[1][0] == "init he-normal, eta 0.1"
    shares = [line.get_ydata()[-1] for line in plot.patterns(cell=1).lines]
    assert sum(shares) == pytest.approx(1.0, abs=0.02)
    last = swept.cells.iloc[0]
    line = plot.gap(cells=[0]).lines[0]
    assert line.get_ydata()[-1] == swept.trajectory[swept.trajectory["cell"] == 0]["gap_q50"].iloc[-1]
    ecdf = plot.time_to_gap("1%", cells=[0]).lines[0]
    arrived = 1 - last["log10_t_eps_1%_never_within"] / last["converging"]
    assert ecdf.get_ydata()[-1] == pytest.approx(arrived)
    middle = np.interp(0.5, ecdf.get_ydata(), ecdf.get_xdata())
    assert middle == pytest.approx(last["log10_t_eps_1%_q50"], rel=0.1)
    grid = plot.heatmap("eta", "init", "C_ratio_q50").images[0].get_array()
    assert grid.ravel().tolist() == swept.cells["C_ratio_q50"].tolist() and len(set(grid.ravel())) == 4
    assert plot.heatmap("eta", "init", "stuck").images[0].get_array()[1, 0] == swept.cells["stuck"][2] / 500
    for wrong in (
        lambda: plot.heatmap("eta", "oops"),
        lambda: plot.heatmap("eta", "init", "oops"),
        lambda: plot.time_to_gap(0.3),
        lambda: plot.gap(cells=[4]),
        lambda: plot.histogram("oops"),
    ):
        with pytest.raises(ValueError, match="not allowed"):
            wrong()
    plt.close("all")


def test_pictures_of_few_networks_have_nothing_to_draw(tmp_path):
    few = lm.sweep(trials=5, steps=100, progress=False)
    few.plot.time_to_gap()
    few.plot.histogram()


def test_time_to_gap_takes_the_smallest_threshold(tmp_path):
    result = lm.sweep(trials=400, steps=1e4, eps="0.001,0.1", progress=False)
    assert "0.001" in result.plot.time_to_gap().get_xlabel()
    assert "1%" in lm.sweep(trials=400, steps=1e4, eps="1%,10%", progress=False).plot.time_to_gap().get_xlabel()


def test_patterns_that_are_not_tallied_are_not_drawn():
    assert not lm.sweep(trials=300, steps=1e3, statistics="gap", progress=False).plot.patterns().lines


def test_save_leaves_no_file_of_another_run(tmp_path):
    lm.sweep(trials=50, steps=100, progress=False).save(tmp_path / "a")
    opened = lm.open(tmp_path / "a")
    other = tmp_path / "b"
    other.mkdir()
    (other / "trials.h5").write_text("of another run")
    (other / "notes.txt").write_text("the user's own")
    opened.save(other, replace=True)
    assert not (other / "trials.h5").exists()
    assert (other / "notes.txt").exists()
    assert (other / "cells.csv").read_bytes() == (tmp_path / "a" / "cells.csv").read_bytes()
    opened.save(tmp_path / "a", replace=True)
    assert (tmp_path / "a" / "summary.json").exists()


def test_open_says_that_there_is_nothing(tmp_path):
    with pytest.raises(OSError):
        lm.open(tmp_path / "nowhere")


def test_more_numbers_than_there_is_room_for():
    with pytest.raises(MemoryError):
        lm.sweep(eta="0.1:0.2:32768", trials=2**49, trials_out=True, steps=1, record="1", progress=False)
