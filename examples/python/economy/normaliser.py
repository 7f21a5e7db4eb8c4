"""A running normaliser of batches (samples, agents, features)."""

import torch


class RunningNormaliser:
    """Statistics for each feature, or for each feature of each agent; exponential averages of batch moments."""

    def __init__(self, scope, momentum, epsilon, floor, clip):
        self.axes = (0, 1) if scope == "global" else (0,)
        self.momentum, self.epsilon, self.floor, self.clip = momentum, epsilon, floor, clip
        self.count, self.mean, self.variance = 0, None, None

    def update(self, batch):
        batch = batch.detach()
        mean = batch.mean(self.axes)
        variance = ((batch - mean) ** 2).mean(self.axes)
        if self.count == 0:
            self.mean, self.variance = mean, variance
        else:
            weight = 1 - self.momentum
            gap = mean - self.mean
            # The variance of the mixture: between the means, and within.
            self.variance = self.momentum * (self.variance + weight * gap**2) + weight * variance
            self.mean = self.mean + weight * gap
        self.count += 1

    def transform(self, batch):
        """The batch, normalised, and the share of it that was clipped."""
        if self.count == 0:
            raise RuntimeError("there are no statistics yet: update with a batch first")
        z = (batch - self.mean) / torch.sqrt(self.variance + self.epsilon).clamp(min=self.floor)
        return z.clamp(-self.clip, self.clip), (z.abs() > self.clip).double().mean()

    def state_dict(self):
        return {"count": self.count, "mean": self.mean, "variance": self.variance}

    def load_state_dict(self, state):
        self.count, self.mean, self.variance = state["count"], state["mean"], state["variance"]
