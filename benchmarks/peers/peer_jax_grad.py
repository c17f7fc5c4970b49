"""JAX as one writes it first: the loss of one network in its weights, vmap(grad(loss)), and a loop around it.

settings as in peer_jax.
"""

from peer_jax import StepLoop, import_jax
from protocol import serve


def gradient_step(jax, problem):
    jnp = jax.numpy
    points, labels = jnp.array([problem.first, problem.second]), jnp.array([1.0, -1.0])

    def loss(w1, b1, w2, b2):
        outputs = jax.nn.relu(w1 * points + b1) - jax.nn.relu(w2 * points + b2)
        return jnp.mean(jnp.exp(-labels * outputs))

    gradient = jax.vmap(jax.grad(loss, argnums=(0, 1, 2, 3)))
    return lambda theta: tuple(w - problem.eta * g for w, g in zip(theta, gradient(*theta)))


class JaxGrad:
    def __init__(self, settings):
        self.jax = import_jax(settings)
        import numpy

        self.np, self.settings = numpy, settings
        self.versions = {"jax": self.jax.__version__}

    def prepare(self, problem, z):
        self.problem = problem
        self.loop = StepLoop(self.jax, gradient_step(self.jax, problem), self.settings)
        self.loop.compile(self.start(z))

    def start(self, z):
        from weights import weights_of

        return self.loop.put(weights_of(self.problem, z))

    def advance(self, theta, steps):
        return self.loop.advance(theta, steps)

    def fetch(self, theta):
        from weights import pre_activations_of

        return pre_activations_of(self.problem, [self.np.asarray(w) for w in theta])


if __name__ == "__main__":
    serve(JaxGrad)
