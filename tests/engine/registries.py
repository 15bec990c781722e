"""What the registry-wide tests share: the cases and the modules that hold oracles and golden numbers."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.answers.kinds import Value
from engine.registry import skill, skill_ids
from engine.skill import LEVELS, Skill, Variant

SEEDS = range(40)
CASES = [(name, level) for name in skill_ids() for level in LEVELS]


@cache
def variants(name: str, level: int) -> tuple[Variant[Any], ...]:
    """Generate the variants that all the registry-wide tests look at, once."""
    found: Skill[Any] = skill(name)
    return tuple(found.generate(seed, level) for seed in SEEDS)


def area_modules(folder: str) -> dict[str, ModuleType]:
    """Import every module of ``tests/engine/<folder>``, by name."""
    files = sorted((Path(__file__).parent / folder).glob("[a-z]*.py"))
    return {file.stem: import_module(f"tests.engine.{folder}.{file.stem}") for file in files}


def numbers(value: Value) -> list[float]:
    """Flatten an answer into its numbers; a label has none."""
    if isinstance(value, str):
        return []
    if isinstance(value, tuple):
        return [number for entry in value for number in numbers(entry)]
    return [float(value)]
