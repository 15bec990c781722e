"""Pairs to be found: a digit chooses at the left, a letter at the right."""

from string import ascii_lowercase
from typing import cast

from quizapp.questions.base import Grade
from quizapp.questions.responses import MatchResponse
from quizapp.tui.present.answers import pairs, worded
from quizapp.tui.present.line import Line
from quizapp.tui.widgets.choice import FULL_WIDTH_DIGITS
from quizapp.tui.widgets.response import ResponsePanel


class PairList(ResponsePanel):
    """Two columns; each entry at the left carries the letter of its partner."""

    _partners: tuple[int | None, ...] = ()

    @property
    def _response(self) -> MatchResponse | None:
        return None if self.question is None else cast("MatchResponse", self.question.response)

    def entries(self) -> int:
        """Return how many pairs there are."""
        return 0 if self._response is None else len(self._response.left)

    def raw(self) -> str:
        """Return the pairs found so far."""
        return " ".join(
            f"{index + 1}{ascii_lowercase[partner]}"
            for index, partner in enumerate(self._partners)
            if partner is not None
        )

    def _reset(self) -> None:
        self._partners = (None,) * self.entries()

    def _answer_lines(self, width: int) -> list[Line]:
        if self._response is None:
            return []
        return pairs(
            worded(self._response.left, self.shown_display),
            worded(self._response.right, self.shown_display),
            self._partners,
            width,
            cursor=self.cursor if self.is_open else None,
            marks=self.marks or [None] * self.entries(),
        )

    def _judge(self, grade: Grade, *, hidden: bool) -> list[bool | None]:
        return [found for found, _ in grade.parts]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep the letters of the right column from being commands."""
        return self.is_open and character is not None and self._letter(character) is not None

    def _letter(self, key: str) -> int | None:
        if self._response is None or len(key) != 1:
            return None
        position = ascii_lowercase.find(key.lower())
        return position if 0 <= position < len(self._response.right) else None

    def press(self, key: str) -> bool:
        """Choose at the left with a digit, at the right with a letter; Backspace takes a pair back."""
        digit = key.translate(FULL_WIDTH_DIGITS)
        if len(digit) == 1 and digit.isdecimal() and 1 <= int(digit) <= self.entries():
            self.point(int(digit) - 1)
        elif (letter := self._letter(key)) is not None:
            self.pair(letter)
        elif key in ("backspace", "delete"):
            self._set(self.cursor, None)
            self.redraw()
        else:
            return False
        return True

    def pair(self, right: int) -> None:
        """Give the entry of the cursor its partner and go to the next one without."""
        if not self.is_open:
            return
        for index, partner in enumerate(self._partners):
            if partner == right:
                self._set(index, None)
        self._set(self.cursor, right)
        following = [*range(self.cursor + 1, self.entries()), *range(self.cursor)]
        self.point(next((index for index in following if self._partners[index] is None), self.cursor))

    def _set(self, index: int, partner: int | None) -> None:
        self._partners = (*self._partners[:index], partner, *self._partners[index + 1 :])

    def action_pair(self, right: int) -> None:
        """Pair with the entry clicked at the right."""
        self.pair(right)
