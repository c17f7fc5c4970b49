#!/usr/bin/env python3
"""Writes late_times.csv: when the robustness gap falls below eps for good, where that is late or never; and woken.csv:
states of networks in which a dead point wakes, of data on the same side of the origin, and of the logistic loss.

The networks are the rows of late_cases.csv and woken_cases.csv; descent.py follows them. Needs gmpy2 (PyPI).
python3 tests/reference/late_gaps.py
"""

import pathlib

import gmpy2
from gmpy2 import mpfr

from descent import FIRST_STEPS, Problem, Run, vector

FOLDER = pathlib.Path(__file__).resolve().parent


def cases(name):
    """The rows of a table of networks as dictionaries of text; every number there is an exact decimal."""
    lines = [line for line in (FOLDER / name).read_text().splitlines() if line and not line.startswith("#")]
    head = lines[0].split(",")
    return [dict(zip(head, line.split(","))) for line in lines[1:]]


def network(case):
    return [vector(case["w1"] + " " + case["b1"]), vector(case["w2"] + " " + case["b2"])]


def digits(number):
    return "{0:.25g}".format(number)


def late_rows(case):
    problem = Problem(case["x1"], case["x2"], case["eta"])
    assert problem.gram[0][1] <= 0
    run, limit = Run(problem, network(case)), problem.limiting_gap()
    assert run.settled, case
    shared = [case[name] for name in ("x1", "x2", "eta", "w1", "b1", "w2", "b2")]
    for text in case["eps"].split():
        eps, answer = mpfr(text), ""
        assert eps != limit
        if eps < limit:
            status = "never_within"
        else:
            t = run.last_above(eps)
            status = "never_above" if t is None else "reached"
            if t is not None:
                answer = digits(gmpy2.log10(t if t > FIRST_STEPS else gmpy2.ceil(t)))
        yield [str(len(problem.points[0])), *shared, text, status, answer, digits(limit)]
    print(*shared, "leaps differ from steps by", run.error and "%.1e" % run.error, flush=True)


def write_late():
    with open(FOLDER / "late_times.csv", "w") as out:
        out.write("data_dim,x1,x2,eta,w1,b1,w2,b2,eps,status,log10_t_eps,limiting_gap\n")
        for case in cases("late_cases.csv"):
            for row in late_rows(case):
                out.write(",".join(row) + "\n")


def woken_rows(name, case):
    problem = Problem(case["x1"], case["x2"], case["eta"], case["loss"] == "logistic")
    theta, t = network(case), 0
    for record in (0, 1, 10, 100, 1000, 10000, 100000):
        while t < record:
            theta, t = problem.step(theta), t + 1
        margin = problem.robustness_margin(theta)
        gap = problem.largest_margin - margin
        scaled = digits(gap * gmpy2.log(t)) if t == 100000 else ""
        z = [digits(z) for row in problem.pre_activations(theta) for z in row]
        start = [case[name] for name in ("x1", "x2", "eta", "w1", "b1", "w2", "b2")]
        yield [name, *start, str(t), *z, digits(margin), digits(gap), scaled, case["loss"]]
    assert margin > 0, case
    print(name, *start, case["loss"], flush=True)


def write_woken():
    with open(FOLDER / "woken.csv", "w") as out:
        out.write("case,x1,x2,eta,w1,b1,w2,b2,t,z11,z12,z21,z22,margin,gap,gap_ln_t,loss\n")
        for number, case in enumerate(cases("woken_cases.csv"), 1):
            for row in woken_rows(case["kind"] + "-" + str(number), case):
                out.write(",".join(row) + "\n")


def main():
    write_late()
    write_woken()


if __name__ == "__main__":
    main()
