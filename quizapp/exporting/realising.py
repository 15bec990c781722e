"""From an item type's own data to the neutral bodies that exporters know."""

import re

from engine.answers.kinds import format_value
from engine.errors import EngineError
from quizapp.errors import ContentProblem
from quizapp.exporting.base import (
    Body,
    Drawn,
    ExportQuestion,
    Gap,
    Gaps,
    Matching,
    Option,
    Options,
    Ordering,
    Quantity,
    Recall,
    Words,
    WrongAnswer,
    gap_character,
)
from quizapp.questions import skill_text
from quizapp.questions.base import Draw, ItemSpec, Question
from quizapp.questions.choice import ChoiceSpec
from quizapp.questions.cloze import GAP, MOST_GAPS, ClozeSpec, gaps
from quizapp.questions.computed import ComputedData, ComputedSpec
from quizapp.questions.match import MatchSpec
from quizapp.questions.multi import MultiSpec
from quizapp.questions.options import Option as WrittenOption
from quizapp.questions.options import wording_text
from quizapp.questions.order import OrderSpec
from quizapp.questions.registry import item_type
from quizapp.questions.typed import NumberData, TypedSpec, WordsData
from quizapp.questions.words import WordBook
from quizapp.text import EMPTY, Text

_PRIVATE = re.compile(f"[{gap_character(0)}-{gap_character(MOST_GAPS - 1)}]")
"""What stands for gaps; the icons that some terminal fonts have there would be taken for more of them."""


class Unexportable(Exception):
    """An item that can't be asked as its words stand; the message says why."""


def realised(item: str, spec: ItemSpec, draw: Draw, words: WordBook) -> ExportQuestion:
    """Return the concrete question of a draw.

    Raises
    ------
    Unexportable
    """
    kind = item_type(spec.type)  # type: ignore[attr-defined]  # every concrete spec has its literal type
    try:
        question = kind.realise(item, spec, draw, words)
        reveal = kind.reveal(question)
    except (ContentProblem, EngineError) as error:
        raise Unexportable(str(error)) from error
    except KeyError as error:
        raise Unexportable(f"Its skill has no words for {error}; `quizapp content check` says where.") from error
    body = _body(spec, question, reveal.answer)
    computed = isinstance(question.data, ComputedData)
    return ExportQuestion(
        prompt=EMPTY if isinstance(body, Gaps) else question.prompt,
        body=body,
        answer=reveal.answer,
        # For written options the steps only repeat their feedback.
        steps=reveal.steps if computed else (),
        hints=question.hints,
        note=reveal.note,
        figure=question.figure,
        drawn=_drawn(question) if computed else None,
    )


def _body(spec: ItemSpec, question: Question, answer: Text) -> Body:
    match spec:
        case ChoiceSpec() | MultiSpec():
            # As written: which order is shown is decided anew by whoever shows them.
            return Options(tuple(map(_option, spec.options)), isinstance(spec, ChoiceSpec), spec.shuffle)
        case ClozeSpec():
            return _gaps(spec, question)
        case TypedSpec():
            return _typed(question.data)
        case OrderSpec():
            return Ordering(tuple(entry.text for entry in spec.entries))
        case MatchSpec():
            pairs = tuple((pair.left.text, pair.right.text) for pair in spec.pairs)
            return Matching(pairs, tuple(extra.text for extra in spec.extras))
        case ComputedSpec():
            return _computed(question.data)
        case _:
            # A flashcard; or what nobody else can mark (a function to write): recalled, looked up and rated.
            return Recall(answer)


def _option(option: WrittenOption) -> Option:
    return Option(option.text.text, option.correct, wording_text(option.why))


def _gaps(spec: ClozeSpec, question: Question) -> Gaps:
    text = spec.text.text
    accepted = zip(gaps(text.en), gaps(text.zh), strict=True)
    return Gaps(text.map(_marked), tuple(Gap(en, zh) for en, zh in accepted), question.data.solved)


def _marked(text: str) -> str:
    parts: list[str] = []
    end = count = 0
    for match in GAP.finditer(text):
        if match["gap"] is not None:
            parts += (_PRIVATE.sub("\ufffd", text[end : match.start()]), gap_character(count))
            count += 1
            end = match.end()
    return "".join((*parts, _PRIVATE.sub("\ufffd", text[end:])))


def _typed(data: WordsData | NumberData) -> Body:
    if isinstance(data, WordsData):
        return Words(data.accepted, data.answer)
    return Quantity(data.kind, data.value, format_value(data.kind, data.value))


def _computed(data: ComputedData) -> Body:
    variant = data.variant
    if data.choice is not None:
        slugs = [() if wrong is None else wrong.slugs for wrong in data.wrong]
        return Options(
            tuple(
                Option(option.text, option.correct, option.why, named)
                for option, named in zip(data.choice.options, slugs, strict=True)
            ),
            single=True,
            shuffle=True,
        )
    return Quantity(
        variant.kind,
        variant.answer,
        variant.text,
        tuple(
            WrongAnswer(
                wrong.slugs, wrong.value, wrong.text, skill_text.misconception(data.words, wrong.slugs, data.display)
            )
            for wrong in variant.misconceptions
        ),
    )


def _drawn(question: Question) -> Drawn:
    return Drawn(
        skill=question.skill or "",
        version=question.version or 0,
        level=question.draw.level,
        seed=question.draw.seed,
        params=question.draw.params or {},
    )
