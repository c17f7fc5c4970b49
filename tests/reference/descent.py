"""Gradient descent in the weights, far beyond the steps that can be taken one by one; late_gaps.py writes tables with it.

Everything is computed in the weights and from the definitions, in 300 binary digits (90 decimal ones): the network
N(x) = relu(w1.x + b1) - relu(w2.x + b2), the loss (1/2) sum exp(-y N), plain gradient descent, relu'(0) = 0. A network is
a pair of extended weights (w_j, b_j), a data point an extended vector (x_i, 1), so that a pre-activation is one product.

The first 1e5 steps are taken one by one. Later, wherever no neuron fires at both points (or the extended points are
orthogonal), every margin climbs on its own by m <- m + c exp(-m), and the Abel function of that map leaps over the steps.
"""

import functools
import operator

import gmpy2
from gmpy2 import mpfr

gmpy2.get_context().precision = 300
gmpy2.get_context().emax = 2**40
gmpy2.get_context().emin = -(2**40)

FIRST_STEPS = 100000  # taken one by one, always, unless nothing moves
MOST_STEPS = 300000  # taken one by one after that, before a network is given up
SMALL = mpfr("1e-4")  # leaps start where c exp(-m) is at most this
TERMS = 32  # of the Abel function's series, at an argument of at most SMALL
SIGN = (1, -1)  # of the neurons' outputs and of the labels alike
TINY = mpfr("1e-60")


def product(a, b):
    return sum(map(operator.mul, a, b))


def relu(z):
    return z if z > 0 else mpfr(0)


def length(a):
    return gmpy2.sqrt(product(a, a))


def vector(text):
    return [mpfr(c) for c in text.split()]


class Problem:
    """Two data points and a step size: one step of gradient descent, and the gap of a network."""

    def __init__(self, x1, x2, eta, logistic=False):
        self.points = [vector(x1), vector(x2)]
        self.extended = [p + [mpfr(1)] for p in self.points]
        self.signed = [self.extended[0], [-x for x in self.extended[1]]]  # times the labels
        self.half_eta = mpfr(eta) / 2
        self.logistic = logistic
        gram = [[product(a, b) for b in self.extended] for a in self.extended]
        self.gram = [[g if abs(g) > TINY else mpfr(0) for g in row] for row in gram]  # x1.x2 = -1 in decimals is exact
        self.largest_margin = length([a - b for a, b in zip(*self.points)]) / 2

    def pre_activations(self, theta):
        first, second = self.extended
        return [[product(weights, first), product(weights, second)] for weights in theta]

    def margins_of_output(self, z):
        return [relu(z[0][0]) - relu(z[1][0]), relu(z[1][1]) - relu(z[0][1])]

    def step(self, theta):
        z = self.pre_activations(theta)
        m = self.margins_of_output(z)
        new = list(theta)
        for i in range(2):
            if z[0][i] > 0 or z[1][i] > 0:
                rho = 1 / (1 + gmpy2.exp(m[i])) if self.logistic else gmpy2.exp(-m[i])
                pull = [self.half_eta * rho * x for x in self.signed[i]]
                if z[0][i] > 0:
                    new[0] = list(map(operator.add, new[0], pull))
                if z[1][i] > 0:
                    new[1] = list(map(operator.sub, new[1], pull))
        return new

    def robustness_margin(self, theta):
        z = self.pre_activations(theta)
        m = self.margins_of_output(z)
        if not (m[0] > 0 and m[1] > 0):
            return mpfr(0)
        apart = length([a - b for a, b in zip(theta[0][:-1], theta[1][:-1])])
        candidates = []
        for i in range(2):
            own, other = z[i][i], z[1 - i][i]
            for distance, norm in ((own, length(theta[i][:-1])), (own - other, apart)):
                if norm > 0:
                    candidates.append(distance / norm)
        return min(candidates)

    def gap(self, theta):
        return self.largest_margin - self.robustness_margin(theta)

    def limiting_gap(self):
        """Of a network that ends specialised at both points: there w_j ~ x_j ln t / G_jj and b_j ~ ln t / G_jj."""
        theta = [[c / self.gram[j][j] for c in self.extended[j]] for j in range(2)]
        gap = self.gap(theta)
        return gap if abs(gap) > TINY else mpfr(0)


@functools.lru_cache(None)
def abel_coefficients():
    """c_k of A(s) = 1/s + (1/2) ln s + sum c_k s^k with A(s exp(-s)) = A(s) + 1."""
    c = [mpfr(0)]
    for n in range(2, TERMS + 2):
        # sum_{k=1}^{n-1} c_k (-k)^(n-k) / (n-k)! = -1/(n+1)!, solved for c_{n-1}.
        total = mpfr(-1) / gmpy2.fac(n + 1)
        for k in range(1, n - 1):
            total -= c[k] * mpfr(-k) ** (n - k) / gmpy2.fac(n - k)
        c.append(total / -(n - 1))
    return c


def abel(u):
    """A(1/u)."""
    s, tail = 1 / u, mpfr(0)
    for c in reversed(abel_coefficients()[1:]):
        tail = (tail + c) * s
    return u - gmpy2.log(u) / 2 + tail


def abel_inverse(tau):
    u = tau + gmpy2.log(tau) / 2
    for _ in range(100):
        change = (abel(u) - tau) / (1 - 1 / (2 * u))
        u -= change
        if abs(change) <= abs(u) * mpfr(2) ** (15 - gmpy2.get_context().precision):
            return u
    raise ArithmeticError("the Abel function was not inverted")


class Climb:
    """A stretch in which the margin of every point that fires climbs on its own; tau counts steps from its start."""

    def __init__(self, problem, theta, start):
        self.problem, self.theta, self.start, self.end = problem, theta, start, None
        z = problem.pre_activations(theta)
        m = problem.margins_of_output(z)
        self.points = []  # (i, the neurons that fire there, c, m, Abel function of c exp(-m))
        for i in range(2):
            firing = [j for j in range(2) if z[j][i] > 0]
            if firing:
                c = problem.half_eta * problem.gram[i][i] * len(firing)
                u = gmpy2.exp(m[i]) / c
                self.points.append((i, firing, c, m[i], abel(u) if u >= 1 / SMALL else None))
        everywhere = [j for j in range(2) if z[j][0] > 0 and z[j][1] > 0]
        alone = problem.gram[0][1] == 0 or not everywhere
        self.holds = alone and bool(self.points) and all(p[4] is not None for p in self.points)
        self.settled = z[0][0] > 0 >= z[1][0] and z[1][1] > 0 >= z[0][1]
        self.nothing_moves = self.holds and all(gmpy2.exp(-p[3]) < mpfr("1e-80") for p in self.points)

    def raised(self, rises):
        """The network once the margin of each climbing point has risen by so much."""
        new = [list(self.theta[0]), list(self.theta[1])]
        for (i, firing, _, _, _), rise in zip(self.points, rises):
            for j in firing:
                pull = rise / (self.problem.gram[i][i] * len(firing)) * (SIGN[i] * SIGN[j])
                new[j] = [a + pull * x for a, x in zip(new[j], self.problem.extended[i])]
        return new

    def at(self, tau):
        if tau == 0:
            return self.theta
        return self.raised([gmpy2.log(c * abel_inverse(a + tau)) - m for (_, _, c, m, a) in self.points])

    def gap(self, tau):
        return self.problem.gap(self.at(tau))

    def first_event(self):
        """(real-valued tau, rises) at which a neuron starts or stops to fire at a point; None where that never is."""
        events = []
        z = self.problem.pre_activations(self.theta)
        for number, (i, firing, c, m, a) in enumerate(self.points):
            for j in firing:
                for k in range(2):
                    slope = self.problem.gram[i][k] / (self.problem.gram[i][i] * len(firing)) * (SIGN[i] * SIGN[j])
                    if (z[j][k] > 0 and slope < 0) or (z[j][k] <= 0 and slope > 0):
                        rise = -z[j][k] / slope
                        events.append((abel(gmpy2.exp(m + rise) / c) - a, number, rise))
        if not events:
            return None
        tau, number, rise = min(events)
        rises = [gmpy2.log(p[2] * abel_inverse(p[4] + tau)) - p[3] for p in self.points]
        rises[number] = rise * (1 + TINY)  # just past zero, where single steps cannot be told apart
        return tau, rises


class Run:
    """A network from t = 0 to its end: stretches of single steps, each (start, gaps), and of climbs."""

    def __init__(self, problem, theta):
        self.problem, self.stretches, self.error = problem, [], None
        climb = Climb(problem, theta, mpfr(0))
        if not climb.nothing_moves:
            climb = self.take_first_steps(theta)
        theta, t = climb.theta, climb.start
        while True:
            if not climb.holds:
                gaps, start = [problem.gap(theta)], t
                while not climb.holds and len(gaps) < MOST_STEPS:
                    theta, t = problem.step(theta), t + 1
                    gaps.append(problem.gap(theta))
                    if len(gaps) % 100 == 5:
                        climb = Climb(problem, theta, t)
                self.stretches.append((start, gaps))
            self.settled = climb.holds and climb.settled
            event = climb.first_event() if climb.holds else None
            if event is None:
                self.stretches.append(climb)
                return
            tau, rises = event
            if tau > mpfr("1e40"):
                climb.end, theta = tau, climb.raised(rises)
            else:
                climb.end = max(gmpy2.floor(tau) - 1, mpfr(0))
                theta = climb.at(climb.end)
            self.stretches.append(climb)
            t = climb.start + climb.end
            if tau <= mpfr("1e40"):
                gaps = [problem.gap(theta)]
                for _ in range(5):
                    theta = problem.step(theta)
                    gaps.append(problem.gap(theta))
                self.stretches.append((t, gaps))
                t += 5
            climb = Climb(problem, theta, t)

    def take_first_steps(self, theta):
        """The climb that leads beyond FIRST_STEPS; single steps go there too, to see that they agree with it."""
        gaps, climb = [self.problem.gap(theta)], None
        for n in range(1, FIRST_STEPS + 1):
            theta = self.problem.step(theta)
            if climb is None:
                gaps.append(self.problem.gap(theta))
                if n % 1000 == 0:
                    climb = Climb(self.problem, theta, mpfr(n))
                    event = climb.first_event() if climb.holds else None
                    if not climb.holds or (event and n + event[0] < FIRST_STEPS + 1):
                        climb = None
        self.stretches.append((mpfr(0), gaps))
        if climb is None:
            return Climb(self.problem, theta, mpfr(FIRST_STEPS))
        leapt = climb.at(FIRST_STEPS - climb.start)
        self.error = max(abs(a - b) for p, q in zip(leapt, theta) for a, b in zip(p, q))
        assert self.error < TINY, self.error
        return climb

    def last_above(self, eps):
        """t_eps, None where the gap never exceeds eps; only where the limiting gap is below eps."""
        for stretch in reversed(self.stretches):
            if isinstance(stretch, Climb):
                t = last_crossing(stretch, eps)
                if t is not None:
                    return t
            else:
                start, gaps = stretch
                above = [n for n, gap in enumerate(gaps) if gap > eps]
                if above:
                    return start + above[-1] + 1
        return None


def grid_of(climb):
    """ln tau from the start of a climb to its end, densely; 5e8 stands for infinity."""
    end = gmpy2.log(climb.end) if climb.end else mpfr("5e8")
    grid, at = [], mpfr(-2)
    while at < end:
        grid.append(at)
        at += max(mpfr("0.2"), at / 50)
    return [*grid, end]


def last_crossing(climb, eps):
    if climb.end == 0:
        return None
    if not hasattr(climb, "scan"):
        gap = lambda at: climb.gap(gmpy2.exp(at))
        scan = [(at, gap(at)) for at in grid_of(climb)]
        for before, top, after in list(zip(scan, scan[1:], scan[2:])):
            if top[1] >= before[1] and top[1] >= after[1]:  # a peak: golden sections
                low, high = before[0], after[0]
                for _ in range(60):
                    left, right = low + (high - low) * mpfr("0.382"), low + (high - low) * mpfr("0.618")
                    low, high = (left, high) if gap(left) < gap(right) else (low, right)
                scan.append((low, gap(low)))
        climb.scan = [(mpfr("-1e3"), climb.gap(mpfr(0))), *sorted(scan)]
    above = [n for n, (_, gap) in enumerate(climb.scan) if gap > eps]
    if not above:
        return None
    if above[-1] + 1 == len(climb.scan):
        assert climb.end is not None, "the gap is above eps at the end of the scan"
        return climb.start + climb.end
    low, high = climb.scan[above[-1]][0], climb.scan[above[-1] + 1][0]
    for _ in range(130):
        middle = (low + high) / 2
        low, high = (middle, high) if climb.gap(gmpy2.exp(middle)) > eps else (low, middle)
    return climb.start + gmpy2.exp(high)
