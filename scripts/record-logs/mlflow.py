"""Two runs in the file store of MLflow, with parameters, a metric whose key has a group, and a last loss that is not
finite; identifiers and times are set, so that nothing of the machine is in them."""

import os
import shutil
import sys
import uuid
from math import inf, nan

# New versions write files only where they are asked to.
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402
from mlflow.store.tracking import file_store  # noqa: E402

counter = iter(range(1, 1000))
file_store.uuid.uuid4 = lambda: uuid.UUID(int=next(counter) << 64)

START = 1_700_000_000_000
out = os.path.join(sys.argv[1], "mlruns")
client = MlflowClient(tracking_uri=f"file://{out}")
experiment = client.create_experiment("lines", artifact_location="file:///artifacts")
for number, rate in enumerate([0.1, 0.5]):
    start = START + 1_000_000 * number
    run = client.create_run(experiment, start_time=start, run_name=f"rate-{rate}").info.run_id
    client.log_batch(
        run,
        params=[Param("learning_rate", str(rate)), Param("nesterov", "True"), Param("model/name", "line")],
        tags=[RunTag("purpose", "fixture")],
    )
    for step in range(0, 50, 10):
        time = start + 100 * step
        loss = (1 - rate) ** step if step < 40 else [nan, inf][number]
        client.log_batch(
            run,
            metrics=[Metric("loss", loss, time, step), Metric("gradient/norm", rate * loss, time, step)],
        )
        if step % 20 == 0:
            client.log_metric(run, "validation loss", 2 * loss, timestamp=time + 30, step=step)
    client.set_terminated(run, end_time=start + 10_000)
# An experiment that is made without being asked for, with the path of this folder in it.
shutil.rmtree(os.path.join(out, "0"))
