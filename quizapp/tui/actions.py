"""Every action of the screens, once: its keys, its label, its help and where it works.

This table feeds the bindings, the footer line, the help screen and the command palette. An action ``hint`` is carried
out by ``action_hint`` of a screen or of the application; whether it can be done now is what ``check_action`` says.

The file is long because it is one table: in pieces, two screens could give one key two meanings unseen.
"""

from collections.abc import Iterable
from typing import NamedTuple

from quizapp.text import Text


class Action(NamedTuple):
    """One thing that a person can do.

    Parameters
    ----------
    id : str
    keys : tuple of str
        While no text is being typed; the first is shown.
    typing : tuple of str
        Keys that work while text is being typed too; the first is shown then.
    label, help : Text
    screens : frozenset of str
        Names of the screens; empty for all.
    footer : bool
        Shown in the footer line whenever it can be done.
    palette : bool
        Offered by the command palette.
    """

    id: str
    keys: tuple[str, ...]
    typing: tuple[str, ...]
    label: Text
    help: Text
    screens: frozenset[str] = frozenset()
    footer: bool = True
    palette: bool = True


HOME, STUDY, SUMMARY, BROWSE = frozenset({"home"}), frozenset({"study"}), frozenset({"summary"}), frozenset({"browse"})
EXPORT = frozenset({"export"})

EXERCISES, EXERCISE = frozenset({"exercises"}), frozenset({"exercise"})

ACTIONS: tuple[Action, ...] = (
    # --- home
    Action(
        "open",
        ("enter",),
        (),
        Text("study", "学习"),
        Text(
            "Study what the cursor is on: everything for today, an area or a deck",
            "学习光标所在的内容：今天全部、某个领域或牌组",
        ),
        HOME,
    ),
    Action(
        "more",
        ("n",),
        (),
        Text("new ones", "学新题"),
        Text(
            "Learn five new items beyond today's limit, from where the cursor is",
            "在今日限额之外再学五道新题，取自光标所在处",
        ),
        HOME,
    ),
    Action(
        "decks",
        ("d", "right", "space"),
        (),
        Text("decks", "牌组"),
        Text("Open or close the decks of an area", "展开或收起某个领域的牌组"),
        HOME,
    ),
    Action(
        "fold",
        ("left",),
        (),
        Text("close", "收起"),
        Text("Close the decks of an area", "收起牌组"),
        HOME,
        footer=False,
        palette=False,
    ),
    Action(
        "exercises",
        ("x",),
        (),
        Text("exercises", "编程练习"),
        Text("Write functions and have them checked", "编写函数并自动检查"),
        HOME,
    ),
    Action(
        "browse",
        ("b",),
        (),
        Text("browse", "浏览"),
        Text("Look through and search all items", "浏览、搜索所有题目"),
        HOME,
    ),
    Action(
        "export",
        ("e",),
        ("f6",),
        Text("export", "导出"),
        Text("Write decks for Anki, Moodle, spreadsheets and others", "导出牌组，供 Anki、Moodle、电子表格等使用"),
        HOME | BROWSE,
    ),
    Action(
        "up",
        ("up", "k"),
        ("up",),
        Text("up", "上移"),
        Text("Move the cursor up", "光标上移"),
        HOME | EXPORT | EXERCISES,
        footer=False,
        palette=False,
    ),
    Action(
        "down",
        ("down", "j"),
        ("down",),
        Text("down", "下移"),
        Text("Move the cursor down", "光标下移"),
        HOME | EXPORT | EXERCISES,
        footer=False,
        palette=False,
    ),
    Action(
        "exit",
        ("q",),
        (),
        Text("quit", "退出"),
        Text("Quit; everything is saved", "退出，进度已保存"),
        HOME,
        palette=False,
    ),
    # --- summary
    Action("finish", ("enter", "q", "escape", "space"), (), Text("home", "主页"), Text("Go home", "回主页"), SUMMARY),
    Action("again", ("n",), (), Text("new ones", "学新题"), Text("Learn five new items more", "再学五道新题"), SUMMARY),
    # --- study
    Action(
        "submit",
        ("enter",),
        ("enter",),
        Text("answer", "提交"),
        Text("Give the answer", "提交答案"),
        STUDY,
        palette=False,
    ),
    Action(
        "write_exercise",
        ("enter", "x"),
        (),
        Text("write the code", "写代码"),
        Text("Open the exercise in the editor", "在编辑器中打开练习"),
        STUDY,
    ),
    Action("flip", ("space", "enter"), (), Text("show the back", "看背面"), Text("Turn the card", "翻到背面"), STUDY),
    Action(
        "accept",
        ("space", "enter"),
        (),
        Text("good", "良好"),
        Text("Rate the card as remembered", "按“良好”评分"),
        STUDY,
        palette=False,
    ),
    Action(
        "solve",
        ("enter", "space"),
        (),
        Text("solution", "看答案"),
        Text("Show the right answer with its worked steps", "显示正确答案与解题步骤"),
        STUDY,
        palette=False,
    ),
    Action(
        "next", ("enter", "space"), (), Text("next", "下一题"), Text("Go to the next question", "进入下一题"), STUDY
    ),
    Action(
        "retry",
        ("r",),
        (),
        Text("try again", "再试"),
        Text("Try the same question once more: right then counts as hard", "再答一次，答对按“困难”计"),
        STUDY,
    ),
    Action(
        "rate(1)",
        ("1",),
        (),
        Text("again", "重来"),
        Text("Rate: not remembered", "评分：没有记住"),
        STUDY,
        footer=False,
    ),
    Action(
        "rate(2)",
        ("2",),
        (),
        Text("hard", "困难"),
        Text("Rate: remembered with effort", "评分：费力才想起"),
        STUDY,
        footer=False,
    ),
    Action(
        "rate(3)", ("3",), (), Text("good", "良好"), Text("Rate: remembered", "评分：想起来了"), STUDY, footer=False
    ),
    Action(
        "rate(4)",
        ("4",),
        (),
        Text("easy", "轻松"),
        Text("Rate: remembered at once", "评分：立即想起"),
        STUDY,
        footer=False,
    ),
    Action(
        "hint",
        ("h",),
        ("f2",),
        Text("hint", "提示"),
        Text("Show the next hint: right after a hint counts as hard", "显示下一条提示；看过提示再答对按“困难”计"),
        STUDY,
    ),
    Action(
        "give_up",
        ("v",),
        ("f3",),
        Text("show", "看答案"),
        Text("Give up and show the solution: counts as again", "放弃并显示答案，按“重来”计"),
        STUDY,
    ),
    Action(
        "steps",
        ("w",),
        ("f7",),
        Text("worked steps", "步骤"),
        Text("Show how the answer comes about", "显示答案的推导步骤"),
        STUDY,
    ),
    Action(
        "skip",
        ("k",),
        ("f5",),
        Text("skip", "跳过"),
        Text("Put the question off to the end of the session; nothing is recorded", "推迟到本次学习末尾，不作记录"),
        STUDY,
    ),
    Action(
        "undo",
        ("u", "ctrl+z"),
        ("ctrl+z",),
        Text("undo", "撤销"),
        Text("Undo the last answer and ask it again", "撤销上一次作答并重新提问"),
        frozenset({"study", "summary"}),
    ),
    Action(
        "suspend",
        ("s",),
        ("f6",),
        Text("suspend", "移出"),
        Text("Take the item out of all sessions", "将此题移出所有学习"),
        STUDY,
        footer=False,
    ),
    Action(
        "type",
        ("tab", "i"),
        (),
        Text("back to typing", "继续输入"),
        Text("Return to the answer line", "回到答题行"),
        STUDY,
    ),
    Action(
        "command_keys",
        (),
        ("escape",),
        Text("letter keys", "字母键"),
        Text("Leave the answer line, so that single letters are commands", "离开答题行，单个字母即为命令"),
        STUDY,
        palette=False,
    ),
    Action(
        "page_down",
        ("pagedown",),
        ("pagedown",),
        Text("further down", "下翻"),
        Text("Read on where a text is longer than its place", "内容较长时向下翻阅"),
        frozenset({"home", "study", "browse", "summary", "exercise", "exercises", "export"}),
        footer=False,
        palette=False,
    ),
    Action(
        "page_up",
        ("pageup",),
        ("pageup",),
        Text("back up", "上翻"),
        Text("Read back", "向上翻阅"),
        frozenset({"home", "study", "browse", "summary", "exercise", "exercises", "export"}),
        footer=False,
        palette=False,
    ),
    Action(
        "leave",
        ("q", "escape"),
        (),
        Text("home", "主页"),
        Text("End the session and go home; every answer is saved already", "结束学习回主页，所有作答均已保存"),
        STUDY,
    ),
    # --- exercises
    Action(
        "open_exercise",
        ("enter",),
        (),
        Text("open", "打开"),
        Text("Open the exercise under the cursor", "打开光标所在的练习"),
        EXERCISES,
    ),
    # --- browse
    Action(
        "study_deck",
        ("enter",),
        ("enter",),
        Text("study this deck", "学习该牌组"),
        Text("Study the deck of the item under the cursor", "学习光标所在题目的牌组"),
        BROWSE,
    ),
    Action(
        "wake",
        ("s",),
        ("f5",),
        Text("bring back", "移回"),
        Text("Let a suspended item be studied again, its history as it was", "将已移出的题目移回，学习记录不变"),
        BROWSE,
    ),
    Action("close", ("escape", "q"), ("escape",), Text("home", "主页"), Text("Go home", "回主页"), BROWSE | EXERCISES),
    # --- export
    Action(
        "choose",
        ("enter", "space"),
        (),
        Text("choose", "更改"),
        Text("Choose or change what the cursor is on", "选择或更改光标所在的选项"),
        EXPORT,
        palette=False,
    ),
    Action(
        "write",
        ("w",),
        ("enter", "f5"),
        Text("write the file", "写入文件"),
        Text(
            "Write the file as chosen; an existing one only after you agree",
            "按所选内容写入文件；如文件已存在，先行确认",
        ),
        EXPORT,
    ),
    Action(
        "turn_back",
        ("left",),
        (),
        Text("previous", "上一项"),
        Text("Go to the previous value of a choice", "换为上一个值"),
        EXPORT,
        footer=False,
        palette=False,
    ),
    Action(
        "turn_on",
        ("right",),
        (),
        Text("following", "下一项"),
        Text("Go to the next value of a choice", "换为下一个值"),
        EXPORT,
        footer=False,
        palette=False,
    ),
    Action(
        "cancel",
        ("escape",),
        ("escape",),
        Text("cancel", "取消"),
        Text("Stop writing; no file appears", "停止写入，不会产生文件"),
        EXPORT,
    ),
    Action("back", ("escape", "q"), ("escape",), Text("back", "返回"), Text("Go back", "返回上一界面"), EXPORT),
    # --- exercise
    Action(
        "run",
        ("r", "ctrl+r", "f5"),
        ("ctrl+r", "f5"),
        Text("run", "运行"),
        Text("Save the code and run it against all cases", "保存代码并用全部用例检查"),
        EXERCISE,
    ),
    Action(
        "write_code",
        ("enter", "i", "tab"),
        (),
        Text("write", "写代码"),
        Text("Go to the editor", "进入编辑器"),
        EXERCISE,
    ),
    Action(
        "next_hint",
        ("h",),
        ("f2",),
        Text("hint", "提示"),
        Text("Show the next hint; in a review, passing then counts as hard", "显示下一条提示，复习时通过按“困难”计"),
        EXERCISE,
    ),
    Action(
        "solution",
        ("s",),
        ("f3",),
        Text("solution", "参考解答"),
        Text("Compare with the reference solution, after passing or giving up", "通过或放弃后，与参考解答对照"),
        EXERCISE,
    ),
    Action(
        "view",
        ("v",),
        ("f7",),
        Text("view", "视图"),
        Text("Go from task to code to report, or make the report large", "在题目、代码、报告之间切换，或放大报告"),
        EXERCISE,
    ),
    Action(
        "leave_editor",
        (),
        ("escape",),
        Text("letter keys", "字母键"),
        Text("Leave the editor, so that single letters are commands", "离开编辑器，单个字母即为命令"),
        EXERCISE,
        palette=False,
    ),
    Action(
        "outside",
        ("e",),
        ("f6",),
        Text("your editor", "外部编辑器"),
        Text("Open the file in $EDITOR and run what it leaves", "用 $EDITOR 打开文件，返回后运行"),
        EXERCISE,
    ),
    Action(
        "close_exercise",
        ("q", "escape"),
        (),
        Text("back", "返回"),
        Text("Go back; what is written is saved", "返回，代码已保存"),
        EXERCISE,
    ),
    # --- everywhere
    Action(
        "language", ("l",), ("f4",), Text("language", "语言"), Text("Switch between English and Chinese", "切换中英文")
    ),
    Action(
        "both",
        ("L",),
        ("f9",),
        Text("both languages", "双语"),
        Text("Show English and Chinese together", "中英文同时显示"),
        footer=False,
    ),
    Action(
        "theme",
        ("t",),
        ("f8",),
        Text("light or dark", "明暗"),
        Text("Switch between the dark and the light theme", "切换深色与浅色主题"),
        footer=False,
    ),
    Action(
        "commands",
        (":", "："),
        ("ctrl+p",),
        Text("commands", "命令"),
        Text("Find any command by its name", "按名称查找命令"),
        footer=False,
        palette=False,
    ),
    Action("help", ("?", "？"), ("f1",), Text("help", "帮助"), Text("Show all keys", "显示所有按键"), palette=False),
    Action(
        "quit",
        ("ctrl+q", "ctrl+c"),
        ("ctrl+q", "ctrl+c"),
        Text("quit", "退出"),
        Text("Quit; everything is saved", "退出，进度已保存"),
        footer=False,
    ),
)
"""Actions in the order in which the footer and the help show them."""

KEY_NAMES = {
    "enter": "⏎", "escape": "Esc", "space": "␣", "tab": "⇥", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pagedown": "PgDn", "pageup": "PgUp",
}  # fmt: skip
"""How keys with names are written on the screen."""

PUNCTUATION = {":": "colon", "?": "question_mark", "：": "fullwidth_colon", "？": "fullwidth_question_mark"}
"""What Textual calls keys that are no letters."""

EVERYWHERE = ("language", "both", "theme", "commands", "help", "quit")
"""Actions that the application itself carries out."""


def of_screen(name: str) -> tuple[Action, ...]:
    """Return the actions that belong to a screen, without those that work everywhere."""
    return tuple(action for action in ACTIONS if name in action.screens)


def everywhere() -> tuple[Action, ...]:
    """Return the actions that work on all screens."""
    return tuple(action for action in ACTIONS if not action.screens)


def shown_key(action: Action, *, typing: bool) -> str:
    """Return the key to press now, as it is written on the screen; empty if there is none."""
    keys = action.typing if typing else action.keys or action.typing
    return key_name(keys[0]) if keys else ""


def key_name(key: str) -> str:
    """Return how a key is written on the screen: ``⏎``, ``F2``, ``^Z``, ``h``."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    if len(key) > 1 and key[0] == "f" and key[1:].isdecimal():
        return key.upper()
    return KEY_NAMES.get(key, key)


def binding_keys(action: Action) -> Iterable[str]:
    """Return all keys of an action by Textual's names."""
    for key in dict.fromkeys((*action.keys, *action.typing)):
        yield PUNCTUATION.get(key, key)
