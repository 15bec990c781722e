r"""What can go wrong, as types; ``cli/diagnostics.py`` alone turns them into words on stderr and exit codes.

::

    QuizappError              something a person can mend; ``str(error)`` is a full sentence, ``hint`` says how;
    │                         ``sentence`` is both in both languages where a learner can meet it on the screen
    ├── UsageProblem          exit 2: unknown id, unreadable file, a call that makes no sense
    │   └── UnknownName       … with a "did you mean"
    ├── ContentProblem        exit 1: the content is wrong; carries the findings
    └── EnvironmentProblem    exit 3: damaged database, missing optional part, isolation not to be had
        └── DatabaseProblem
"""

from collections.abc import Iterable

from quizapp.text import Text, same


class QuizappError(Exception):
    """Base of every error that is shown to a person as one sentence and a way to mend it."""

    exit_code = 2

    def __init__(self, message: str | Text, hint: str | Text = "") -> None:
        self.words = same(message) if isinstance(message, str) else message
        self.advice = same(hint) if isinstance(hint, str) else hint
        self.message = self.words.en
        self.hint = self.advice.en
        super().__init__(self.message)

    @property
    def sentence(self) -> Text:
        """What is wrong and how to mend it, as running words."""
        words, advice = self.words, self.advice
        return Text(
            f"{words.en} {advice.en}".strip(),
            # Chinese sentences follow each other without a space; those that only exist in English keep theirs.
            f"{words.zh}{' ' if words.zh[-1:].isascii() else ''}{advice.zh}".strip(),
        )


class UsageProblem(QuizappError):
    """The call is wrong: unknown id, bad option, unreadable file."""


_CALLED = {
    "area": "领域", "command": "命令", "deck": "牌组", "exercise": "练习", "export format": "导出格式",
    "import format": "导入格式", "item": "题目", "item type": "题型", "orphan": "无主记录", "setting": "设置项",
    "skill": "技能", "suspended item": "已移出的题目", "topic": "知识点",
}  # fmt: skip
"""How a person calls what an id stands for."""


class UnknownName(UsageProblem):
    """An id that does not exist, with the nearest ones that do."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        # Only when something is wrong: every command's start pays for what this module imports.
        from difflib import get_close_matches

        nearest = get_close_matches(name, list(known), n=3, cutoff=0.5)
        hint = Text(f"Did you mean {' or '.join(nearest)}?", f"是否指{'或'.join(nearest)}？") if nearest else ""
        super().__init__(
            Text(f"There is no {what} named {name!r}.", f"没有名为{name!r}的{_CALLED.get(what, what)}。"), hint
        )
        self.name = name
        self.nearest = tuple(nearest)


class ContentProblem(QuizappError):
    """The content has errors; the findings say where each one is."""

    exit_code = 1


class EnvironmentProblem(QuizappError):
    """The machine, the disk or an optional part can't do what was asked."""

    exit_code = 3


class DatabaseProblem(EnvironmentProblem):
    """The progress database can't be opened, read or written."""
