"""CuPy: a kernel written in CUDA, launched once a step, as one does who wants to look at every step."""

from protocol import Unavailable, serve

SOURCE = r"""
extern "C" __global__ void step(double k11, double k22, double k12, long count, double* z) {
  const long i = blockIdx.x * (long)blockDim.x + threadIdx.x;
  if (i >= count) return;
  double *const at = z + i;
  const double z11 = at[0], z12 = at[count], z21 = at[2 * count], z22 = at[3 * count];
  const double rho_1 = exp(fmax(z21, 0.0) - fmax(z11, 0.0)), rho_2 = exp(fmax(z12, 0.0) - fmax(z22, 0.0));
  const double h11 = z11 > 0.0 ? rho_1 : 0.0, h21 = z21 > 0.0 ? rho_1 : 0.0;
  const double h12 = z12 > 0.0 ? rho_2 : 0.0, h22 = z22 > 0.0 ? rho_2 : 0.0;
  at[0] = z11 + (k11 * h11 - k12 * h12);
  at[count] = z12 + (k12 * h11 - k22 * h12);
  at[2 * count] = z21 + (k12 * h22 - k11 * h21);
  at[3 * count] = z22 + (k22 * h22 - k12 * h21);
}
"""


class CuPy:
    def __init__(self, settings):
        import cupy

        try:
            cupy.cuda.runtime.getDeviceCount()
        except cupy.cuda.runtime.CUDARuntimeError as reason:
            raise Unavailable(f"CuPy finds no CUDA device: {reason}") from reason
        self.cupy, self.block = cupy, settings.get("block", 128)
        self.kernel = cupy.RawKernel(SOURCE, "step")
        self.versions = {"cupy": cupy.__version__}

    def prepare(self, problem, z):
        self.problem = problem
        self.advance(self.start(z), 1)

    def start(self, z):
        return self.cupy.asarray(z)

    def advance(self, state, steps):
        count = state.shape[1]
        grid = ((count + self.block - 1) // self.block,)
        arguments = (*(self.cupy.float64(rate) for rate in self.problem.rates), self.cupy.int64(count), state)
        for _ in range(steps):
            self.kernel(grid, (self.block,), arguments)
        self.cupy.cuda.runtime.deviceSynchronize()
        return state

    def fetch(self, state):
        return self.cupy.asnumpy(state)


if __name__ == "__main__":
    serve(CuPy)
