"""How an answer should be typed: the sentence that the application adds to every prompt with a number in its answer."""

from typing import assert_never

from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Vector
from quizapp.text import Text


def allowed_error(decimals: int) -> str:
    """Return the accepted distance from the answer, e.g. ``0.0001`` for four decimals."""
    return f"{10.0**-decimals:.{decimals}f}"


def asked(kind: AnswerKind) -> Text:
    """Return what form and precision are asked."""
    match kind:
        case Integer():
            return Text("Answer with a whole number.", "答案为整数。")
        case Real(decimals=decimals):
            return Text(f"Answer with {_precision(decimals).en}.", f"答案{_precision(decimals).zh}。")
        case Vector(decimals=decimals):
            return _in_form("[a, b, …]", decimals)
        case Matrix(decimals=decimals):
            return _in_form("[[a, b], [c, d]]", decimals)
        case Shape():
            return Text("Answer with the shape as `(a, b, …)`.", "答案按 `(a, b, …)` 的形式写出形状。")
        case Choice(labels=labels):
            return Text(f"Answer with one of {_listed(labels, ', ')}.", f"从{_listed(labels, '、')}中选一个作答。")
        case Named(labels=labels, decimals=decimals):
            words = _precision(decimals)
            return Text(
                f"Answer with {_listed(labels, ', ')} in this order, {words.en}.",
                f"依次写出{_listed(labels, '、')}，{words.zh}。",
            )
        case _:
            assert_never(kind)


def _in_form(form: str, decimals: int | None) -> Text:
    words = _precision(decimals)
    return Text(f"Answer as `{form}` with {words.en}.", f"答案按 `{form}` 的形式写出，{words.zh}。")


def _precision(decimals: int | None) -> Text:
    if decimals is None:
        return Text("exact values (fractions such as 1/3 are fine)", "写精确值（可用 1/3 这样的分数）")
    number = Text(
        f"{decimals} decimal{'' if decimals == 1 else 's'}" if decimals else "no decimals",
        f"保留 {decimals} 位小数" if decimals else "取整数",
    )
    limit = allowed_error(decimals)
    return Text(f"{number.en} (accepted within ±{limit})", f"{number.zh}（误差 ±{limit} 以内均可）")


def _listed(labels: tuple[str, ...], separator: str) -> str:
    return separator.join(f"`{label}`" for label in labels)
