"""Whatever is given ends in a result or in an error of Python, never in a crash."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import logmargin as lm

few = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
DTYPES = st.one_of(
    hnp.scalar_dtypes(),
    hnp.floating_dtypes(endianness="?"),
    hnp.unicode_string_dtypes(),
    hnp.array_dtypes(max_size=2),
)


@few
@given(
    hnp.arrays(dtype=DTYPES, shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6)),
    st.data(),
)
def test_any_array(array: Any, data: st.DataObject) -> None:
    if array.ndim == 2 and array.size:
        array = data.draw(st.sampled_from([array, array.T, array[::-1], array[:, ::-1], np.asfortranarray(array)]))
    array.flags.writeable = data.draw(st.booleans()) and array.base is None
    try:
        tr = lm.train(array, at=[0, 5], progress=False)
    except ValueError as error:
        assert str(error)
    else:
        assert tr.gap is not None and tr.gap.shape[1] == 2


@few
@given(
    hnp.arrays(np.float64, st.tuples(st.integers(1, 9), st.just(4))),
    st.sampled_from(["gd", "ngd", "flow", "dual"]),
)
def test_any_numbers(array: Any, optimizer: str) -> None:
    try:
        tr = lm.train(array, at=[1, 50], optimizer=optimizer, stepping="lockstep", progress=False)
    except ValueError as error:
        assert "--theta" in str(error) and not np.isfinite(array).all()
    else:
        assert tr.z is not None and tr.z.shape == (len(array), 2, 4)


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.binary(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(), inner, max_size=2)
    ),
    max_leaves=4,
)
NAMES = [
    "init", "bias", "eta", "optimizer", "loss", "dim", "data", "seed", "stepping", "record", "eps", "precision",
    "device", "theta", "trials_out", "trajectories", "out", "foo", "help", "config",
]  # fmt: skip


@few
@given(st.sampled_from(NAMES), ANYTHING)
def test_any_option(name: str, value: Any) -> None:
    try:
        lm.sweep(**{"trials": 3, "steps": 10, name: value}, progress=False)
    except (ValueError, OSError) as error:
        assert str(error)
    except RuntimeError as error:
        assert name == "device", error


@few
@given(ANYTHING)
def test_any_times(at: Any) -> None:
    try:
        tr = lm.train([[1.0, 0.0, -1.0, 0.0]], at=at, stepping="leap", progress=False)
    except (ValueError, TypeError) as error:
        assert str(error)
    else:
        assert len(tr.t) > 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lm.sweep(eta=-1), "--eta: '-1' is not allowed; a number > 0"),
        (lambda: lm.sweep(init="he-norml"), "did you mean he-normal?"),
        (lambda: lm.sweep(stps=3), "--stps: unknown option, did you mean --steps"),
        (lambda: lm.sweep(trials_out=3), "--trials-out: 3 is not allowed; True or False is"),
        (lambda: lm.sweep(out="folder"), "in Python results are saved"),
        (lambda: lm.sweep(steps=[1, 2]), "--steps: .* one text or number is"),
        (lambda: lm.sweep(theta=np.ones((2, 4)), init="he-normal"), "--init: .* none are drawn"),
        (lambda: lm.train(np.ones((2, 5)), at=[1]), "its rows have 5 numbers"),
        (lambda: lm.train([[1, 2, np.nan, 4]], at=[1]), "row 0, counted from 0, column w2: nan"),
        (lambda: lm.train(np.ones((0, 4)), at=[1]), "it has no rows"),
        (lambda: lm.train(np.ones((2, 4)), at=[]), "--at: it has no t"),
        (lambda: lm.train(np.ones((2, 4)), at=[5, 5]), "--at: '5' is not allowed; each t"),
        (lambda: lm.train(np.ones((2, 4)), at=[np.inf]), "--at: 'inf' is not allowed"),
        (lambda: lm.train(np.ones((2, 4)), at=[1], eta=[1, 2]), "train: one value is allowed"),
        (lambda: lm.train(np.ones((2, 4), complex), at=[1]), "an array of complex128 is not allowed"),
        (lambda: lm.train(np.ones((2, 4)), at=[1e9], optimizer="nesterov", trials=1, steps=1e15), "--steps"),
        (lambda: lm.replay(np.ones(4), at=[1], eta="x"), "--eta: 'x' is not allowed"),
        (lambda: lm.bench(device="oops"), "--device: 'oops' is not allowed"),
    ],
)
def test_errors_say_what_the_command_line_says(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        call()


def test_an_array_too_large_is_an_error_of_memory() -> None:
    with pytest.raises((MemoryError, ValueError)):
        lm.train(np.broadcast_to(1.0, (2**50, 4)), at=[1])
    with pytest.raises((MemoryError, ValueError)):
        lm.sweep(trials=1e14, steps=10, trials_out=True)


def test_four_threads_train_at_once(theta: np.ndarray) -> None:
    alone = lm.train(theta, at=[1e4], threads=1, progress=False)
    found: dict[int, Any] = {}

    def work(number: int) -> None:
        for _ in range(5):
            found[number] = lm.train(theta, at=[1e4], threads=2, progress=False)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(4):
        np.testing.assert_array_equal(found[number].z, alone.z)


def test_the_lock_is_released() -> None:
    """While one thread trains for half a second, another counts."""
    counted = 0
    thread = threading.Thread(
        target=lambda: lm.sweep(trials=20_000, steps=20_000, stepping="lockstep", threads=1, progress=False)
    )
    thread.start()
    while thread.is_alive():
        counted += 1
        time.sleep(0.001)
    assert counted > 20


@pytest.mark.parametrize(
    "call",
    ["sweep(trials=1e9, steps=1e9, stepping='lockstep')", "train(theta, at=[1e9], stepping='lockstep')"],
)
def test_ctrl_c_stops_within_half_a_second_and_leaves_all_usable(call: str) -> None:
    script = f"""
import signal, time, numpy as np, logmargin as lm
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
theta = np.random.default_rng(1).normal(size=(100_000, 4))
print("ready", flush=True)
try:
    lm.{call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(len(lm.sweep(trials=5, steps=10).cells))
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        # A run that goes on would keep the suite from its end.
        deadline = threading.Timer(60, child.kill)
        deadline.start()
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.7)
        os.kill(child.pid, signal.SIGINT)
        assert child.stdout.readline() == "interrupted\n"
        assert child.stdout.readline() == "1\n"
        deadline.cancel()


def test_a_progress_that_raises_stops_the_run() -> None:
    from logmargin import _core

    def broken(done: float, total: float) -> None:
        assert 0 <= done <= total == 1e18
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _core.sweep(["--trials=1e9", "--steps=1e9", "--stepping=lockstep"], None, broken)


def test_wrong_arrays_for_results_are_refused() -> None:
    from logmargin import _core

    training = _core.Training(np.ones((2, 4)), [], [1.0])
    none: dict[str, Any] = dict.fromkeys(["gap", "margin", "z", "pattern", "log10_loss", "progress"])
    with pytest.raises(ValueError, match="of another shape"):
        training.run(**(none | {"gap": np.ones((3, 1))}))
    for wrong in (np.ones((2, 1), np.float32), np.ones(2), "text"):
        with pytest.raises(TypeError):
            training.run(**(none | {"gap": wrong}))
