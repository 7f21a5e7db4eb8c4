"""Writes event files with torch.utils.tensorboard and tensorboardX, and the same runs as JSON lines and CSV."""

import csv
import itertools
import json
import math
import os
import socket
import sys
import time

# Event files carry the name of the machine in their names, and the time in each record: both are made up here, before
# any writer is imported, so that the same bytes come out each time.
ticks = itertools.count()
socket.gethostname = lambda: "host"
os.getpid = lambda: 1
time.time = lambda: 1_700_000_000 + next(ticks) / 16

import numpy as np  # noqa: E402
import tensorboardX  # noqa: E402
from torch.utils.tensorboard import SummaryWriter  # noqa: E402

OUT = sys.argv[1]


def folder(name):
    return os.path.join(OUT, name)


def scalars():
    """One run, by PyTorch's writer and as JSON lines and CSV; its last loss is NaN."""
    rows = []
    with SummaryWriter(folder("torch")) as writer:
        for step in range(0, 100, 10):
            values = {
                "train/loss": math.nan if step == 90 else 1 / (1 + step),
                "train/grad_norm": math.sqrt(step),
                "reward": step * 1e30 - 3.3,
            }
            wall_time = time.time()
            for tag, value in values.items():
                writer.add_scalar(tag, value, step, walltime=wall_time)
            rows.append({"step": step, "wall_time": wall_time, **values})
    with open(folder("torch.jsonl"), "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    with open(folder("torch.csv"), "w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def kinds():
    """What else a summary may be: tensors of one number, texts, histograms, images, settings."""
    with SummaryWriter(folder("kinds")) as writer:
        for step in range(3):
            writer.add_scalar("simple", step / 3, step)
            writer.add_scalar("tensor", step / 3, step, new_style=True)
            writer.add_scalar("double", step / 3, step, new_style=True, double_precision=True)
        writer.add_text("note", "what was tried | and why", 0)
        writer.add_histogram("weights", np.linspace(-1, 1, 5), 2, bins=3)
        writer.add_image("picture", np.zeros((1, 1, 1)), 2)
        settings = {"lr": 3e-4, "optimizer": "adam", "anneal": True}
        writer.add_hparams(settings, {"hparam/return": 12.5}, run_name=".", global_step=2)


def cleanrl():
    """As CleanRL's ppo.py logs: its arguments as a table, returns of several environments under equal steps."""
    args = {
        "exp_name": "ppo",
        "seed": 1,
        "torch_deterministic": True,
        "wandb_entity": None,
        "env_id": "CartPole-v1",
        "total_timesteps": 1536,
        "learning_rate": 0.00025,
        "num_envs": 4,
        "target_kl": None,
        "clip_coef": 0.2,
    }
    with SummaryWriter(folder("cleanrl")) as writer:
        table = "\n".join(f"|{key}|{value}|" for key, value in args.items())
        writer.add_text("hyperparameters", f"|param|value|\n|-|-|\n{table}")
        for update in range(1, 4):
            step = 512 * update
            for environment in range(2):
                writer.add_scalar("charts/episodic_return", 20.0 * update + environment, step - 4)
                writer.add_scalar("charts/episodic_length", 20 * update + environment, step - 4)
            writer.add_scalar("charts/learning_rate", 0.00025 * (4 - update) / 3, step)
            writer.add_scalar("losses/value_loss", 40.0 / update, step)
            writer.add_scalar("losses/policy_loss", -0.01 / update, step)
            writer.add_scalar("losses/entropy", 0.69 - 0.01 * update, step)
            writer.add_scalar("losses/approx_kl", 0.004 + 0.001 * update, step)
            writer.add_scalar("losses/clipfrac", 0.05 * update, step)
            writer.add_scalar("losses/explained_variance", 1 - 1 / update, step)
            writer.add_scalar("charts/SPS", 800 + update, step)


def resumed():
    """A run that was broken off at step 6 and gone on with from step 4, in a second file of the folder."""
    with SummaryWriter(folder("resumed")) as writer:
        for step in range(7):
            writer.add_scalar("loss", 10 - step, step)
    with SummaryWriter(folder("resumed"), purge_step=4) as writer:
        for step in range(4, 9):
            writer.add_scalar("loss", 9.5 - step, step)


def together():
    """Two runs that wrote into one folder at the same time."""
    one = SummaryWriter(folder("together"), filename_suffix=".one")
    two = SummaryWriter(folder("together"), filename_suffix=".two")
    for step in range(4):
        one.add_scalar("loss", 1 / (1 + step), step)
        two.add_scalar("loss", 2 / (1 + step), step)
    one.close()
    two.close()


def tensorboard_x():
    """One metric by tensorboardX, which writes its own framing and checksums."""
    with tensorboardX.SummaryWriter(folder("tensorboardX")) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1 / (1 + step), step)


for record in (scalars, kinds, cleanrl, resumed, together, tensorboard_x):
    record()
