"""A function to write: marked by running it in the sandbox against the reference.

NumPy and the exercise are imported when a question is made, not when this type is looked up.
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from engine.errors import AnswerFormatError
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Slug, Verdict
from quizapp.questions.checking import checker
from quizapp.questions.options import wording_text
from quizapp.questions.responses import CodeResponse
from quizapp.questions.words import ExerciseWords, WordBook
from quizapp.text import EMPTY, Text, same

LONGEST_SOURCE = 200_000


class CodeSpec(ItemSpec):
    """A coding exercise."""

    type: Literal["code"]
    exercise: Slug = Field(description="Id of the exercise.")


@dataclass(frozen=True, slots=True)
class CodeData:
    """The exercise and its words."""

    exercise: str
    function: str
    words: ExerciseWords
    note: Text = EMPTY


class Code(ItemType[CodeSpec]):
    """See the module."""

    name = "code"
    spec_type = CodeSpec

    def realise(self, item: str, spec: CodeSpec, draw: Draw, words: WordBook) -> Question:
        """Show the task and the signature; every draw asks the same."""
        from engine.registry import exercise as find_exercise

        exercise = find_exercise(spec.exercise)
        book = words.exercise_words(spec.exercise)
        signature = same(f"\n\n```python\n{exercise.signature}\n    # {exercise.shapes}\n```")
        return Question(
            item=item,
            type=self.name,
            prompt=book.task.text + signature,
            response=CodeResponse(spec.exercise),
            draw=draw,
            data=CodeData(spec.exercise, exercise.function, book, wording_text(spec.note)),
            hints=tuple(hint.text for hint in spec.hints or book.hints),
            version=exercise.version,
        )

    def parse(self, question: Question, raw: str) -> str:
        """Read a source that defines the function; whether it is right is another matter."""
        from engine.rules import defines

        data: CodeData = question.data
        if not raw.strip():
            raise AnswerFormatError("empty", raw)
        if len(raw) > LONGEST_SOURCE:
            raise AnswerFormatError("too-long", raw, most=LONGEST_SOURCE)
        try:
            is_defined = defines(raw, data.function)
        except SyntaxError as error:
            line = error.lineno or 1
            raise AnswerFormatError("not-python", raw, _span(raw, line), line=line, problem=error.msg) from error
        if not is_defined:
            raise AnswerFormatError("no-function", raw, name=data.function)
        return raw

    def grade(self, question: Question, response: str) -> Grade:
        """Run the source in the sandbox; the recognised mistake is the misconception."""
        data: CodeData = question.data
        report = checker()(data.exercise, response, data.words)
        passed = sum(case["status"] == "passed" for case in report["cases"])
        return Grade(
            Verdict.CORRECT if report["status"] == "passed" else Verdict.WRONG,
            read_as=f"{data.function}: {passed}/{len(report['cases'])}",
            message=Text(**report["message"]),
            misconception=report["mutant"],
        )

    def reveal(self, question: Question) -> Reveal:
        """Return the reference solution."""
        return Reveal(same(f"```python\n{_solution(question.data.exercise)}```"), note=question.data.note)

    def examples(self, question: Question) -> Examples:
        """Return the reference solution, functions that do nothing, and what is no such function."""
        data: CodeData = question.data
        name = data.function
        return Examples(
            correct=(_solution(data.exercise),),
            incorrect=(f"def {name}(*args, **options):\n    return None\n", f"{name} = abs\n"),
            invalid=("", " \n ", "def", "x = 1", f"# def {name}(x): ...", f"def {name}(:\n    pass"),
        )


def _solution(exercise_id: str) -> str:
    from engine.registry import exercise as find_exercise
    from engine.solution import solution

    return solution(find_exercise(exercise_id))


def _span(source: str, line: int) -> tuple[int, int]:
    """Return where a line of the source begins and ends."""
    lines = source.splitlines(keepends=True)
    number = min(line, len(lines)) - 1
    start = sum(len(each) for each in lines[:number])
    return start, start + len(lines[number].rstrip("\r\n"))


ITEM_TYPE = Code()
