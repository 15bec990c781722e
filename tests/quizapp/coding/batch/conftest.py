import pytest

from quizapp.paths import Folders
from tests.quizapp.cli.running import Runner


@pytest.fixture
def run(shelf: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(shelf, capsys, monkeypatch)
