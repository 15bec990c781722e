"""Words for answers that can't be read, and for slips that were recognised."""

from collections.abc import Mapping
from typing import Any

from engine.errors import AnswerFormatError
from quizapp.text import Text, same

FORMAT_WORDS: Mapping[str, Text] = {
    "not-python": Text("Line {line} is no valid Python: {problem}.", "第 {line} 行不是有效的 Python：{problem}。"),
    "no-function": Text("Define the function {name}.", "请定义函数 {name}。"),
    "empty": Text("Nothing is typed yet.", "还没有输入内容。"),
    "too-long": Text("That is too long: at most {most} characters.", "输入过长，最多 {most} 个字符。"),
    "unexpected-character": Text(
        "The character {character} can't be part of an answer.", "答案中不能含有字符 {character}。"
    ),
    "unbalanced-brackets": Text("A bracket has no partner.", "括号不成对。"),
    "unknown-word": Text(
        "{word} is not known here. Type a number or an expression such as 1/3, sqrt(2) or exp(-1).",
        "无法识别 {word}。请输入数字，或 1/3、sqrt(2)、exp(-1) 这样的算式。",
    ),
    "ambiguous-log": Text(
        "{word} has no base: type ln, log2 or log10.", "{word} 未写明底数：请输入 ln、log2 或 log10。"
    ),
    "incomplete-expression": Text("The expression breaks off: a number is missing.", "算式不完整，缺少一个数。"),
    "unreadable-number": Text(
        "This is not one number. Put a comma between numbers and one point in each.",
        "这里读不出一个数。数与数之间请用逗号隔开，每个数只写一个小数点。",
    ),
    "misplaced-separator": Text("There is a comma without a number before it.", "逗号前缺少一个数。"),
    "expected-one-number": Text("One number is asked, this is more than one.", "这里只要一个数，输入了多个。"),
    "expected-n-values": Text(
        "{expected} numbers are asked, this is {got}.", "这里要 {expected} 个数，输入了 {got} 个。"
    ),
    "missing-number": Text("{label} has no number.", "{label} 后面缺少数值。"),
    "missing-label": Text(
        "Some numbers have a label and some have none. Label all of them or none.",
        "有的数写了名称，有的没有。请全部写上，或全部省略。",
    ),
    "unknown-label": Text(
        "{label} is not asked for. The names are {labels}.", "没有名为 {label} 的量，可用的名称为 {labels}。"
    ),
    "ambiguous-label": Text(
        "{label} may stand for {candidates}. Write the name in full.", "{label} 可指 {candidates}，请写全名。"
    ),
    "duplicate-label": Text("{label} is given twice.", "{label} 写了两次。"),
    "unknown-choice": Text("Choose one of {labels}.", "请从 {labels} 中选择。"),
    "ragged-rows": Text("The rows differ in length.", "各行的长度不一致。"),
    "too-many-dimensions": Text(
        "One flat list is asked, without a list inside.", "这里只要一层列表，列表中不能再套列表。"
    ),
    "not-whole": Text("Whole numbers are asked.", "这里要整数。"),
    "not-a-number": Text("nan is not a number.", "nan 不是数。"),
    "division-by-zero": Text("This divides by zero.", "算式中除以了零。"),
    "undefined": Text("This has no real value.", "该算式没有实数值。"),
    "too-large": Text("This number is too large to be computed.", "数值过大，无法计算。"),
    "too-deep": Text(
        "There are too many brackets inside one another: at most {most}.", "括号嵌套过深，最多 {most} 层。"
    ),
    "no-such-option": Text(
        "Type one position from 1 to {expected}, or its letter.", "请输入 1 到 {expected} 的序号或对应字母。"
    ),
    "no-such-options": Text(
        "Type positions from 1 to {expected}, such as 1 3, or 0 for none.",
        "请输入 1 到 {expected} 的序号，如 1 3；一项都不选则输入 0。",
    ),
    "choose-one": Text("Exactly one option is asked.", "只能选择一项。"),
    "not-a-rating": Text("Type 1 to 4, or again, hard, good, easy.", "请输入 1 到 4，或“重来”“困难”“良好”“简单”。"),
    "not-every-entry-once": Text(
        "Type every position from 1 to {expected} exactly once.", "1 到 {expected} 的序号须各写一次。"
    ),
    "not-pairs": Text(
        "Type a letter for each of the {expected} numbers, such as 1b 2a.",
        "请为 {expected} 个序号各写一个字母，如 1b 2a。",
    ),
    "no-such-pair": Text(
        "{got} does not exist: numbers go from 1 to {left}, letters from a to {right}.",
        "没有 {got}：序号为 1 到 {left}，字母为 a 到 {right}。",
    ),
    "paired-twice": Text("Number {got} is paired twice.", "序号 {got} 配了两次。"),
    "unpaired": Text("Without a partner: {missing}.", "尚未配对：{missing}。"),
    "expected-n-fields": Text(
        "There are {expected} gaps, this fills {got}. Put a semicolon between answers.",
        "共有 {expected} 个空，输入了 {got} 个答案。答案之间请用分号隔开。",
    ),
    "empty-field": Text("Gap {got} is empty. Type ? if you don't know.", "第 {got} 空没有填。不知道可填 ?。"),
}
"""For every slug of an ``AnswerFormatError``: what to type instead; braces name the error's details."""

SLIP_WORDS: Mapping[str, Text] = {
    "sign": Text("The size is right, the sign is not.", "数值对，符号反了。"),
    "power-of-ten": Text(
        "Wrong by a power of ten: check where the decimal point stands.", "相差 10 的整数次幂，请检查小数点的位置。"
    ),
    "percent-for-fraction": Text(
        "That is the percentage; without a percent sign the fraction is asked.",
        "这是百分数的数值；不写百分号时应填小数。",
    ),
    "fraction-for-percent": Text("That is the fraction; the percentage is asked.", "这是小数；这里要的是百分数。"),
    "order-reversed": Text("The right values, in reverse order.", "数值都对，但顺序颠倒了。"),
    "order-swapped": Text("The right values, in another order.", "数值都对，但顺序不对。"),
    "transposed": Text("That is the transpose: rows and columns are exchanged.", "这是转置后的矩阵：行与列互换了。"),
    "wrong-shape": Text(
        "The shape does not fit: {expected_shape} expected, {got_shape} given.",
        "形状不符：应为 {expected_shape}，输入为 {got_shape}。",
    ),
    "too-few-digits": Text(
        "Right as far as it goes, but {asked_decimals} decimals are asked.",
        "已写出的数位是对的，但需要 {asked_decimals} 位小数。",
    ),
    "off-by-one": Text("Off by one.", "差 1。"),
}
"""For every slug of a generic slip: what happened, without the right answer."""


def format_error_words(error: AnswerFormatError) -> Text:
    """Return what is wrong with an answer that can't be read, and what to type instead."""
    return _filled(FORMAT_WORDS[error.slug], error.details)


def slip_words(slug: str, detail: Mapping[str, Any]) -> Text:
    """Return what a recognised slip is, never giving the answer away; ``detail`` is that of the diagnosis."""
    shapes = {
        name: _shape(value) for name, value in detail.items() if name.endswith("_shape") and isinstance(value, tuple)
    }
    words = SLIP_WORDS[slug]
    return Text(
        _filled(words, {**detail, **{name: shape.en for name, shape in shapes.items()}}).en,
        _filled(words, {**detail, **{name: shape.zh for name, shape in shapes.items()}}).zh,
    )


def _shape(lengths: tuple[int, ...]) -> Text:
    if len(lengths) == 1:
        return Text(f"{lengths[0]} number{'' if lengths[0] == 1 else 's'}", f"{lengths[0]} 个数")
    return same(" × ".join(map(str, lengths)))


class _Details(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "?"


def _filled(words: Text, details: Mapping[str, Any]) -> Text:
    shown = _Details({name: _listed(value) for name, value in details.items()})
    return words.map(lambda template: template.format_map(shown))


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
