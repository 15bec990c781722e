"""A question with several options of which any number, but not all, are right."""

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.errors import AnswerFormatError
from quizapp.i18n.marking import OPTIONS_JUDGED, RIGHT, share
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import Option, ShownOptions, require_distinct, shown_options
from quizapp.questions.positions import answered, letter, positions
from quizapp.questions.responses import MultiChoiceResponse
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text, same

NONE = frozenset({"0", "none", "无", "都不选", "都不对"})


class MultiSpec(ItemSpec):
    """A multiple-choice question."""

    type: Literal["multi"]
    prompt: Bilingual
    options: tuple[Option, ...] = Field(min_length=2, max_length=8, description="At least one correct and one wrong.")
    shuffle: bool = Field(default=True, strict=True, description="False keeps the written order.")

    @model_validator(mode="after")
    def _some_correct(self) -> "MultiSpec":
        found = sum(option.correct for option in self.options)
        if not 0 < found < len(self.options):
            raise PydanticCustomError(
                "some-correct",
                "at least one option must be correct and at least one wrong, found {found} of {count} correct",
                {"found": found, "count": len(self.options)},
            )
        require_distinct("options", [option.text for option in self.options])
        return self


class Multi(ItemType[MultiSpec]):
    """See the module."""

    name = "multi"
    spec_type = MultiSpec

    def realise(self, item: str, spec: MultiSpec, draw: Draw, words: WordBook) -> Question:
        """Put the options in the order of the draw."""
        data = shown_options(spec.options, item, draw.seed, shuffle=spec.shuffle, note=spec.note)
        return Question(
            item=item,
            type=self.name,
            prompt=spec.prompt.text,
            response=MultiChoiceResponse(data.texts),
            draw=draw,
            data=data,
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> frozenset[int]:
        """Read positions in any order; ``0`` chooses none."""
        if answered(raw).strip() in NONE:
            return frozenset()
        count = len(question.data.options)
        try:
            return frozenset(positions(raw, count))
        except AnswerFormatError as error:
            if error.slug != "no-such-option":
                raise
            raise AnswerFormatError("no-such-options", raw, error.span, **error.details) from error

    def grade(self, question: Question, response: frozenset[int]) -> Grade:
        """Require every option to be judged rightly."""
        data: ShownOptions = question.data
        parts = tuple(
            ((position in response) == option.correct, option.why)
            for position, option in enumerate(data.options, start=1)
        )
        right = sum(judged for judged, _ in parts)
        everything = right == len(parts)
        return Grade(
            Verdict.CORRECT if everything else Verdict.WRONG,
            read_as=" ".join(map(str, sorted(response))) or "0",
            message=RIGHT if everything else share(OPTIONS_JUDGED, right, len(parts)),
            parts=parts,
        )

    def reveal(self, question: Question) -> Reveal:
        """Return the right options and why they are right."""
        data: ShownOptions = question.data
        chosen = [(position, data.options[position - 1]) for position in data.right]
        answer: Text = EMPTY
        for position, option in chosen:
            answer = answer + same(f"\n{position}. " if answer else f"{position}. ") + option.text
        steps = tuple(same(f"{position}. ") + option.why for position, option in chosen if option.why)
        return Reveal(answer, steps=steps, note=data.note)

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        data: ShownOptions = question.data
        count = len(data.options)
        right = [str(position) for position in data.right]
        complement = [str(position) for position in range(1, count + 1) if position not in data.right]
        return Examples(
            correct=(
                " ".join(right),
                ",".join(reversed(right)),
                "".join(right),
                "、".join(right + right[:1]),
                "".join(letter(position) for position in data.right).upper(),
            ),
            incorrect=("0", "none", " ".join(complement), " ".join(right + complement)),
            invalid=(
                "",
                "\t",
                str(count + 1),
                f"{right[0]} {count + 1}",
                f"0 {right[0]}",
                letter(count + 1),
                "?!",
                "选",
            ),
        )


ITEM_TYPE = Multi()
