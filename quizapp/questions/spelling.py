"""Whether typed words are an accepted answer: generous about spelling, strict about meaning.

Case, width, spaces, hyphens, quotes, a leading article and the name of a Greek letter don't matter. One slip of the
finger is forgiven in a long word, never in a number, in a word's first letter (symmetric, asymmetric) or where it makes
another term (microaverage, macroaverage).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import name, normalize

from engine.answers.compare import matches
from engine.answers.kinds import Real
from engine.answers.parse import parse
from engine.errors import AnswerFormatError

LETTERS_FOR_A_SLIP = 7
CONFUSABLE = (
    ("micro", "macro"),
    ("inter", "intra"),
    ("ascent", "descent"),
    ("convex", "concave"),
    ("maxi", "mini"),
    ("encoder", "decoder"),
    ("subset", "superset"),
    ("over", "under"),
    ("former", "latter"),
    ("covariance", "covariate"),
    ("affect", "effect"),
    ("implicit", "explicit"),
    ("statistic", "stochastic"),
    ("causal", "casual"),
)
"""Pairs of which one turned into the other is a mistake, not a misspelling."""

_PAIRS = {
    '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»",
    "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "(": ")", "[": "]",
}  # fmt: skip
_STOPS = ".,;:?。、…"
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_GREEK = re.compile(r"[α-ω]")
# Spaces, hyphens and underscores join words; between two digits they tell numbers apart.
_JOINT = re.compile(r"(?<!\d)[\s\-‐‑_]+|[\s\-‐‑_]+(?!\d)")
# Written as a number, not as words with numbers in them: 3x3 is no 9.
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+|[/^][-+−]?\d+|[⁺⁻]?[⁰¹²³⁴-⁹]+)?\s?%?", re.IGNORECASE)
_WORDS = re.compile(r"[\s\-‐‑_]+")


@dataclass(frozen=True, slots=True)
class Spelled:
    """Whether typed words are right, and the right spelling if they were misspelt."""

    right: bool
    correction: str = ""


def judge(typed: str, accepted: Sequence[str], others: Iterable[str] = ()) -> Spelled:
    """Compare typed words with the accepted ones.

    Parameters
    ----------
    typed : str
    accepted : sequence of str
        Every answer that is right.
    others : iterable of str
        Answers to something else nearby (the other gaps): a misspelling that is one of them is not forgiven.
    """
    key = _key(typed)
    if any(key == _key(answer) for answer in accepted) or _same_number(typed, accepted):
        return Spelled(True)
    rivals = {_key(other) for other in others}
    for answer in accepted:
        if _is_slip(typed, answer) and not any(_distance_at_most_one(key, rival) for rival in rivals):
            return Spelled(True, answer)
    return Spelled(False)


def _plain(text: str) -> str:
    text = _bare(normalize("NFKC", text).casefold().replace("\\", ""))
    return _GREEK.sub(_greek_name, _ARTICLE.sub("", text)).replace("\u2212", "-").replace("×", "x")


def _bare(text: str) -> str:
    """Take full stops from the end and quotes or brackets from around the words."""
    text = text.strip().rstrip(_STOPS).rstrip()
    # Brackets around numbers mean something: (0, 1) is not [0, 1].
    quoted = len(text) > 2 and _PAIRS.get(text[0]) == text[-1] and text[0] not in text[1:-1]
    if quoted and not (text[0] in "([" and any(character.isdigit() for character in text)):
        return _bare(text[1:-1])
    return text


def _greek_name(letter: re.Match[str]) -> str:
    # Unicode spells it LAMDA, and knows a final sigma.
    return name(letter.group()).split()[-1].lower().replace("lamda", "lambda")


def _key(text: str) -> str:
    # A sign is no joint: -1 is not 1.
    plain = _plain(text)
    sign, rest = (plain[0], plain[1:]) if plain[:1] in ("-", "+") else ("", plain)
    return sign + _JOINT.sub("", rest)


def _same_number(typed: str, accepted: Sequence[str]) -> bool:
    numbers = [answer for answer in accepted if _NUMBER.fullmatch(answer.strip())]
    if not numbers:
        return False
    kind = Real(decimals=None)
    try:
        value = parse(kind, typed).value
    except AnswerFormatError:
        return False
    for answer in numbers:
        try:
            if matches(kind, value, parse(kind, answer).value):
                return True
        except AnswerFormatError:
            continue
    return False


def _is_slip(typed: str, answer: str) -> bool:
    """Tell whether ``typed`` is ``answer`` with one slip that nobody could take for another term."""
    given, right = _key(typed), _key(answer)
    letters = [character for character in right if character.isalpha()]
    if len(letters) < LETTERS_FOR_A_SLIP or not right.isascii() or any(c.isdigit() for c in right + given):
        return False
    if not _distance_at_most_one(given, right):
        return False
    given_words, right_words = _WORDS.split(_plain(typed)), _WORDS.split(_plain(answer))
    if len(given_words) != len(right_words):
        given_words, right_words = [given], [right]
    if any(mine[:1] != theirs[:1] for mine, theirs in zip(given_words, right_words, strict=True)):
        return False
    return not any(
        right.replace(one, other) == given or right.replace(other, one) == given for one, other in CONFUSABLE
    )


def _distance_at_most_one(one: str, other: str) -> bool:
    """Tell whether one insertion, deletion, substitution or swap of neighbours at most leads from one to the other."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
