"""The same subject with ten of the documented bugs: `npx plumbline gate --subject "python faulty_subject.py"`.

Each is a function of the right models, replaced. Together they are what a gate is for: nothing here crashes, and a
training run with any of them ends with a small loss.
"""

import torch

from economy import bewley, ppo, schedule
from economy.new_keynesian import NewKeynesian
from economy.normaliser import RunningNormaliser
from subject import subject

right_labor_condition = bewley.labor_condition
right_residuals = NewKeynesian.residuals
right_update = RunningNormaliser.update


def labor_condition(preferences, taxes, maximum, wage, ability, income, hours, consumption):
    """bewley/labor-foc-sign: the worth of an hour is added where it must be subtracted."""
    gamma = preferences["gamma"]
    value = wage * ability * bewley.marginal_retention(taxes["income"], income) / (1 + taxes["consumption"])
    worth = bewley.marginal_utility(preferences, consumption) * value
    return hours**gamma + worth, hours / -(worth ** (1 / gamma)) - 1


def complementarity(savings_ratio, marginal_return):
    """bewley/complementarity-sign: of h where 1 - h is meant."""
    return savings_ratio + marginal_return - torch.sqrt(savings_ratio**2 + marginal_return**2)


def budget(taxes, income, wealth, savings_ratio):
    """bewley/consumption-tax-unpaid: what is consumed costs no tax."""
    money = bewley.after_tax(taxes["income"], income) + bewley.after_tax(taxes["wealth"], wealth)
    savings = savings_ratio * money
    return money, savings, money - savings


def after_tax_return(taxes, rate, income, wealth):
    """bewley/euler-wealth-term: the wealth tax is taken off the return twice."""
    kept = 1 - bewley.marginal_retention(taxes["wealth"], wealth)
    return rate * bewley.marginal_retention(taxes["income"], income) + kept


def residuals(self, zeta, output, inflation, expected_output, expected_inflation):
    """nk/euler-sign: the natural rate has the other sign."""
    return right_residuals(self, -zeta, output, inflation, expected_output, expected_inflation)


def step(self, zeta, innovation):
    """nk/step-changes-shape: a state (B) comes out as (1, B)."""
    return (self.rho * zeta + self.shock_scale * innovation).unsqueeze(0)


def update(self, batch):
    """normaliser/double-counts: counts in double precision, which widen all that they touch."""
    right_update(self, batch)
    count = torch.full_like(self.mean, self.count, dtype=torch.float64)
    self.mean = self.mean * (count / count)


def advantages(rewards, values, next_values, terminated, truncated, discount, lambda_):
    """ppo/gae-no-reset: the advantage of one episode runs on into the one before."""
    goes_on = (~terminated).to(rewards.dtype).unsqueeze(-1)
    errors = rewards + discount * goes_on * next_values - values
    out, ahead = torch.empty_like(rewards), torch.zeros_like(rewards[0])
    for index in reversed(range(len(rewards))):
        ahead = errors[index] + discount * lambda_ * ahead
        out[index] = ahead
    return out, out + values


def explained_variance(values, returns):
    """ppo/explained-variance-broadcast: (n) against (n, 1) is a matrix, and its variance that of all pairs."""
    pairs = returns.unsqueeze(1) - values.unsqueeze(0)
    return 1 - pairs.var((0, 1), correction=0) / returns.var(0, correction=0)


def cosine(initial, final, total, step):
    """nk/cosine-off-by-one: the last step is taken for the one after it."""
    return right_cosine(initial, final, total + 1, step)


right_cosine = schedule.cosine

bewley.labor_condition = labor_condition
bewley.complementarity = complementarity
bewley.budget = budget
bewley.after_tax_return = after_tax_return
NewKeynesian.residuals = residuals
NewKeynesian.step = step
RunningNormaliser.update = update
ppo.advantages = advantages
ppo.explained_variance = explained_variance
schedule.cosine = cosine

if __name__ == "__main__":
    subject.name = "PyTorch example with ten bugs"
    subject.serve()
