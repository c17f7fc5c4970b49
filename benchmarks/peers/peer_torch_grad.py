"""PyTorch as one writes it first: the loss of all networks in their weights, autograd, and a step down. device "cpu"
or "cuda".
"""

from protocol import serve
from torch_points import import_torch


class TorchGrad:
    def __init__(self, settings):
        self.torch = import_torch(settings)
        self.device = settings.get("device", "cpu")
        self.versions = {"torch": self.torch.__version__}

    def prepare(self, problem, z):
        self.problem = problem
        self.points = self.torch.tensor([[problem.first], [problem.second]], device=self.device)
        self.labels = self.torch.tensor([[1.0], [-1.0]], device=self.device)
        self.advance(self.start(z), 2)

    def start(self, z):
        from weights import weights_of

        return self.torch.from_numpy(weights_of(self.problem, z)).to(self.device)

    def advance(self, theta, steps):
        torch, points, labels, eta = self.torch, self.points, self.labels, self.problem.eta
        theta = theta.clone().requires_grad_()
        for _ in range(steps):
            outputs = torch.relu(theta[0] * points + theta[1]) - torch.relu(theta[2] * points + theta[3])
            # Networks do not feel each other: the gradient of the sum holds the gradient of each.
            loss = torch.exp(-labels * outputs).sum() / 2.0
            (gradient,) = torch.autograd.grad(loss, theta)
            with torch.no_grad():
                theta -= eta * gradient
        if self.device == "cuda":
            torch.cuda.synchronize()
        return theta.detach()

    def fetch(self, theta):
        from weights import pre_activations_of

        return pre_activations_of(self.problem, theta.cpu().numpy())


if __name__ == "__main__":
    serve(TorchGrad)
