"""One option of several, and any number of them."""

from typing import cast

from quizapp.questions.base import Grade
from quizapp.questions.responses import ChoiceResponse, MultiChoiceResponse
from quizapp.tui.present.answers import option_marks, options, worded
from quizapp.tui.present.line import Line
from quizapp.tui.widgets.response import ResponsePanel

FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class ChoiceList(ResponsePanel):
    """One option: a digit or a click answers at once, or the arrows and Enter."""

    _picked: frozenset[int] = frozenset()
    _boxes = False

    def texts(self) -> list[str]:
        """Return the options as shown."""
        if self.question is None:
            return []
        response = cast("ChoiceResponse | MultiChoiceResponse", self.question.response)
        return worded(response.options, self.shown_display)

    def entries(self) -> int:
        """Return how many options there are."""
        return len(self.texts())

    def raw(self) -> str:
        """Return the position of the option."""
        return str(self.cursor + 1)

    def _reset(self) -> None:
        self._picked = frozenset()

    def _answer_lines(self, width: int) -> list[Line]:
        return options(
            self.texts(),
            width,
            cursor=self.cursor if self.is_open else None,
            marks=self.marks or [None] * self.entries(),
            picked=self._picked,
            boxes=self._boxes,
        )

    def _judge(self, grade: Grade, *, hidden: bool) -> list[bool | None]:
        return option_marks(grade, self._picked, hidden=hidden)

    def press(self, key: str) -> bool:
        """Answer with a digit."""
        digit = key.translate(FULL_WIDTH_DIGITS)
        if len(digit) == 1 and digit.isdecimal() and 1 <= int(digit) <= self.entries():
            self.pick(int(digit) - 1)
            return True
        return False

    def pick(self, index: int) -> None:
        """Answer with an option."""
        if self.is_open:
            self.point(index)
            self.submit()

    def action_pick(self, index: int) -> None:
        """Answer with the option clicked."""
        self.pick(index)

    def submit(self) -> None:
        """Post the option of the cursor."""
        if self.is_open:
            self._picked = frozenset({self.cursor})
            super().submit()


class TickList(ChoiceList):
    """Any number of options: digits, Space and clicks tick, Enter answers."""

    _boxes = True

    def raw(self) -> str:
        """Return the positions ticked; ``0`` for none."""
        return " ".join(str(index + 1) for index in sorted(self._picked)) or "0"

    def press(self, key: str) -> bool:
        """Tick with a digit or, where the cursor is, with Space."""
        if key in (" ", "space"):
            self.pick(self.cursor)
            return True
        return super().press(key)

    def pick(self, index: int) -> None:
        """Tick an option or take the tick away."""
        if self.is_open:
            self._picked = self._picked ^ {index}
            self.point(index)

    def submit(self) -> None:
        """Post the ticked options."""
        ResponsePanel.submit(self)
