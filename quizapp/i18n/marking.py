"""What is said when an answer has been marked. None of these sentences gives the right answer away."""

from collections.abc import Sequence

from quizapp.text import Text

RIGHT = Text("Right.", "正确。")
WRONG = Text("Not right.", "不正确。")
NOT_THIS_ONE = Text("Not this one.", "不是这一项。")
REVERSED = Text("That is the right order backwards.", "顺序正好颠倒了。")
RIGHT_WORDS_WRONG_GAPS = Text("The right words, but in each other's places.", "词都对，但填错了位置。")
NEAR_EXACT = Text("Close, but the exact value is asked.", "很接近，但这里要求精确值。")
CHOOSE_ONE = Text("Choose one.", "请选择一项。")


def in_full(value: str) -> Text:
    """Say that the answer is right and what it is in full precision."""
    return Text(f"Right. In full: {value}", f"正确。完整数值：{value}")


def with_reason(verdict: Text, reason: Text) -> Text:
    """Say how an option was and, if its author says so, why; Chinese sentences have no space between them."""
    return Text(f"{verdict.en} {reason.en}", f"{verdict.zh}{reason.zh}") if reason else verdict


def spelling(word: str) -> Text:
    """Accept a misspelt answer and show how it is written."""
    return Text(f"Right. Spelling: {word}", f"正确。拼写应为：{word}")


OPTIONS_JUDGED = Text("{right} of {count} options judged rightly.", "{count} 个选项中判断对了 {right} 个。")
GAPS_FILLED = Text("{right} of {count} gaps right.", "{count} 个空中填对了 {right} 个。")
ENTRIES_PLACED = Text("{right} of {count} entries in the right place.", "{count} 项中有 {right} 项位置正确。")
PAIRS_FOUND = Text("{right} of {count} pairs right.", "{count} 对中有 {right} 对正确。")


def wrong_from(place: str) -> Text:
    """Say where a list of numbers begins to be wrong."""
    return Text(f"Not right: {place} is the first that differs.", f"不正确：{place} 是第一个不同之处。")


def wrong_from_entry(index: tuple[int, ...]) -> Text:
    """Say at which entry, or at which row and column, counted from 1, a list or matrix begins to be wrong."""
    if len(index) == 2:
        row, column = index
        return Text(
            f"Not right: row {row}, column {column} is the first that differs.",
            f"不正确：第 {row} 行第 {column} 列是第一个不同之处。",
        )
    return Text(
        f"Not right: entry {index[0]} is the first that differs.", f"不正确：第 {index[0]} 个数是第一个不同之处。"
    )


def share(words: Text, right: int, count: int) -> Text:
    """Say how many parts are right."""
    return words.map(lambda template: template.format(right=right, count=count))


def near(allowed: str) -> Text:
    """Say that an answer lies just outside the accepted range."""
    return Text(f"Close, but not within ±{allowed}.", f"很接近，但误差超出 ±{allowed}。")


def either(explanations: Sequence[Text]) -> Text:
    """Name several mistakes that lead to the same answer."""
    if len(explanations) == 1:
        return explanations[0]
    return Text(
        "More than one mistake leads here. Either: " + " Or: ".join(words.en for words in explanations),
        "不止一种错误会得到这个结果。"
        + "".join(f"（{number}）{words.zh}" for number, words in enumerate(explanations, start=1)),
    )
