"""Proximal policy optimisation with a value head for each component of the reward: (T, E, C), samples (m) and (m, C)."""

import math

import torch

HALF_LOG_2_PI = 0.5 * math.log(2 * math.pi)


def advantages(rewards, values, next_values, terminated, truncated, discount, lambda_):
    """Generalised advantages and returns; V of the last state counts where time ran out, not where the task ended."""
    goes_on = (~terminated).to(rewards.dtype).unsqueeze(-1)
    linked = goes_on * (~truncated).to(rewards.dtype).unsqueeze(-1)
    errors = rewards + discount * goes_on * next_values - values
    out, ahead = torch.empty_like(rewards), torch.zeros_like(rewards[0])
    for step in reversed(range(len(rewards))):
        ahead = errors[step] + discount * lambda_ * linked[step] * ahead
        out[step] = ahead
    return out, out + values


def explained_variance(values, returns):
    """Of each head, (n, C) to (C); NaN where the returns do not vary."""
    variance = returns.var(0, correction=0)
    return 1 - (returns - values).var(0, correction=0) / torch.where(variance == 0, math.nan, variance)


def surrogate(log_ratio, advantage, clip):
    """The clipped surrogate objective, negated."""
    ratio = log_ratio.exp()
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage).mean()


def log_probability(policy, log_deviation, actions):
    """Of one-hot actions under logits, or of raw samples under a Gaussian."""
    if log_deviation is None:
        return (torch.log_softmax(policy, 1) * actions).sum(1)
    z = (actions - policy) * torch.exp(-log_deviation)
    return -(0.5 * z**2 + log_deviation + HALF_LOG_2_PI).sum(1)


def entropy(policy, log_deviation):
    if log_deviation is not None:
        return (log_deviation + HALF_LOG_2_PI + 0.5).sum()
    logs = torch.log_softmax(policy, 1)
    return -(logs.exp() * logs).sum(1).mean()


def divergence(old, now):
    """D(old || new), exact, a mean over the rows; each is a pair of policy and log deviation."""
    (policy, log_deviation), (new, new_log_deviation) = old, now
    if log_deviation is None:
        logs = torch.log_softmax(policy, 1)
        return (logs.exp() * (logs - torch.log_softmax(new, 1))).sum(1).mean()
    wider = new_log_deviation - log_deviation
    gap = (policy - new) * torch.exp(-new_log_deviation)
    return (wider + 0.5 * (torch.exp(-2 * wider) + gap**2) - 0.5).sum(1).mean()


def value_loss(predictions, old, targets, ranges, settings):
    """Of each head; with clipping the larger of the loss and of that of a prediction held near the old one."""
    if not predictions.shape == old.shape == targets.shape == ranges.shape:
        raise ValueError("predictions, old values, targets and ranges must have one shape: nothing is broadcast here")

    def loss_of(values):
        error = values - targets
        if settings["loss"] == "squared":
            return 0.5 * error**2
        size, delta = error.abs(), settings["huberDelta"]
        capped = size.clamp(max=delta)
        return capped * (size - 0.5 * capped)

    free = loss_of(predictions)
    if settings["clip"] == "none":
        return free.mean(0), torch.zeros_like(free[0])
    moved = predictions - old
    held = loss_of(old + torch.maximum(torch.minimum(moved, ranges), -ranges))
    is_held = (moved.abs() > ranges) & (held > free)
    # Beyond the range the loss that is held is taken with its gradient, which is none.
    return torch.where(is_held, held, free).mean(0), is_held.to(free.dtype).mean(0)


def shaped(rewards, before, after, terminated, discount, weight):
    """Rewards with potential-based shaping; the potential of an end is 0."""
    return rewards + weight * (discount * torch.where(terminated, 0.0, after) - before)
