"""The three-equation New Keynesian model with parameters as inputs, (B, 8): beta, sigma, eta, phi, phiPi, phiY, rho, sigmaA."""

import torch


class NewKeynesian:
    """The model at parameters (B, 8); states, controls and residuals are (B)."""

    def __init__(self, parameters):
        self.parameters = parameters
        (self.beta, self.sigma, self.eta, self.phi, self.phi_pi, self.phi_y, self.rho, self.sigma_a) = parameters.unbind(1)
        self.kappa = (1 - self.phi) * (1 - self.phi * self.beta) * (self.sigma + self.eta) / self.phi
        self.omega = (1 + self.eta) / (self.sigma + self.eta)
        magnitude = self.sigma * (1 - self.rho) * self.omega * self.sigma_a
        self.shock_scale = -magnitude
        # 1 - rho**2 as a product: it does not cancel.
        self.ergodic_deviation = magnitude / torch.sqrt((1 - self.rho) * (1 + self.rho))

    def residuals(self, zeta, output, inflation, expected_output, expected_inflation):
        """By how much the IS equation and the Phillips curve are missed."""
        nominal_rate = self.phi_pi * inflation + self.phi_y * output
        real_rate_gap = nominal_rate - expected_inflation - zeta
        return (
            output - expected_output + real_rate_gap / self.sigma,
            inflation - self.kappa * output - self.beta * expected_inflation,
        )

    def step(self, zeta, innovation):
        """The natural rate one period on."""
        return self.rho * zeta + self.shock_scale * innovation

    def initial_state(self, generator):
        """A draw from the ergodic distribution."""
        draws = torch.randn(self.rho.shape, generator=generator, dtype=self.rho.dtype)
        return self.ergodic_deviation * draws.to(self.rho.device)


def antithetic(count, generator, dtype):
    """Normal draws in pairs of opposite sign, and one more where the count is odd."""
    half = torch.randn((count + 1) // 2, generator=generator, dtype=dtype)
    return torch.cat([half, -half[: count // 2]])


def loss(is_residual, phillips, weights, reduction):
    """The training loss and its parts without weights."""
    parts = [(residual**2).sum() / (residual.numel() if reduction == "mean" else 1) for residual in (is_residual, phillips)]
    return weights["is"] * parts[0] + weights["phillips"] * parts[1], parts


class Policy(torch.nn.Module):
    """A perceptron of the state and of parameters scaled to [-1, 1] over their prior; CELU units, two outputs."""

    LOWEST = [0.95, 1, 0.25, 0.5, 1.25, 0, 0.8, 0.02]
    HIGHEST = [0.99, 3, 2, 0.9, 2.5, 0.5, 0.95, 0.1]

    def __init__(self, hidden):
        super().__init__()
        widths = [9, *hidden, 2]
        self.layers = torch.nn.ModuleList(torch.nn.Linear(*pair) for pair in zip(widths, widths[1:]))

    def forward(self, zeta, parameters):
        low, high = (parameters.new_tensor(bounds) for bounds in (self.LOWEST, self.HIGHEST))
        scaled = (parameters - (low + high) / 2) / ((high - low) / 2)
        x = torch.cat([zeta.unsqueeze(1), scaled], 1)
        for layer in self.layers[:-1]:
            x = torch.nn.functional.celu(layer(x))
        return self.layers[-1](x)
