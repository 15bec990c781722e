"""Text files from anywhere: their size, encoding and characters."""

import re
from pathlib import Path

from quizapp.errors import UsageProblem

LARGEST = 100_000_000
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_UNSTORABLE = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")


def require_file(path: Path, largest: int = LARGEST) -> None:
    """Refuse what is no file of a sensible size.

    Raises
    ------
    UsageProblem
    """
    if not path.exists():
        raise UsageProblem(f"There is no file {str(path)!r}.", "Check the path.")
    if not path.is_file():
        raise UsageProblem(f"{path} is no file.", "Name a file to import.")
    if path.stat().st_size > largest:
        raise UsageProblem(f"{path} has more than {largest // 1_000_000} MB.", "Split it into several files.")


def read_text(path: Path, *, keep_tabs: bool = False) -> str:
    """Return a file's text, its lines ending with a line feed.

    Parameters
    ----------
    path : Path
    keep_tabs : bool
        Where they separate columns.

    Raises
    ------
    UsageProblem
        If it is not UTF-8 (or UTF-16 with a mark, as spreadsheets write it).
    """
    require_file(path)
    content = path.read_bytes()
    encoding = _MARKS.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
        return "\t".join(map(clean, text.split("\t"))) if keep_tabs else clean(text)
    except UnicodeDecodeError as error:
        raise UsageProblem(
            f"{path} is not UTF-8 text (byte {error.start + 1}).", "Save it as UTF-8 in the program it comes from."
        ) from error


def clean(text: str) -> str:
    """Return text without what can't stand in a deck: control characters, halves of characters; tabs become spaces."""
    return _UNSTORABLE.sub("", _BREAKS.sub("\n", text).replace("\t", "    "))
