"""A sentence with gaps: ``[[answer|alternative]]``, never inside a formula."""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.errors import AnswerFormatError
from quizapp.i18n.marking import GAPS_FILLED, RIGHT, RIGHT_WORDS_WRONG_GAPS, WRONG, share, spelling
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import wording_text
from quizapp.questions.positions import LONGEST_ANSWER
from quizapp.questions.responses import LineResponse
from quizapp.questions.spelling import Spelled, judge
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text

MOST_GAPS = 6
_SEPARATOR = re.compile("[;；]")
# Code and formulas come first: a matrix [[1, 2]] in them is no gap.
GAP = re.compile(
    r"(?P<other>\\.|`[^`\n]*`|\$\$.+?\$\$|\$(?=\S)(?:\\.|[^$\\])*?(?<=\S)\$(?!\d))|\[\[(?P<gap>.*?)\]\]", re.DOTALL
)


class ClozeSpec(ItemSpec):
    """A sentence with gaps."""

    type: Literal["cloze"]
    text: Bilingual = Field(
        description="Gaps as [[answer|alternative]]: as many, in the same order, in both languages; none in a formula."
    )

    @model_validator(mode="after")
    def _gaps_agree(self) -> "ClozeSpec":
        counts = {language: len(gaps(self.text.text.in_language(language))) for language in ("en", "zh")}
        if counts["en"] != counts["zh"]:
            raise PydanticCustomError(
                "gap-counts", "'en' has {en} gaps but 'zh' has {zh}", {"en": counts["en"], "zh": counts["zh"]}
            )
        if not 1 <= counts["en"] <= MOST_GAPS:
            raise PydanticCustomError(
                "gap-count",
                "a cloze needs 1 to {most} gaps such as [[answer]], found {found}",
                {"most": MOST_GAPS, "found": counts["en"]},
            )
        for text in (self.text.en, self.text.zh):
            for gap in gaps(text):
                _check(gap)
        return self


def _check(gap: tuple[str, ...]) -> None:
    written = "[[" + "|".join(gap) + "]]"
    if not all(gap):
        raise PydanticCustomError("empty-gap", "the gap {gap} has an empty answer", {"gap": written})
    if any(_SEPARATOR.search(answer) for answer in gap):
        raise PydanticCustomError(
            "gap-separator", "the gap {gap} contains a semicolon, which separates gaps when typed", {"gap": written}
        )
    if any("$" in answer for answer in gap):
        raise PydanticCustomError(
            "gap-formula", "the gap {gap} contains a formula, which can't be typed: write plain text", {"gap": written}
        )


def gaps(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the answers of every gap of a cloze text, in order."""
    return tuple(
        tuple(answer.strip() for answer in match["gap"].split("|"))
        for match in GAP.finditer(text)
        if match["gap"] is not None
    )


def gap_mark(position: int, count: int) -> str:
    """Return how a gap is shown: numbered if there are several."""
    return f"__{position}__" if count > 1 else "____"


def _with_gaps(text: str, *, solved: bool) -> str:
    count = len(gaps(text))
    position = 0

    def shown(match: re.Match[str]) -> str:
        nonlocal position
        if match["gap"] is None:
            return match.group()
        position += 1
        if not solved:
            return gap_mark(position, count)
        answer = str(match["gap"]).split("|")[0].strip()
        emphasised = "*" in answer + text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        return answer if emphasised else f"**{answer}**"

    return GAP.sub(shown, text)


@dataclass(frozen=True, slots=True)
class ClozeData:
    """For each gap what is accepted, in both languages, and the sentence with its gaps filled."""

    accepted: tuple[tuple[str, ...], ...]
    solved: Text
    note: Text = EMPTY


class Cloze(ItemType[ClozeSpec]):
    """See the module."""

    name = "cloze"
    spec_type = ClozeSpec

    def realise(self, item: str, spec: ClozeSpec, draw: Draw, words: WordBook) -> Question:
        """Empty the gaps."""
        text = spec.text.text
        accepted = tuple(tuple(dict.fromkeys(en + zh)) for en, zh in zip(gaps(text.en), gaps(text.zh), strict=True))
        return Question(
            item=item,
            type=self.name,
            prompt=text.map(lambda words: _with_gaps(words, solved=False)),
            response=LineResponse(fields=len(accepted)),
            draw=draw,
            data=ClozeData(accepted, text.map(lambda words: _with_gaps(words, solved=True)), wording_text(spec.note)),
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> tuple[str, ...]:
        """Split the fields; every gap needs something."""
        if len(raw) > LONGEST_ANSWER:
            raise AnswerFormatError("too-long", raw, (LONGEST_ANSWER, len(raw)), most=LONGEST_ANSWER)
        count = len(question.data.accepted)
        fields = [field.strip() for field in _SEPARATOR.split(raw)] if count > 1 else [raw.strip()]
        if not any(fields):
            raise AnswerFormatError("empty", raw)
        if len(fields) != count:
            raise AnswerFormatError("expected-n-fields", raw, expected=count, got=len(fields))
        if not all(fields):
            raise AnswerFormatError("empty-field", raw, got=fields.index("") + 1)
        return tuple(fields)

    def grade(self, question: Question, response: tuple[str, ...]) -> Grade:
        """Mark every gap on its own; all must be right."""
        accepted = question.data.accepted
        judged = [
            judge(typed, answers, [other for gap in accepted if gap is not answers for other in gap])
            for typed, answers in zip(response, accepted, strict=True)
        ]
        parts = tuple((gap.right, spelling(gap.correction) if gap.correction else EMPTY) for gap in judged)
        read_as = "; ".join(response)
        right = sum(gap.right for gap in judged)
        if right == len(judged):
            corrections = "; ".join(gap.correction for gap in judged if gap.correction)
            return Grade(Verdict.CORRECT, read_as, spelling(corrections) if corrections else RIGHT, parts=parts)
        if _swapped(response, accepted, judged):
            return Grade(Verdict.WRONG, read_as, RIGHT_WORDS_WRONG_GAPS, slip="order-swapped", parts=parts)
        message = share(GAPS_FILLED, right, len(judged)) if len(judged) > 1 else WRONG
        return Grade(Verdict.WRONG, read_as, message, parts=parts)

    def reveal(self, question: Question) -> Reveal:
        """Return the whole sentence."""
        return Reveal(question.data.solved, note=question.data.note)

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        accepted = question.data.accepted
        count = len(accepted)
        return Examples(
            correct=(
                *(" ; ".join(choices) for choices in zip(*(gap + gap[:1] * 9 for gap in accepted), strict=False)),
                "；".join(f"  “{gap[0].upper()}” " for gap in accepted),
            ),
            incorrect=("; ".join(["qqq"] * count), " ; ".join([gap[0] for gap in accepted[:-1]] + ["？"])),
            invalid=("", "   ", ";" * (count - 1), *((accepted[0][0], f"{accepted[0][0]};") if count > 1 else ())),
        )


def _swapped(response: tuple[str, ...], accepted: tuple[tuple[str, ...], ...], judged: list[Spelled]) -> bool:
    """Tell whether every wrong gap holds the word of another wrong gap."""
    wrong = [i for i, gap in enumerate(judged) if not gap.right]
    taken = [[j for j in wrong if j != i and judge(response[i], accepted[j]).right] for i in wrong]
    return len(wrong) > 1 and all(taken) and {j for places in taken for j in places} == set(wrong)


ITEM_TYPE = Cloze()
