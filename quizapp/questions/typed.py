"""A typed answer: words that are accepted, or a number that never changes."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.answers.diagnose import diagnose
from engine.answers.kinds import AnswerKind, Integer, Matrix, Real, Value, Vector, canonical, format_value
from engine.answers.parse import Parsed, parse
from engine.errors import AnswerFormatError
from quizapp.i18n.asked import asked
from quizapp.i18n.marking import RIGHT, WRONG, spelling
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.numbers import grade_number
from quizapp.questions.options import wording_text
from quizapp.questions.positions import LONGEST_ANSWER
from quizapp.questions.responses import LineResponse
from quizapp.questions.spelling import judge
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text, same


def _word(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _both(value: Any) -> Any:
    return {"en": value, "zh": value} if isinstance(value, list | tuple) else value


Answer = Annotated[str, BeforeValidator(_word, json_schema_input_type=str | int | float), Field(min_length=1)]


class Accepted(BaseModel):
    """Accepted answers; any of either language is right, whichever is shown. The first of each is revealed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    en: tuple[Answer, ...] = Field(min_length=1)
    zh: tuple[Answer, ...] = Field(min_length=1)


Number = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)]


class StaticNumber(BaseModel):
    """A number, a list of numbers or a list of rows that is the answer.

    Without ``decimals`` it is exact: a whole number, or any number compared in full precision.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Number | tuple[Number, ...] | tuple[tuple[Number, ...], ...]
    decimals: int | None = Field(default=None, ge=0, le=12)

    @model_validator(mode="after")
    def _rectangular(self) -> "StaticNumber":
        try:
            canonical(self.kind, self.value)
        except (TypeError, ValueError) as error:
            raise PydanticCustomError("not-an-answer", "{problem}", {"problem": str(error)}) from error
        if self.value == ():
            raise PydanticCustomError("not-an-answer", "the list of numbers is empty")
        return self

    @property
    def kind(self) -> AnswerKind:
        """The kind of answer that this value is."""
        if isinstance(self.value, tuple):
            nested = any(isinstance(entry, tuple) for entry in self.value)
            return Matrix(self.decimals) if nested else Vector(self.decimals)
        if isinstance(self.value, int) and self.decimals is None:
            return Integer(count=True)
        return Real(self.decimals)


class TypedSpec(ItemSpec):
    """A question answered by typing."""

    type: Literal["typed"]
    prompt: Bilingual
    accept: Annotated[Accepted, BeforeValidator(_both, json_schema_input_type=Accepted | list[Answer])] | None = Field(
        default=None, description="Accepted words, in both languages; a plain list where they are the same."
    )
    answer: StaticNumber | None = Field(default=None, description="A number that never changes, instead of words.")

    @model_validator(mode="after")
    def _one_answer(self) -> "TypedSpec":
        if (self.accept is None) == (self.answer is None):
            raise PydanticCustomError("accept-or-answer", "give either 'accept' (words) or 'answer' (a number)")
        return self


@dataclass(frozen=True, slots=True)
class WordsData:
    """Accepted words and the ones that are revealed."""

    accepted: tuple[str, ...]
    answer: Text
    note: Text = EMPTY


@dataclass(frozen=True, slots=True)
class NumberData:
    """A static number."""

    kind: AnswerKind
    value: Value
    note: Text = EMPTY


class Typed(ItemType[TypedSpec]):
    """See the module."""

    name = "typed"
    spec_type = TypedSpec

    def realise(self, item: str, spec: TypedSpec, draw: Draw, words: WordBook) -> Question:
        """Show the prompt; where a number is asked, with the precision."""
        prompt, note = spec.prompt.text, wording_text(spec.note)
        data: WordsData | NumberData
        if spec.answer is not None:
            kind = spec.answer.kind
            data = NumberData(kind, canonical(kind, spec.answer.value), note)
            response = LineResponse(asked=asked(kind), numeric=True)
            prompt = prompt + same("\n\n") + response.asked
        else:
            # One of the two is given: the spec's validator says so.
            en, zh = (spec.accept.en, spec.accept.zh) if spec.accept is not None else ((), ())
            data = WordsData(tuple(dict.fromkeys(en + zh)), Text(en[0], zh[0]), note)
            response = LineResponse()
        return Question(
            item=item,
            type=self.name,
            prompt=prompt,
            response=response,
            draw=draw,
            data=data,
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> str | Parsed:
        """Read a number, or take the words."""
        if isinstance(question.data, NumberData):
            return parse(question.data.kind, raw)
        if not raw.strip():
            raise AnswerFormatError("empty", raw)
        if len(raw) > LONGEST_ANSWER:
            raise AnswerFormatError("too-long", raw, (LONGEST_ANSWER, len(raw)), most=LONGEST_ANSWER)
        return raw.strip()

    def grade(self, question: Question, response: str | Parsed) -> Grade:
        """Compare numbers by precision, words generously."""
        data: WordsData | NumberData = question.data
        if isinstance(data, NumberData):
            # The union of what parse returns; which one it is follows from the question.
            typed = response if isinstance(response, Parsed) else parse(data.kind, response)
            return grade_number(data.kind, typed, data.value, diagnose(data.kind, typed, data.value, ()))
        words = str(response)
        spelled = judge(words, data.accepted)
        if not spelled.right:
            return Grade(Verdict.WRONG, words, WRONG)
        return Grade(Verdict.CORRECT, words, spelling(spelled.correction) if spelled.correction else RIGHT)

    def reveal(self, question: Question) -> Reveal:
        """Return the number, or the first accepted words."""
        data: WordsData | NumberData = question.data
        if isinstance(data, NumberData):
            return Reveal(same(format_value(data.kind, data.value)), note=data.note)
        return Reveal(data.answer, note=data.note)

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        data: WordsData | NumberData = question.data
        if isinstance(data, NumberData):
            text = format_value(data.kind, data.value)
            return Examples(
                correct=(text, f"  {text} ", f"= {text}"),
                incorrect=(format_value(data.kind, _moved(data.value)),),
                invalid=("", "  ", "?", "word", text + " )"),
            )
        return Examples(
            correct=(
                *data.accepted,
                *(f"  {answer.upper()}. " for answer in data.accepted),
                *(f"“{answer}”" for answer in data.accepted),
            ),
            incorrect=("?", "qqq", "🙂", data.accepted[0] + data.accepted[0] + "qqq"),
            invalid=("", "   ", "\t", "x" * 501),
        )


def _moved(value: Value) -> Value:
    """Return another value of the same structure, too far away to be accepted at any precision."""
    if isinstance(value, tuple):
        rows: Any = tuple(_moved(entry) for entry in value)
        moved: Value = rows
        return moved
    return value if isinstance(value, str) else value + abs(value) + 7


ITEM_TYPE = Typed()
