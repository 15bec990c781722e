"""Discovers skills and exercises: the file's name is the id, so a new one needs no list to be kept."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import engine.exercises
import engine.skills
from engine.errors import UnknownIdError
from engine.exercise import Exercise
from engine.skill import Skill


@cache
def skill_modules() -> dict[str, str]:
    """Return module names by skill id, without importing any of them."""
    return _modules(engine.skills.__name__, tuple(engine.skills.__path__))


def skill_ids() -> tuple[str, ...]:
    """Return the ids of all skills, sorted."""
    return tuple(sorted(skill_modules()))


@cache
def skill(name: str) -> Skill[Any]:
    """Return one skill.

    Raises
    ------
    UnknownIdError
        With the nearest ids.
    """
    modules = skill_modules()
    if name not in modules:
        raise UnknownIdError("skill", name, tuple(get_close_matches(name, modules, n=3, cutoff=0.5)))
    found: Skill[Any] = import_module(modules[name]).SKILL
    return found


@cache
def exercise_modules() -> dict[str, str]:
    """Return module names by exercise id, without importing any of them."""
    return _modules(engine.exercises.__name__, tuple(engine.exercises.__path__))


def exercise_ids() -> tuple[str, ...]:
    """Return the ids of all exercises, sorted."""
    return tuple(sorted(exercise_modules()))


@cache
def exercise(name: str) -> Exercise:
    """Return one exercise.

    Raises
    ------
    UnknownIdError
        With the nearest ids.
    """
    modules = exercise_modules()
    if name not in modules:
        raise UnknownIdError("exercise", name, tuple(get_close_matches(name, modules, n=3, cutoff=0.5)))
    found: Exercise = import_module(modules[name]).EXERCISE
    return found


def _modules(package: str, path: tuple[str, ...]) -> dict[str, str]:
    return {
        leaf.name.replace("_", "-"): f"{package}.{area.name}.{leaf.name}"
        for area in iter_modules(path)
        if area.ispkg
        for leaf in iter_modules([f"{folder}/{area.name}" for folder in path])
    }
