#!/usr/bin/env python3
"""Writes methods.csv: optimisers and losses followed in 60-digit arithmetic, in the weights and from the definitions.

Needs gmpy2 (PyPI). tests/reference/methods.py > tests/reference/methods.csv
"""

import sys

import gmpy2
from gmpy2 import mpfr

gmpy2.get_context().precision = 220

LABELS = (1, -1)
OUTPUTS = (1, -1)
TIMES = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 1000, 5000)
LAST_TIME_OF_PRGD = 200  # margins grow exponentially, and so the losses' exponents

# (name, eta, x_1, x_2, theta)
STARTS = [
    ("specialised", "0.1", "1", "-1", ("1.3", "0.2", "-0.9", "0.1")),
    ("shared", "0.1", "1", "-1", ("0.8", "1.1", "-0.6", "0.9")),
    ("reversed", "0.25", "1", "-1", ("-0.5", "0.3", "-1.2", "0.7")),
    ("stuck", "0.1", "1", "-1", ("-1.2", "0.1", "-0.7", "0.2")),
    ("crowded", "1.0", "1", "-1", ("0.4", "2.5", "0.3", "2.75")),
    ("coupled", "0.1", "2", "-0.75", ("0.7", "0.25", "-1.1", "0.3")),
    ("attracted", "0.1", "1.5", "-0.25", ("0.9", "-0.4", "-1.3", "0.2")),
]
METHODS = ["gd", "ngd", "heavy-ball=0.9", "heavy-ball=0.5", "nesterov", "dual", "prgd"]


def relu(z):
    return z if z > 0 else mpfr(0)


def pre_activation(theta, j, x):
    return theta[2 * j] * x + theta[2 * j + 1]


def margin(theta, i, points):
    x = points[i]
    return LABELS[i] * sum(OUTPUTS[j] * relu(pre_activation(theta, j, x)) for j in range(2))


def loss_and_gradient(theta, points, loss):
    """Mean loss and its gradient in (w1, b1, w2, b2); relu'(0) = 0."""
    total = mpfr(0)
    gradient = [mpfr(0)] * 4
    for i, x in enumerate(points):
        m = margin(theta, i, points)
        if loss == "exp":
            value = gmpy2.exp(-m)
            slope = -value
        else:
            value = gmpy2.log1p(gmpy2.exp(-m))
            slope = -1 / (1 + gmpy2.exp(m))
        total += value / 2
        for j in range(2):
            if pre_activation(theta, j, x) > 0:
                pull = slope / 2 * LABELS[i] * OUTPUTS[j]
                gradient[2 * j] += pull * x
                gradient[2 * j + 1] += pull
    return total, gradient


def norm(theta):
    return gmpy2.sqrt(sum(c * c for c in theta))


class Walk:
    def __init__(self, method, loss, eta, points, theta):
        self.method, _, parameter = method.partition("=")
        self.parameter = mpfr(parameter or 0)
        self.loss, self.eta, self.points, self.theta = loss, eta, points, list(theta)
        self.velocity = [mpfr(0)] * 4
        self.before = list(theta)
        self.radius = norm(theta)
        self.largest_radius = self.radius * mpfr(2) ** 30
        self.t = 0

    def gradient(self, theta):
        return loss_and_gradient(theta, self.points, self.loss)[1]

    def gradient_of_ln_loss(self, theta):
        total, gradient = loss_and_gradient(theta, self.points, self.loss)
        return [g / total for g in gradient]

    def step(self):
        t, eta, theta = self.t, self.eta, self.theta
        if self.method == "gd":
            theta = [x - eta * g for x, g in zip(theta, self.gradient(theta))]
        elif self.method == "ngd":
            theta = [x - eta * g for x, g in zip(theta, self.gradient_of_ln_loss(theta))]
        elif self.method == "heavy-ball":
            self.velocity = [self.parameter * v - eta * g for v, g in zip(self.velocity, self.gradient(theta))]
            theta = [x + v for x, v in zip(theta, self.velocity)]
        elif self.method == "nesterov":
            momentum = mpfr(t) / (t + 3)
            ahead = [x + momentum * (x - b) for x, b in zip(theta, self.before)]
            self.before = theta
            theta = [x - eta * g for x, g in zip(ahead, self.gradient(ahead))]
        elif self.method == "dual":
            # Ji, Srebro, Telgarsky 2021, Algorithm 1.
            q = self.gradient_of_ln_loss(theta)
            self.velocity = [mpfr(t) / (t + 1) * (v + g) for v, g in zip(self.velocity, q)]
            theta = [x - eta * (v + g) for x, v, g in zip(theta, self.velocity, q)]
        elif self.method == "prgd":
            # Wang, Min, Wu 2024: every five steps the radius grows by a fifth, and theta is put onto its sphere.
            if t > 0 and t % 5 == 0:
                self.radius = min(self.radius * mpfr("1.2"), self.largest_radius)
                theta = [self.radius / norm(theta) * x for x in theta]
            theta = [x - eta * g for x, g in zip(theta, self.gradient_of_ln_loss(theta))]
            if norm(theta) > self.radius:
                theta = [self.radius / norm(theta) * x for x in theta]
        self.theta = theta
        self.t += 1


def main():
    out = sys.stdout
    out.write("start,optimizer,loss,eta,x1,x2,w1,b1,w2,b2,t,z11,z12,z21,z22,log10_loss\n")
    for name, eta, x1, x2, theta in STARTS:
        for loss in ("exp", "logistic"):
            for method in METHODS:
                if (method, loss) == ("gd", "exp"):
                    continue  # states.csv
                points = (mpfr(x1), mpfr(x2))
                walk = Walk(method, loss, mpfr(eta), points, [mpfr(c) for c in theta])
                for t in TIMES:
                    if method == "prgd" and t > LAST_TIME_OF_PRGD:
                        break
                    while walk.t < t:
                        walk.step()
                    z = [pre_activation(walk.theta, j, x) for j in range(2) for x in points]
                    total = loss_and_gradient(walk.theta, points, loss)[0]
                    numbers = ["{0:.25g}".format(v) for v in (*z, gmpy2.log10(total))]
                    out.write(",".join([name, method, loss, eta, x1, x2, *theta, str(t), *numbers]) + "\n")


if __name__ == "__main__":
    main()
