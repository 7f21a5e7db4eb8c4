"""Two tiny boundary-value problems, u'' = -1 on [-1, 1], that DeepXDE trains for a few steps: one with the boundary as a
second loss and with a metric, one with the boundary built into the network, so with one loss and no metric."""

import os
import sys

os.environ["DDE_BACKEND"] = "pytorch"

import deepxde as dde
from deepxde.utils.external import save_loss_history

dde.config.set_random_seed(1)


def equation(x, u):
    return dde.grad.hessian(u, x) + 1


def solution(x):
    return (1 - x**2) / 2


def train(name, conditions, metrics, transform=None):
    domain = dde.geometry.Interval(-1, 1)
    data = dde.data.PDE(domain, equation, conditions(domain), 8, 2, solution=solution, num_test=10)
    network = dde.nn.FNN([1, 4, 1], "tanh", "Glorot normal")
    if transform is not None:
        network.apply_output_transform(transform)
    model = dde.Model(data, network)
    model.compile("adam", lr=1e-2, metrics=metrics)
    history, _ = model.train(iterations=60, display_every=10)
    os.makedirs(os.path.join(sys.argv[1], name))
    save_loss_history(history, os.path.join(sys.argv[1], name, "loss.dat"))


def boundary(domain):
    return dde.icbc.DirichletBC(domain, lambda x: 0, lambda _, on_boundary: on_boundary)


train("two-losses", boundary, ["l2 relative error"])
train("one-loss", lambda _: [], None, lambda x, u: (1 - x**2) * u)
