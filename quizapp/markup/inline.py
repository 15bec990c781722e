"""What stands in a line of Markdown: bold, italic, code, formulas and escapes."""

from quizapp.markup.nodes import Break, Code, Inline, Math, Plain, Styled

_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!$|<>~\"'")


def is_cjk(character: str) -> bool:
    """Tell whether a character is a hanzi, a kana or full-width punctuation: written without spaces."""
    code = ord(character)
    return (
        0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFF60 or 0x20000 <= code <= 0x3FFFF
    )


def math_at(text: str, at: int) -> tuple[str, bool, int] | None:
    """Return the formula that starts at ``at``: LaTeX, displayed or not, and the end; nothing if none starts there."""
    if text[at] != "$":
        return None
    if text.startswith("$$", at):
        end = _closing(text, at + 2, "$$")
        latex = text[at + 2 : end].strip() if end > 0 else ""
        return (latex, True, end + 2) if latex else None
    if at + 1 >= len(text) or text[at + 1].isspace():
        return None
    end = _closing(text, at + 1, "$")
    return (text[at + 1 : end], False, end + 1) if end > 0 else None


def _closing(text: str, at: int, mark: str) -> int:
    start = at
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(mark, at):
            following = text[at + 1 : at + 2]
            if len(mark) == 2 or (at > start and not text[at - 1].isspace() and not following.isdigit()):
                return at
            if len(mark) == 1 and text[at - 1].isspace():
                # A dollar after a space opens something else: what came before was a price, not a formula.
                return -1
            at += 1
        elif text.startswith("\n\n", at):
            return -1
        else:
            at += 1
    return -1


def skip_code(text: str, at: int) -> int:
    """Return the end of the code span at ``at``, or the end of its backquotes where they don't close."""
    run = at
    while run < len(text) and text[run] == "`":
        run += 1
    ticks = text[at:run]
    end = text.find(ticks, run)
    while end >= 0 and (text[end + len(ticks) : end + len(ticks) + 1] == "`"):
        while end < len(text) and text[end] == "`":
            end += 1
        end = text.find(ticks, end)
    return end + len(ticks) if end >= 0 else run


def inlines(text: str) -> tuple[Inline, ...]:
    """Return the inline nodes of one paragraph."""
    found: list[Inline] = []
    words: list[str] = []

    def flush() -> None:
        if words:
            found.append(Plain("".join(words)))
            words.clear()

    at = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and at + 1 < len(text) and text[at + 1] in _ESCAPABLE:
            words.append(text[at + 1])
            at += 2
        elif character == "\n":
            flush()
            found.append(Break())
            at += 1
        elif character == "`":
            end = skip_code(text, at)
            ticks = len(text[at:end]) - len(text[at:end].lstrip("`"))
            if end - at > 2 * ticks:
                flush()
                body = text[at + ticks : end - ticks].replace("\n", " ")
                found.append(Code(body[1:-1] if body.strip() and body[0] == body[-1] == " " else body))
            else:
                words.append(text[at:end])
            at = end
        elif character == "$" and (math := math_at(text, at)):
            flush()
            found.append(Math(math[0].strip(), math[1]))
            at = math[2]
        elif character == "*" and (end := _emphasis(text, at)):
            flush()
            size = 2 if text.startswith("**", at) and text.startswith("**", end - 2) else 1
            found.append(Styled("bold" if size == 2 else "italic", inlines(text[at + size : end - size])))
            at = end
        elif character == "*":
            stars = len(text) - at - len(text[at:].lstrip("*"))
            words.append("*" * stars)
            at += stars
        else:
            words.append(character)
            at += 1
    flush()
    return tuple(found)


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _emphasis(text: str, at: int) -> int:
    """Return the end of the emphasis that opens at ``at``, 0 if none does; ``3*11*11`` is a product."""
    mark = "**" if text.startswith("**", at) else "*"
    start = at + len(mark)
    if start >= len(text) or text[start].isspace():
        return 0
    if at and _is_word(text[at - 1]):
        return 0
    here = start
    while here < len(text):
        if text[here] == "\\":
            here += 2
        elif text[here] == "`":
            here = skip_code(text, here)
        elif text[here] == "$" and (math := math_at(text, here)):
            here = math[2]
        elif text.startswith(mark, here):
            run = here
            while run < len(text) and text[run] == "*":
                run += 1
            if len(mark) == 1 and run - here == 2:
                inner = _emphasis(text, here)
                here = inner or run
                continue
            end = run if run - here == 3 else here + len(mark)
            closes = here > start and not text[here - 1].isspace()
            if closes and (end >= len(text) or not _is_word(text[end])):
                return end
            here = run
        else:
            here += 1
    return 0
