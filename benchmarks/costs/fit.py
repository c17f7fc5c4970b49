"""A line with an offset through times, and from where on they lie on it."""

from dataclasses import dataclass

NEAR = 0.2


@dataclass
class Line:
    offset: float  # seconds
    slope: float  # seconds a unit
    linear_from: float  # the least size from which on all times lie within NEAR of the line; NaN if the last does not
    worst: float  # the largest relative deviation from there on

    def at(self, size):
        return self.offset + self.slope * size


def _weighted_line(points):
    """Least squares of relative deviations: small runs count as much as large ones."""
    w = [1.0 / t**2 for _, t in points]
    mean_x = sum(wi * x for wi, (x, _) in zip(w, points)) / sum(w)
    mean_t = sum(wi * t for wi, (_, t) in zip(w, points)) / sum(w)
    spread = sum(wi * (x - mean_x) ** 2 for wi, (x, _) in zip(w, points))
    slope = sum(wi * (x - mean_x) * (t - mean_t) for wi, (x, t) in zip(w, points)) / spread
    return mean_t - slope * mean_x, slope


def fit_line(points):
    """points: (size, seconds) with growing sizes, two at least."""
    offset, slope = _weighted_line(points)
    linear_from, worst = float("nan"), float("nan")
    reached = 0.0
    for size, seconds in reversed(points):
        deviation = abs(seconds / (offset + slope * size) - 1.0)
        if deviation > NEAR:
            break
        reached = max(reached, deviation)
        linear_from, worst = size, reached
    return Line(offset, slope, linear_from, worst)
