"""One step of gradient descent on pre-activations, for any library of arrays.

The network is relu(w1 x + b1) - relu(w2 x + b2), the loss (1/2) sum_i exp(-y_i N(x_i)); z_ji is the pre-activation of
neuron j at point i, rates are kappa_ik = (eta/2)(x_i x_k + 1). relu'(0) = 0.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Point 1 has label +1, point 2 label -1."""

    first: float
    second: float
    eta: float

    @property
    def rates(self):
        """kappa_11, kappa_22, kappa_12"""
        half = self.eta / 2.0
        return (
            half * (self.first * self.first + 1.0),
            half * (self.second * self.second + 1.0),
            half * (self.first * self.second + 1.0),
        )

    @property
    def one_rate(self):
        """The points do not feel each other and move at the same rate: all of them are one long array."""
        kappa_11, kappa_22, kappa_12 = self.rates
        return kappa_12 == 0.0 and kappa_11 == kappa_22


def step_points(where, exp, rate, right, wrong):
    """Points that do not feel each other: of each, the neuron that should fire there and the one that should not."""
    rho = exp(where(wrong > 0, wrong, 0.0) - where(right > 0, right, 0.0))
    return where(right > 0, right + rate * rho, right), where(wrong > 0, wrong - rate * rho, wrong)


def step_networks(where, exp, rates, z11, z12, z21, z22):
    kappa_11, kappa_22, kappa_12 = rates
    rho_1 = exp(where(z21 > 0, z21, 0.0) - where(z11 > 0, z11, 0.0))
    rho_2 = exp(where(z12 > 0, z12, 0.0) - where(z22 > 0, z22, 0.0))
    h11, h21 = where(z11 > 0, rho_1, 0.0), where(z21 > 0, rho_1, 0.0)
    h12, h22 = where(z12 > 0, rho_2, 0.0), where(z22 > 0, rho_2, 0.0)
    return (
        z11 + (kappa_11 * h11 - kappa_12 * h12),
        z12 + (kappa_12 * h11 - kappa_22 * h12),
        z21 + (kappa_12 * h22 - kappa_11 * h21),
        z22 + (kappa_22 * h22 - kappa_12 * h21),
    )


def stepper(where, exp, problem):
    """A step as a function from a tuple of arrays to the next: two arrays of all points, or four of all networks."""
    if problem.one_rate:
        rate = problem.rates[0]
        return lambda state: step_points(where, exp, rate, *state)
    rates = problem.rates
    return lambda state: step_networks(where, exp, rates, *state)
