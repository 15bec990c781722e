"""The words of the exercise screens. The actions' own labels and help stand in ``quizapp/tui/actions.py``."""

from quizapp.text import Text

TITLE = Text("Exercises", "编程练习")
NONE = Text("This content has no coding exercises.", "当前内容没有编程练习。")
STATES = {
    "new": Text("○ new", "○ 未开始"),
    "started": Text("◐ started", "◐ 进行中"),
    "passed": Text("✓ passed", "✓ 已通过"),
}
TASK, CODE, REPORT = Text("Task", "题目"), Text("Code", "代码"), Text("Report", "报告")
SIGNATURE, RULES = Text("Signature", "函数签名"), Text("Rules", "规则")
NO_HINT_YET = Text("shows the first hint", "显示第一条提示")
NEXT_HINT = Text("shows the next hint", "显示下一条提示")
NOT_RUN = Text("Not run yet.", "尚未运行。")
RUNS = Text("saves and runs it", "保存并运行")
FIRST_FAILURE = Text("First failure", "首个失败用例")
SMALLEST = Text("smallest input found that fails", "找到的最小失败输入")
ERRORS = Text("largest error: {absolute} absolute, {relative} relative", "最大误差：绝对 {absolute}，相对 {relative}")
CASES, PRINTED, BROKEN_RULES = Text("Cases", "用例"), Text("Printed", "打印输出"), Text("Rules broken", "违反的规则")
LINE = Text("line {line}: ", "第 {line} 行：")
STATUSES = {
    "error": Text("exception", "异常"),
    "timeout": Text("too slow", "超时"),
    "memory": Text("too much memory", "内存超限"),
    "refused": Text("refused", "被拒绝"),
    "crashed": Text("ended", "进程中止"),
}
SOLUTION = Text("Reference solution", "参考解答")
SIDE_BY_SIDE = Text("From yours (−) to the reference (+)", "从你的代码（−）到参考解答（+）")
SAME_CODE = Text("Your code is the reference solution.", "你的代码与参考解答一致。")
GIVE_UP = Text("Show the solution before yours passes?", "尚未通过，确定要看参考解答吗？")
GIVE_UP_FREE = Text("Your code stays as it is; you can go on.", "你的代码保持不变，仍可继续。")
GIVE_UP_REVIEW = Text("The review counts as again; your code stays as it is.", "本次复习按“重来”计，你的代码保持不变。")
NO_EDITOR = Text(
    "No editor was found. Name one in the variable EDITOR.", "没有找到编辑器，请在环境变量 EDITOR 中指定。"
)
NO_SUSPEND = Text("This terminal can't hand over to another program.", "此终端无法切换到其他程序。")
READ_AGAIN = Text("The file was changed outside and has been read again.", "文件已在外部修改，现已重新读取。")
BEGUN_ANEW = Text(
    "Written anew for this review; the code that passed is kept beside it.", "复习时重新编写，上次通过的代码已另存。"
)
LEAVE_ANYWAY = Text("Leave without saving?", "未能保存，仍要离开吗？")


def running(seconds: float) -> Text:
    """Say that the code runs, and for how long it has."""
    return Text(f"running … {seconds:.0f} s", f"运行中…… {seconds:.0f} 秒")


def counted(passed: int, total: int) -> Text:
    """Say how many cases pass."""
    return Text(f"{passed} of {total} cases pass", f"{total} 个用例通过 {passed} 个")


def states(passed: int, started: int, total: int) -> Text:
    """Say how far the exercises have come."""
    return Text(
        f"{total} exercises · {passed} passed · {started} started",
        f"{total} 个练习 · 已通过 {passed} · 进行中 {started}",
    )


def set_aside(name: str) -> Text:
    """Say where the text of the screen went when the file was changed outside meanwhile."""
    return Text(
        f"The file was changed outside and has been read again; what stood here is kept in {name}.",
        f"文件已在外部修改，现已重新读取；此处原有内容保存在 {name}。",
    )


def editor_failed(command: str, why: str) -> Text:
    """Say that the person's editor did not start."""
    return Text(f"{command} can't be started: {why}.", f"无法启动 {command}：{why}。")


def not_saved(path: str, why: str) -> Text:
    """Say that the text could not be written."""
    return Text(f"{path} can't be written: {why}. Your text is still here.", f"无法写入 {path}：{why}。内容仍在此处。")
