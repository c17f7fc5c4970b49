#!/usr/bin/env python3
"""Checks fit.py with nothing beyond Python: python3 benchmarks/costs/test_fit.py"""

import math
import unittest

from fit import fit_line


class Fit(unittest.TestCase):
    def test_a_line_is_found(self):
        line = fit_line([(10.0**k, 0.02 + 3e-6 * 10.0**k) for k in range(2, 8)])
        self.assertAlmostEqual(line.offset, 0.02, places=9)
        self.assertAlmostEqual(line.slope, 3e-6, places=12)
        self.assertEqual(line.linear_from, 100.0)
        self.assertLess(line.worst, 1e-9)

    def test_a_bend_is_seen(self):
        points = [(10.0**k, 0.02 + 3e-6 * 10.0**k) for k in range(2, 8)]
        points[1] = (points[1][0], 0.1)
        self.assertEqual(fit_line(points).linear_from, 1e4)

    def test_times_on_no_line(self):
        self.assertTrue(math.isnan(fit_line([(1.0, 1.0), (10.0, 1.0), (100.0, 1.0), (1e3, 1.0), (1e4, 100.0)]).worst))


if __name__ == "__main__":
    unittest.main()
