"""Pairs to be found: each left entry belongs to one right entry, some right entries may be left over."""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.errors import AnswerFormatError
from quizapp.i18n.marking import PAIRS_FOUND, RIGHT, share
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import require_distinct, wording_text
from quizapp.questions.positions import answered, letter
from quizapp.questions.responses import MatchResponse
from quizapp.questions.shuffling import deranged
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text, same

_SEPARATORS = r"[\s,;、。.()\[\]|/]*"
_PAIR = re.compile(
    rf"{_SEPARATORS}(?:(\d+)\s*(?:[-=:>→]+\s*)?([a-z])(?![a-z])|([a-z])\s*(?:[-=:>→]+\s*)?(\d+)){_SEPARATORS}"
)
_LETTERS = re.compile(rf"{_SEPARATORS}([a-z]){_SEPARATORS}")


class Pair(BaseModel):
    """What belongs together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    left: Bilingual
    right: Bilingual


class MatchSpec(ItemSpec):
    """Pairs to be found."""

    type: Literal["match"]
    prompt: Bilingual
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=6)
    extras: tuple[Bilingual, ...] = Field(default=(), max_length=4, description="Right entries that belong to nothing.")

    @model_validator(mode="after")
    def _distinct(self) -> "MatchSpec":
        require_distinct("left entries", [pair.left for pair in self.pairs])
        require_distinct("right entries", [*(pair.right for pair in self.pairs), *self.extras])
        return self


@dataclass(frozen=True, slots=True)
class MatchData:
    """Both sides as shown; ``partners``: for each left entry the position from 1 of its right one."""

    left: tuple[Text, ...]
    right: tuple[Text, ...]
    partners: tuple[int, ...]
    note: Text = EMPTY


def _spelled(partners: tuple[int, ...], join: str = "", between: str = " ") -> str:
    return between.join(f"{left}{join}{letter(right)}" for left, right in enumerate(partners, start=1))


class Match(ItemType[MatchSpec]):
    """See the module."""

    name = "match"
    spec_type = MatchSpec

    def realise(self, item: str, spec: MatchSpec, draw: Draw, words: WordBook) -> Question:
        """Shuffle the right side, so that partners never all stand side by side."""
        rights = [*(pair.right.text for pair in spec.pairs), *(extra.text for extra in spec.extras)]
        order = deranged(len(rights), item, draw.seed)
        left = tuple(pair.left.text for pair in spec.pairs)
        right = tuple(rights[i] for i in order)
        partners = tuple(order.index(i) + 1 for i in range(len(left)))
        return Question(
            item=item,
            type=self.name,
            prompt=spec.prompt.text,
            response=MatchResponse(left, right),
            draw=draw,
            data=MatchData(left, right, partners, wording_text(spec.note)),
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> tuple[int, ...]:
        """Read one right letter for each left digit: ``1b 2a``, ``1-b, 2=a`` or just ``b a``."""
        data: MatchData = question.data
        typed = answered(raw)
        letters = self._consecutive(_LETTERS, typed)
        if letters is not None:
            pairs = [(left, found.group(1), found.span(1)) for left, found in enumerate(letters, start=1)]
        else:
            found_pairs = self._consecutive(_PAIR, typed)
            if found_pairs is None:
                raise AnswerFormatError("not-pairs", raw, expected=len(data.left))
            pairs = [
                # Only the last digits can matter; int() refuses strings of thousands of digits.
                (int((pair.group(1) or pair.group(4))[-9:]), pair.group(2) or pair.group(3), pair.span())
                for pair in found_pairs
            ]
        partners: dict[int, int] = {}
        for left, right, span in pairs:
            position = ord(right) - ord("a") + 1
            if not 1 <= left <= len(data.left) or position > len(data.right):
                raise AnswerFormatError(
                    "no-such-pair", raw, span, left=len(data.left), right=letter(len(data.right)), got=f"{left}{right}"
                )
            if left in partners:
                raise AnswerFormatError("paired-twice", raw, span, got=left)
            partners[left] = position
        missing = [left for left in range(1, len(data.left) + 1) if left not in partners]
        if missing:
            raise AnswerFormatError("unpaired", raw, expected=len(data.left), missing=tuple(missing))
        return tuple(partners[left] for left in sorted(partners))

    @staticmethod
    def _consecutive(pattern: re.Pattern[str], typed: str) -> list[re.Match[str]] | None:
        """Return matches that cover the whole text, or nothing."""
        found: list[re.Match[str]] = []
        at = 0
        while at < len(typed):
            match = pattern.match(typed, at)
            if match is None:
                return None
            found.append(match)
            at = match.end()
        return found

    def grade(self, question: Question, response: tuple[int, ...]) -> Grade:
        """Require every pair; each left entry has its part."""
        data: MatchData = question.data
        parts = tuple((given == right, EMPTY) for given, right in zip(response, data.partners, strict=True))
        right = sum(found for found, _ in parts)
        everything = right == len(parts)
        return Grade(
            Verdict.CORRECT if everything else Verdict.WRONG,
            read_as=_spelled(response),
            message=RIGHT if everything else share(PAIRS_FOUND, right, len(parts)),
            parts=parts,
        )

    def reveal(self, question: Question) -> Reveal:
        """Return the pairs."""
        data: MatchData = question.data
        lines = [
            same(f"{place}{letter(partner)}: ") + left + same(" — ") + data.right[partner - 1]
            for place, (left, partner) in enumerate(zip(data.left, data.partners, strict=True), start=1)
        ]
        return Reveal(
            Text("\n".join(f"- {line.en}" for line in lines), "\n".join(f"- {line.zh}" for line in lines)),
            note=data.note,
        )

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        data: MatchData = question.data
        count = len(data.left)
        letters = "".join(letter(partner) for partner in data.partners)
        rotated = (*data.partners[1:], data.partners[0])
        beyond = letter(len(data.right) + 1)
        return Examples(
            correct=(
                _spelled(data.partners),
                _spelled(data.partners, between=""),
                _spelled(data.partners, "-", ", "),
                _spelled(data.partners, "＝", "；").upper(),
                _spelled(data.partners, " : ", "\n"),
                " ".join(reversed(_spelled(data.partners).split())),
                " ".join(f"{name}{left}" for left, name in enumerate(letters, start=1)),
                letters,
                " ".join(letters).upper(),
            ),
            incorrect=(_spelled(rotated), letters[0] * count),
            invalid=(
                "",
                "  ",
                f"1{letters[0]}",
                f"1{letters[0]} {_spelled(data.partners)}",
                f"1{beyond} {_spelled(data.partners)[3:]}",
                f"0{letters[0]}",
                letters + "a",
                beyond * count,
                "1 2 3",
                "配对",
                f"{'1' * 400}{letters[0]}",
            ),
        )


ITEM_TYPE = Match()
