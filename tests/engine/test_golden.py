"""Published numbers are reproduced; published mistakes are not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.engine.registries import area_modules

MODULES = area_modules("golden")
GOLDEN: list[tuple[str, Callable[[], Any], Any, float]] = [
    entry for module in MODULES.values() for entry in module.GOLDEN
]
REFUTED: dict[str, Any] = {
    name: claim for module in MODULES.values() for name, claim in getattr(module, "REFUTED", {}).items()
}


def test_each_golden_number_is_named_once() -> None:
    names = [name for name, *_ in GOLDEN]
    assert len(names) == len(set(names))
    assert set(REFUTED) <= set(names)


@pytest.mark.parametrize(("name", "ours", "expected", "tolerance"), GOLDEN, ids=[name for name, *_ in GOLDEN])
def test_golden(name: str, ours: Callable[[], Any], expected: Any, tolerance: float) -> None:
    value = np.asarray(ours(), dtype=float)
    assert value.shape == np.shape(expected)
    np.testing.assert_allclose(value, expected, rtol=0, atol=tolerance)
    if name in REFUTED:
        assert not np.allclose(value, REFUTED[name], rtol=0, atol=10 * tolerance), "the published mistake came back"
