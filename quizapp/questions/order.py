"""Entries to be put in their right order."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from engine.errors import AnswerFormatError
from quizapp.i18n.marking import ENTRIES_PLACED, REVERSED, RIGHT, share
from quizapp.questions.base import Draw, Examples, Grade, ItemSpec, ItemType, Question, Reveal, Verdict
from quizapp.questions.options import require_distinct, wording_text
from quizapp.questions.positions import letter, positions
from quizapp.questions.responses import OrderResponse
from quizapp.questions.shuffling import deranged
from quizapp.questions.words import Bilingual, WordBook
from quizapp.text import EMPTY, Text, same


class OrderSpec(ItemSpec):
    """Entries, written in the right order."""

    type: Literal["order"]
    prompt: Bilingual
    entries: tuple[Bilingual, ...] = Field(min_length=3, max_length=7, description="In the right order.")

    @model_validator(mode="after")
    def _distinct(self) -> "OrderSpec":
        require_distinct("entries", self.entries)
        return self


@dataclass(frozen=True, slots=True)
class OrderData:
    """Entries as shown, and the shown positions from 1 in the right order."""

    shown: tuple[Text, ...]
    right: tuple[int, ...]
    note: Text = EMPTY


class Order(ItemType[OrderSpec]):
    """See the module."""

    name = "order"
    spec_type = OrderSpec

    def realise(self, item: str, spec: OrderSpec, draw: Draw, words: WordBook) -> Question:
        """Shuffle the entries, never into their right order."""
        order = deranged(len(spec.entries), item, draw.seed)
        shown = tuple(spec.entries[i].text for i in order)
        right = tuple(order.index(i) + 1 for i in range(len(order)))
        return Question(
            item=item,
            type=self.name,
            prompt=spec.prompt.text,
            response=OrderResponse(shown),
            draw=draw,
            data=OrderData(shown, right, wording_text(spec.note)),
            hints=tuple(hint.text for hint in spec.hints),
        )

    def parse(self, question: Question, raw: str) -> tuple[int, ...]:
        """Read every shown position exactly once."""
        count = len(question.data.shown)
        order = positions(raw, count)
        if sorted(order) != list(range(1, count + 1)):
            raise AnswerFormatError("not-every-entry-once", raw, expected=count, got=len(set(order)))
        return order

    def grade(self, question: Question, response: tuple[int, ...]) -> Grade:
        """Require the whole order; each shown entry's part says whether it stands in its place."""
        data: OrderData = question.data
        parts = tuple(
            (response.index(position) == data.right.index(position), EMPTY)
            for position in range(1, len(data.shown) + 1)
        )
        read_as = " ".join(map(str, response))
        if response == data.right:
            return Grade(Verdict.CORRECT, read_as, RIGHT, parts=parts)
        if response == data.right[::-1]:
            return Grade(Verdict.WRONG, read_as, REVERSED, slip="order-reversed", parts=parts)
        right = sum(placed for placed, _ in parts)
        return Grade(Verdict.WRONG, read_as, share(ENTRIES_PLACED, right, len(parts)), parts=parts)

    def reveal(self, question: Question) -> Reveal:
        """Return the entries in their right order."""
        data: OrderData = question.data
        answer = EMPTY
        for place, position in enumerate(data.right, start=1):
            answer = answer + same(f"\n{place}. " if answer else f"{place}. ") + data.shown[position - 1]
        return Reveal(answer, note=data.note)

    def examples(self, question: Question) -> Examples:
        """Return raw answers that are right, wrong and invalid."""
        data: OrderData = question.data
        right = [str(position) for position in data.right]
        count = len(right)
        return Examples(
            correct=(
                " ".join(right),
                "".join(right),
                "，".join(right),
                " → ".join(right),
                "-".join(right),
                " ".join(letter(position) for position in data.right),
                "".join(chr(ord("０") + position) for position in data.right),
            ),
            incorrect=(" ".join(map(str, range(1, count + 1))), "".join(reversed(right))),
            invalid=("", " ", "1", " ".join([*right, "1"]), " ".join(["1"] * count), f"{count + 1}", "x y", "先后"),
        )


ITEM_TYPE = Order()
