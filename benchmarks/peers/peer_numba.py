"""Numba: a parallel loop over blocks of networks, all steps of a block before the next, so that it stays in cache and
the loop over its networks can become vectors.

settings: exp "libm" (math.exp, one call after another: PyPI's llvmlite is built without Intel's vector library) or
"polynomial" (written here, so that the loop becomes vectors); fastmath; block, networks.
"""

import os

from protocol import serve


def make_polynomial_exp(numba, np, fastmath):
    """exp to a few units in the last place, for x <= 709; below -708 it stays at exp(-708)."""
    from math import factorial, floor

    per_ln_2, ln_2_high, ln_2_low = 1.4426950408889634, 6.93147180369123816490e-01, 1.90821492927058770002e-10
    (c13, c12, c11, c10, c9, c8, c7, c6, c5, c4, c3) = (1.0 / factorial(k) for k in range(13, 2, -1))

    @numba.njit(fastmath=fastmath)
    def exp(x):
        x = max(x, -708.0)
        whole = floor(x * per_ln_2 + 0.5)
        r = (x - whole * ln_2_high) - whole * ln_2_low
        p = (((((c13 * r + c12) * r + c11) * r + c10) * r + c9) * r + c8) * r + c7
        p = ((((p * r + c6) * r + c5) * r + c4) * r + c3) * r + 0.5
        p = (p * r + 1.0) * r + 1.0
        return p * np.int64((np.int64(whole) + 1023) << 52).view(np.float64)

    return exp


def make_exp(numba, np, fastmath, name):
    if name == "polynomial":
        return make_polynomial_exp(numba, np, fastmath)
    from math import exp

    return exp


def make_loops(numba, fastmath, exp):
    @numba.njit(parallel=True, fastmath=fastmath)
    def advance_points(right_of_all, wrong_of_all, rate, block, steps):
        count = right_of_all.size
        for b in numba.prange((count + block - 1) // block):
            right, wrong = right_of_all[b * block : (b + 1) * block], wrong_of_all[b * block : (b + 1) * block]
            for _ in range(steps):
                for i in range(right.size):
                    r, w = right[i], wrong[i]
                    g = rate * exp((w if w > 0.0 else 0.0) - (r if r > 0.0 else 0.0))
                    right[i] = r + g if r > 0.0 else r
                    wrong[i] = w - g if w > 0.0 else w

    @numba.njit(parallel=True, fastmath=fastmath)
    def advance_networks(z, kappa_11, kappa_22, kappa_12, block, steps):
        count = z.shape[1]
        for b in numba.prange((count + block - 1) // block):
            z11, z12 = z[0, b * block : (b + 1) * block], z[1, b * block : (b + 1) * block]
            z21, z22 = z[2, b * block : (b + 1) * block], z[3, b * block : (b + 1) * block]
            for _ in range(steps):
                for i in range(z11.size):
                    a, b12, b21, d = z11[i], z12[i], z21[i], z22[i]
                    rho_1 = exp((b21 if b21 > 0.0 else 0.0) - (a if a > 0.0 else 0.0))
                    rho_2 = exp((b12 if b12 > 0.0 else 0.0) - (d if d > 0.0 else 0.0))
                    h11, h21 = (rho_1 if a > 0.0 else 0.0), (rho_1 if b21 > 0.0 else 0.0)
                    h12, h22 = (rho_2 if b12 > 0.0 else 0.0), (rho_2 if d > 0.0 else 0.0)
                    z11[i] = a + (kappa_11 * h11 - kappa_12 * h12)
                    z12[i] = b12 + (kappa_12 * h11 - kappa_22 * h12)
                    z21[i] = b21 + (kappa_12 * h22 - kappa_11 * h21)
                    z22[i] = d + (kappa_22 * h22 - kappa_12 * h21)

    return advance_points, advance_networks


class Numba:
    def __init__(self, settings):
        os.environ["NUMBA_NUM_THREADS"] = str(settings.get("threads", 2))
        import numba
        import numpy

        self.np = numpy
        self.block = settings.get("block", 256)
        fastmath = settings.get("fastmath", False)
        exp = make_exp(numba, numpy, fastmath, settings.get("exp", "libm"))
        self.points_loop, self.networks_loop = make_loops(numba, fastmath, exp)
        self.versions = {"numba": numba.__version__}

    def prepare(self, problem, z):
        self.problem = problem
        self.advance(self.start(z), 1)

    def start(self, z):
        if self.problem.one_rate:
            return self.np.concatenate((z[0], z[3])), self.np.concatenate((z[2], z[1]))
        return z.copy()

    def advance(self, state, steps):
        if self.problem.one_rate:
            self.points_loop(*state, self.problem.rates[0], self.block, steps)
        else:
            self.networks_loop(state, *self.problem.rates, self.block, steps)
        return state

    def fetch(self, state):
        if not self.problem.one_rate:
            return state
        (z11, z22), (z21, z12) = (array.reshape(2, -1) for array in state)
        return self.np.stack((z11, z12, z21, z22))


if __name__ == "__main__":
    serve(Numba)
