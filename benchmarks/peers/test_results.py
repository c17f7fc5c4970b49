#!/usr/bin/env python3
"""Checks results.py with nothing beyond Python: python3 benchmarks/peers/test_results.py"""

import csv
import io
import unittest

from results import as_csv, as_markdown, extrapolate, least_over_least, make_row

REST = {
    "experiment": "alive",
    "who": "a peer",
    "kind": "python",
    "settings": "block 8",
    "extrapolated": False,
    "import_s": 0.1,
    "compile_s": 2.0,
    "difference": 1e-15,
    "margin_difference": 1e-16,
}


class Results(unittest.TestCase):
    def test_ratios_are_within_rounds(self):
        # The machine is half as fast in the second round: the ratio does not see it.
        row = make_row([4.0, 8.0, 5.0], [1.0, 2.0, 1.0], 100.0, **REST)
        self.assertEqual((row.times_logmargin, row.least_times, row.most_times), (4.0, 4.0, 5.0))
        self.assertEqual((row.seconds, row.least_seconds, row.most_seconds), (5.0, 4.0, 8.0))
        self.assertEqual(row.network_steps_per_s, 20.0)

    def test_a_missing_round_is_refused(self):
        with self.assertRaises(ValueError):
            make_row([1.0], [1.0, 2.0], 1.0, **REST)

    def test_extrapolation_adds_late_steps(self):
        self.assertEqual(extrapolate(3.0, 0.5, 100.0), 53.0)

    def test_tables_hold_every_row(self):
        rows = [make_row([4.0], [1.0], 100.0, **REST), make_row([1.0], [1.0], 100.0, **{**REST, "who": "logmargin"})]
        read = list(csv.DictReader(io.StringIO(as_csv(rows))))
        self.assertEqual([row["who"] for row in read], ["a peer", "logmargin"])
        self.assertEqual(float(read[0]["times_logmargin"]), 4.0)
        table = as_markdown(rows).splitlines()
        self.assertEqual([line.split("|")[1].strip() for line in table[2:]], ["logmargin", "a peer"])
        self.assertIn("extrapolated", as_markdown([make_row([1.0], [1.0], 1.0, **{**REST, "extrapolated": True})]))

    def test_least_over_least(self):
        own, peer = make_row([2.0, 4.0], [2.0, 4.0], 1.0, **REST), make_row([9.0, 6.0], [2.0, 4.0], 1.0, **REST)
        self.assertEqual(least_over_least(peer, [peer, own]), 3.0)


if __name__ == "__main__":
    unittest.main()
