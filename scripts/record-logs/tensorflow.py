"""Writes an event file with TensorFlow itself: scalars as tensors of bytes, a text, a histogram."""

import os
import sys

import tensorflow as tf

OUT = sys.argv[1]


def rename(folder):
    """TensorFlow puts the name of the machine into the name of a file, and nowhere else."""
    for name in os.listdir(folder):
        seconds = name.split("tfevents.", 1)[1].split(".", 1)[0]
        os.rename(os.path.join(folder, name), os.path.join(folder, f"events.out.tfevents.{seconds}.host.v2"))


folder = os.path.join(OUT, "summary")
with tf.summary.create_file_writer(folder).as_default():
    for step in range(8):
        tf.summary.scalar("loss", 1 / (1 + step), step=step)
        tf.summary.scalar("double", tf.constant(step / 3, tf.float64), step=step)
        tf.summary.scalar("count", tf.constant(10 * step, tf.int64), step=step)
    tf.summary.text("note", "a text", step=7)
    tf.summary.histogram("weights", [0.1, 0.2, 0.4], step=7, buckets=2)
rename(folder)
