"""PyTorch with the gradient by hand, step by step. device "cpu" or "cuda"; graph: a CUDA graph of so many steps."""

from protocol import serve
from recurrence import stepper
from torch_points import TorchPoints


class TorchEager(TorchPoints):
    def prepare(self, problem, z):
        torch = self.torch
        self.problem = problem
        self.step = stepper(torch.where, torch.exp, problem)
        self.graph_steps = self.settings.get("graph", 0) if self.device == "cuda" else 0
        if self.graph_steps:
            self.capture(self.start(z))
        self.advance(self.start(z), 2 * self.graph_steps + 2)

    def capture(self, state):
        torch = self.torch
        with torch.no_grad():
            self.step(state)
            self.held = state
            self.graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(self.graph):
                for _ in range(self.graph_steps):
                    state = self.step(state)
                for held, new in zip(self.held, state):
                    held.copy_(new)

    def replay(self, state, times):
        for held, new in zip(self.held, state):
            held.copy_(new)
        for _ in range(times):
            self.graph.replay()
        return tuple(held.clone() for held in self.held)

    def advance(self, state, steps):
        with self.torch.no_grad():
            if self.graph_steps and steps >= self.graph_steps:
                state = self.replay(state, steps // self.graph_steps)
                steps %= self.graph_steps
            for _ in range(steps):
                state = self.step(state)
        return self.finish(state)


if __name__ == "__main__":
    serve(TorchEager)
