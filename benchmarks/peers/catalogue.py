"""Who is measured, and the settings that tuning chooses from."""

import itertools
import os
import sys
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass(frozen=True)
class Entry:
    name: str
    command: tuple
    kind: str  # "logmargin", "python", "c++" or "gpu"
    fixed: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)  # setting: values to try

    def candidates(self):
        for values in itertools.product(*self.choices.values()):
            yield {**self.fixed, **dict(zip(self.choices, values))}


def python(name, script, kind="python", **more):
    return Entry(name, (sys.executable, os.path.join(HERE, script)), kind, **more)


def entries(binaries, cores):
    """binaries: folder of lockstep, plain and plain_fast_math, as `run` builds them."""
    threads = sorted({1, cores})
    unrolls = (1, 2, 4, 8, 16)
    jax_choices = {"loop": ("fori", "scan"), "unroll": unrolls, "devices": threads}
    few_jax_choices = {"unroll": (1, 4, 16), "devices": threads}
    blocks = (8, 16, 64, 256)
    cuda = {"device": "cuda"}
    return [
        Entry("logmargin", (os.path.join(binaries, "lockstep"),), "logmargin", fixed={"threads": cores}),
        python("NumPy", "peer_numpy.py", choices={"chunk": (1000, 2500, 5000, 20000), "threads": threads}),
        python("Numba", "peer_numba.py", fixed={"threads": cores, "exp": "libm"}, choices={"block": blocks}),
        python(
            "Numba, fastmath",
            "peer_numba.py",
            fixed={"threads": cores, "exp": "libm", "fastmath": True},
            choices={"block": blocks},
        ),
        python(
            "Numba, own exp",
            "peer_numba.py",
            fixed={"threads": cores, "exp": "polynomial"},
            choices={"block": blocks, "fastmath": (False, True)},
        ),
        python("JAX", "peer_jax.py", fixed={"threads": cores}, choices=jax_choices),
        python("JAX, vmap of grad", "peer_jax_grad.py", fixed={"threads": cores}, choices=few_jax_choices),
        python("PyTorch compile", "peer_torch_compile.py", choices={"unroll": (1, 16, 64, 128), "threads": threads}),
        python("PyTorch eager", "peer_torch_eager.py", choices={"threads": threads}),
        python("PyTorch script", "peer_torch_script.py", choices={"threads": threads}),
        python("PyTorch autograd", "peer_torch_grad.py", choices={"threads": threads}),
        Entry("C++ OpenMP", (os.path.join(binaries, "plain"),), "c++", {"threads": cores}, {"block": blocks}),
        Entry(
            "C++ OpenMP, fast-math",
            (os.path.join(binaries, "plain_fast_math"),),
            "c++",
            {"threads": cores},
            {"block": blocks},
        ),
        python(
            "JAX, GPU", "peer_jax.py", "gpu", fixed={"platform": "cuda"}, choices={"loop": ("fori", "scan"), "unroll": unrolls}
        ),
        python("PyTorch compile, GPU", "peer_torch_compile.py", "gpu", fixed=cuda, choices={"unroll": (1, 4, 16, 64)}),
        python("PyTorch eager, GPU", "peer_torch_eager.py", "gpu", fixed=cuda, choices={"graph": (0, 16, 256)}),
        python("CuPy, a launch a step, GPU", "peer_cupy.py", "gpu", choices={"block": (64, 128, 256)}),
        python("Numba CUDA, GPU", "peer_numba_cuda.py", "gpu", choices={"block": (64, 128, 256)}),
    ]
