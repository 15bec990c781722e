"""A card with a front and a back: the person recalls, looks and rates the recall."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from engine.errors import AnswerFormatError
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import wording_text
from quizapp.questions.positions import answered
from quizapp.questions.responses import RevealResponse
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text

RATINGS: tuple[tuple[str, ...], ...] = (
    ("again", "a", "忘了", "重来", "忘记", "不会"),
    ("hard", "h", "困难", "难", "吃力"),
    ("good", "g", "良好", "记得", "一般", "想起"),
    ("easy", "e", "简单", "容易", "轻松"),
)
"""For each rating from 1 to 4: its name and what else may be typed for it."""


class FlashcardSpec(ItemSpec):
    """A flashcard."""

    type: Literal["flashcard"]
    front: Bilingual = Field(description="What is asked.")
    back: Bilingual = Field(description="What should be recalled.")


@dataclass(frozen=True, slots=True)
class FlashcardData:
    """The back of the card."""

    back: Text
    note: Text = EMPTY


class Flashcard(ItemType[FlashcardSpec]):
    """See the module."""

    name = "flashcard"
    spec_type = FlashcardSpec

    def realise(self, item: str, spec: FlashcardSpec, draw: Draw, words: WordBook) -> Question:
        """Show the front."""
        return Question(
            item=item,
            type=self.name,
            prompt=spec.front.text,
            response=RevealResponse(),
            draw=draw,
            data=FlashcardData(spec.back.text, wording_text(spec.note)),
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> int:
        """Read a rating from 1 to 4 or its name in either language."""
        typed = answered(raw).strip()
        for number, names in enumerate(RATINGS, start=1):
            if typed == str(number) or typed in names:
                return number
        raise AnswerFormatError("not-a-rating", raw, got=raw.strip())

    def grade(self, question: Question, response: int) -> Grade:
        """Leave the verdict to the person."""
        return Grade(Verdict.SELF, read_as=RATINGS[response - 1][0])

    def reveal(self, question: Question) -> Reveal:
        """Turn the card."""
        return Reveal(question.data.back, note=question.data.note)

    def examples(self, question: Question) -> Examples:
        """Return every spelling of a good rating; there is no wrong one."""
        return Examples(
            correct=("3", "３", "Good", " 4 ", *(name for names in RATINGS for name in names)),
            incorrect=(),
            invalid=("", "  ", "0", "5", "maybe", "1 2", "🙂"),
        )


ITEM_TYPE = Flashcard()
