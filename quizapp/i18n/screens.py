"""The words of the screens. The actions' own labels and help stand in ``quizapp/tui/actions.py``."""

from quizapp.text import Text

# --- home

TODAY = Text("Today", "今天")
CONTINUE = Text("continue", "继续学习")
LEARN_MORE = Text("learn new ones", "学习新题")
RETENTION = Text("retention", "记忆保持率")
STREAK = Text("streak", "连续")
NEXT_DAYS = Text("next 14 days", "未来14天")
WEAKEST = Text("weakest: ", "最弱：")
OPENS_AFTER = Text("opens after: ", "需先学：")
NEW = Text("new", "未学")
NO_CONTENT = Text(
    "No content here: name a folder with --content, or run quizapp content check.",
    "没有可学的内容。请用 --content 指定文件夹，或运行 quizapp content check。",
)
WELCOME = Text(
    "Machine learning, learned for good: cards, and questions with fresh numbers.",
    "学机器学习，学了不忘：记忆卡片，以及每次更换数字的计算题。",
)
ALL_DONE = Text("Everything for now is done.", "当前内容已全部完成。")
NOTHING_HERE = Text("Nothing is due here now; n learns new ones.", "此处暂无到期题目，按 n 学习新题。")
NOTHING_NEW = Text("There is nothing new to learn here now.", "此处暂无可学的新题。")


def counts(due: int, new: int, learning: int, minutes: float) -> Text:
    """Say what today holds."""
    en, zh = [f"{due} due"], [f"到期 {due}"]
    if learning:
        en.append(f"{learning} in steps")
        zh.append(f"学习中 {learning}")
    en.append(f"{new} new")
    zh.append(f"新题 {new}")
    whole = max(1, round(minutes))
    en.append(f"about {whole} min")
    zh.append(f"约 {whole} 分钟")
    return Text(" · ".join(en), " · ".join(zh))


def due(count: int) -> Text:
    """Say how many are due."""
    return Text(f"{count} due", f"到期 {count}")


def new(count: int) -> Text:
    """Say how many are new today."""
    return Text(f"{count} new", f"新题 {count}")


def days(count: int) -> Text:
    """Say the length of a streak."""
    return Text(f"{count} d", f"{count} 天")


def until(moment: str) -> Text:
    """Say that nothing is due before a moment."""
    return Text(f"Nothing is due until {moment}.", f"{moment} 之前没有到期的题目。")


def forecast(now: int, most: int) -> Text:
    """Say what the bars of the forecast stand for."""
    return Text(f"{now} today · at most {most} a day", f"今天 {now} · 单日最多 {most}")


def begin_with(new_ones: int, minutes: float) -> Text:
    """Say how the first session goes."""
    whole = max(1, round(minutes))
    return Text(f"begin with {new_ones} new ones · about {whole} min", f"从 {new_ones} 道新题开始 · 约 {whole} 分钟")


def collection(items: int, areas: int) -> Text:
    """Say how much there is."""
    return Text(
        f"{items} items in {areas} areas; each comes back just before you would forget it.",
        f"{areas} 个领域，共 {items} 道题。答过的题会在快要遗忘时再次出现。",
    )


# --- study

PHASE_NEW = Text("○ new", "○ 新题")
PHASE_LEARNING = Text("◐ learning", "◐ 学习中")
PHASE_REVIEW = Text("● review", "● 复习")
THINK = Text("Recall the answer, then press Space.", "先回想答案，再按空格查看。")
FIELD = Text("Gap", "空")
TYPE_ANSWER = Text("your answer", "输入答案")
HOW_CHOICE = Text("a digit answers, or ↑↓ and ⏎", "按数字作答，或用 ↑↓ 选择后按 ⏎")
HOW_MULTI = Text("digits tick, ⏎ answers", "按数字勾选，按 ⏎ 提交")
HOW_ORDER = Text("↑↓ choose · J K move · ⏎ answers · or drag", "↑↓ 选择 · J K 移动 · ⏎ 提交 · 亦可拖动")
HOW_MATCH = Text("digit, then letter · ⌫ takes back · ⏎ answers", "先按数字，再按字母 · ⌫ 取消 · ⏎ 提交")
IN_EDITOR = Text(
    "A function to write: ⏎ opens the editor; passing all cases answers it.",
    "编写函数：按 ⏎ 打开编辑器，全部用例通过即算作答。",
)
RIGHT_WORD = Text("Right.", "正确。")
WRONG_WORD = Text("Not right.", "不正确。")
GIVEN_UP = Text("Not answered.", "未作答。")
BACK_SIDE = Text("Back", "背面")
MORE_BELOW = Text("more · PgDn", "行 · PgDn")
MORE_ABOVE = Text("more · PgUp", "行 · PgUp")
SUSPEND_ASK = Text("Take this item out of all sessions?", "将此题移出所有学习？")
SUSPEND_MORE = Text(
    "It does not come back by itself; browse (b at home) brings it back, its history as it was.",
    "它不会自动再出现；在主页按 b 进入浏览即可移回，学习记录不变。",
)
SUSPENDED = Text("Taken out. Its history stays.", "已移出，学习记录保留。")
SKIPPED = Text("Put off to the end of this session.", "已推迟到本次学习末尾。")
THIS_ITEM = Text("This item", "本题")
THIS_SESSION = Text("This session", "本次学习")
FIRST_TIME = Text("first time", "首次出现")
REPS = Text("asked", "已问")
LAPSES = Text("forgotten", "遗忘")
STABILITY = Text("lasts about", "记忆约可保持")
LAST_SEEN = Text("last interval", "上次间隔")
RIGHT_SO_FAR = Text("right", "答对")
TO_GO = Text("to go", "剩余")


def times(count: int) -> Text:
    """Say how often."""
    return Text(f"{count}×", f"{count} 次")


def hint(number: int, total: int) -> Text:
    """Name a hint by its number."""
    return Text(f"Hint {number} of {total}", f"提示 {number}/{total}")


def offending(characters: str) -> Text:
    """Point out the characters that can't be read."""
    return Text(f"“{characters}”: ", f"“{characters}”：")


# --- summary

DONE = Text("Session over", "学习结束")
ANSWERED = Text("answered", "作答")
CORRECT = Text("right", "答对")
NEW_ONES = Text("met for the first time", "首次学习")
TIME = Text("time", "用时")
MISTAKES = Text("Mistakes by name", "识别出的错误")
SAVED = Text("Everything is saved.", "进度已保存。")
NOTHING_LEFT = Text("Nothing is left for today.", "今天的内容已全部完成。")


def still(count: int) -> Text:
    """Say how many are still due."""
    return Text(f"{count} still due now.", f"还有 {count} 道到期。")


def next_at(moment: str) -> Text:
    """Say when the next one comes."""
    return Text(f"The next one comes at {moment}.", f"下一道在 {moment} 出现。")


def minutes(seconds: float) -> Text:
    """Say a length of time."""
    whole = round(seconds)
    if whole < 60:
        return Text(f"{whole} s", f"{whole} 秒")
    return Text(f"{whole // 60} min {whole % 60:02d} s", f"{whole // 60} 分 {whole % 60:02d} 秒")


# --- browse

BROWSE_TITLE = Text("Browse", "浏览")
SEARCH = Text("search words, formulas, ids", "搜索文字、公式或编号")
TYPES = {
    "flashcard": Text("card", "卡片"),
    "choice": Text("choice", "单选"),
    "multi": Text("multiple", "多选"),
    "cloze": Text("gaps", "填空"),
    "typed": Text("typed", "简答"),
    "order": Text("order", "排序"),
    "match": Text("match", "配对"),
    "computed": Text("computed", "计算"),
    "code": Text("code", "编程"),
}
"""What the types of items are called."""
SUSPENDED_ITEM = Text("suspended · ", "已移出 · ")
WOKEN = Text("Brought back.", "已移回。")
FOUND_NOTHING = Text("Nothing contains all of these words.", "没有同时含有这些词的题目。")


def found(count: int) -> Text:
    """Say how many items were found."""
    return Text(f"{count} item" if count == 1 else f"{count} items", f"{count} 道题")


# --- everywhere

YES = Text("yes", "是")
NO = Text("no", "否")
CLOSE = Text("close", "关闭")
HELP_TITLE = Text("Keys", "按键")
HELP_WHERE = Text("Where you are", "当前界面")
HELP_EVERYWHERE = Text("Everywhere", "所有界面")
HELP_CLOSE = Text("Esc or ? closes this", "按 Esc 或 ? 关闭")
FIND_COMMAND = Text("what do you want to do?", "想做什么？")
NO_COMMAND = Text("No command that works here now has this in its name.", "此处没有名称含此内容的可用命令。")
WHILE_TYPING = Text("while typing", "输入时")
