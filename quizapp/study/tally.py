"""Counting a session: what its progress line and its summary need of each answer."""

from collections import Counter
from dataclasses import dataclass, replace

from quizapp.library import Library
from quizapp.scheduling.model import Rating
from quizapp.study.model import Summary
from quizapp.text import Text


@dataclass(frozen=True, slots=True)
class _Answered:
    right: bool
    new: bool
    seconds: float
    mistake: Text


class Tally:
    """The answers of one session, latest last."""

    def __init__(self) -> None:
        self._answers: list[_Answered] = []

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(one.right for one in self._answers)

    def add(self, rating: Rating, seconds: float, mistake: Text, *, new: bool) -> None:
        """Count an answer; ``mistake`` is empty where none was recognised."""
        self._answers.append(_Answered(rating is not Rating.AGAIN, new, seconds, mistake))

    def correct(self, rating: Rating) -> None:
        """Count the latest answer by another rating."""
        if self._answers:
            self._answers[-1] = replace(self._answers[-1], right=rating is not Rating.AGAIN)

    def undo(self) -> None:
        """Forget the latest answer."""
        if self._answers:
            self._answers.pop()

    def summary(self, library: Library) -> Summary:
        """Return how the session went and what is left to do."""
        today = library.today()
        mistakes = Counter(one.mistake for one in self._answers if one.mistake)
        return Summary(
            answered=len(self),
            correct=self.right,
            new=sum(one.new for one in self._answers),
            seconds=sum(one.seconds for one in self._answers),
            mistakes=tuple(mistakes.most_common()),
            next_due=today.next_due,
            remaining=today.due + today.learning,
        )
