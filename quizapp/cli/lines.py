"""The line mode: a study session in words only. No boxes, no colours, no cursor tricks; one answer is one line.

After a wrong answer the solution is told and the next question follows, so that a script's lines stay in step.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import assert_never

from quizapp.cli import output
from quizapp.library import Library
from quizapp.markup.plain import plain
from quizapp.questions.base import Verdict
from quizapp.questions.responses import (
    ChoiceResponse,
    CodeResponse,
    LineResponse,
    MatchResponse,
    MultiChoiceResponse,
    OrderResponse,
    RevealResponse,
)
from quizapp.scheduling.model import Rating
from quizapp.study import words
from quizapp.study.model import Marked, Presented, Unreadable
from quizapp.study.session import StudySession
from quizapp.text import Display, Text, same

COMMANDS = Text(
    "Commands: :hint, :show, :again, :hard, :good, :easy, :skip, :undo, :suspend, :quit.",
    "命令：:hint 提示，:show 看答案，:again :hard :good :easy 评分，:skip 跳过，"
    ":undo 撤销，:suspend 移出此题，:quit 退出。",
)
TYPE_RATING = Text(
    "Rate yourself: :again, :hard, :good or :easy (1 to 4).", "请自评：:again、:hard、:good、:easy（或 1 至 4）。"
)
SHOW_BACK = Text("Press Enter to see the back.", "按回车查看背面。")
HOW_MULTI = Text("Type the numbers of all right options, such as 1 3.", "输入所有正确选项的编号，如 1 3。")
HOW_CHOICE = Text("Type the number of one option.", "输入一个选项的编号。")
HOW_ORDER = Text("Type the numbers in the right order, such as 2 1 3.", "按正确顺序输入编号，如 2 1 3。")
HOW_MATCH = Text("Type the pairs, such as 1b 2a.", "输入配对，如 1b 2a。")
HOW_CODE = Text("Write the function in this file, then type :check", "在下列文件中编写函数，然后输入 :check")
SKIPPED = Text("Put off to the end of this session.", "已推迟到本次学习末尾。")
UNKNOWN_COMMAND = Text("There is no such command.", "没有这个命令。")
NOT_YET = Text("Answer first, or :show the solution.", "请先作答，或用 :show 看答案。")
SUSPENDED = Text("Suspended; it will not come back by itself.", "已移出，此题不会自动再出现。")


def how_gaps(count: int) -> Text:
    """Say how several gaps are filled in one line."""
    return Text(
        f"Type the {count} answers in order, with semicolons between them.",
        f"依次输入 {count} 个空的答案，用分号隔开。",
    )


def corrected_to(rating: Rating) -> Text:
    """Say that the answer before this question now counts as another rating."""
    label = words.RATINGS[rating]
    return Text(f"The answer before now counts as {label.en}. ", f"上一题改按“{label.zh}”计。")


FULL_WIDTH_DIGITS = str.maketrans("１２３４", "1234")
"""What a Chinese input method types for the ratings."""


class LineMode:
    """Runs one session on stdin and stdout.

    Parameters
    ----------
    session : StudySession
    library : Library
    display : {"en", "zh", "both"}
    """

    def __init__(self, session: StudySession, library: Library, display: Display) -> None:
        self.session = session
        self.library = library
        self.display = display
        self._commands: dict[str, Callable[[], bool]] = {
            "check": self._check,
            "hint": self._hint,
            "show": self._show,
            "skip": self._skip,
            "undo": self._undo,
            "suspend": self._suspend,
            **{rating.name.lower(): self._rater(rating) for rating in Rating},
        }

    def run(self) -> None:
        """Ask until the queue is empty, the input ends or ``:quit``."""
        self._greet()
        try:
            while self.session.current is not None:
                line = self._read()
                if line is None or line.strip().lower() in {":quit", ":q"}:
                    break
                if self._take(line.strip()):
                    self._ask()
        except KeyboardInterrupt:
            output.line()
        self._say(words.summary(self.session.finish()))

    def _greet(self) -> None:
        if self.session.current is None:
            until = self.session.waiting_until or self.library.today().next_due
            if until is None:
                self._say(words.NOTHING_DUE)
            else:
                then = datetime.fromtimestamp(until / 1000, self.library.clock.now().tzinfo)
                same_day = then.date() == self.library.clock.now().date()
                self._say(words.clock_time(f"{then:%H:%M}" if same_day else f"{then:%Y-%m-%d %H:%M}"))
            return
        self._say(COMMANDS)
        self._ask()

    # --- one line

    def _read(self) -> str | None:
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None

    def _take(self, line: str) -> bool:
        """Act on a line; return whether the next question is to be asked."""
        if line.startswith((":", "：")):
            command = self._commands.get(line[1:].strip().lower())
            if command is None:
                self._say(UNKNOWN_COMMAND)
                self._say(COMMANDS)
                return False
            return command()
        question = self.session.question
        if isinstance(question.response, RevealResponse):
            return self._flashcard(line)
        return self._answer(line)

    def _answer(self, raw: str) -> bool:
        result = self.session.answer(raw)
        if isinstance(result, Unreadable):
            self._say(result.message)
            return False
        self._tell(result)
        self.session.advance()
        return True

    def _flashcard(self, line: str) -> bool:
        if self.session.stage == "asking":
            self._show()
            return False
        digit = line.translate(FULL_WIDTH_DIGITS)
        if digit in {"1", "2", "3", "4"}:
            return self._rate(Rating(int(digit)))
        self._say(TYPE_RATING)
        return False

    # --- commands

    def _check(self) -> bool:
        """Mark the file in the workspace; for exercises, whose answers have many lines."""
        from quizapp.coding.workspace import read_source

        response = self.session.question.response
        if not isinstance(response, CodeResponse):
            self._say(UNKNOWN_COMMAND)
            return False
        return self._answer(read_source(self._source_file(response)))

    def _source_file(self, response: CodeResponse) -> Path:
        """Return where the function is written; the stub is put there if there is nothing yet."""
        from engine.registry import exercise
        from quizapp.coding.workspace import file_name, start

        path = self.library.folders.workspace / file_name(response.exercise)
        if path.exists():
            return path
        words = self.library.catalogue.exercise_words(response.exercise)
        return start(path.parent, exercise(response.exercise), words, self.display)

    def _hint(self) -> bool:
        hint = self.session.hint()
        self._say(words.NO_HINT if hint is None else hint, prefix=words.HINT if hint is not None else None)
        return False

    def _show(self) -> bool:
        question = self.session.question
        self._solution()
        if isinstance(question.response, RevealResponse):
            self._say(TYPE_RATING)
            return False
        if self.session.marked is not None:
            self._say(words.returns(self.session.marked.back))
        self.session.advance()
        return True

    def _solution(self) -> None:
        solution = self.session.reveal()
        self._say(solution.answer, prefix=words.SOLUTION)
        if solution.steps:
            self._say(words.STEPS)
            for number, step in enumerate(solution.steps, 1):
                self._say(step, mark=f"{number}. ")
        if solution.note:
            self._say(solution.note)

    def _rater(self, rating: Rating) -> Callable[[], bool]:
        return lambda: self._rate(rating)

    def _rate(self, rating: Rating) -> bool:
        if self.session.stage == "revealed":
            marked = self.session.rate(rating)
            self._say(words.returns(marked.back))
            self.session.advance()
            return True
        corrected = self.session.rate_last(rating)
        if corrected is None:
            self._say(NOT_YET)
        else:
            self._say(corrected_to(rating) + words.returns(corrected))
        return False

    def _skip(self) -> bool:
        self.session.skip()
        self._say(SKIPPED)
        return True

    def _suspend(self) -> bool:
        self.session.suspend()
        self._say(SUSPENDED)
        return True

    def _undo(self) -> bool:
        undone = self.session.undo()
        self._say(words.NOTHING_TO_UNDO if undone is None else words.UNDONE)
        return undone is not None

    # --- words

    def _ask(self) -> None:
        presented = self.session.current
        if presented is None:
            return
        progress = self.session.progress
        output.line()
        self._say(
            Text(
                f"Question {progress.answered + 1}, {progress.remaining} to go. {presented.deck.en}.",
                f"第 {progress.answered + 1} 题，还剩 {progress.remaining} 题。{presented.deck.zh}。",
            )
        )
        if presented.repeated:
            self._say(words.SAME_NUMBERS)
        self._say(presented.question.prompt)
        self._say_response(presented)

    def _say_response(self, presented: Presented) -> None:
        response = presented.question.response
        match response:
            case LineResponse(fields=fields, numeric=numeric):
                if fields > 1 and not numeric:
                    self._say(how_gaps(fields))
            case ChoiceResponse():
                self._list(response.options)
                self._say(HOW_CHOICE)
            case MultiChoiceResponse():
                self._list(response.options)
                self._say(HOW_MULTI)
            case OrderResponse():
                self._list(response.entries)
                self._say(HOW_ORDER)
            case MatchResponse():
                self._list(response.left)
                self._list(response.right, letters=True)
                self._say(HOW_MATCH)
            case RevealResponse():
                self._say(SHOW_BACK)
            case CodeResponse():
                self._say(HOW_CODE + same(f" {self._source_file(response)}"))
            case _:
                assert_never(response)

    def _list(self, entries: tuple[Text, ...], *, letters: bool = False) -> None:
        for index, entry in enumerate(entries):
            mark = chr(ord("a") + index) if letters else str(index + 1)
            self._say(entry, mark=f"{mark}. ")

    def _tell(self, marked: Marked) -> None:
        grade = marked.grade
        right = grade.verdict is Verdict.CORRECT
        self._say(grade.message or (words.RIGHT if right else words.WRONG))
        if not right:
            self._solution()
        for answered_rightly, feedback in grade.parts:
            if feedback and not answered_rightly and feedback.en not in grade.message.en:
                self._say(feedback)
        if marked.leech:
            self._say(words.LEECH)
        self._say(words.returns(marked.back))

    def _say(self, text: Text, *, prefix: Text | None = None, mark: str = "") -> None:
        if prefix is not None:
            # A block (code, a list) begins on a line of its own, or it would be none.
            gap = "\n\n" if "\n" in text.en else ""
            text = Text(f"{prefix.en}:{gap or ' '}{text.en}", f"{prefix.zh}：{gap}{text.zh}")
        output.line(mark + plain(text.shown(self.display, "\n\n" if not mark else " / ")))
