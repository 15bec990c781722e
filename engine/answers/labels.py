"""Find labels: which named value a person means, and which choice."""

import re
from functools import lru_cache

from engine.errors import AnswerFormatError

_SIGN = re.compile(r"[=:≈]+")
_WORD = re.compile(r"[^\W\d]\w*$")
_MARKS = " \n\r.,;、\"'"
_WRAPPED = re.compile(r"\s*(?:dict\s*)?[({\[](.*)[)}\]]\s*", re.DOTALL)
_GAPS = re.compile(r"[_\-\s]+")
# "class 2", "类别2", "(2)", "2." all mean the label 2.
_CHOICE = re.compile(
    r"(?:the\s+)?(?:class|category|label|option|choice|answer|类别|类|标签|选项|答案|第)?\s*[:=#]?\s*"
    r"[(\[\"']*\s*(?P<label>.*?)\s*[)\]\"']*\s*类?\s*[.,;:、)]*",
    re.IGNORECASE | re.DOTALL,
)


def same_word(text: str) -> str:
    """Reduce a label to what counts: case, hyphens, underscores and spaces do not."""
    return _GAPS.sub(" ", text.casefold()).strip()


def split_labelled(text: str, labels: tuple[str, ...]) -> list[tuple[int, int]] | None:
    """Cut ``m = 0.05, v = 0.0003`` into the places of the values, in the order of ``labels``.

    Parameters
    ----------
    text : str
        Plain text.
    labels : tuple of str
        The labels of the answer.

    Returns
    -------
    list of tuple of int, or None
        Start and end of each value; ``None`` if the text holds no labels at all.

    Raises
    ------
    AnswerFormatError
        ``unknown-label``, ``ambiguous-label``, ``duplicate-label``, ``missing-label`` or ``missing-number``.
    """
    start, end = 0, len(text)
    if wrapped := _WRAPPED.fullmatch(text):
        start, end = wrapped.span(1)
    signs = list(_SIGN.finditer(text, start, end))
    if not signs:
        return None
    places: dict[int, tuple[int, int]] = {}
    stops: list[tuple[int, int]] = []
    for sign in signs:
        chunk = text[start : sign.start()].rstrip(_MARKS)
        found = _pattern(labels).search(chunk) or _WORD.search(chunk)
        if not found:
            raise AnswerFormatError("unknown-label", text, (start, sign.end()), label=chunk.strip(), labels=labels)
        stops.append((_index(found.group(), labels, text, start + found.start()), start + found.start()))
        start = sign.end()
    if text[: stops[0][1]].strip(_MARKS + "([{") not in ("", "dict"):
        raise AnswerFormatError("missing-label", text, (0, stops[0][1]), missing=labels[:1])
    for position, (index, stop) in enumerate(stops):
        if index in places:
            word = labels[index]
            raise AnswerFormatError("duplicate-label", text, (stop, signs[position].start()), label=word)
        until = stops[position + 1][1] if position + 1 < len(stops) else end
        begin = signs[position].end()
        length = len(text[begin:until].rstrip(_MARKS))
        if not text[begin : begin + length].strip():
            raise AnswerFormatError("missing-number", text, (stop, begin), label=labels[index])
        places[index] = (begin, begin + length)
    missing = tuple(label for index, label in enumerate(labels) if index not in places)
    if missing:
        raise AnswerFormatError("missing-label", text, (0, len(text)), missing=missing)
    return [places[index] for index in range(len(labels))]


def find_choice(text: str, labels: tuple[str, ...]) -> str:
    """Give the label that the plain text means.

    Raises
    ------
    AnswerFormatError
        ``unknown-choice``.
    """
    if text.strip() in labels:
        return text.strip()
    words = _choices(labels)
    bare = _CHOICE.fullmatch(text.strip())
    for candidate in (text, bare.group("label") if bare else ""):
        if label := words.get(same_word(candidate)):
            return label
    raise AnswerFormatError("unknown-choice", text, None, labels=labels)


@lru_cache(maxsize=256)
def _choices(labels: tuple[str, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    for label in labels:
        word = same_word(label)
        # Labels that differ in case only must be typed exactly.
        words[word] = "" if word in words else label
    return words


@lru_cache(maxsize=256)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    spellings = [
        r"[_\-\s]*".join(map(re.escape, _GAPS.split(label))) for label in sorted(labels, key=len, reverse=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spellings)})$", re.IGNORECASE)


def _index(typed: str, labels: tuple[str, ...], text: str, start: int) -> int:
    if typed in labels:
        return labels.index(typed)
    words = [same_word(label) for label in labels]
    word = same_word(typed)
    candidates = [index for index, known in enumerate(words) if known == word]
    if not candidates:
        joined = word.replace(" ", "")
        candidates = [index for index, known in enumerate(words) if known.replace(" ", "").startswith(joined)]
        candidates = [index for index in candidates if words[index].replace(" ", "") == joined] or candidates
    span = (start, start + len(typed))
    if not candidates:
        raise AnswerFormatError("unknown-label", text, span, label=typed, labels=labels)
    if len(candidates) > 1:
        several = tuple(labels[index] for index in candidates)
        raise AnswerFormatError("ambiguous-label", text, span, label=typed, candidates=several)
    return candidates[0]
