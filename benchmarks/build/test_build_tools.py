#!/usr/bin/env python3
"""Tests of what times the build and shows it: benchmarks/build/run and measured, .ci/show."""

import importlib.machinery
import importlib.util
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SHOW = HERE.parent.parent / ".ci" / "show"


def load_run():
    loader = importlib.machinery.SourceFileLoader("build_run", str(HERE / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("build_run", loader))
    loader.exec_module(module)
    return module


class Noted(unittest.TestCase):
    def test_last_seconds_of_objects_that_exist_slowest_first(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("host/a.o", "kernels/b.cu.o", "tests/c.o"):
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            lines = ["9.0\thost/a.o", "2.5\tkernels/b.cu.o", "1.0\thost/a.o", "7.0\thost/gone.o", "8.0\ttests/c.o"]
            pathlib.Path(folder, "compile_seconds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            self.assertEqual(load_run().noted(folder), [("kernels/b.cu.o", 2.5), ("host/a.o", 1.0)])

    def test_names_are_those_of_folders_and_files(self):
        short = load_run().short
        self.assertEqual(short("host/CMakeFiles/logmargin_host.dir/Unity/unity_commands_cxx.cxx.o"), "host/commands")
        self.assertEqual(short("kernels/CMakeFiles/logmargin_kernels.dir/launch/times_launch.cu.o"), "kernels/launch/times_launch.cu")


class Measured(unittest.TestCase):
    def test_notes_the_object_and_passes_the_status_on(self):
        with tempfile.TemporaryDirectory() as folder:
            good = subprocess.run([HERE / "measured", "true", "-o", "x.o"], cwd=folder, check=False)
            bad = subprocess.run([HERE / "measured", "sh", "-c", "exit 3", "-o", "y.o"], cwd=folder, check=False)
            self.assertEqual((good.returncode, bad.returncode), (0, 3))
            noted = pathlib.Path(folder, "compile_seconds.tsv").read_text(encoding="utf-8")
            self.assertRegex(noted, r"^\d+\.\d\d\tx\.o\n$")


class Show(unittest.TestCase):
    def shown(self, script):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "deep", "log")
            done = subprocess.run([SHOW, log, "sh", "-c", script], capture_output=True, text=True, check=False)
            return done, log.read_text(encoding="utf-8"), str(log)

    def test_is_silent_on_short_success_and_keeps_the_log(self):
        done, log, _ = self.shown("echo '[1/2] one'; echo two >&2")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(log, "[1/2] one\ntwo\n")

    def test_tells_the_first_error_and_where_the_rest_is(self):
        done, _, log = self.shown("echo before; echo 'a.cpp:1: error: first'; seq 100; echo 'b.cpp:2: error: second'; exit 7")
        self.assertEqual(done.returncode, 7)
        self.assertIn("a.cpp:1: error: first", done.stderr)
        self.assertNotIn("second", done.stderr)
        self.assertIn(f"it failed; all that it said is in {log}", done.stderr)

    def test_without_a_word_of_error_tells_the_end(self):
        done, _, _ = self.shown("seq 100; exit 1")
        self.assertIn("\n100\n", done.stderr)
        self.assertNotIn("\n50\n", done.stderr)

    def test_a_signal_ends_all_that_it_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = pathlib.Path(folder, "mark")
            script = f"sleep 1.5; touch {mark}"
            with subprocess.Popen([SHOW, pathlib.Path(folder, "log"), "sh", "-c", f"sh -c '{script}'; true"]) as job:
                time.sleep(0.5)
                os.kill(job.pid, signal.SIGTERM)
                self.assertEqual(job.wait(timeout=5), 130)
            time.sleep(1.5)
            self.assertFalse(mark.exists())


if __name__ == "__main__":
    unittest.main()
