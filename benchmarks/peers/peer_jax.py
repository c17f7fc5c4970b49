"""JAX on pre-activations, in 64 bits: one compiled program for any number of steps, its buffers donated.

settings: loop "fori" (lax.fori_loop over a traced number of steps) or "scan" (lax.scan, whose length is fixed, so that
lengths are powers of 16); unroll, steps in a loop's body; devices, into which the CPU is cut for shard_map, so that each
core runs its own loop and does not wait for the others at every step; platform "cpu" or "cuda".
"""

import os

from protocol import Unavailable, serve

SCAN_LENGTHS = (4096, 256, 16, 1)


def import_jax(settings):
    platform, devices = settings.get("platform", "cpu"), settings.get("devices", 1)
    os.environ["JAX_PLATFORMS"] = platform
    os.environ["JAX_ENABLE_X64"] = "true"
    if platform == "cpu":
        os.environ["XLA_FLAGS"] = f"--xla_force_host_platform_device_count={devices}"
        os.environ["PJRT_NPROC"] = str(settings.get("threads", 2))
    import jax

    try:
        jax.devices()
    except (RuntimeError, AssertionError) as reason:
        raise Unavailable(f"JAX finds no device of platform {platform} {reason}".strip()) from reason
    return jax


class StepLoop:
    """Compiled loops of one step function, on a tuple of arrays whose first axis counts independent parts."""

    def __init__(self, jax, step, settings):
        self.jax = jax
        self.unroll = settings.get("unroll", 4)
        self.by_scan = settings.get("loop", "fori") == "scan"
        devices = settings.get("devices", 1)
        lax = jax.lax

        def by_fori(state, steps):
            def body(_, inner):
                for _ in range(self.unroll):
                    inner = step(inner)
                return inner

            state = lax.fori_loop(0, steps // self.unroll, body, state)
            return lax.fori_loop(0, steps % self.unroll, lambda _, inner: step(inner), state)

        def by_scan(state, length):
            return lax.scan(lambda inner, _: (step(inner), None), state, length=length, unroll=self.unroll)[0]

        function = by_scan if self.by_scan else by_fori
        self.sharding = None
        if devices > 1:
            mesh = jax.sharding.Mesh(jax.devices(), ("parts",))
            spec, every = jax.sharding.PartitionSpec("parts"), jax.sharding.PartitionSpec()
            self.sharding = jax.sharding.NamedSharding(mesh, spec)
            if self.by_scan:
                local = function

                def function(state, length):
                    return jax.shard_map(lambda s: local(s, length), mesh=mesh, in_specs=spec, out_specs=spec)(state)

            else:
                function = jax.shard_map(function, mesh=mesh, in_specs=(spec, every), out_specs=spec)
        static = {"static_argnums": 1} if self.by_scan else {}
        self.run = jax.jit(function, donate_argnums=0, **static)

    def put(self, arrays):
        return tuple(self.jax.device_put(array, self.sharding) for array in arrays)

    def lengths(self, steps):
        """The calls that make so many steps."""
        if not self.by_scan:
            return [steps]
        calls = []
        for length in SCAN_LENGTHS:
            calls += [length] * (steps // length)
            steps %= length
        return calls

    def advance(self, state, steps):
        for length in self.lengths(steps):
            state = self.run(state, length)
        return self.jax.block_until_ready(state)

    def compile(self, state):
        self.advance(state, sum(SCAN_LENGTHS) if self.by_scan else self.unroll + 1)


class Jax:
    def __init__(self, settings):
        self.jax = import_jax(settings)
        import jaxlib
        import numpy

        self.np, self.settings = numpy, settings
        self.versions = {"jax": self.jax.__version__, "jaxlib": jaxlib.__version__}

    def prepare(self, problem, z):
        from recurrence import stepper

        jnp = self.jax.numpy
        self.problem = problem
        self.loop = StepLoop(self.jax, stepper(jnp.where, jnp.exp, problem), self.settings)
        self.loop.compile(self.start(z))

    def start(self, z):
        if self.problem.one_rate:
            return self.loop.put((self.np.concatenate((z[0], z[3])), self.np.concatenate((z[2], z[1]))))
        return self.loop.put(z)

    def advance(self, state, steps):
        return self.loop.advance(state, steps)

    def fetch(self, state):
        arrays = [self.np.asarray(array) for array in state]
        if not self.problem.one_rate:
            return self.np.stack(arrays)
        (z11, z22), (z21, z12) = (array.reshape(2, -1) for array in arrays)
        return self.np.stack((z11, z12, z21, z22))


if __name__ == "__main__":
    serve(Jax)
