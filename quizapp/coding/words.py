"""What is said about a submission, in both languages. Mistakes of one exercise have their words in its content."""

from collections.abc import Mapping

from engine.grading_model import Failure, Form, Problem, Report
from engine.rules import Rules, Violation
from quizapp.coding.values import number
from quizapp.text import EMPTY, Text, same

RULES: Mapping[str, Text] = {
    "numpy-only": Text("Use NumPy and the standard library only.", "只使用NumPy与标准库。"),
    "no-loop-over-elements": Text("No Python loop over elements.", "不用Python循环逐元素计算。"),
    "no-loop-over-samples": Text("No Python loop over samples.", "不用Python循环逐样本计算。"),
    "no-loop-over-parameters": Text("No Python loop over parameters.", "不用Python循环逐参数计算。"),
    "no-loop-over-pixels": Text(
        "Loop over kernel taps and groups only, not over pixels.", "只可对卷积核位置与分组循环，不可逐像素循环。"
    ),
    "forbidden-call": Text("Do not call the function that is asked for.", "不得直接调用现成的同名函数。"),
    "no-warnings": Text("No NumPy warnings.", "不产生NumPy警告。"),
    "no-mutation": Text("Leave the arguments unchanged.", "不修改传入的参数。"),
    "by-name": Text("Call functions by their names.", "应直接用名称调用函数。"),
    "no-introspection": Text("Leave the interpreter's own objects alone.", "不得访问解释器的内部对象。"),
    "too-long": Text("The source is too long to be checked.", "源代码过长，无法检查。"),
    "unreadable": Text("The expressions are nested too deeply to be checked.", "表达式嵌套过深，无法检查。"),
}

LAWS: Mapping[str, Text] = {
    "sums-to-one": Text("The entries do not add up to 1.", "各项之和不为1。"),
    "within-bounds": Text("Some entries lie outside the possible range.", "有的值超出了可能的范围。"),
    "non-negative": Text("Some entries are negative.", "有的值为负。"),
    "shift-invariant": Text("Adding a constant to the input changes the result.", "输入整体加上常数后，结果变了。"),
    "permutation-equivariant": Text(
        "Reordering the samples does not simply reorder the result.", "调换样本次序后，结果没有随之调换。"
    ),
    "symmetric": Text(
        "Exchanging the two arguments does not transpose the result.", "交换两个参数后，结果并非互为转置。"
    ),
    "gradient-matches-loss": Text(
        "The gradient is not the numerical gradient of your own loss.", "梯度与你自己的损失的数值梯度不符。"
    ),
    "partition": Text(
        "The three sets together are not every index exactly once.", "三个集合合起来并非每个下标恰好出现一次。"
    ),
}

STATUSES: Mapping[str, Text] = {
    "error": Text("The code raised an exception: {detail}", "代码抛出了异常：{detail}"),
    "timeout": Text("The code took too long. {detail}", "代码运行超时。{detail}"),
    "memory": Text("The code asked for too much memory. {detail}", "代码占用的内存过多。{detail}"),
    "refused": Text("The sandbox refused what the code tried. {detail}", "沙箱拒绝了代码的操作。{detail}"),
    "crashed": Text("The code ended its process. {detail}", "代码中止了自己的进程。{detail}"),
}

PROBLEMS: Mapping[str, Text] = {
    "value": Text("{part}{place} is {got}, expected {expected}.", "{part}{place}为{got}，应为{expected}。"),
    "nan": Text("{part}{place} is NaN, expected {expected}.", "{part}{place}为NaN，应为{expected}。"),
    "infinite": Text("{part}{place} is infinite, expected {expected}.", "{part}{place}为无穷大，应为{expected}。"),
    "shape": Text("{part} has shape {got}, expected {expected}.", "{part}的形状为{got}，应为{expected}。"),
    "dtype": Text("{part} has dtype {got}, expected {expected} numbers.", "{part}的类型为{got}，应为{expected}。"),
    "single-precision": Text(
        "{part} is right only to single precision ({got}); compute in float64.",
        "{part}只有单精度（{got}）；请用float64计算。",
    ),
    "type": Text("{part} is {got}, expected {expected}.", "{part}是{got}，应为{expected}。"),
    "nothing": Text("The function returned None. Is a return missing?", "函数返回了None，是否漏写了return？"),
    "parts": Text(
        "The function returned {got} values, expected {expected}.", "函数返回了{got}个值，应为{expected}个。"
    ),
    "mutation": Text("The argument {detail} was changed; work on a copy.", "参数{detail}被修改了，请在副本上计算。"),
    "warning": Text("NumPy warned: {detail}.", "NumPy发出警告：{detail}。"),
    **STATUSES,
}
DTYPES: Mapping[str, str] = {"float": "浮点数", "integer": "整数", "boolean": "布尔值"}

PASSED = Text("All {cases} cases pass.", "{cases}个用例全部通过。")
ONLY_RULES = Text("The results are right, but a rule is broken.", "结果正确，但违反了规则。")
FAILS = Text("{failed} of {cases} cases fail.", "{cases}个用例中有{failed}个未通过。")
FIRST = Text("First in “{case}”. ", "首先出现在“{case}”。")
SMALLEST = Text(
    "First in “{case}”; with the smallest input found that fails: ", "首先出现在“{case}”；取找到的最小失败输入时："
)
GOT, EXPECTED = Text("got", "得到"), Text("expected", "应为")
INPUT, SMALLEST_INPUT = Text("Input:", "输入："), Text("Smallest failing input:", "最小失败输入：")
ARRAY = Text("a {dtype} array of shape {shape}", "形状为{shape}的{dtype}数组")
COLLECTION = Text("a {type} of {length}", "含{length}项的{type}")
WITH_LINE = Text(" (line {line})", "（第{line}行）")
FOUND = Text(" Found: {found}.", "发现：{found}。")
RESULT = Text("The result", "结果")
GRADED_BY = Text("Your output is exactly this mistake. ", "你的输出与下述错误完全一致。")


def rule_words(rule: str) -> Text:
    """Return the sentence of a rule."""
    return RULES.get(rule, same(rule))


def rules_text(rules: Rules) -> Text:
    """Return all rules that apply, one sentence after the other."""
    found = [rule_words(slug) for slug in rules.slugs]
    return Text(" ".join(each.en for each in found), "".join(each.zh for each in found))


def violation_words(violation: Violation) -> Text:
    """Say which rule is broken by what."""
    return rule_words(violation.rule) + FOUND.map(lambda words: words.format(found=violation.found))


def problem_words(problem: Problem) -> Text:
    """Say what is wrong with one outcome."""
    words = PROBLEMS.get(problem.kind, PROBLEMS["type"])
    place = "" if not problem.index else "[" + ", ".join(map(str, problem.index)) + "]"
    part = RESULT if problem.part is None else same(f"`{problem.part}`")
    got, expected = form_words(problem.got), form_words(problem.expected)
    filled = Text(
        words.en.format(part=part.en, place=place, got=got.en, expected=expected.en, detail=problem.detail).strip(),
        words.zh.format(part=part.zh, place=place, got=got.zh, expected=expected.zh, detail=problem.detail).strip(),
    )
    if problem.line is None:
        return filled
    line = problem.line
    return filled + WITH_LINE.map(lambda each: each.format(line=line))


def form_words(value: object) -> Text:
    """Return a number, a shape, a dtype or the form of a value in words."""
    if not isinstance(value, Form):
        text = number(value)
        return Text(text, DTYPES.get(text, text))
    if value.type == "ndarray":
        return ARRAY.map(lambda words: words.format(dtype=value.dtype, shape=value.shape))
    if value.length:
        return COLLECTION.map(lambda words: words.format(type=value.type, length=value.length))
    return same("None" if value.type == "NoneType" else value.type)


def law_words(failure: Failure) -> Text:
    """Name the properties that a wrong result lacks."""
    found = [LAWS[slug] for slug in failure.laws if slug in LAWS]
    return Text(" ".join(each.en for each in found), "".join(each.zh for each in found))


def summary(report: Report, mistake: Text = EMPTY, *, details: bool = True) -> Text:
    """Return the message of a report.

    Parameters
    ----------
    report : Report
    mistake : Text
        The words of the recognised mistake.
    details : bool
        Whether to say what is wrong, not only how much.
    """
    cases = len(report.cases)
    failed = sum(case.problem is not None for case in report.cases)
    if report.passed:
        return PASSED.map(lambda words: words.format(cases=cases))
    if not failed:
        broken = report.violations[0] if report.violations else None
        return ONLY_RULES + (_space(violation_words(broken)) if broken is not None and details else EMPTY)
    counted = FAILS.map(lambda words: words.format(failed=failed, cases=cases))
    if not details or report.first_failure is None:
        return counted
    if mistake:
        return counted + _space(GRADED_BY) + mistake
    failure = report.first_failure
    where = (SMALLEST if failure.shrunk else FIRST).map(lambda words: words.format(case=failure.case))
    text = counted + _space(where) + problem_words(failure.problem)
    laws = law_words(failure)
    return text + _space(laws) if laws else text


def _space(words: Text) -> Text:
    return Text(f" {words.en}", words.zh)
