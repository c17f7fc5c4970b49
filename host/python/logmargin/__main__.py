"""The program: python -m logmargin, and the command logmargin of the package."""

import os
import signal
import sys

from ._core import program


def main() -> int:
    """Runs the program with the arguments of this process, and returns its exit status."""
    # As a program that is no Python has them.
    for name in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL)
    return program([b"logmargin", *map(os.fsencode, sys.argv[1:])])


if __name__ == "__main__":
    sys.exit(main())
