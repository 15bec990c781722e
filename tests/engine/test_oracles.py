"""Every skill agrees with a derivation that shares no code with it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.answers.kinds import canonical
from engine.registry import skill, skill_ids
from tests.engine.registries import CASES, area_modules, numbers, variants

MODULES = area_modules("oracles")
ORACLES: dict[str, Callable[..., Any]] = {
    name: oracle for module in MODULES.values() for name, oracle in module.ORACLES.items()
}


def test_every_skill_has_an_oracle_in_its_areas_module() -> None:
    assert sorted(ORACLES) == sorted(skill_ids())
    for area, module in MODULES.items():
        assert {skill(name).area.replace("-", "_") for name in module.ORACLES} <= {area}


@pytest.mark.parametrize(("name", "level"), CASES)
def test_oracle_agrees(name: str, level: int) -> None:
    found = skill(name)
    for variant in variants(name, level):
        oracle = canonical(found.answer, ORACLES[name](**found.arguments(variant.params)))
        if isinstance(variant.answer, str):
            assert oracle == variant.answer
        else:
            assert np.shape(oracle) == np.shape(variant.answer)
            assert numbers(oracle) == pytest.approx(numbers(variant.answer), rel=1e-9, abs=1e-12), variant.params
