"""Runs a program under callgrind and adds up what it executed of its own."""

import os
import re
import subprocess

# Nothing of the caller's surroundings reaches the program; gnuplot, which a report would start, is not found.
SURROUNDINGS = {"LC_ALL": "C", "PATH": "/nonexistent"}


class CountingFailed(Exception):
    """The program did not run through."""


def own_instructions(lines, program):
    """Sum of the self costs of the functions in the program's file, from callgrind's output.

    CUDA's runtime, and what announces kernels to it, which some builds hold in that file, are left out. The format:
    https://valgrind.org/docs/manual/cl-format.html, uncompressed positions and names. The line after "calls=" is what
    the callee and its callees took, and not of the caller's own.
    """
    total, in_program, in_runtime, of_callee = 0, False, False, False
    for line in lines:
        if line.startswith("ob="):
            in_program = line[3:].strip() == program
        elif line.startswith("fn="):
            in_runtime = "cuda" in line
        elif line.startswith("calls="):
            of_callee = True
        elif re.match(r"[0-9+*-]", line):
            if in_program and not in_runtime and not of_callee:
                total += int(line.split()[1])
            of_callee = False
    return total


def count(valgrind, program, arguments, folder):
    """Instructions that the program's own code executes, shared libraries left out."""
    counts = os.path.join(folder, "callgrind.out")
    command = [valgrind, "--tool=callgrind", "--compress-strings=no", "--compress-pos=no", "--combine-dumps=yes",
               f"--callgrind-out-file={counts}", program, *arguments]  # fmt: skip
    ran = subprocess.run(command, cwd=folder, env=SURROUNDINGS, capture_output=True, text=True)
    if ran.returncode != 0:
        raise CountingFailed(f"exit status {ran.returncode}\n{ran.stderr.strip()}")
    with open(counts) as file:
        return own_instructions(file, program)
