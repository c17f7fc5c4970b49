#!/usr/bin/env python3
"""Checks how callgrind's output is read, with nothing beyond Python: python3 benchmarks/instructions/test_callgrind.py"""

import unittest

from callgrind import own_instructions

OUTPUT = """\
version: 1
creator: callgrind-3.19.0
positions: line
events: Ir
summary: 6117

ob=/somewhere/program
fl=main.cpp
fn=main
16 100
18 11
cfi=???
cob=/lib/libc.so.6
cfn=malloc
calls=2 0
18 4000
fi=inlined.hpp
3 5

ob=/lib/libc.so.6
fl=???
fn=malloc
0 4000
cob=/somewhere/program
cfn=hook
calls=1 40
0 1

ob=/somewhere/program
fn=hook
40 1

fl=???
fn=libcudart_static_0123
0 1000

totals: 6117
"""


class OwnInstructions(unittest.TestCase):
    def test_what_callees_take_is_left_out(self):
        self.assertEqual(own_instructions(OUTPUT.splitlines(), "/somewhere/program"), 117)
        self.assertEqual(own_instructions(OUTPUT.splitlines(), "/lib/libc.so.6"), 4000)


if __name__ == "__main__":
    unittest.main()
