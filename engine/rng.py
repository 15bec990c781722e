"""The only maker of random generators.

The entropy list has a fixed length with the open-ended seed last: NumPy pads short lists with zeros and splits big
integers, so ``default_rng([5])`` equals ``default_rng([5, 0])`` and lists of different lengths may alias.
"""

from zlib import crc32

import numpy as np

from engine.errors import ParamsError

MAXIMUM_SEED = 2**63 - 1


def generator(skill: str, version: int, level: int, seed: int) -> np.random.Generator:
    """Return the generator of one variant of one skill.

    Parameters
    ----------
    skill : str
        Id of the skill.
    version, level : int
        Version of the skill's meaning and level of difficulty.
    seed : int
        Non-negative, below 2**63.

    Raises
    ------
    ParamsError
        If the seed is out of range.
    """
    if not 0 <= seed <= MAXIMUM_SEED:
        raise ParamsError(f"seed must lie in 0..{MAXIMUM_SEED}, got {seed}")
    return np.random.default_rng([crc32(skill.encode()), version, level, seed])
