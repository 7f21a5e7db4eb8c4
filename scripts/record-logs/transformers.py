"""A language model of a few hundred weights that the Trainer of Transformers trains on random tokens: trainer_state.json in
three checkpoints and at the end, each with all that was logged before it, and the TensorBoard file of the same run."""

import os
import shutil
import sys

import torch
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments, set_seed

# Paths in the logs are those that are given.
os.chdir(sys.argv[1])
os.environ["TENSORBOARD_LOGGING_DIR"] = "run/tensorboard"
set_seed(1)
tokens = torch.randint(0, 16, (64, 8))
data = [{"input_ids": row, "labels": row} for row in tokens]
model = GPT2LMHeadModel(GPT2Config(vocab_size=16, n_positions=8, n_embd=8, n_layer=1, n_head=2))
trainer = Trainer(
    model=model,
    args=TrainingArguments(
        output_dir="run",
        max_steps=12,
        per_device_train_batch_size=8,
        learning_rate=1e-2,
        logging_steps=2,
        eval_strategy="steps",
        eval_steps=4,
        save_steps=4,
        seed=1,
        use_cpu=True,
        report_to=["tensorboard"],
        disable_tqdm=True,
    ),
    train_dataset=data,
    eval_dataset=data[:16],
)
trainer.train()
trainer.save_state()
for folder, _, files in os.walk("run"):
    for name in files:
        path = os.path.join(folder, name)
        if "tfevents" in name:
            # The name of the machine is in it.
            os.rename(path, os.path.join(folder, "events.out.tfevents.1700000000.host.0"))
        elif name != "trainer_state.json":
            os.remove(path)
for name in os.listdir("."):
    if name != "run":
        shutil.rmtree(name)
