"""One *calculated* question from several variants: what differs between their texts becomes datasets.

Moodle's formulas know little more than arithmetic. So the answer itself is a dataset, worked out here for every
variant, and the formula is ``{ans}``; the recognised wrong answers are datasets as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.answers.kinds import Number
from quizapp.exporting.base import ExportItem, ExportQuestion, Quantity
from quizapp.exporting.moodle_numbers import UNRECOGNISED, allowed, is_scalar, number
from quizapp.exporting.moodle_wording import Wording
from quizapp.exporting.moodle_xml import answer, plain_element, text

FEWEST = 2
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ABSOLUTE, _DECIMALS = 2, 1


@dataclass(slots=True)
class Datasets:
    """The datasets of one question: a name for each series of values, one value for each variant."""

    size: int
    series: dict[tuple[str, ...], str] = field(default_factory=dict)

    def name(self, values: Sequence[str], name: str = "") -> str:
        """Return the name of a series, making it known; equal series share one."""
        return self.series.setdefault(tuple(values), name or f"value{len(self.series) + 1}")

    def template(self, texts: Sequence[str]) -> str | None:
        """Return what the texts have in common with ``{name}`` where they differ in a number; None if in more."""
        skeletons = {tuple(_NUMBER.split(one)) for one in texts}
        if len(skeletons) != 1:
            return None
        parts = [_literal(part) for part in skeletons.pop()]
        columns = zip(*(_NUMBER.findall(one) for one in texts), strict=True)
        slots = [column[0] if len(set(column)) == 1 else f"{{{self.name(column)}}}" for column in columns]
        return parts[0] + "".join(slot + part for slot, part in zip(slots, parts[1:], strict=True))

    def xml(self, decimals: int) -> str:
        """Return the definitions with all their values."""
        definitions = "".join(self._one(name, values, decimals) for values, name in self.series.items())
        return f"<dataset_definitions>{definitions}</dataset_definitions>"

    def _one(self, name: str, values: tuple[str, ...], decimals: int) -> str:
        numbers = [float(value) for value in values]
        items = "".join(
            f"<dataset_item><number>{place}</number><value>{value}</value></dataset_item>"
            for place, value in enumerate(values, start=1)
        )
        return (
            f"<dataset_definition><status>{text('private')}</status><name>{text(name)}</name><type>calculated</type>"
            f"<distribution>{text('uniform')}</distribution><minimum>{text(number(min(numbers)))}</minimum>"
            f"<maximum>{text(number(max(numbers)))}</maximum><decimals>{text(str(decimals))}</decimals>"
            f"<itemcount>{self.size}</itemcount><dataset_items>{items}</dataset_items>"
            f"<number_of_items>{self.size}</number_of_items></dataset_definition>"
        )


@dataclass(frozen=True, slots=True)
class Calculated:
    """A calculated question, ready to be framed."""

    prompt: str
    feedback: str
    inside: str


def calculated(item: ExportItem, wording: Wording) -> Calculated | None:
    """Return the calculated question of a computed item; None where its variants differ in more than numbers."""
    asked = [question for question in item.questions if question.drawn is not None]
    if not asked or not all(is_scalar(question.body) and question.figure is None for question in asked):
        return None
    group = _largest_group(asked, wording)
    if len(group) < FEWEST:
        return None
    bodies = [question.body for question in group if isinstance(question.body, Quantity)]
    datasets = Datasets(len(group))
    prompt = datasets.template([wording.html(question.prompt) for question in group])
    if prompt is None:
        return None
    decimals = bodies[0].kind.decimals or 0
    rows = [_row(datasets, bodies, [_scalar(body.value) for body in bodies], "ans", "100", "")]
    for slugs in _shared(bodies):
        wrong = [next(one for one in body.wrong if one.slugs == slugs) for body in bodies]
        feedback = datasets.template([wording.html(one.words) for one in wrong])
        if feedback is not None:
            values = [_scalar(one.value) for one in wrong]
            rows.append(_row(datasets, bodies, values, f"wrong{len(rows)}", "0", feedback))
    rows.append(answer("*", "0", wording.html(UNRECOGNISED), _precision(0, decimals), plain=True))
    steps = datasets.template([wording.listed(question.steps) for question in group])
    return Calculated(
        prompt,
        steps or "",
        "<synchronize>0</synchronize><single>true</single><answernumbering>abc</answernumbering>"
        f"<shuffleanswers>0</shuffleanswers>{''.join(rows)}<unitgradingtype>0</unitgradingtype>"
        f"<unitpenalty>0.1</unitpenalty><showunits>3</showunits><unitsleft>0</unitsleft>{datasets.xml(decimals)}",
    )


def _largest_group(asked: Sequence[ExportQuestion], wording: Wording) -> list[ExportQuestion]:
    groups: dict[tuple[str, ...], list[ExportQuestion]] = {}
    for question in asked:
        groups.setdefault(tuple(_NUMBER.split(wording.html(question.prompt))), []).append(question)
    return max(groups.values(), key=len)


def _shared(bodies: Sequence[Quantity]) -> list[tuple[str, ...]]:
    """Return the mistakes that every variant can recognise."""
    return [
        wrong.slugs for wrong in bodies[0].wrong if all(wrong.slugs in [w.slugs for w in body.wrong] for body in bodies)
    ]


def _row(
    datasets: Datasets, bodies: Sequence[Quantity], values: Sequence[Number], name: str, fraction: str, feedback: str
) -> str:
    known = datasets.name([number(value) for value in values], name)
    error = max(allowed(body, value) for body, value in zip(bodies, values, strict=True))
    precision = _precision(error, bodies[0].kind.decimals or 0)
    return answer(f"{{{known}}}", fraction, feedback, precision, plain=True)


def _precision(error: float, decimals: int) -> str:
    return (
        plain_element("tolerance", number(error))
        + plain_element("tolerancetype", _ABSOLUTE)
        + plain_element("correctanswerformat", _DECIMALS)
        + plain_element("correctanswerlength", decimals)
    )


def _scalar(value: object) -> Number:
    if not isinstance(value, int | float):
        raise TypeError(f"expected one number, got {value!r}")
    return value


def _literal(part: str) -> str:
    # Any ``{word}`` would be offered as a dataset: LaTeX is full of them. The entity is a brace again in the browser.
    return part.replace("{", "&#123;")
