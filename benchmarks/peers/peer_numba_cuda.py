"""Numba's CUDA target: a thread for each network, all steps in one launch, the state in registers."""

from protocol import Unavailable, serve


def make_kernel(cuda):
    from math import exp

    @cuda.jit(fastmath=False)
    def advance(k11, k22, k12, steps, z):
        i = cuda.grid(1)
        if i >= z.shape[1]:
            return
        z11, z12, z21, z22 = z[0, i], z[1, i], z[2, i], z[3, i]
        for _ in range(steps):
            rho_1 = exp(max(z21, 0.0) - max(z11, 0.0))
            rho_2 = exp(max(z12, 0.0) - max(z22, 0.0))
            h11, h21 = (rho_1 if z11 > 0.0 else 0.0), (rho_1 if z21 > 0.0 else 0.0)
            h12, h22 = (rho_2 if z12 > 0.0 else 0.0), (rho_2 if z22 > 0.0 else 0.0)
            z11, z12 = z11 + (k11 * h11 - k12 * h12), z12 + (k12 * h11 - k22 * h12)
            z21, z22 = z21 + (k12 * h22 - k11 * h21), z22 + (k22 * h22 - k12 * h21)
        z[0, i], z[1, i], z[2, i], z[3, i] = z11, z12, z21, z22

    return advance


class NumbaCuda:
    def __init__(self, settings):
        import numpy

        # NumPy 2.5 dropped the name, which Numba's functions on arrays still look up.
        if not hasattr(numpy, "row_stack"):
            numpy.row_stack = numpy.vstack
        from numba import cuda

        if not cuda.is_available():
            raise Unavailable("Numba finds no CUDA device")
        import numba

        self.cuda, self.block = cuda, settings.get("block", 128)
        self.kernel = make_kernel(cuda)
        self.versions = {"numba": numba.__version__}

    def prepare(self, problem, z):
        self.problem = problem
        self.advance(self.start(z), 1)

    def start(self, z):
        return self.cuda.to_device(z)

    def advance(self, state, steps):
        blocks = (state.shape[1] + self.block - 1) // self.block
        self.kernel[blocks, self.block](*self.problem.rates, steps, state)
        self.cuda.synchronize()
        return state

    def fetch(self, state):
        return state.copy_to_host()


if __name__ == "__main__":
    serve(NumbaCuda)
