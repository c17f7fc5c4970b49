"""Networks of one's own are trained as the program trains them."""

import math

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

import logmargin as lm

Numbers = NDArray[np.float64]


def test_arrays_are_the_rows_of_replay(theta: Numbers) -> None:
    at = [0, 3, 1000, 1e6, 1e300]
    tr = lm.train(theta, eta=0.3, at=at, progress=False)
    assert tr.t.tolist() == at
    rows = lm.replay(theta[:20], eta=0.3, at=at)
    for i in range(20):
        mine = rows[rows["trial"] == i]
        assert tr.z is not None and tr.pattern is not None and tr.log10_loss is not None
        np.testing.assert_array_equal(tr.z[i], mine[["z11", "z12", "z21", "z22"]])
        np.testing.assert_array_equal(tr.log10_loss[i], mine["log10_loss"])
        assert [f"{p:04b}"[::-1] for p in tr.pattern[i]] == mine["pattern"].tolist()


def test_gaps_are_nan_where_a_point_is_misclassified_and_else_the_largest_margin_less_the_margin(
    theta: Numbers,
) -> None:
    tr = lm.train(theta, at=[10, 1e9], progress=False)
    assert tr.gap is not None and tr.margin is not None
    assert 0 < np.isnan(tr.gap).sum() < tr.gap.size
    np.testing.assert_array_equal(np.isnan(tr.gap), np.isnan(tr.margin))
    np.testing.assert_allclose(tr.gap, 1.0 - tr.margin, atol=1e-12)


@pytest.mark.parametrize(
    "options",
    [
        {"optimizer": "nesterov"},
        {"optimizer": "ngd", "loss": "logistic"},
        {"optimizer": "heavy-ball=0.9", "eta": 0.05},
        {"data": (2.0, -0.5)},
        {"data": (1.0, 3.0)},
        {"precision": "mixed"},
        {"device": "reference"},
    ],
)
def test_every_method_and_data(theta: Numbers, options: dict[str, lm.Option]) -> None:
    tr = lm.train(theta[:50], at=[0, 100], progress=False, **options)
    rows = lm.replay(theta[:50], at=[0, 100], **{k: v for k, v in options.items() if k != "device"})
    assert tr.z is not None
    last = rows[rows["t"] == 100]
    np.testing.assert_allclose(tr.z[:, 1, 0], last["z11"], rtol=1e-6)


def test_more_dimensions() -> None:
    theta = np.random.default_rng(3).normal(size=(40, 8))
    tr = lm.train(theta, data=((1, 0.5, 0), (-1, 0, 0.2)), at=[0], progress=False)
    assert tr.z is not None
    w1, b1, w2, b2 = theta[:, :3], theta[:, 3], theta[:, 4:7], theta[:, 7]
    x1, x2 = np.array([1, 0.5, 0]), np.array([-1, 0, 0.2])
    expected = np.stack([w1 @ x1 + b1, w1 @ x2 + b1, w2 @ x1 + b2, w2 @ x2 + b2], axis=1)
    np.testing.assert_allclose(tr.z[:, 0], expected, rtol=1e-12, atol=1e-12)


def test_any_time_for_the_flow_and_rules(theta: Numbers) -> None:
    flow = lm.train(theta[:5], at=[0.25, 1.5], optimizer="flow", progress=False)
    assert flow.t.tolist() == [0.25, 1.5] and flow.z is not None and not np.array_equal(flow.z[:, 0], flow.z[:, 1])
    assert lm.train(theta[:5], at="every=50", steps=200, progress=False).t.tolist() == [0, 50, 100, 150, 200]
    assert lm.train(theta[:5], at=7, progress=False).t.tolist() == [7]
    with pytest.raises(ValueError, match="--at: '0.25' is not allowed"):
        lm.train(theta, at=[0.25])


def test_one_step_of_gradient_descent(theta: Numbers) -> None:
    """The step is written out here: theta less eta times the gradient of the mean exponential loss."""
    eta, x, y = 0.2, np.array([1.0, -1.0]), np.array([1.0, -1.0])
    z = np.stack([theta[:, 0] * x[0] + theta[:, 1], theta[:, 0] * x[1] + theta[:, 1]], axis=1)
    u = np.stack([theta[:, 2] * x[0] + theta[:, 3], theta[:, 2] * x[1] + theta[:, 3]], axis=1)
    output = np.maximum(z, 0) - np.maximum(u, 0)
    pull = np.exp(-y * output) * y / 2
    w1 = theta[:, 0] + eta * (pull * (z > 0) * x).sum(axis=1)
    b1 = theta[:, 1] + eta * (pull * (z > 0)).sum(axis=1)
    tr = lm.train(theta, eta=eta, at=[1], progress=False)
    assert tr.z is not None
    np.testing.assert_allclose(tr.z[:, 0, 0], w1 * x[0] + b1, rtol=1e-12)


def test_columns_choose_arrays(theta: Numbers) -> None:
    tr = lm.train(theta, at=[1, 10], columns=["pattern"], progress=False)
    assert tr.gap is None and tr.z is None and tr.pattern is not None and tr.pattern.dtype == np.uint8
    assert list(tr.to_xarray()) == ["pattern"] and "pattern (200, 2)" in repr(tr)
    with pytest.raises(ValueError, match="columns: 'oops' is not allowed"):
        lm.train(theta, at=[1], columns=["oops"])
    empty = lm.train(theta, at=[1], columns=[], progress=False)
    assert empty.margin is None


def test_no_copy_and_no_change(theta: Numbers) -> None:
    from logmargin._options import weights

    kept = theta.copy()
    assert np.shares_memory(weights(theta), theta)
    assert not np.shares_memory(weights(theta[::2]), theta)

    class DlpackAlone:
        """Speaks DLPack, as arrays of PyTorch, JAX and CuPy do, and nothing else."""

        def __dlpack__(self, **options: object) -> object:
            return theta.__dlpack__(**options)  # type: ignore[arg-type]

        def __dlpack_device__(self) -> tuple[int, int]:
            return theta.__dlpack_device__()

    assert np.shares_memory(weights(DlpackAlone()), theta)
    lm.train(DlpackAlone(), at=[100], progress=False)  # type: ignore[arg-type]
    np.testing.assert_array_equal(theta, kept)


def test_results_do_not_depend_on_threads_or_order(theta: Numbers) -> None:
    one = lm.train(theta, at=[10, 1e5], threads=1, progress=False)
    four = lm.train(theta, at=[10, 1e5], threads=4, progress=False)
    backwards = lm.train(theta[::-1], at=[10, 1e5], progress=False)
    np.testing.assert_array_equal(one.z, four.z)
    assert one.z is not None and backwards.z is not None
    np.testing.assert_array_equal(one.z, backwards.z[::-1])


def test_explain_tells_a_story(theta: Numbers) -> None:
    text = lm.explain([1.5, 0.6, -0.8, 0.9], eta=0.2, steps=1e300)
    assert text.startswith("at the start") and "gap * ln t goes to C = 0.449866" in text
    assert "Trial 1" in lm.explain(theta[:2])
    table = lm.replay([1.0, 0.0, -1.0, 0.0], at=[0, 10])
    assert table.attrs["networks"][0]["outcome"] in ("converging", "transient")
    assert math.isclose(table["z11"][0], 1.0)


def test_named_columns_of_a_table_are_put_in_order() -> None:
    theta = np.random.default_rng(3).normal(size=(20, 4))
    table = pd.DataFrame(theta, columns=["w1", "b1", "w2", "b2"])[["w2", "b2", "b1", "w1"]]
    assert np.array_equal(lm.train(table, at=[0, 5]).z, lm.train(theta, at=[0, 5]).z)
    assert np.array_equal(lm.train(pd.DataFrame(theta), at=[5]).z, lm.train(theta, at=[5]).z)
    with pytest.raises(ValueError, match="columns a, b, c, d are not allowed; w1, b1, w2, b2 are"):
        lm.train(pd.DataFrame(theta, columns=list("abcd")), at=[0])


def test_masked_numbers_are_refused() -> None:
    theta = np.ma.masked_array(np.ones((3, 4)), mask=np.eye(3, 4))
    with pytest.raises(ValueError, match="masked"):
        lm.train(theta, at=[0])


def test_a_list_in_a_text_is_the_list() -> None:
    theta = np.ones((2, 4))
    assert np.array_equal(lm.train(theta, at="0,1,10", columns="gap").t, [0, 1, 10])
    with pytest.raises(ValueError, match="--at"):
        lm.train(theta, at="0,ten")
