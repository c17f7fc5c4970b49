"""What the tests of the Python package share."""

import os
import sys

import hypothesis
import numpy as np
import pytest

import logmargin as lm

os.environ.setdefault("MPLBACKEND", "Agg")
hypothesis.settings.register_profile("check", database=None, derandomize=True, deadline=None)
hypothesis.settings.load_profile("check")


@pytest.fixture(scope="session")
def swept() -> lm.Results:
    """A sweep of four cells."""
    return lm.sweep(init=["he-normal", "pytorch"], eta=[0.1, 0.5], trials=500, steps=1e6, eps="0.5,1%", progress=False)


@pytest.fixture(scope="session")
def theta() -> np.ndarray:
    """Two hundred networks on the line."""
    return np.random.default_rng(7).normal(size=(200, 4))


@pytest.fixture(scope="session")
def command() -> list[str]:
    """The program, as the package has it."""
    return [sys.executable, "-m", "logmargin"]
