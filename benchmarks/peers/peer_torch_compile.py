"""PyTorch with the gradient by hand and torch.compile. settings: unroll, steps in the compiled function, which
inductor fuses into one kernel; device "cpu" or "cuda".
"""

from protocol import serve
from recurrence import stepper
from torch_points import TorchPoints


class TorchCompile(TorchPoints):
    def prepare(self, problem, z):
        torch = self.torch
        self.problem, self.unroll = problem, self.settings.get("unroll", 16)
        step = stepper(torch.where, torch.exp, problem)

        def several(*state):
            for _ in range(self.unroll):
                state = step(state)
            return state

        self.several = torch.compile(several, fullgraph=True, dynamic=False)
        self.single = torch.compile(lambda *state: step(state), fullgraph=True, dynamic=False)
        with torch.no_grad():
            self.advance(self.start(z), 2 * self.unroll + 2)

    def advance(self, state, steps):
        with self.torch.no_grad():
            for _ in range(steps // self.unroll):
                state = self.several(*state)
            for _ in range(steps % self.unroll):
                state = self.single(*state)
        return self.finish(state)


if __name__ == "__main__":
    serve(TorchCompile)
