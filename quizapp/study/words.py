"""Words of a study session that the line mode and the screen share."""

from quizapp.scheduling.model import Rating
from quizapp.scheduling.policy import Delay
from quizapp.study.model import Summary
from quizapp.text import Text

RATINGS: dict[Rating, Text] = {
    Rating.AGAIN: Text("again", "重来"),
    Rating.HARD: Text("hard", "困难"),
    Rating.GOOD: Text("good", "良好"),
    Rating.EASY: Text("easy", "轻松"),
}

RIGHT = Text("Right.", "正确。")
WRONG = Text("Not right.", "不正确。")
SOLUTION = Text("Answer", "答案")
STEPS = Text("Worked steps", "解题步骤")
HINT = Text("Hint", "提示")
NO_HINT = Text("There is no further hint.", "没有更多提示了。")
SAME_NUMBERS = Text("The same numbers once more.", "同样的数字再来一次。")
NOTHING_DUE = Text("Nothing is due.", "目前没有到期的题目。")
NOTHING_TO_UNDO = Text("There is nothing to undo.", "没有可撤销的作答。")
UNDONE = Text("Undone; here is the question again.", "已撤销，题目如下。")
LEECH = Text(
    "This one has been forgotten often. From now on it comes at an easier level; the deck's basics may help.",
    "这道题已多次遗忘。之后会以较低难度出现，也可以先复习该牌组的基础内容。",
)
READ_AS = Text("read as", "识别为")


def delay(wait: Delay) -> Text:
    """Return how far off a return is: ``<1 min``, ``10 min``, ``3 d``, ``2.5 mo``."""
    if wait.kind == "minutes":
        if wait.amount < 1:
            return Text("<1 min", "1 分钟内")
        if wait.amount < 60:
            return Text(f"{wait.amount} min", f"{wait.amount} 分钟")
        hours = wait.amount / 60
        return Text(f"{hours:.2g} h", f"{hours:.2g} 小时")
    if wait.amount < 31:
        return Text(f"{wait.amount} d", f"{wait.amount} 天")
    if wait.amount < 365:
        return Text(f"{wait.amount / 30.4:.2g} mo", f"{wait.amount / 30.4:.2g} 个月")
    return Text(f"{wait.amount / 365:.2g} y", f"{wait.amount / 365:.2g} 年")


def returns(wait: Delay) -> Text:
    """Return when an item comes back, as a sentence."""
    words = delay(wait)
    if wait.kind == "minutes" and wait.amount < 1:
        return Text("Again within a minute.", "1 分钟内再次出现。")
    return Text(f"Again in {words.en}.", f"{words.zh}后再次出现。")


def clock_time(hour_minute: str) -> Text:
    """Return that nothing is due until a time of day."""
    return Text(f"Nothing is due until {hour_minute}.", f"{hour_minute} 之前没有到期的题目。")


def summary(result: Summary) -> Text:
    """Return how a session went in one line."""
    seconds = round(result.seconds)
    spent = Text(f"{seconds} s", f"{seconds} 秒")
    if seconds >= 60:
        spent = Text(f"{seconds // 60} min {seconds % 60:02d} s", f"{seconds // 60} 分 {seconds % 60:02d} 秒")
    return Text(
        f"{result.answered} answered, {result.correct} right, {result.new} new, {spent.en}. Everything is saved.",
        f"共作答 {result.answered} 次，答对 {result.correct} 次，新题 {result.new} 道，用时 {spent.zh}。进度已保存。",
    )
