"""A question with several options of which exactly one is right."""

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.errors import AnswerFormatError
from quizapp.i18n.marking import NOT_THIS_ONE, RIGHT, with_reason
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import Option, ShownOptions, require_distinct, shown_options
from quizapp.questions.positions import letter, positions
from quizapp.questions.responses import ChoiceResponse
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import Text, same


class ChoiceSpec(ItemSpec):
    """A single-choice question."""

    type: Literal["choice"]
    prompt: Bilingual
    options: tuple[Option, ...] = Field(min_length=2, max_length=6, description="Exactly one of them correct.")
    shuffle: bool = Field(default=True, strict=True, description="False keeps the written order.")

    @model_validator(mode="after")
    def _one_correct(self) -> "ChoiceSpec":
        found = sum(option.correct for option in self.options)
        if found != 1:
            raise PydanticCustomError(
                "one-correct", "exactly one option must have 'correct: true', found {found}", {"found": found}
            )
        require_distinct("options", [option.text for option in self.options])
        return self


def parse_one(count: int, raw: str) -> int:
    """Read the position of one option of a choice question, as digit or letter."""
    chosen = set(positions(raw, count, joined=False))
    if len(chosen) != 1:
        raise AnswerFormatError("choose-one", raw, expected=count)
    return chosen.pop()


def grade_one(data: ShownOptions, chosen: int) -> Grade:
    """Mark one chosen option, with every option's own feedback."""
    option = data.options[chosen - 1]
    verdict = RIGHT if option.correct else NOT_THIS_ONE
    return Grade(
        Verdict.CORRECT if option.correct else Verdict.WRONG,
        read_as=str(chosen),
        message=with_reason(verdict, option.why),
        parts=tuple(
            ((position == chosen) == shown.correct, shown.why) for position, shown in enumerate(data.options, start=1)
        ),
    )


def one_examples(data: ShownOptions) -> Examples:
    """Return raw answers for a choice question."""
    right, count = data.right[0], len(data.options)
    wrong = [position for position in range(1, count + 1) if position != right]
    return Examples(
        correct=(str(right), f" {right}. ", letter(right), f"({letter(right).upper()})", chr(ord("０") + right)),
        incorrect=tuple(str(position) for position in wrong) + tuple(letter(position) for position in wrong),
        invalid=("", " ", "0", str(count + 1), letter(count + 1), "-", f"{right} {wrong[0]}", "none", "9" * 5000, "✓"),
    )


class Choice(ItemType[ChoiceSpec]):
    """See the module."""

    name = "choice"
    spec_type = ChoiceSpec

    def realise(self, item: str, spec: ChoiceSpec, draw: Draw, words: WordBook) -> Question:
        """Put the options in the order of the draw."""
        data = shown_options(spec.options, item, draw.seed, shuffle=spec.shuffle, note=spec.note)
        return Question(
            item=item,
            type=self.name,
            prompt=spec.prompt.text,
            response=ChoiceResponse(data.texts),
            draw=draw,
            data=data,
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> int:
        """Read the position of one option, as digit or letter."""
        return parse_one(len(question.data.options), raw)

    def grade(self, question: Question, response: int) -> Grade:
        """Compare the chosen option with the right one."""
        return grade_one(question.data, response)

    def reveal(self, question: Question) -> Reveal:
        """Return the right option and why it is right."""
        data: ShownOptions = question.data
        (right,) = data.right
        option = data.options[right - 1]
        answer: Text = same(f"{right}. ") + option.text
        return Reveal(answer, steps=(option.why,) if option.why else (), note=data.note)

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        return one_examples(question.data)


ITEM_TYPE = Choice()
