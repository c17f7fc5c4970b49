"""The package as its users meet it: import, help, types, program, notebook."""

import ast
import importlib.util
import inspect
import math
import os
import pydoc
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import logmargin as lm
from logmargin import _core
from logmargin._progress import shown

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def run(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_import_takes_no_numpy_and_little_time() -> None:
    script = (
        "import sys, time; t = time.perf_counter(); import logmargin; "
        "print(time.perf_counter() - t, 'numpy' in sys.modules)"
    )
    seconds, numpy = min(run(sys.executable, "-c", script).stdout.split() for _ in range(3))
    assert float(seconds) < 0.1 and numpy == "False"


def test_python_m_logmargin_is_the_program(command: list[str], tmp_path: Path) -> None:
    assert run(*command, "--version").stdout.startswith(f"logmargin {lm.__version__} (")
    refused = run(*command, "sweep", "--eta", "x")
    assert refused.returncode == 2 and refused.stderr.startswith("logmargin: --eta: 'x' is not allowed")
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    assert run(*command, "sweep", "--trials", "5", "--steps", "10", "--quiet", "--out", str(odd)).returncode == 0
    assert (odd / "cells.csv").exists()
    piped = run("bash", "-c", f"{' '.join(command)} replay --trial 0-99 | head -1; echo ${{PIPESTATUS[0]}}")
    assert piped.stdout.splitlines()[-1] in ("0", "141") and piped.stderr == ""


def test_help_reads_well() -> None:
    page = pydoc.plain(pydoc.render_doc(lm))
    for text in (
        "sweep(",
        "train(theta",
        "explain(theta",
        "class Results",
        "class Trained",
        "eta: NUMBERS [0.1]",
        "(n, m) ",
    ):
        assert text in page, text
    assert "out: DIR" not in page
    for name in lm.__all__:
        if name != "Option":
            assert inspect.getdoc(getattr(lm, name)), name
    assert set(lm.__all__) <= set(dir(lm))
    with pytest.raises(AttributeError, match="has no attribute 'oops'"):
        lm.oops  # type: ignore[attr-defined]  # noqa: B018


def test_devices_and_bench() -> None:
    assert "cpu:scalar" in lm.devices()
    with pytest.raises(RuntimeError, match="cannot be used"):
        lm.bench(device="cuda:77")
    found = lm.bench(device="cpu", threads=1)
    # It starts itself as it was started, by the interpreter.
    assert 0 < found["start"]["version_s"] < 5, found


def test_the_bar_takes_any_number_of_steps(capsys: pytest.CaptureFixture[str]) -> None:
    for all_steps in (1.0, 1e306, math.inf):
        with shown(True) as show:
            assert show is not None
            for done in (0.0, 0.5 * all_steps, all_steps, 2 * all_steps):
                show(done, all_steps)
    with shown(False) as show:
        assert show is None


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_types_pass_mypy_strict(tmp_path: Path) -> None:
    checked = run(
        sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(HERE / "typed_example.py")
    )
    assert checked.returncode == 0, checked.stdout
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import logmargin as lm\nlm.train([[1.0]], att=3)\nlm.sweep().cellz\n")
    refused = run(sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(wrong))
    assert refused.stdout.count("error:") == 2, refused.stdout


def test_the_stub_names_what_the_module_has() -> None:
    def public(names: Iterable[str]) -> set[str]:
        return {name for name in names if not name.startswith("_")}

    stub = ast.parse((Path(lm.__file__).parent / "_core.pyi").read_text())
    defined = [node for node in stub.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert public(node.name for node in defined) == public(dir(_core))
    for node in defined:
        if isinstance(node, ast.ClassDef):
            members = public(member.name for member in node.body if isinstance(member, ast.FunctionDef))
            assert members == public(dir(getattr(_core, node.name))), node.name
        else:
            arguments = [argument.arg for argument in node.args.args]
            assert re.findall(r"(\w+): ", getattr(_core, node.name).__doc__.splitlines()[0]) == arguments, node.name


def test_the_example_is_what_it_says() -> None:
    assert run(sys.executable, str(HERE / "typed_example.py"), env=os.environ | {"MPLBACKEND": "Agg"}).returncode == 0


@pytest.mark.skipif(importlib.util.find_spec("nbclient") is None, reason="nbclient is not installed")
def test_the_notebook_runs() -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / "benchmarks/experiments/own_weights.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()


def test_the_readmes_python_runs(tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    blocks = [block for block in blocks if "import logmargin" in block]
    assert blocks
    for block in blocks:
        done = run(sys.executable, "-c", block, cwd=tmp_path, env=os.environ | {"MPLBACKEND": "Agg"})
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "results/python/report.html").exists()
