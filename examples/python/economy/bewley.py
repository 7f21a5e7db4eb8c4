"""A heterogeneous-agent economy with progressive taxes: what agents have is (B, A), what worlds have (B, 1).

A number outside the domain of a household is NaN, and stays one: the caller refuses it.
"""

import math

import torch

FACTOR_FLOOR = 1e-8


def power(x, exponent):
    """x to the exponent; NaN below 0, where some libraries drop the sign or take an odd root."""
    return torch.where(x >= 0, x, math.nan) ** exponent


def after_tax(tax, x):
    """N(x) = (1 - tau)/(1 - xi) x^(1 - xi)."""
    if tax["xi"] == 0:
        return (1 - tax["tau"]) * x
    return (1 - tax["tau"]) / (1 - tax["xi"]) * power(x, 1 - tax["xi"])


def marginal_retention(tax, x):
    """N'(x) = (1 - tau) x^(-xi)."""
    if tax["xi"] == 0:
        return torch.full_like(x, 1 - tax["tau"])
    return (1 - tax["tau"]) * power(x, -tax["xi"])


def marginal_utility(preferences, consumption):
    return torch.where(consumption > 0, consumption, math.nan) ** -preferences["theta"]


def prices(technology, capital, effective_labor):
    """Wage and marginal product of capital; a factor below its floor counts as the floor, and is told."""
    k, l = capital.clamp(min=FACTOR_FLOOR), effective_labor.clamp(min=FACTOR_FLOOR)
    alpha, ratio = technology["alpha"], k / l
    wage = (1 - alpha) * technology["productivity"] * ratio**alpha
    mpk = alpha * technology["productivity"] * ratio ** (alpha - 1)
    floored = [(factor < FACTOR_FLOOR).to(factor.dtype) for factor in (capital, effective_labor)]
    return wage, mpk, mpk - technology["delta"], *floored


def taxable_income(wage, rate, wealth, ability, labor):
    """The principal is not income."""
    return wage * (ability * labor) + rate * wealth


def budget(taxes, income, wealth, savings_ratio):
    """Money disposable, and what is saved and consumed of it."""
    money = after_tax(taxes["income"], income) + after_tax(taxes["wealth"], wealth)
    savings = savings_ratio * money
    return money, savings, (money - savings) / (1 + taxes["consumption"])


def labor_condition(preferences, taxes, maximum, wage, ability, income, hours, consumption):
    """n^gamma - c^(-theta)/(1 + tau_c) w e N'(y), and n/n* - 1; at the corner the bound stands in for n*."""
    gamma = preferences["gamma"]
    value = wage * ability * marginal_retention(taxes["income"], income) / (1 + taxes["consumption"])
    worth = marginal_utility(preferences, consumption) * value
    chosen = worth ** (1 / gamma)
    at_corner = chosen > maximum
    bound = torch.full_like(chosen, maximum)
    absolute = hours**gamma - torch.where(at_corner, bound**gamma, worth)
    relative = hours / torch.where(at_corner, bound, chosen) - 1
    return absolute, relative


def after_tax_return(taxes, rate, income, wealth):
    """R = r N'(y) + N_a'(a)."""
    return rate * marginal_retention(taxes["income"], income) + marginal_retention(taxes["wealth"], wealth)


def euler_residual(preferences, marginal_return, consumption, next_consumption, brings):
    """h - beta (c'/c)^(-theta) R'."""
    growth = marginal_utility(preferences, next_consumption) / marginal_utility(preferences, consumption)
    return marginal_return - preferences["beta"] * growth * brings


def complementarity(savings_ratio, marginal_return):
    """Fischer and Burmeister's function of s and 1 - h; its slope at the origin is taken to be 0."""
    slack = 1 - marginal_return
    squares = savings_ratio**2 + slack**2
    at_origin = squares == 0
    length = torch.where(at_origin, 0.0, torch.sqrt(torch.where(at_origin, 1.0, squares)))
    return savings_ratio + slack - length


def controls(raw, labor):
    """Savings ratio, marginal return and labour of raw network outputs (B, A, 3)."""
    savings, marginal, hours = raw.unbind(-1)
    span = labor["maximum"] - labor["minimum"]
    return (
        torch.sigmoid(savings),
        torch.nn.functional.softplus(marginal, threshold=math.inf),
        labor["minimum"] + span * torch.sigmoid(hours),
    )


def period(technology, taxes, wealth, ability, labor, savings_ratio):
    """A whole period under any choices, and the resource constraint of each world."""
    capital = wealth.mean(1, keepdim=True)
    effective = (ability * labor).mean(1, keepdim=True)
    wage, _, rate, *_ = prices(technology, capital, effective)
    income = taxable_income(wage, rate, wealth, ability, labor)
    _, savings, consumption = budget(taxes, income, wealth, savings_ratio)
    mean = lambda x: x.mean(1, keepdim=True)
    alpha = technology["alpha"]
    output = technology["productivity"] * capital.clamp(min=FACTOR_FLOOR) ** alpha * effective.clamp(min=FACTOR_FLOOR) ** (1 - alpha)
    collected = mean(income - after_tax(taxes["income"], income)) + mean(wealth - after_tax(taxes["wealth"], wealth))
    used = (1 + taxes["consumption"]) * mean(consumption) + mean(savings) + collected
    return income, savings, consumption, capital, effective, used - output - (1 - technology["delta"]) * capital


def loss(residuals, wealth, weights, by_wealth):
    """Weighted loss of residuals under two draws, the product of which is unbiased; and its parts without weights."""
    omega = (1 - by_wealth) + by_wealth * wealth / wealth.mean(1, keepdim=True).clamp(min=FACTOR_FLOOR)
    squares, products = residuals["complementarity"] ** 2, residuals["eulerA"] * residuals["eulerB"]
    labor = (residuals["labor"] ** 2).mean()
    total = (
        weights["complementarity"] * (omega * squares).mean()
        + weights["euler"] * (omega * products).mean()
        + weights["labor"] * labor
    )
    return total, squares.mean(), products.mean(), labor
