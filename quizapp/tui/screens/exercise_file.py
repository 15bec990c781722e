"""The file that an exercise is written in, kept in step with an editor on the screen and any other outside."""

from pathlib import Path

from quizapp.coding.watching import Watcher
from quizapp.coding.workspace import read_source


class ExerciseFile:
    """One source file; nobody's text is ever lost.

    Parameters
    ----------
    path : Path
    stub : str
        What stands on the screen as long as there is no file.
    """

    def __init__(self, path: Path, stub: str) -> None:
        self.path = path
        self.stub = stub
        self.text = stub
        """What the screen and the file had in common last."""
        self._watcher = Watcher(lambda: [path])
        self.refresh()

    @property
    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self.path.exists()

    def refresh(self) -> bool:
        """Look at the file; return whether it holds another text than before.

        Raises
        ------
        UsageProblem
            If it is no text.
        """
        if not self._watcher.saved():
            return False
        found = read_source(self.path)
        changed = found != self.text
        self.text = found
        return changed

    def save(self, text: str, *, even_stub: bool = False) -> None:
        """Write the text unless it is there already; an untouched stub needs no file.

        Raises
        ------
        OSError
            If it can't be written.
        """
        if text == self.text and (self.exists or not even_stub):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        target = self.path.resolve()
        fresh = target.with_name(f".{target.name}.new")
        fresh.write_bytes(text.encode("utf-8", "replace"))
        if target.exists():
            fresh.chmod(target.stat().st_mode)
        fresh.replace(target)
        self.text = text
        self._watcher.saved()

    def set_aside(self, text: str) -> Path:
        """Keep a text beside the file and return where.

        Raises
        ------
        OSError
            If it can't be written.
        """
        number = 1
        while (aside := self.path.with_suffix(f".old{number}")).exists():
            number += 1
        aside.write_bytes(text.encode("utf-8", "replace"))
        return aside
