"""Marking of typed numbers: from a diagnosis to a mark with words."""

from dataclasses import replace

from engine.answers.diagnose import Diagnosis
from engine.answers.diagnose import Verdict as Diagnosed
from engine.answers.kinds import AnswerKind, Choice, Integer, Shape, Value, canonical, format_value
from engine.answers.parse import Parsed, parse
from quizapp.i18n.answers import slip_words
from quizapp.i18n.asked import allowed_error
from quizapp.i18n.marking import NEAR_EXACT, RIGHT, WRONG, in_full, near, wrong_from, wrong_from_entry
from quizapp.questions.base import Grade, Verdict
from quizapp.text import EMPTY, Text

# More digits are float noise to a learner; the value in full precision is in the log and in ``skill show``.
FULL_DIGITS = 10


def grade_number(
    kind: AnswerKind, typed: Parsed, truth: Value, diagnosis: Diagnosis, misconception: Text = EMPTY
) -> Grade:
    """Turn a diagnosis into a mark, one rung of the feedback ladder after the other.

    Parameters
    ----------
    kind : AnswerKind
    typed : Parsed
    truth : Value
        The right answer; it appears in the message only if the typed one is right.
    diagnosis : Diagnosis
    misconception : Text
        Words of the recognised misconception, if there is one.
    """
    if diagnosis.verdict is Diagnosed.CORRECT:
        return Grade(Verdict.CORRECT, typed.read_as, right_message(kind, truth))
    if diagnosis.slugs:
        return Grade(Verdict.WRONG, typed.read_as, misconception, misconception="+".join(diagnosis.slugs))
    if diagnosis.slip is not None:
        return Grade(Verdict.WRONG, typed.read_as, slip_words(diagnosis.slip, diagnosis.detail), slip=diagnosis.slip)
    return Grade(Verdict.WRONG, typed.read_as, _unexplained(kind, diagnosis))


def _unexplained(kind: AnswerKind, diagnosis: Diagnosis) -> Text:
    """Say how far or where an answer is wrong that no mistake explains."""
    if diagnosis.near:
        return NEAR_EXACT if kind.decimals is None else near(allowed_error(kind.decimals))
    label, index = diagnosis.detail.get("label"), diagnosis.detail.get("index")
    if isinstance(label, str):
        return wrong_from(f"`{label}`")
    if isinstance(index, int):
        return wrong_from_entry((index + 1,))
    if isinstance(index, tuple):
        row, column = index
        return wrong_from_entry((row + 1, column + 1))
    return WRONG


def right_message(kind: AnswerKind, truth: Value) -> Text:
    """Say that an answer is right, and show more of its digits if it has any."""
    asked = parse(kind, format_value(kind, truth)).value
    full = full_value(kind, truth)
    return RIGHT if full == full_value(kind, asked) else in_full(full)


def full_value(kind: AnswerKind, value: Value) -> str:
    """Write a value with all the digits that mean something."""
    if isinstance(kind, Integer | Shape | Choice):
        return format_value(kind, value)
    exact = replace(kind, decimals=None)
    return format_value(exact, canonical(exact, _rounded(value)))


def _rounded(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_rounded(entry) for entry in value)
    return float(f"{value:.{FULL_DIGITS}g}") if isinstance(value, float) else value
