"""A peer as a process of its own, so that imports, memory and threads of one do not weigh on another."""

import json
import os
import subprocess
import tempfile


class Failed(Exception):
    """Why a peer gave no answer, or none that counts."""


class Process:
    def __init__(self, entry, settings, scratch):
        """scratch: a folder for one of its own, whose cache of compiled code is empty, so that compiling is seen in full."""
        scratch = tempfile.mkdtemp(dir=scratch)
        environment = {**os.environ, "TORCHINDUCTOR_CACHE_DIR": os.path.join(scratch, "inductor")}
        # Threads that spin while they wait take the core that the slower one needs, where cores are shared.
        environment["OMP_WAIT_POLICY"] = "passive"
        # Set on some machines for old builds of OpenBLAS, they would slow NumPy's.
        for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
            environment.pop(name, None)
        self.errors = open(os.path.join(scratch, "errors.txt"), "a+")
        self.process = subprocess.Popen(
            [*entry.command, json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=environment,
        )
        self.hello = self._answer()
        self.skipped = self.hello.get("skipped")

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            last = self.errors.read().strip().splitlines()[-1:]
            raise Failed(f"it ended with status {self.process.wait()}: {' '.join(last)}")
        return json.loads(line)

    def ask(self, job):
        try:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer says why
        return self._answer()

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
