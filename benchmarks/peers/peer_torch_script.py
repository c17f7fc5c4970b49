"""PyTorch with the gradient by hand, its loop compiled by TorchScript."""

from protocol import serve
from torch_points import TorchPoints


def make_loops(torch):
    from typing import Tuple

    Tensor = torch.Tensor

    def advance_points(right: Tensor, wrong: Tensor, rate: float, steps: int) -> Tuple[Tensor, Tensor]:
        for _ in range(steps):
            g = rate * torch.exp(torch.relu(wrong) - torch.relu(right))
            right, wrong = torch.where(right > 0, right + g, right), torch.where(wrong > 0, wrong - g, wrong)
        return right, wrong

    def advance_networks(
        z11: Tensor, z12: Tensor, z21: Tensor, z22: Tensor, k11: float, k22: float, k12: float, steps: int
    ) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
        for _ in range(steps):
            rho_1 = torch.exp(torch.relu(z21) - torch.relu(z11))
            rho_2 = torch.exp(torch.relu(z12) - torch.relu(z22))
            h11, h21 = rho_1 * (z11 > 0), rho_1 * (z21 > 0)
            h12, h22 = rho_2 * (z12 > 0), rho_2 * (z22 > 0)
            z11, z12 = z11 + (k11 * h11 - k12 * h12), z12 + (k12 * h11 - k22 * h12)
            z21, z22 = z21 + (k12 * h22 - k11 * h21), z22 + (k22 * h22 - k12 * h21)
        return z11, z12, z21, z22

    # Annotations are looked up in the functions' globals.
    advance_points.__globals__.update(Tensor=Tensor, Tuple=Tuple, torch=torch)
    return torch.jit.script(advance_points), torch.jit.script(advance_networks)


class TorchScript(TorchPoints):
    def __init__(self, settings):
        super().__init__(settings)
        self.points_loop, self.networks_loop = make_loops(self.torch)

    def prepare(self, problem, z):
        self.problem = problem
        for _ in range(3):  # TorchScript looks at its first calls before it optimises
            self.advance(self.start(z), 3)

    def advance(self, state, steps):
        with self.torch.no_grad():
            if self.problem.one_rate:
                return self.finish(self.points_loop(*state, self.problem.rates[0], steps))
            return self.finish(self.networks_loop(*state, *self.problem.rates, steps))


if __name__ == "__main__":
    serve(TorchScript)
