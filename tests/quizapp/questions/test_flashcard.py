import pytest

from engine.errors import AnswerFormatError
from quizapp.questions.base import Grade, Verdict
from quizapp.questions.registry import item_type
from tests.quizapp.questions.samples import asked

KIND = item_type("flashcard")
QUESTION = asked("flashcard", front="f", back={"en": "b", "zh": "背"}, note="n", hints=["h"])


@pytest.mark.parametrize(
    ("raw", "rating", "read_as"),
    [
        ("1", 1, "again"),
        ("重来", 1, "again"),
        (" Hard ", 2, "hard"),
        ("３", 3, "good"),
        ("E", 4, "easy"),
        ("简单", 4, "easy"),
    ],
)
def test_a_rating_by_number_or_name(raw: str, rating: int, read_as: str) -> None:
    assert KIND.parse(QUESTION, raw) == rating
    assert KIND.grade(QUESTION, rating) == Grade(Verdict.SELF, read_as)


@pytest.mark.parametrize(("raw", "slug"), [("", "empty"), ("5", "not-a-rating"), ("b", "not-a-rating")])
def test_other_text_is_no_rating(raw: str, slug: str) -> None:
    with pytest.raises(AnswerFormatError) as error:
        KIND.parse(QUESTION, raw)
    assert error.value.slug == slug


def test_the_back_is_revealed_with_the_note() -> None:
    reveal = KIND.reveal(QUESTION)
    assert (reveal.answer.zh, reveal.note.en) == ("背", "n")
    assert QUESTION.hints[0].en == "h"
