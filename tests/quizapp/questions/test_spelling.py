import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.questions.spelling import Spelled, judge


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("relu", "ReLU"),
        ("ＲｅＬＵ", "ReLU"),
        ("the ReLU", "ReLU"),
        ("“ReLU”。", "ReLU"),
        ("batch-norm", "batch norm"),
        ("batchnorm", "Batch Norm"),
        ("batch  norm", "batch-norm"),
        ("beta1", "β₁"),
        ("\\beta_1", "β₁"),
        ("lambda", "λ"),
        ("x2", "x²"),
        ("K近邻", "K 近邻"),
        ("０．５", "0.5"),
        ("1/2", "0.5"),
        ("0.50", "0.5"),
        ("50 %", "0.5"),
        ("1e-8", "10^-8"),
        ("10^-8", "10⁻⁸"),
        ("1,000", "1000"),
        ("3 x 3", "3×3"),
        ("(最大值)", "最大值"),
        ("-1", "−1"),
        ("a priori", "a priori"),
        ("n!", "n!"),
    ],
)
def test_the_same_words_in_other_clothes(typed: str, accepted: str) -> None:
    assert judge(typed, [accepted]) == Spelled(True)


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("-1", "1"),
        (".5", "5"),
        ("1 2", "12"),
        ("10-3", "103"),
        ("(0, 1)", "[0, 1]"),
        ("f'", "f"),
        ("9", "3x3"),
        ("5", "top 5"),
        ("n!", "n"),
        ("symmetric", "asymmetric"),
        ("microaverage", "macroaverage"),
        ("micro averaging", "macro averaging"),
        ("gradient ascent", "gradient descent"),
        ("supervised", "unsupervised"),
        ("resnet50", "resnet51"),
        ("recal", "recall"),
        ("梯度上升法求最优", "梯度下降法求最优"),
        ("maximum", "minimum"),
        ("?", "x"),
        ("", "x"),
        ("🙂", "maximum"),
    ],
)
def test_other_words(typed: str, accepted: str) -> None:
    assert judge(typed, [accepted]) == Spelled(False)


@pytest.mark.parametrize("typed", ["maximm", "maximuum", "maxinum", "maxmium", "Maximu"])
def test_one_slip_in_a_long_word_is_forgiven_and_corrected(typed: str) -> None:
    assert judge(typed, ["maximum"]) == Spelled(True, "maximum")


@pytest.mark.parametrize("typed", ["maxim", "mxaimmu", "aximum", "naximum", "maximumus"])
def test_two_slips_or_a_wrong_first_letter_are_not(typed: str) -> None:
    assert judge(typed, ["maximum"]) == Spelled(False)


def test_a_slip_towards_the_answer_of_another_gap_is_not_forgiven() -> None:
    assert judge("variances", ["variance"]).right
    assert not judge("variances", ["variance"], others=["variants", "variances"]).right


WORDS = st.text(st.sampled_from("abcdefghij"), min_size=9, max_size=14)


@given(WORDS, st.integers(1, 8), st.sampled_from("klmnop"))
def test_any_single_substitution_after_the_first_letter_is_forgiven(word: str, place: int, letter: str) -> None:
    assert judge(word[:place] + letter + word[place + 1 :], [word]) == Spelled(True, word)
    assert judge(word[:place] + letter + word[place:], [word]) == Spelled(True, word)
    assert judge(word[:place] + letter + letter + letter + word[place:], [word]) == Spelled(False)


@given(st.text(), st.text(min_size=1))
def test_judging_never_fails_and_an_answer_is_always_itself(typed: str, accepted: str) -> None:
    judge(typed, [accepted])
    assert judge(accepted, [typed, accepted]).right
