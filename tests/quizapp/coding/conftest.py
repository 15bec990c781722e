from collections.abc import Iterator

import pytest

from quizapp.coding.sandbox import Sandbox


@pytest.fixture(scope="session")
def place() -> Iterator[Sandbox]:
    """One warm sandbox: starting it takes longer than any of these tests."""
    with Sandbox() as sandbox:
        yield sandbox
