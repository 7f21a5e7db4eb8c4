"""Learning rates."""

import math


def cosine(initial, final, total, step):
    """Falls from the initial rate at step 0 to the final one at the last step."""
    return final + (initial - final) * (1 + math.cos(math.pi * min(step, total) / total)) / 2
