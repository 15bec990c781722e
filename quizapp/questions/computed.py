"""A question of a skill, with fresh numbers for every draw.

The engine's skills need NumPy, which takes longer to import than everything else on the way to the first question. So
it is imported when a question is computed, not when this type is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_core import PydanticCustomError

from engine.answers.kinds import format_value
from engine.answers.parse import Parsed, parse
from quizapp.i18n.asked import asked
from quizapp.i18n.marking import CHOOSE_ONE
from quizapp.questions import skill_text
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal
from quizapp.questions.choice import grade_one, one_examples, parse_one
from quizapp.questions.numbers import grade_number, right_message
from quizapp.questions.options import ShownOption, ShownOptions, wording_text
from quizapp.questions.responses import ChoiceResponse, LineResponse
from quizapp.questions.shuffling import rng
from quizapp.questions.words import SkillWords, WordBook
from quizapp.text import EMPTY, Text, same

if TYPE_CHECKING:
    from engine.skill import Misconception, Skill, Variant

DISTRACTORS = 3


class ComputedSpec(ItemSpec):
    """A question of a skill."""

    type: Literal["computed"]
    skill: str = Field(min_length=1, description="Id of the skill.")
    levels: tuple[Literal[1, 2, 3], ...] = Field(
        default=(1, 2, 3), min_length=1, description="Levels that may be asked, ascending."
    )
    form: Literal["typed", "choice"] = Field(
        default="typed",
        # `as` is a keyword in Python; the second name lets a dumped spec be read back.
        validation_alias=AliasChoices("as", "form"),
        description="Typed, or a choice between the answer and typical wrong ones.",
    )

    @field_validator("levels")
    @classmethod
    def _ascending(cls, levels: tuple[int, ...]) -> tuple[int, ...]:
        if list(levels) != sorted(set(levels)):
            raise PydanticCustomError("levels-ascending", "levels must be ascending and without repetition")
        return levels

    def level(self, wanted: int) -> int:
        """Return the hardest level of this item that is not above the wanted one, else its easiest."""
        return max((level for level in self.levels if level <= wanted), default=self.levels[0])


@dataclass(frozen=True, slots=True)
class ComputedData:
    """The variant, its words with numbers filled in, and the options if it is asked as a choice."""

    variant: Variant[Any]
    skill: Skill[Any]
    words: SkillWords
    display: Mapping[str, Any]
    note: Text = EMPTY
    choice: ShownOptions | None = None
    wrong: tuple[Misconception | None, ...] = ()


class Computed(ItemType[ComputedSpec]):
    """See the module."""

    name = "computed"
    spec_type = ComputedSpec

    def realise(self, item: str, spec: ComputedSpec, draw: Draw, words: WordBook) -> Question:
        """Generate the variant of the draw, or compute the very parameters that it carries."""
        from engine.registry import skill as find_skill

        skill = find_skill(spec.skill)
        level = spec.level(draw.level)
        if draw.params is None:
            variant = skill.generate(draw.seed, level)
        else:
            variant = skill.variant(skill.validate(draw.params), level=level, seed=draw.seed)
        book = words.skill_words(spec.skill)
        display = skill.display(variant.params)
        data = ComputedData(variant, skill, book, display, wording_text(spec.note))
        response: LineResponse | ChoiceResponse
        if spec.form == "choice":
            data = _with_options(data, item, draw.seed)
            prompt = skill_text.filled(book.prompt, display) + same("\n\n") + CHOOSE_ONE
            response = ChoiceResponse(data.choice.texts if data.choice is not None else ())
        else:
            prompt = skill_text.prompt(book, display, variant.kind)
            response = LineResponse(asked=asked(variant.kind), numeric=variant.kind.name != "choice")
        return Question(
            item=item,
            type=self.name,
            prompt=prompt,
            response=response,
            draw=replace(draw, level=level, params=variant.params.model_dump(mode="json")),
            data=data,
            hints=tuple(hint.text for hint in spec.hints) or skill_text.hints(book, display),
            figure=skill.figure(variant.params),
            skill=skill.id,
            version=skill.version,
        )

    def parse(self, question: Question, raw: str) -> int | Parsed:
        """Read a position, or an answer of the skill's kind."""
        data: ComputedData = question.data
        if data.choice is not None:
            return parse_one(len(data.choice.options), raw)
        return parse(data.variant.kind, raw)

    def grade(self, question: Question, response: int | Parsed) -> Grade:
        """Diagnose a typed answer; a chosen wrong option is a misconception by itself."""
        data: ComputedData = question.data
        variant = data.variant
        if isinstance(response, Parsed):
            diagnosis = data.skill.diagnose(variant, response)
            words = skill_text.misconception(data.words, diagnosis.slugs, data.display) if diagnosis.slugs else EMPTY
            return grade_number(variant.kind, response, variant.answer, diagnosis, words)
        if data.choice is None:
            raise TypeError("a position answers only a question that is asked as a choice")
        grade = grade_one(data.choice, response)
        chosen = data.wrong[response - 1]
        if chosen is None:
            return replace(grade, message=right_message(variant.kind, variant.answer))
        return replace(grade, misconception="+".join(chosen.slugs))

    def reveal(self, question: Question) -> Reveal:
        """Return the answer as it would be typed and the worked solution with these numbers."""
        data: ComputedData = question.data
        steps = data.skill.steps(data.variant.params)
        return Reveal(
            same(data.variant.text),
            steps=tuple(skill_text.step(data.words, step.slug, step.values, data.display) for step in steps),
            note=data.note,
        )

    def examples(self, question: Question) -> Examples:
        """Return the answer in several spellings, every recognised wrong answer, and nonsense."""
        data: ComputedData = question.data
        if data.choice is not None:
            return one_examples(data.choice)
        variant = data.variant
        return Examples(
            correct=(
                variant.text,
                f"  {variant.text} ",
                variant.text.replace(",", "，"),
                format_value(variant.kind, variant.answer),
            ),
            incorrect=tuple(wrong.text for wrong in variant.misconceptions),
            invalid=("", "   ", "?", "✗", "word word", "import os", "1" * 600),
        )


def _with_options(data: ComputedData, item: str, seed: int) -> ComputedData:
    """Choose some recognised wrong answers and shuffle the right one among them."""
    generator = rng(item, seed)
    wrong = data.variant.misconceptions
    entries: list[Misconception | None] = [None, *generator.sample(wrong, min(DISTRACTORS, len(wrong)))]
    generator.shuffle(entries)
    shown = tuple(
        ShownOption(same(data.variant.text), correct=True)
        if entry is None
        else ShownOption(
            same(entry.text), correct=False, why=skill_text.misconception(data.words, entry.slugs, data.display)
        )
        for entry in entries
    )
    return replace(data, choice=ShownOptions(shown, data.note), wrong=tuple(entries))


ITEM_TYPE = Computed()
