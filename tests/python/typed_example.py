"""Own weights, trained, plotted and beside theory: the calls of README, checked by mypy --strict."""

import numpy as np
from matplotlib.axes import Axes

import logmargin as lm

theta = np.random.default_rng(0).normal(size=(1000, 4))
trained: lm.Trained = lm.train(theta, eta=0.1, at=np.logspace(0, 300, 61), progress=False)
assert trained.gap is not None and trained.z is not None
late: float = float(np.nanmedian(trained.gap[:, -1]))
assert 0 < late < 1e-2 and trained.z.shape == (1000, 61, 4)

results: lm.Results = lm.sweep(theta=theta, eta=[0.1, 0.5], steps=1e6, progress=False)
median: float = results.to_xarray()["gap"].sel(eta=0.1, quantile=0.5).values.min()
axes: Axes = results.plot.gap()
text: str = lm.explain(theta[0], eta=0.1)
rows: list[str] = list(lm.replay(theta[0], eta=0.1).columns)
