"""Anki's card templates: fields put in their places, conditions followed, and nothing else run."""

import re
from collections.abc import Mapping

_TAG = re.compile(r"\{\{([#^/]?)\s*([^{}]*?)\s*\}\}")
_ANSWER_LINE = re.compile(r"<hr\b[^>]*\bid=[\"']?answer[\"']?[^>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
MOST_TEXT = 200_000


def front(template: str, fields: Mapping[str, str]) -> str:
    """Return the question side as HTML; the box to type in leaves no trace."""
    return _filled(template, {**fields, "FrontSide": ""}, typed=False)


def back(template: str, fields: Mapping[str, str]) -> str:
    """Return the answer side as HTML, without the question that it repeats."""
    answer = _ANSWER_LINE.split(template)[-1]
    return _filled(answer, {**fields, "FrontSide": ""}, typed=True)


def _filled(template: str, fields: Mapping[str, str], *, typed: bool) -> str:
    parts: list[str] = []
    hidden: list[tuple[str, bool]] = []
    at = size = 0
    template = _COMMENT.sub("", template)
    for tag in _TAG.finditer(template):
        if not any(hide for _, hide in hidden):
            parts.append(template[at : tag.start()])
            if not tag[1]:
                parts.append(_field(tag[2], fields, typed=typed))
                size += len(parts[-1])
        at = tag.end()
        if size > MOST_TEXT:
            break
        if tag[1] in ("#", "^"):
            is_empty = not _visible(fields.get(tag[2], ""))
            hidden.append((tag[2], is_empty if tag[1] == "#" else not is_empty))
        elif tag[1] == "/" and hidden and hidden[-1][0] == tag[2]:
            hidden.pop()
    if not any(hide for _, hide in hidden):
        parts.append(template[at:])
    return "".join(parts)


def _field(tag: str, fields: Mapping[str, str], *, typed: bool) -> str:
    name = tag.rpartition(":")[2].strip()
    filters = {part.strip() for part in tag.split(":")[:-1]}
    # On the front it would give the answer away.
    return "" if "type" in filters and not typed else fields.get(name, "")


def _visible(html: str) -> str:
    return re.sub(r"<(?!img|audio|video)[^>]*>|&nbsp;|\s", "", html)
