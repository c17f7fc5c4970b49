"""Pre-activations and the weights w1, b1, w2, b2 that have them."""

import numpy as np


def weights_of(problem, z):
    z11, z12, z21, z22 = z
    x1, x2 = problem.first, problem.second
    span = x1 - x2
    return np.stack(
        ((z11 - z12) / span, (x1 * z12 - x2 * z11) / span, (z21 - z22) / span, (x1 * z22 - x2 * z21) / span)
    )


def pre_activations_of(problem, theta):
    w1, b1, w2, b2 = theta
    x1, x2 = problem.first, problem.second
    return np.stack((w1 * x1 + b1, w1 * x2 + b1, w2 * x1 + b2, w2 * x2 + b2))
