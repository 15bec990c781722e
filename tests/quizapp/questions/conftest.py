import pytest

from quizapp.coding import marking


@pytest.fixture(autouse=True, scope="session")
def marked_here() -> None:
    """Code items are marked in the sandbox, as in a study session."""
    marking.install()
