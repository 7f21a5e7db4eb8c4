"""The models of `economy/` as a subject: `npx plumbline gate --subject "python subject.py"`.

An operation is a function of the model with the names of the contract (`npx plumbline operations` lists them). Laws
whose operations are not here are left out.
"""

import torch

import plumbline_subject as plumbline
from economy import bewley, new_keynesian, ppo, schedule
from economy.new_keynesian import NewKeynesian, Policy
from economy.normaliser import RunningNormaliser

# A thread of its own buys little on tensors of a few kilobytes.
torch.set_num_threads(1)

subject = plumbline.Subject(
    "PyTorch example",
    tensors="torch",
    dtypes=["float32", "float64"],
    devices=["cpu", "meta"],
)


def generator(seed):
    return torch.Generator().manual_seed(seed)


def own_dtype():
    return getattr(torch, subject.dtype)


def finite(**answers):
    """Refuses what is no number, as the contract of the Bewley economy asks."""
    for name, answer in answers.items():
        if not answer.is_meta and not bool(torch.isfinite(answer).all()):
            raise plumbline.Refusal("domain", f"{name} is not finite")
    return answers


def gradients(function, *inputs):
    """The value of a function, and the gradient of its sum in each input."""
    with torch.enable_grad():
        leaves = [x.detach().requires_grad_() for x in inputs]
        value = function(*leaves)
        return value.detach(), [g.detach() for g in torch.autograd.grad(value.sum(), leaves)]


# The New Keynesian model


@subject.operation("nk.coefficients")
def nk_coefficients(parameters):
    model = NewKeynesian(parameters)
    return {
        "kappa": model.kappa,
        "omega": model.omega,
        "shockScale": model.shock_scale,
        "ergodicDeviation": model.ergodic_deviation,
    }


@subject.operation("nk.residuals")
def nk_residuals(parameters, zeta, output, inflation, expectedOutput, expectedInflation):
    is_, phillips = NewKeynesian(parameters).residuals(zeta, output, inflation, expectedOutput, expectedInflation)
    return {"is": is_, "phillips": phillips}


STATES = ["zeta", "output", "inflation", "expectedOutput", "expectedInflation"]


@subject.operation("nk.residualGradients")
def nk_residual_gradients(parameters, cotangentIs, cotangentPhillips, **states):
    def weighted(*leaves):
        is_, phillips = NewKeynesian(parameters).residuals(*leaves)
        return is_ * cotangentIs + phillips * cotangentPhillips

    return dict(zip(STATES, gradients(weighted, *[states[name] for name in STATES])[1]))


@subject.operation("nk.equilibriumLoss")
def nk_equilibrium_loss(parameters, **states):
    is_, phillips = NewKeynesian(parameters).residuals(*[states[name] for name in STATES])
    return {"loss": ((is_**2).mean() + (phillips**2).mean())}


@subject.operation("nk.step")
def nk_step(parameters, zeta, innovation):
    return {"zeta": NewKeynesian(parameters).step(zeta, innovation)}


@subject.operation("nk.initialState")
def nk_initial_state(parameters, seed):
    return {"zeta": NewKeynesian(parameters).initial_state(generator(seed))}


@subject.operation("nk.innovations")
def nk_innovations(count, seed):
    return {"innovations": new_keynesian.antithetic(count, generator(seed), own_dtype())}


@subject.operation("nk.network")
def nk_network(hidden, weights, parameters, zeta, cotangent):
    policy = Policy(hidden).to(weights)
    matrices = []
    at = 0
    for layer in policy.layers:
        # The contract has a matrix (inputs, outputs) row by row; PyTorch keeps its transpose.
        for tensor in (layer.weight.mT, layer.bias):
            matrices.append(weights[at : at + tensor.numel()].reshape(tensor.shape))
            at += tensor.numel()
    names = [name for name, _ in policy.named_parameters()]

    def weighted(*leaves):
        values = [leaf.mT if leaf.ndim == 2 else leaf for leaf in leaves]
        return torch.func.functional_call(policy, dict(zip(names, values)), (zeta, parameters)) * cotangent

    _, slopes = gradients(weighted, *matrices)
    values = [matrix.mT if matrix.ndim == 2 else matrix for matrix in matrices]
    raw = torch.func.functional_call(policy, dict(zip(names, values)), (zeta, parameters))
    return {"raw": raw, "gradient": torch.cat([slope.reshape(-1) for slope in slopes])}


@subject.operation("nk.loss")
def nk_loss(phillips, weights, reduction, **rest):
    is_ = rest["is"]
    total, parts = new_keynesian.loss(is_, phillips, weights, reduction)
    _, slopes = gradients(lambda *leaves: new_keynesian.loss(*leaves, weights, reduction)[0], is_, phillips)
    return {
        "total": total,
        "is": parts[0],
        "phillips": parts[1],
        "gradientIs": slopes[0],
        "gradientPhillips": slopes[1],
    }


# The Bewley economy


@subject.operation("bewley.taxes")
def bewley_taxes(schedule, x):
    return finite(kept=bewley.after_tax(schedule, x), marginal=bewley.marginal_retention(schedule, x))


@subject.operation("bewley.prices")
def bewley_prices(technology, capital, effectiveLabor):
    wage, mpk, rate, capital_floored, labor_floored = bewley.prices(technology, capital, effectiveLabor)
    return finite(wage=wage, mpk=mpk, rate=rate, capitalFloored=capital_floored, laborFloored=labor_floored)


@subject.operation("bewley.budget")
def bewley_budget(taxes, wage, rate, wealth, ability, labor, savingsRatio):
    income = bewley.taxable_income(wage, rate, wealth, ability, labor)
    money, savings, consumption = bewley.budget(taxes, income, wealth, savingsRatio)
    return finite(income=income, money=money, savings=savings, consumption=consumption)


@subject.operation("bewley.laborCondition")
def bewley_labor_condition(preferences, taxes, labor, wage, rate, wealth, ability, hours, consumption):
    def residuals(n):
        income = bewley.taxable_income(wage, rate, wealth, ability, n)
        return bewley.labor_condition(preferences, taxes, labor["maximum"], wage, ability, income, n, consumption)

    absolute, relative = residuals(hours)
    _, [gradient] = gradients(lambda n: residuals(n)[1] ** 2, hours)
    return {**finite(absolute=absolute, relative=relative), "gradient": gradient}


@subject.operation("bewley.laborLoss")
def bewley_labor_loss(preferences, taxes, labor, wage, rate, wealth, ability, hours, consumption):
    income = bewley.taxable_income(wage, rate, wealth, ability, hours)
    _, relative = bewley.labor_condition(preferences, taxes, labor["maximum"], wage, ability, income, hours, consumption)
    return {"loss": (relative**2).mean()}


@subject.operation("bewley.eulerResidual")
def bewley_euler_residual(preferences, taxes, today, next):
    income = bewley.taxable_income(next["wage"], next["rate"], next["wealth"], next["ability"], next["labor"])
    brings = bewley.after_tax_return(taxes, next["rate"], income, next["wealth"])
    residual = bewley.euler_residual(
        preferences, today["marginalReturn"], today["consumption"], next["consumption"], brings
    )
    return finite(residual=residual, afterTaxReturn=brings)


@subject.operation("bewley.complementarity")
def bewley_complementarity(savingsRatio, marginalReturn):
    value, slopes = gradients(bewley.complementarity, savingsRatio, marginalReturn)
    return {**finite(value=value), "gradientSavingsRatio": slopes[0], "gradientMarginalReturn": slopes[1]}


@subject.operation("bewley.controls")
def bewley_controls(raw, labor):
    savings, marginal, hours = bewley.controls(raw, labor)
    return finite(savingsRatio=savings, marginalReturn=marginal, labor=hours)


@subject.operation("bewley.aggregates")
def bewley_aggregates(technology, taxes, wealth, ability, labor, savingsRatio):
    income, savings, consumption, capital, effective, residual = bewley.period(
        technology, taxes, wealth, ability, labor, savingsRatio
    )
    return finite(
        income=income,
        savings=savings,
        consumption=consumption,
        capital=capital,
        effectiveLabor=effective,
        resourceResidual=residual,
    )


RESIDUALS = ["complementarity", "eulerA", "eulerB", "labor"]


@subject.operation("bewley.lossOfBranches")
def bewley_loss_of_branches(wealth, weights, byWealth, **residuals):
    def total(*leaves):
        return bewley.loss(dict(zip(RESIDUALS, leaves)), wealth, weights, byWealth)[0]

    values = bewley.loss(residuals, wealth, weights, byWealth)
    _, slopes = gradients(total, *[residuals[name] for name in RESIDUALS])
    names = ["total", "complementarity", "euler", "labor"]
    return {
        **dict(zip(names, values)),
        **{f"gradient{name[0].upper()}{name[1:]}": slope for name, slope in zip(RESIDUALS, slopes)},
    }


# The running normaliser, an object


@subject.operation("normaliser.create")
def normaliser_create(settings, **given):
    normaliser = RunningNormaliser(**settings)
    if given["from"] is not None:
        normaliser.load_state_dict(given["from"])
    return {"object": plumbline.Handle(normaliser)}


@subject.operation("normaliser.normalise")
def normaliser_normalise(object, batch, update):
    if update:
        object.update(batch)
    elif object.count == 0:
        raise plumbline.Refusal("empty", "there are no statistics yet: update with a batch first")
    normalised, share = object.transform(batch)
    return {"normalised": normalised, "clippedShare": share}


@subject.operation("normaliser.statistics")
def normaliser_statistics(object):
    return {"statistics": object.state_dict() if object.count > 0 else None}


@subject.operation("normaliser.restore")
def normaliser_restore(object):
    clone = RunningNormaliser("global", object.momentum, object.epsilon, object.floor, object.clip)
    clone.axes = object.axes
    clone.load_state_dict(object.state_dict())
    return {"object": plumbline.Handle(clone)}


# Proximal policy optimisation


@subject.operation("ppo.advantages")
def ppo_advantages(rewards, values, nextValues, terminated, truncated, discount, **rest):
    advantages, returns = ppo.advantages(rewards, values, nextValues, terminated, truncated, discount, rest["lambda"])
    return {"advantages": advantages, "returns": returns}


@subject.operation("ppo.explainedVariance")
def ppo_explained_variance(values, returns):
    return {"explained": ppo.explained_variance(values, returns)}


@subject.operation("ppo.shapedRewards")
def ppo_shaped_rewards(rewards, before, after, terminated, discount, weight):
    return {"rewards": ppo.shaped(rewards, before, after, terminated, discount, weight)}


@subject.operation("ppo.surrogate")
def ppo_surrogate(logRatio, advantages, clip):
    loss, [gradient] = gradients(lambda log: ppo.surrogate(log, advantages, clip), logRatio)
    excess = torch.expm1(logRatio)
    return {
        "loss": loss,
        "gradient": gradient,
        "deviation": excess.abs().max(),
        "k1": -logRatio.mean(),
        "k3": (excess - logRatio).mean(),
        "clipped": (excess.abs() > clip).double().mean(),
    }


@subject.operation("ppo.distribution")
def ppo_distribution(now, old, actions):
    after, before = [(policy["policy"], policy["logDeviation"]) for policy in (now, old)]
    return {
        "logProbabilities": ppo.log_probability(*after, actions),
        "oldLogProbabilities": ppo.log_probability(*before, actions),
        "entropy": ppo.entropy(*after),
        "divergence": ppo.divergence(before, after),
    }


@subject.operation("ppo.valueLoss")
def ppo_value_loss(predictions, old, targets, ranges, settings):
    per_head, clipped = ppo.value_loss(predictions, old, targets, ranges, settings)
    _, [gradient] = gradients(lambda values: ppo.value_loss(values, old, targets, ranges, settings)[0], predictions)
    return {"perHead": per_head, "clipped": clipped, "gradient": gradient}


@subject.operation("ppo.valueLossRefusal")
def ppo_value_loss_refusal(predictions, targets, settings):
    try:
        ppo.value_loss(predictions, predictions, targets, predictions, settings)
    except ValueError as error:
        return {"refused": True, "message": str(error)}
    return {"refused": False, "message": ""}


# Training


@subject.operation("training.learningRate")
def training_learning_rate(initial, final, total, steps):
    return {"rates": [schedule.cosine(initial, final, total, step) for step in steps]}


if __name__ == "__main__":
    subject.serve()
