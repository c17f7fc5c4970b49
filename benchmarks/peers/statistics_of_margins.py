"""What a run records: margins in quantiles at each recorded t, patterns, and how networks stand at the end."""

import numpy as np

QUANTILES = (0.05, 0.5, 0.95)
HEADER = "t,classified," + ",".join(f"margin_q{100 * q:02.0f},gap_q{100 * q:02.0f}" for q in QUANTILES)
OUTCOMES = ("converging", "stuck", "transient", "diverged")


def margins(problem, z):
    """Distance from the points to the nearest point classified otherwise, and who classifies both correctly."""
    z11, z12, z21, z22 = z
    span = abs(problem.first - problem.second)
    lead_1, lead_2 = z11 - z21, z22 - z12
    classified = (z11 > 0) & (z22 > 0) & (lead_1 > 0) & (lead_2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.minimum(z11 / np.abs(z11 - z12), z22 / np.abs(z22 - z21))
        margin = span * np.minimum(own, np.minimum(lead_1, lead_2) / np.abs(lead_1 + lead_2))
    return np.where(classified, margin, 0.0), classified


def record(problem, t, z):
    """A line of the table."""
    margin, classified = margins(problem, z)
    margin = np.quantile(margin[classified], QUANTILES) if classified.any() else np.full(len(QUANTILES), np.nan)
    best = abs(problem.first - problem.second) / 2.0
    # A quantile of the gap is the best possible margin less the opposite quantile of the margin.
    fields = (f"{m:.6g},{best - g:.6g}" for m, g in zip(margin, margin[::-1]))
    return f"{t},{np.count_nonzero(classified)}," + ",".join(fields)


def outcomes(z):
    z11, z12, z21, z22 = z
    diverged = ~np.isfinite(np.asarray(z)).all(axis=0)
    stuck = ~diverged & (((z11 <= 0) & (z21 <= 0)) | ((z22 <= 0) & (z12 <= 0)))
    converging = ~diverged & ~stuck & (z11 > 0) & (z21 <= 0) & (z22 > 0) & (z12 <= 0)
    transient = ~diverged & ~stuck & ~converging
    return {name: int(np.count_nonzero(of)) for name, of in zip(OUTCOMES, (converging, stuck, transient, diverged))}
