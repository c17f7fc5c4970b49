"""What the PyTorch peers share: the library with its threads and device, and states as tuples of tensors."""

from protocol import Unavailable


def import_torch(settings):
    import torch

    torch.set_num_threads(settings.get("threads", 2))
    torch.set_default_dtype(torch.float64)
    device = settings.get("device", "cpu")
    if device == "cuda" and not torch.cuda.is_available():
        raise Unavailable("PyTorch finds no CUDA device")
    return torch


class TorchPoints:
    """prepare and advance are the subclasses'."""

    def __init__(self, settings):
        self.torch = import_torch(settings)
        self.settings, self.device = settings, settings.get("device", "cpu")
        self.versions = {"torch": self.torch.__version__}

    def start(self, z):
        torch = self.torch
        z11, z12, z21, z22 = (torch.from_numpy(row.copy()).to(self.device) for row in z)
        if self.problem.one_rate:
            return torch.cat((z11, z22)), torch.cat((z21, z12))
        return z11, z12, z21, z22

    def finish(self, state):
        if self.device == "cuda":
            self.torch.cuda.synchronize()
        return state

    def fetch(self, state):
        import numpy

        arrays = [tensor.cpu().numpy() for tensor in state]
        if not self.problem.one_rate:
            return numpy.stack(arrays)
        (z11, z22), (z21, z12) = (array.reshape(2, -1) for array in arrays)
        return numpy.stack((z11, z12, z21, z22))
