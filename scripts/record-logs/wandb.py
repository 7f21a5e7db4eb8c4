"""Writes runs of Weights & Biases without a network, and the history of one as its public API gives it."""

import csv
import json
import math
import os
import shutil
import struct
import sys
import tempfile

OUT = sys.argv[1]
WORK = tempfile.mkdtemp()
os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=WORK, HOME=WORK)

import wandb  # noqa: E402
from wandb.proto import wandb_internal_pb2  # noqa: E402

# Nothing of the machine is to be in the file: no names, paths, packages, source, measurements.
SETTINGS = wandb.Settings(
    console="off",
    disable_code=True,
    disable_git=True,
    disable_job_creation=True,
    email="nobody@example.org",
    host="host",
    program="train.py",
    save_code=False,
    username="user",
    x_disable_machine_info=True,
    x_disable_meta=True,
    x_disable_stats=True,
    x_executable="python",
    x_save_requirements=False,
)


def record(run_id, rows, exit_code=0, config=None):
    """Logs rows as one run; its .wandb file is kept under the name that it has in a folder of its own."""
    run = wandb.init(id=run_id, project="plumbline", config=config, settings=SETTINGS, dir=WORK)
    for row in rows:
        run.log(row)
    file = run.settings.sync_file
    run.finish(exit_code=exit_code)
    # The service that writes the file may go on after the run; it ends here, and a new one begins with the next run.
    wandb.teardown()
    folder = os.path.join(OUT, run_id)
    os.makedirs(folder, exist_ok=True)
    return shutil.copy(file, folder)


def records(file):
    """Messages of a .wandb file, which are short enough for one part each; the package itself has no reader any more."""
    with open(file, "rb") as log:
        data = log.read()
    at = 7
    while at < len(data):
        _, length, kind = struct.unpack_from("<IHB", data, at)
        assert kind == 1, "a record of several parts"
        message = wandb_internal_pb2.Record()
        message.ParseFromString(data[at + 7 : at + 7 + length])
        yield message
        at += 7 + length


def history(file):
    """Rows as `run.scan_history()` gives them: nested keys joined by dots, pictures and the like as they are."""
    for message in records(file):
        if message.WhichOneof("record_type") == "history":
            nested = {}
            for item in message.history.item:
                *path, name = list(item.nested_key) or [item.key]
                group = nested
                for part in path:
                    group = group.setdefault(part, {})
                group[name] = json.loads(item.value_json)
            yield dict(flat(nested))


def flat(group, prefix=""):
    for name, value in group.items():
        if isinstance(value, dict) and "_type" not in value:
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def losses():
    for step in range(12):
        row = {"train": {"loss": 1 / (1 + step), "grad_norm": math.sqrt(step)}, "lr": 3e-4}
        if step % 4 == 3:
            row["eval/return"] = math.nan if step == 11 else step - 3.5
        if step == 5:
            row["note"] = "a text"
            row["weights"] = wandb.Histogram(np_histogram=([1, 2, 1], [0, 0.1, 0.2, 0.3]))
        yield row


config = {"lr": 3e-4, "optimizer": {"name": "adam", "betas": [0.9, 0.999]}, "seed": 1}
file = record("whole", losses(), config=config)
rows = list(history(file))
with open(os.path.join(OUT, "history.jsonl"), "w") as out:
    out.writelines(json.dumps(row) + "\n" for row in rows)
with open(os.path.join(OUT, "history.json"), "w") as out:
    json.dump(rows, out)
with open(os.path.join(OUT, "history.csv"), "w", newline="") as out:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    table = csv.DictWriter(out, keys, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
record("failed", list(losses())[:3], exit_code=1)
shutil.rmtree(WORK, ignore_errors=True)
