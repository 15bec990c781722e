"""How a marked answer rates itself."""

from quizapp.questions.base import Verdict
from quizapp.scheduling.model import Rating


def automatic(verdict: Verdict, *, helped: bool, easy_when_right: bool) -> Rating:
    """Return the rating of a marked answer: wrong is Again, right with help Hard, right Good (or Easy, if asked for).

    Parameters
    ----------
    verdict : Verdict
        ``CORRECT`` or ``WRONG``.
    helped : bool
        After a hint or on the second try.
    easy_when_right : bool
        The person's setting.
    """
    if verdict is not Verdict.CORRECT:
        return Rating.AGAIN
    if helped:
        return Rating.HARD
    return Rating.EASY if easy_when_right else Rating.GOOD
