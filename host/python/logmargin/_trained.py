"""What trained networks show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, repr=False, eq=False)
class Trained:
    """What n networks show at m times. An array is None where its column was not asked for.

    t: (m,) steps taken, rising.
    gap: (n, m) largest possible margin less the margin, a length as of data; NaN unless both points are classified.
    margin: (n, m) distance to the nearest misclassified point, a length as of data; NaN like the gap.
    z: (n, m, 4) pre-activations z11, z12, z21, z22: of neuron 1 at the points +1 and -1, then of neuron 2.
    pattern: (n, m) which pre-activations are positive: 1 for z11, plus 2 for z12, 4 for z21, 8 for z22.
    log10_loss: (n, m) log10 of the mean loss.
    device: what computed.
    """

    t: NDArray[np.float64]
    gap: NDArray[np.float64] | None
    margin: NDArray[np.float64] | None
    z: NDArray[np.float64] | None
    pattern: NDArray[np.uint8] | None
    log10_loss: NDArray[np.float64] | None
    device: str

    columns: ClassVar[tuple[str, ...]] = ("gap", "margin", "z", "pattern", "log10_loss")

    def to_xarray(self) -> xr.Dataset:
        """Returns the arrays, without copies, as a Dataset with the dimensions network, t and pre_activation."""
        import xarray as xr

        dims = ("network", "t")
        arrays = {name: getattr(self, name) for name in self.columns}
        variables = {
            name: ((*dims, "pre_activation") if name == "z" else dims, array)
            for name, array in arrays.items()
            if array is not None
        }
        return xr.Dataset(variables, {"t": self.t, "pre_activation": ["z11", "z12", "z21", "z22"]})

    def __repr__(self) -> str:
        arrays = [getattr(self, name) for name in self.columns]
        shapes = [f"{name} {array.shape}" for name, array in zip(self.columns, arrays) if array is not None]
        return f"<logmargin.Trained: {', '.join(shapes)}, on {self.device}>"
