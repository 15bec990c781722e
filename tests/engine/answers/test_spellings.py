"""Spellings that must be read, kind by kind, and what they mean."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Value, Vector
from engine.answers.parse import parse

REAL = Real(4)
COUNT = Integer(count=True)
VECTOR = Vector(3)
MATRIX = Matrix(None)
ADAM = Named(("m", "v", "weight"), 4)
SIZES = Named(("total", "trainable"), None)
CLASSES = Choice(("0", "1", "2"))
REGIMES = Choice(("high_bias", "high_variance", "good fit"))

REALS: list[tuple[str, float]] = [
    ("0.0182", 0.0182),
    ("  0.0182\n", 0.0182),
    ("-0.5", -0.5),
    ("+3", 3),
    (".5", 0.5),
    ("5.", 5),
    ("−0.5", -0.5),
    ("–0.5", -0.5),
    ("—0.5", -0.5),
    ("１．５", 1.5),
    ("－１。５", -1.5),
    ("0.5。", 0.5),
    ("1/3", 1 / 3),
    ("１／３", 1 / 3),
    ("24%", 0.24),
    ("24 %", 0.24),
    ("２４％", 0.24),
    ("24.5%", 0.245),
    ("1.38e-4", 1.38e-4),
    ("1.38E−4", 1.38e-4),
    ("1.38 e-4", 1.38e-4),
    ("1.38×10⁻⁴", 1.38e-4),
    ("1.38 × 10^-4", 1.38e-4),
    ("1.38x10^-4", 1.38e-4),
    ("1.38*10^-4", 1.38e-4),
    ("1.38*10**(-4)", 1.38e-4),
    ("1.38·10⁻⁴", 1.38e-4),
    ("-1.38×10⁻⁴", -1.38e-4),
    ("10⁻³", 1e-3),
    ("2^10", 1024),
    ("2**10", 1024),
    ("2¹⁰", 1024),
    ("-2^2", -4),
    ("2^-3", 0.125),
    ("2^3^2", 512),
    ("1/2*10^3", 500),
    ("2^3*10^2", 800),
    ("2*10^3^2", 2e9),
    ("1,234,567.8", 1234567.8),
    ("1，234，567.8", 1234567.8),
    ("1 234 567.8", 1234567.8),
    ("1\u202f234.5", 1234.5),
    ("1'234.5", 1234.5),
    ("34_848", 34848),
    ("√2", math.sqrt(2)),
    ("√(2)", math.sqrt(2)),
    ("√（２）", math.sqrt(2)),
    ("√2*3", math.sqrt(2) * 3),
    ("sqrt(2)", math.sqrt(2)),
    ("sqrt 2", math.sqrt(2)),
    ("np.sqrt(2)", math.sqrt(2)),
    ("exp(-1)", math.exp(-1)),
    ("e^-1", math.exp(-1)),
    ("ln(2)", math.log(2)),
    ("ln 2", math.log(2)),
    ("math.log(2)", math.log(2)),
    ("log2(8)", 3),
    ("log₂8", 3),
    ("log10(1000)", 3),
    ("log₁₀ 1000", 3),
    ("abs(-2)", 2),
    ("pi", math.pi),
    ("2π", 2 * math.pi),
    ("2(3+4)", 14),
    ("(1+2)(3+4)", 21),
    ("96÷3", 32),
    ("½", 0.5),
    ("1½", 1.5),
    ("inf", math.inf),
    ("-∞", -math.inf),
    ("= 0.5", 0.5),
    ("x = 0.5", 0.5),
    ("θ＝0.5", 0.5),
    ("答案：0.5", 0.5),
    ("≈0.5", 0.5),
    ("~ 0.5", 0.5),
    ("(0.5)", 0.5),
    ("[0.5]", 0.5),
    ("np.float64(0.5)", 0.5),
    ("tensor(0.5)", 0.5),
    ("0" * 299 + "1", 1),
]

COUNTS: list[tuple[str, int]] = [
    ("34848", 34848),
    ("34,848", 34848),
    ("34 848", 34848),
    ("34\u2009848", 34848),
    ("34_848", 34848),
    ("３４，８４８", 34848),
    ("34848.0", 34848),
    ("3.4848e4", 34848),
    ("3*11*11*96", 34848),
    ("3×11×11×96", 34848),
    ("3·11·11·96", 34848),
    ("３＊１１＊１１＊９６", 34848),
    ("35k", 35_000),
    ("35 K", 35_000),
    ("61.1M", 61_100_000),
    ("1.1m", 1_100_000),
    ("7B", 7_000_000_000),
    ("3.5G", 3_500_000_000),
    ("1.2万", 12_000),
    ("３亿", 300_000_000),
    ("5千万", 50_000_000),
    ("2*35k", 70_000),
    ("34,848 个", 34848),
    ("34848 in total", 34848),
    ("34848 parameters", 34848),
    ("34.848k params", 34848),
    ("34848个参数", 34848),
    ("0.07*100", 7),
    ("12345678901234567890123", 12345678901234567890123),
]

VECTORS: list[tuple[str, tuple[float, ...]]] = [
    ("[0.018, 0.245, 0.737]", (0.018, 0.245, 0.737)),
    ("0.018, 0.245, 0.737", (0.018, 0.245, 0.737)),
    ("0.018 0.245 0.737", (0.018, 0.245, 0.737)),
    ("0.018;0.245;0.737", (0.018, 0.245, 0.737)),
    ("0.018、0.245、0.737", (0.018, 0.245, 0.737)),
    ("0.018；0.245；0.737", (0.018, 0.245, 0.737)),
    ("0.018\n0.245\n0.737", (0.018, 0.245, 0.737)),
    ("(0.018, 0.245)", (0.018, 0.245)),
    ("{0.018, 0.245}", (0.018, 0.245)),
    ("（０．０１８，０．２４５）", (0.018, 0.245)),
    ("［０．０１８；０．２４５］", (0.018, 0.245)),
    ("【0.018，0.245】。", (0.018, 0.245)),
    ("[1, 2,]", (1, 2)),
    ("[[1, 2]]", (1, 2)),
    ("1,234", (1, 234)),
    ("1 -2", (1, -2)),
    ("1 −2 3", (1, -2, 3)),
    ("1 - 2", (-1,)),
    ("1/3, 24%, √4, 2^3", (1 / 3, 0.24, 2, 8)),
    ("1/3 24% √4 2^3", (1 / 3, 0.24, 2, 8)),
    ("1.38×10⁻⁴, 2x10^-3", (1.38e-4, 2e-3)),
    ("(1+2)*3, 4", (9, 4)),
    ("exp(-1 +1) 2", (1, 2)),
    ("array([1., 2.])", (1, 2)),
    ("np.array([1, 2], dtype=float32)", (1, 2)),
    ("tensor([0.1, -0.2], grad_fn=<SoftmaxBackward0>)", (0.1, -0.2)),
    ("[np.float64(0.1), np.float64(0.2)]", (0.1, 0.2)),
    ("x = [1, 2]", (1, 2)),
    ("7", (7,)),
    ("[]", ()),
]

MATRICES: list[tuple[str, tuple[tuple[float, ...], ...]]] = [
    ("[[1, 2], [3, 4]]", ((1, 2), (3, 4))),
    ("[1, 2], [3, 4]", ((1, 2), (3, 4))),
    ("((1, 2), (3, 4))", ((1, 2), (3, 4))),
    ("{{1, 2}, {3, 4}}", ((1, 2), (3, 4))),
    ("[1 2; 3 4]", ((1, 2), (3, 4))),
    ("1 2; 3 4", ((1, 2), (3, 4))),
    ("1 2；3 4；", ((1, 2), (3, 4))),
    ("1、2；3、4", ((1, 2), (3, 4))),
    ("1, 2\n3, 4", ((1, 2), (3, 4))),
    ("1, 2;\n3, 4", ((1, 2), (3, 4))),
    ("[[1. 2.]\n [3. 4.]]", ((1, 2), (3, 4))),
    ("array([[1, 2],\n       [3, 4]])", ((1, 2), (3, 4))),
    ("torch.tensor([[1, 2], [3, 4]], dtype=torch.float64)", ((1, 2), (3, 4))),
    ("【【１，２】，【３，４】】", ((1, 2), (3, 4))),
    ("(1+2), 3; 4, 5", ((3, 3), (4, 5))),
    ("[[1/2, -2], [√4, 2^2]]", ((0.5, -2), (2, 4))),
    ("[1, 2]", ((1, 2),)),
    ("[[1], [2]]", ((1,), (2,))),
    ("1; 2", ((1,), (2,))),
    ("5", ((5,),)),
]

SHAPES: list[tuple[str, tuple[int, ...]]] = [
    ("(32, 64, 28, 28)", (32, 64, 28, 28)),
    ("[32,64,28,28]", (32, 64, 28, 28)),
    ("32, 64, 28, 28", (32, 64, 28, 28)),
    ("32 64 28 28", (32, 64, 28, 28)),
    ("32x64x28x28", (32, 64, 28, 28)),
    ("32 X 64 X 28 X 28", (32, 64, 28, 28)),
    ("32×64×28×28", (32, 64, 28, 28)),
    ("32*64*28*28", (32, 64, 28, 28)),
    ("(32×64)", (32, 64)),
    ("（３２，６４）", (32, 64)),
    ("torch.Size([32, 64])", (32, 64)),
    ("TensorShape([32, 64])", (32, 64)),
    ("32, 224/8, (64-8)/2", (32, 28, 28)),
    ("(32,)", (32,)),
    ("32", (32,)),
    ("()", ()),
]

NAMED: list[tuple[str, tuple[float, ...]]] = [
    ("m = 0.05, v = 0.0003, weight = 0.9", (0.05, 0.0003, 0.9)),
    ("m=0.05 v=0.0003 weight=0.9", (0.05, 0.0003, 0.9)),
    ("weight: 0.9; m: 0.05; v: 3e-4", (0.05, 0.0003, 0.9)),
    ("weight：0.9；m：0.05、v：3×10⁻⁴。", (0.05, 0.0003, 0.9)),
    ("M=0.05, V=0.0003, W=0.9", (0.05, 0.0003, 0.9)),
    ("m ≈ 0.05, v ≈ 0.0003, wei ≈ 0.9", (0.05, 0.0003, 0.9)),
    ("m=0.05v=0.0003weight=0.9", (0.05, 0.0003, 0.9)),
    ("m=1/20\nv=0.03%\nweight=0.9", (0.05, 0.0003, 0.9)),
    ("{'m': 0.05, \"v\": 0.0003, “weight”: 0.9}", (0.05, 0.0003, 0.9)),
    ("dict(m=0.05, v=0.0003, weight=0.9)", (0.05, 0.0003, 0.9)),
    ("0.05, 0.0003, 0.9", (0.05, 0.0003, 0.9)),
    ("0.05 0.0003 0.9", (0.05, 0.0003, 0.9)),
    ("（0.05，0.0003，0.9）", (0.05, 0.0003, 0.9)),
    ("= 0.05, 0.0003, 0.9", (0.05, 0.0003, 0.9)),
    ("m = 1,234, v = 2 345, weight = 3", (1234, 2345, 3)),
]

SPELLINGS: list[tuple[AnswerKind, str, Value]] = [
    *((REAL, text, value) for text, value in REALS),
    *((COUNT, text, value) for text, value in COUNTS),
    *((VECTOR, text, value) for text, value in VECTORS),
    *((MATRIX, text, value) for text, value in MATRICES),
    *((Shape(), text, value) for text, value in SHAPES),
    *((ADAM, text, value) for text, value in NAMED),
    (SIZES, "34,848, 1,234", (34848, 1234)),
    (SIZES, "34,848 1,234", (34848, 1234)),
    (SIZES, "(34，848；1，234)", (34848, 1234)),
    (SIZES, "trainable = 1,234, total = 34,848", (34848, 1234)),
    (SIZES, "tr: 1234, to: 34848", (34848, 1234)),
    (Named(("loss_pos", "loss"), 2), "loss = 1, loss pos = 2", (2, 1)),
    (Named(("loss_pos", "loss"), 2), "losspos = 2; Loss = 1", (2, 1)),
    (Named(("std", "std_after"), 2), "std=1 std-after=2", (1, 2)),
    *(
        (CLASSES, text, "2")
        for text in ("2", "２", "class 2", "Class: 2", "类别2", "第2类", "2.", "2、", "(2)", "（２）")
    ),
    *((REGIMES, text, "high_bias") for text in ("high_bias", "High bias", "HIGH-BIAS", "'high bias'", "high bias。")),
]


@pytest.mark.parametrize(("kind", "text", "value"), SPELLINGS)
def test_a_spelling_is_read(kind: AnswerKind, text: str, value: Value) -> None:
    read = parse(kind, text).value
    assert read == (pytest.approx(value, rel=1e-12) if isinstance(value, float | int) else value)


@pytest.mark.parametrize(("kind", "text", "value"), SPELLINGS)
def test_the_echo_is_read_as_the_same_value(kind: AnswerKind, text: str, value: Value) -> None:
    first = parse(kind, text)
    again = parse(kind, first.read_as)
    assert again.read_as == first.read_as


@pytest.mark.parametrize(
    ("kind", "text", "echo"),
    [
        (VECTOR, "0.018 ０．２４５；.737", "[0.018, 0.245, 0.737]"),
        (COUNT, "3×11×11×96", "34848"),
        (REAL, "1/3", "0.333333333333"),
        (REAL, "24 %", "0.24"),
        (REAL, "1e-5", "1e-5"),
        (REAL, "-0", "0"),
        (ADAM, "w=.9 m=1e-1 v=3", "m = 0.1, v = 3, weight = 0.9"),
        (MATRIX, "1 2; 3 4", "[[1, 2], [3, 4]]"),
        (Shape(), "32x64", "(32, 64)"),
        (Shape(), "32", "(32,)"),
        (CLASSES, "类别 1", "1"),
    ],
)
def test_the_echo_shows_how_it_was_read(kind: AnswerKind, text: str, echo: str) -> None:
    assert parse(kind, text).read_as == echo


@pytest.mark.parametrize(
    ("kind", "text", "decimals", "percent"),
    [
        (REAL, "0.0180", (4,), False),
        (REAL, "5", (0,), False),
        (REAL, "-1.25", (2,), False),
        (REAL, "24.5%", (3,), True),
        (REAL, "1.38e-4", (6,), False),
        (REAL, "1.38×10⁻⁴", (6,), False),
        (REAL, "1.5e3", (-2,), False),
        (REAL, "1/3", (None,), False),
        (REAL, "√2", (None,), False),
        (VECTOR, "0.25, 1/3, 2", (2, None, 0), False),
        (VECTOR, "25%, 0.5", (2, 1), True),
        (MATRIX, "1.0 2; 3 4.25", (1, 0, 0, 2), False),
        (ADAM, "v=1.25 m=0.5 weight=30%", (1, 2, 2), True),
        (COUNT, "34,848", None, False),
        (Shape(), "3, 4", None, False),
        (CLASSES, "1", None, False),
    ],
)
def test_the_typed_precision_is_kept(
    kind: AnswerKind, text: str, decimals: tuple[int | None, ...] | None, percent: bool
) -> None:
    parsed = parse(kind, text)
    assert (parsed.decimals, parsed.percent) == (decimals, percent)


ENTRIES = st.from_regex(r"\A[+-]?[0-9]{1,6}(\.[0-9]{0,6})?\Z")
GAPS = st.sampled_from([",", ", ", " ", "  "])


@given(st.sampled_from([REAL, Integer(), VECTOR, MATRIX]), st.lists(ENTRIES, min_size=1, max_size=4), GAPS)
def test_plain_numbers_and_their_full_width_twins_read_alike(kind: AnswerKind, entries: list[str], gap: str) -> None:
    """ASCII numbers take a short cut that full-width ones do not."""
    text = gap.join(entries) if kind is VECTOR else entries[0]
    if kind is MATRIX:
        text = f"[[{gap.join(entries)}], [{gap.join(entries)}]]"
    elif kind == Integer():
        text = text.partition(".")[0]
    twin = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert parse(kind, text) == parse(kind, twin)


@pytest.mark.parametrize("text", ["3*11*11*96", "2^10", "96/3", "34,848", "1.38*10^4"])
def test_whole_arithmetic_stays_whole(text: str) -> None:
    assert isinstance(parse(REAL, text).value, float if "." in text else int)
