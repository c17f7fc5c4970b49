"""A bar that shows how far a run is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def shown(wanted: bool) -> Iterator[Callable[[float, float], None] | None]:
    """Gives what takes the steps done and all steps, and shows them with tqdm, or None without tqdm."""
    try:
        from tqdm import tqdm
    except ImportError:
        wanted = False
    if not wanted:
        yield None
        return
    form = "{percentage:3.0f} %|{bar}| {elapsed}<{remaining}"
    with tqdm(total=100.0, bar_format=form, delay=1.0, leave=False) as bar:

        def show(done: float, total: float) -> None:
            share = done / total
            # Where all steps are beyond the range of double the bar stays where it is.
            if math.isfinite(share):
                bar.update(max(0.0, 100.0 * min(share, 1.0) - bar.n))

        yield show
