"""The words of the export screen."""

from collections.abc import Mapping

from quizapp.text import Text, same

TITLE = Text("Export", "导出")
FORMAT = Text("Format", "格式")
DECKS = Text("Decks", "牌组")
DUE = Text("Only due", "仅到期")
LANGUAGES = Text("Language", "语言")
VARIANTS = Text("Variants", "变式")
SCHEDULE = Text("Schedule", "复习进度")
FILE = Text("File", "文件")
WRITE = Text("write the file", "写入文件")

DISPLAYS: Mapping[str, Text] = {
    "both": Text("English and Chinese", "中英双语"),
    "en": Text("English", "英文"),
    "zh": Text("Chinese", "中文"),
}
PER_ITEM = Text("of each computed item", "道（每道计算题）")
ON_DUE = Text("only what is due today", "仅今日到期的题目")
OFF_DUE = Text("due or not", "不论是否到期")
ON_SCHEDULE = Text("goes along", "一并导出")
OFF_SCHEDULE = Text("stays here", "不导出")

ABOUT_DECKS = Text("Which decks go along. ⏎ opens the list to tick.", "导出哪些牌组。按 ⏎ 打开列表勾选。")
ABOUT_DUE = Text("Everything, or only what is due for review today.", "导出全部题目，或仅导出今天到期的题目。")
ABOUT_LANGUAGES = Text(
    "The language of the cards; with both, they show English first.", "卡片的语言；选双语时英文在前。"
)
ABOUT_VARIANTS = Text(
    "How many questions with different numbers each computed item becomes. ← → or a digit.",
    "每道计算题导出为几道数字不同的题。按 ← → 或数字键。",
)
ABOUT_SCHEDULE = Text(
    "What you remember, and when it is due: Anki packages, CSV tables, the archive and Obsidian have a place for it.",
    "记忆状态与到期时间：Anki 牌组包、CSV 表格、存档与 Obsidian 可以容纳。",
)
ABOUT_FILE = Text(
    "Where to write: ~ is your home folder, . the current one. ⏎ writes.",
    "写入位置：~ 为主目录，. 为当前目录。按 ⏎ 写入。",
)
REPLACED = Text("What is in it now will be gone.", "其中现有的内容将被覆盖。")
ABOUT_WRITE = Text("An existing file is replaced only after you agree.", "如文件已存在，确认后才会替换。")

NOTHING_FITS = Text("Nothing fits: there would be no card in the file.", "没有符合条件的题目，文件中将没有卡片。")
NOTHING_DUE = Text(
    "Nothing here is due today: there would be no card in the file.", "此处今天没有到期的题目，文件中将没有卡片。"
)
NO_NAME = Text("The file needs a name.", "请输入文件名。")
NO_CARD = Text("This one stays here: it can't be asked as its words stand.", "此题不导出：题面有误，无法出题。")
LOOKING = Text("making the first cards …", "正在生成前几张卡片……")

MAKING = Text("Making the questions", "正在生成题目")
WRITING = Text("Writing the file", "正在写入文件")
KEEPS = Text("Until it is whole, there is no new file.", "写完之前不会出现新文件。")
CANCELLED = Text("Cancelled. No file was written.", "已取消，未写入文件。")
STILL_THERE = Text("What was there before is untouched.", "原有文件未受影响。")
FAILED = Text("The file was not written.", "文件未写入。")
MAKE_ROOM = Text("The disk is full. Make room, or name another place.", "磁盘已满。请腾出空间，或换一个位置。")
NOT_ALLOWED = Text("Writing there is not allowed. Name another place.", "没有写入权限。请换一个位置。")
MORE_EXPORTS = Text(
    "Esc goes back; change something above to write another file.", "按 Esc 返回；更改上方选项可再导出一份。"
)
OWN_DATABASE = Text("That file holds your progress. Name another one.", "该文件保存着你的学习进度，请换一个文件名。")

PICK_FORMAT = Text("Which format?", "选择格式")
PICK_DECKS = Text("Which decks?", "选择牌组")
TICK = Text("tick", "勾选")
TICK_ALL = Text("all or none", "全选或全不选")
TAKE = Text("take", "确定")
GO_BACK = Text("back", "返回")

SUMMARIES_ZH: Mapping[str, str] = {
    "apkg": "Anki 牌组包：可点选、可输入，含公式、双语与复习进度",
    "csv": "CSV，供 Anki 文本导入，也可安全地用电子表格打开",
    "csv-plain": "CSV，供电子表格和脚本使用：有表头，单元格为 Markdown",
    "gift": "GIFT：选择、判断、单空或数值、文字、配对、简答",
    "jsonl": "JSON Lines 存档：题目原文、复习记录与设置",
    "markdown": "Markdown 卡片，供 hashcards：Q: 与 A:，C: 带 [填空]",
    "markdown-obsidian": "Markdown 卡片，供 Obsidian 的 Spaced Repetition 插件，含复习进度",
    "moodle": "Moodle XML：按牌组建立题库，典型错误各有反馈",
}

NEXT_STEPS: Mapping[str, Text] = {
    "apkg": Text("Import it in Anki: File → Import.", "在 Anki 中导入：文件 → 导入。"),
    "csv": Text("Import it in Anki: File → Import.", "在 Anki 中导入：文件 → 导入。"),
    "csv-plain": Text("Open it in a spreadsheet, or read it with a script.", "用电子表格打开，或用脚本读取。"),
    "gift": Text(
        "Import it in Moodle: Question bank → Import → GIFT format.", "在 Moodle 中导入：题库 → 导入 → GIFT 格式。"
    ),
    "jsonl": Text("Keep it; quizapp import brings it back.", "妥善保存；用 quizapp import 可以导回。"),
    "markdown": Text(
        "Put it into a folder of its own, then: hashcards drill FOLDER",
        "放入单独的文件夹，然后运行：hashcards drill 文件夹",
    ),
    "markdown-obsidian": Text(
        "Put it into your Obsidian vault; the Spaced Repetition plugin finds the cards.",
        "放入 Obsidian 库中，Spaced Repetition 插件会找到这些卡片。",
    ),
    "moodle": Text(
        "Import it in Moodle: Question bank → Import → Moodle XML format.",
        "在 Moodle 中导入：题库 → 导入 → Moodle XML 格式。",
    ),
}

WITH_SCHEDULE: Mapping[str, Text] = {
    "apkg": Text(
        "Tick “Import any learning progress” there, and switch on FSRS in the deck options.",
        "导入时勾选“导入学习进度”，并在牌组选项中启用 FSRS。",
    ),
}


def decks_chosen(chosen: int, total: int) -> Text:
    """Say how many of the decks go along."""
    if chosen == total:
        return Text(f"all {total}", f"全部 {total} 个")
    return Text(f"{chosen} of {total}", f"{chosen} / {total} 个")


def searched(words: str) -> Text:
    """Name the search that limits what goes along."""
    return Text(f"found with “{words}”", f"搜索“{words}”的结果")


def count(items: int, questions: int, decks: int, *, at_most: bool) -> Text:
    """Say how much would be written, or has been."""
    some_en, some_zh = ("up to ", "至多 ") if at_most else ("", "")
    return Text(
        f"{_many(items, 'item')} as {some_en}{_many(questions, 'question')} from {_many(decks, 'deck')}",
        f"{decks} 个牌组的 {items} 道题，导出为{some_zh or ' '}{questions} 道",
    )


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def size(octets: int) -> Text:
    """Say how large a file is."""
    if octets < 1_000_000:
        return same(f"{max(1, round(octets / 1000))} kB")
    return same(f"{octets / 1_000_000:.1f} MB")


def left_out(number: int) -> Text:
    """Say that the format has no place for some items, or that they can't be asked."""
    return Text(f"Left out, as they can't be asked in this format: {number}", f"此格式无法容纳而略去：{number} 道")


def exists(name: str) -> Text:
    """Ask before a file is replaced."""
    return Text(f"There is already a file {name}. Replace it?", f"文件 {name} 已存在，是否替换？")


def is_folder(name: str) -> Text:
    """Say that a folder is no file."""
    return Text(f"{name} is a folder: name a file in it.", f"{name} 是文件夹，请输入其中的文件名。")


def no_folder(name: str) -> Text:
    """Say that a folder does not exist."""
    return Text(
        f"There is no folder {name}: make it first, or name another one.",
        f"文件夹 {name} 不存在，请先建立，或换一个位置。",
    )


def unwritable(reason: str) -> Text:
    """Say in the system's words why a file can't be written."""
    return Text(f"The system says: {reason}. Name another place.", f"系统提示：{reason}。请换一个位置。")


def broke(reason: str) -> Text:
    """Say that the writing failed for a reason nobody foresaw."""
    return Text(f"It broke off: {reason}", f"导出中断：{reason}")


def format_about(summary: Text) -> Text:
    """Say all of what a format is."""
    return Text(f"{summary.en}. ⏎ lists all formats.", f"{summary.zh}。按 ⏎ 列出全部格式。")
