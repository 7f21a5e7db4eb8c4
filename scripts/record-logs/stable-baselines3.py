"""One tiny PPO run on CartPole, in every format that Stable-Baselines3 logs in: progress.csv, progress.json and a
TensorBoard file hold the same numbers; monitor.csv holds the episodes of the same run, parallel/ those of a run in two
environments side by side."""

import os
import sys

from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.logger import configure

out = sys.argv[1]


def train(folder, formats, environments):
    env = make_vec_env("CartPole-v1", n_envs=environments, seed=1, monitor_dir=folder)
    model = PPO("MlpPolicy", env, n_steps=64, batch_size=32, n_epochs=2, seed=1, device="cpu")
    model.set_logger(configure(folder if formats else None, formats))
    model.learn(512)
    model.logger.close()
    env.close()


train(os.path.join(out, "run"), ["csv", "json", "tensorboard"], 1)
train(os.path.join(out, "parallel"), [], 2)
for folder, _, files in os.walk(out):
    for name in files:
        # The name of the machine is in it.
        if "tfevents" in name:
            os.rename(os.path.join(folder, name), os.path.join(folder, "events.out.tfevents.1700000000.host.0"))
