"""Keyword arguments as the words of the command line, and arrays of weights."""

from __future__ import annotations

import inspect
import os
import textwrap
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from . import _core

#: The value of an option: a text, a number, True for a flag, None for the default, or a list or array of values.
Option: TypeAlias = str | float | bool | None | Iterable[Any]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def words(command: str, options: Mapping[str, Option]) -> list[str]:
    """Returns the options as a command of the program takes them. Raises ValueError for values of a wrong kind."""
    known = {name: (argument, separator) for name, argument, _, _, separator in _core.options(command)}
    result = []
    for key, value in options.items():
        name = key.replace("_", "-")
        argument, separator = known.get(name, ("", ""))
        if name not in known:
            result.append(f"--{name}")  # which the parser refuses, with the nearest name
        elif value is None:
            continue
        elif isinstance(value, (bool, np.bool_)) and (not argument or argument.startswith("[")):
            result += [f"--{name}"] if value else []
        elif not argument:
            raise ValueError(f"--{name}: {_shown(value)} is not allowed; True or False is")
        else:
            result.append(f"--{name}={_text(name, value, separator)}")
    return result


def weights(theta: Any) -> NDArray[np.float64]:
    """Returns an array of weights with a network a row, without a copy where the numbers lie so already.

    Takes any array with DLPack, NumPy's or Python's buffer protocol, and lists. One network may be a vector. Raises
    ValueError for what is no array of numbers, or lies on a GPU.
    """
    if np.ma.isMaskedArray(theta) and np.ma.is_masked(theta):
        raise ValueError("--theta: an array with masked numbers is not allowed; every weight has to be given")
    if hasattr(theta, "columns"):
        theta = _in_order(theta)
    try:
        array = np.from_dlpack(theta) if _speaks_dlpack_alone(theta) else np.asarray(theta)
    except (ValueError, TypeError, BufferError, RuntimeError, AttributeError) as error:
        raise ValueError(f"--theta: it cannot be read as an array of the CPU: {error}") from error
    if array.dtype.kind not in "fiu":
        raise ValueError(f"--theta: an array of {array.dtype} is not allowed; numbers are")
    if array.ndim == 1:
        array = array[np.newaxis]
    if array.ndim != 2:
        raise ValueError(f"--theta: an array of shape {array.shape} is not allowed; one of shape (n, 2 (D + 1)) is")
    with np.errstate(over="ignore"):
        return np.require(array, np.float64, ["C_CONTIGUOUS", "ALIGNED"])


def split_theta(options: Mapping[str, Option]) -> tuple[dict[str, Option], NDArray[np.float64] | None]:
    """Returns the options without theta, and its array where it is one and not the name of a file."""
    theta = options.get("theta")
    if theta is None or isinstance(theta, (str, os.PathLike)):
        return dict(options), None
    return {name: value for name, value in options.items() if name != "theta"}, weights(theta)


def documented(command: str, *own: str) -> Callable[[_Function], _Function]:
    """Makes a decorator that lists the command's options in a function's docstring. own: those it already documents."""

    def decorate(function: _Function) -> _Function:
        lines = [inspect.cleandoc(function.__doc__ or ""), "", "Options:", ""]
        for name, argument, standard, text, _ in _core.options(command):
            if name in {*_not_in_python, *own}:
                continue
            default = f" [{standard}]" if standard else ""
            lines.append(f"    {name.replace('-', '_')}: {argument or 'True or False'}{default}")
            lines += textwrap.wrap(text, 100, initial_indent=" " * 8, subsequent_indent=" " * 8)
        function.__doc__ = "\n".join(lines) + "\n"
        return function

    return decorate


_not_in_python = {
    "out",
    "force",
    "quiet",
    "verbose",
    "json",
    "format",
    "checkpoint-every",
    "resume",
    "max-time",
    "shard",
    "explain",
    "help",
}


def _in_order(table: Any) -> Any:
    """Returns a table of pandas in the order of an array, unless its columns have no names."""
    names = [str(name) for name in table.columns]
    if all(name.isdigit() for name in names):
        return table
    dim = len(names) // 2 - 1
    neurons = [[f"w{k}"] if dim == 1 else [f"w{k}_{i + 1}" for i in range(dim)] for k in (1, 2)]
    expected = [*neurons[0], "b1", *neurons[1], "b2"]
    if sorted(names) != sorted(expected):
        raise ValueError(f"--theta: the columns {', '.join(names)} are not allowed; {', '.join(expected)} are")
    return table.set_axis(names, axis=1)[expected]


def _speaks_dlpack_alone(theta: Any) -> bool:
    return hasattr(theta, "__dlpack__") and not isinstance(theta, (np.ndarray, np.generic))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, (str, os.PathLike)):
        return str(os.fspath(value))
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, Integral):  # True is one, and no value of these options
        return str(value) if isinstance(value, (bool, np.bool_)) else str(int(value))
    if isinstance(value, Real) or (hasattr(value, "__float__") and not hasattr(value, "__len__")):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    raise ValueError(f"--{name}: {_shown(value)} is not allowed; a text or a number is")


def _items(value: Any) -> list[Any] | None:
    """Returns the values of a list, or None for what is no list."""
    if isinstance(value, (str, bytes, os.PathLike, Mapping)) or getattr(value, "ndim", 1) == 0:
        return None
    try:
        return list(value)
    except TypeError:
        return None


def _text(name: str, value: Any, separator: str) -> str:
    items = _items(value)
    if items is None:
        return _scalar(name, value)
    if not separator:
        raise ValueError(f"--{name}: {_shown(value)} is not allowed; one text or number is")
    if not items:
        raise ValueError(f"--{name}: an empty list is not allowed")
    if name != "data":
        return separator.join(_scalar(name, item) for item in items)
    # A tuple or a vector is a pair, as are two rows; a list holds pairs or their texts.
    depth = getattr(value, "ndim", 0)
    is_pair = isinstance(value, tuple) or depth in (1, 2)
    return _pair(items) if is_pair else separator.join(_pair(item) for item in items)


def _pair(pair: Any) -> str:
    points = _items(pair)
    return _scalar("data", pair) if points is None else ",".join(_point(point) for point in points)


def _point(point: Any) -> str:
    coordinates = _items(point)
    if coordinates is None:
        return _scalar("data", point)
    return "(" + ",".join(_scalar("data", coordinate) for coordinate in coordinates) + ")"
