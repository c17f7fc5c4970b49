"""NumPy, in place and without temporaries, in chunks that stay in cache, a thread for each share of the chunks.

NumPy lets go of the interpreter's lock inside a ufunc, so that threads help once chunks are long enough.
"""

from concurrent.futures import ThreadPoolExecutor

from protocol import serve


class Points:
    """Some points of decoupled data."""

    def __init__(self, np, rate, right, wrong):
        self.np, self.rate, self.right, self.wrong = np, rate, right, wrong
        self.rho, self.rest = np.empty_like(right), np.empty_like(right)
        self.fires = np.empty(right.shape, bool)

    def advance(self, steps):
        np, right, wrong, rho, rest, fires = self.np, self.right, self.wrong, self.rho, self.rest, self.fires
        for _ in range(steps):
            np.maximum(wrong, 0.0, out=rho)
            np.maximum(right, 0.0, out=rest)
            np.subtract(rho, rest, out=rho)
            np.exp(rho, out=rho)
            np.multiply(rho, self.rate, out=rho)
            np.greater(wrong, 0.0, out=fires)
            np.multiply(rho, fires, out=rest)
            np.subtract(wrong, rest, out=wrong)
            np.greater(right, 0.0, out=fires)
            np.multiply(rho, fires, out=rest)
            np.add(right, rest, out=right)

    def arrays(self):
        return self.right, self.wrong


class Networks:
    """Some networks whose points feel each other."""

    def __init__(self, np, rates, *z):
        self.np, self.rates, self.z = np, rates, z
        self.h = [np.empty_like(z[0]) for _ in range(5)]
        self.fires = np.empty(z[0].shape, bool)

    def pull(self, right, wrong, on_right, on_wrong):
        """What the point pulls at the neuron that should fire there, and at the other."""
        np, rest = self.np, self.h[4]
        np.maximum(wrong, 0.0, out=on_wrong)
        np.maximum(right, 0.0, out=rest)
        np.subtract(on_wrong, rest, out=on_wrong)
        np.exp(on_wrong, out=on_wrong)
        np.greater(right, 0.0, out=self.fires)
        np.multiply(on_wrong, self.fires, out=on_right)
        np.greater(wrong, 0.0, out=self.fires)
        np.multiply(on_wrong, self.fires, out=on_wrong)

    def advance(self, steps):
        np = self.np
        kappa_11, kappa_22, kappa_12 = self.rates
        z11, z12, z21, z22 = self.z
        h11, h21, h22, h12, rest = self.h

        def add(z, rate, h):
            np.multiply(h, rate, out=rest)
            np.add(z, rest, out=z)

        for _ in range(steps):
            self.pull(z11, z21, h11, h21)
            self.pull(z22, z12, h22, h12)
            add(z11, kappa_11, h11)
            add(z11, -kappa_12, h12)
            add(z12, kappa_12, h11)
            add(z12, -kappa_22, h12)
            add(z21, kappa_12, h22)
            add(z21, -kappa_11, h21)
            add(z22, kappa_22, h22)
            add(z22, -kappa_12, h21)

    def arrays(self):
        return self.z


class NumPy:
    def __init__(self, settings):
        import numpy

        self.np = numpy
        self.chunk, self.threads = settings.get("chunk", 5000), settings.get("threads", 1)
        self.pool = ThreadPoolExecutor(self.threads)
        self.versions = {"numpy": numpy.__version__}

    def prepare(self, problem, z):
        self.problem = problem

    def start(self, z):
        rates = self.problem.rates
        one_rate = self.problem.one_rate
        arrays = (self.np.concatenate((z[0], z[3])), self.np.concatenate((z[2], z[1]))) if one_rate else tuple(z)
        chunks = []
        for first in range(0, arrays[0].size, self.chunk):
            part = [array[first : first + self.chunk].copy() for array in arrays]
            chunks.append(Points(self.np, rates[0], *part) if one_rate else Networks(self.np, rates, *part))
        return chunks

    def advance(self, chunks, steps):
        list(self.pool.map(lambda chunk: chunk.advance(steps), chunks))
        return chunks

    def fetch(self, chunks):
        arrays = [self.np.concatenate(parts) for parts in zip(*(chunk.arrays() for chunk in chunks))]
        if not self.problem.one_rate:
            return self.np.stack(arrays)
        (z11, z22), (z21, z12) = (array.reshape(2, -1) for array in arrays)
        return self.np.stack((z11, z12, z21, z22))


if __name__ == "__main__":
    serve(NumPy)
