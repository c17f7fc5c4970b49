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
    kind: str  # "logmargin", "python", "c++" or, on a GPU, "by hand"
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
    ]


def gpu_entries(binaries):
    """binaries: folder of lockstep_cuda."""
    cuda, platform = {"device": "cuda"}, {"platform": "cuda"}
    blocks = (64, 128, 256)
    return [
        Entry("logmargin", (os.path.join(binaries, "lockstep_cuda"),), "logmargin"),
        python("JAX", "peer_jax.py", fixed=platform, choices={"loop": ("fori", "scan"), "unroll": (1, 8, 32)}),
        python("JAX, vmap of grad", "peer_jax_grad.py", fixed={**platform, "loop": "scan"}, choices={"unroll": (1, 8)}),
        python("PyTorch compile", "peer_torch_compile.py", fixed=cuda, choices={"unroll": (1, 16)}),
        python("PyTorch eager", "peer_torch_eager.py", fixed=cuda, choices={"graph": (0, 16, 256)}),
        python("PyTorch autograd", "peer_torch_grad.py", fixed=cuda),
        python("CuPy, a launch a step", "peer_cupy.py", "by hand", choices={"block": blocks}),
        python("Numba CUDA, one launch", "peer_numba_cuda.py", "by hand", choices={"block": blocks}),
    ]
