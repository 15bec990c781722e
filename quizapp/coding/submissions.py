"""Finds what a class has handed in: files, folders with one file or sub-folder per learner, notebooks.

Nothing here trusts what lies in those folders: links are not followed, only plain files of a sensible size are read,
and whatever can't be read becomes a submission that says so instead of stopping the others.
"""

import codecs
import io
import os
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from engine.registry import exercise, exercise_ids
from quizapp.coding.notebook import NotebookError, code_cells, defined, needed_source
from quizapp.errors import UsageProblem
from quizapp.text import Text

PYTHON, NOTEBOOK = ".py", ".ipynb"
SUFFIXES = (PYTHON, NOTEBOOK)
LARGEST = {PYTHON: 1 << 20, NOTEBOOK: 64 << 20}
"""In bytes; a notebook carries its pictures."""
IGNORED = frozenset({"__pycache__", "__MACOSX", "node_modules", "venv", "site-packages"})
# Others that Python knows turn small files into huge text, or take quadratic time.
ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "gbk", "gb2312", "gb18030", "big5"})
WORD = re.compile(r"[^\W_]+")

LINK = Text("This is a link; links are not followed.", "这是一个链接；不跟随链接。")
NOT_PLAIN = Text("This is no plain file.", "这不是普通文件。")
TOO_LARGE = Text("The file is too large.", "文件过大。")
UNREADABLE = Text("The file can't be read.", "文件无法读取。")
ENCODING = Text("The file is not UTF-8 text.", "文件不是UTF-8文本。")
NOTHING = Text("There is no Python file and no notebook here.", "这里没有Python文件，也没有notebook。")
UNKNOWN = Text(
    "It is not clear which exercise this is: no function and no file name tells.",
    "无法判断这是哪道练习：函数名与文件名都未说明。",
)
WRONG_FILES = Text("No file here defines {function}.", "这里没有文件定义{function}。")


@dataclass(frozen=True, slots=True)
class Submission:
    """One function handed in by one learner.

    Parameters
    ----------
    file : str
        Where it was found, as the caller named the folder.
    learner : str
        The sub-folder's name, or the file's.
    exercise : str or None
        The id, if it could be told.
    source : str
        Python source.
    problem : Text or None
        Why there is nothing to grade.
    """

    file: str
    learner: str
    exercise: str | None = None
    source: str = ""
    problem: Text | None = None


def collect(paths: Iterable[Path], exercise_id: str | None = None) -> list[Submission]:
    """Return all submissions below some paths, in a fixed order.

    Parameters
    ----------
    paths : iterable of Path
        Files, or folders with one file or sub-folder per learner.
    exercise_id : str, optional
        The exercise that all of them solve; otherwise each is told by its functions' names and its file's.

    Raises
    ------
    UsageProblem
        If a path does not exist, or nothing is there to be graded.
    """
    found: list[Submission] = []
    for path in dict.fromkeys(paths):
        if path.is_dir():
            found += _class(path, exercise_id)
        elif not path.exists():
            raise UsageProblem(f"There is no file or folder {shown(path)}.")
        elif path.suffix.lower() not in SUFFIXES:
            raise UsageProblem(
                f"{shown(path)} is neither a Python file nor a notebook.", "Name .py and .ipynb files, or folders."
            )
        else:
            found += _of_file(path, exercise_id)
    if not found:
        raise UsageProblem(
            "There is nothing to grade here.", "Name a folder with one Python file, notebook or sub-folder per learner."
        )
    return found


def shown(path: Path) -> str:
    """Return a path as text that can be written anywhere, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _class(folder: Path, exercise_id: str | None) -> Iterator[Submission]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise UsageProblem(f"The folder {shown(folder)} can't be read: {error.strerror}.") from error
    for child in children:
        if _ignored(child.name):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _of_learner(child, exercise_id)
        elif child.suffix.lower() in SUFFIXES:
            yield from _of_file(child, exercise_id, follow=False)


def _ignored(name: str) -> bool:
    return name.startswith(".") or name in IGNORED


def _of_learner(folder: Path, exercise_id: str | None) -> list[Submission]:
    """Return what one learner's folder holds; beside an answer to an exercise other files don't count."""
    found = [
        replace(submission, learner=shown(Path(folder.name)))
        for path in _files(folder)
        for submission in _of_file(path, exercise_id, follow=False)
    ]
    if not found:
        return [Submission(shown(folder), shown(Path(folder.name)), exercise_id, problem=NOTHING)]
    if exercise_id is None:
        return [one for one in found if one.exercise is not None] or found[:1]
    if len(found) == 1:
        return found
    named = [one for one in found if Path(one.file).stem.replace("_", "-") == exercise_id]
    function = exercise(exercise_id).function
    answers = named or [one for one in found if one.problem is None and function in defined(one.source)]
    if answers:
        return answers
    missing = WRONG_FILES.map(lambda words: words.format(function=function))
    return [Submission(shown(folder), found[0].learner, exercise_id, problem=missing)]


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):  # which follows no links
        folders[:] = sorted(name for name in folders if not _ignored(name))
        yield from (
            Path(parent) / name
            for name in sorted(names)
            if not _ignored(name) and Path(name).suffix.lower() in SUFFIXES
        )


def _of_file(path: Path, exercise_id: str | None, *, follow: bool = True) -> list[Submission]:
    """Return one submission for each exercise that a file answers."""
    named = _named(path)
    alone = Submission(shown(path), _learner(path, exercise_id or named), exercise_id or named)
    text = _text(path, follow=follow)
    if isinstance(text, Text):
        return [replace(alone, problem=text)]
    cells = [text]
    if path.suffix.lower() == NOTEBOOK:
        try:
            cells = code_cells(text)
        except NotebookError as error:
            return [replace(alone, problem=error.words)]
    exercises = [exercise_id] if exercise_id is not None else _recognised("\n".join(cells), named)
    if not exercises:
        return [replace(alone, problem=UNKNOWN)]
    return [
        replace(alone, learner=_learner(path, found), exercise=found, source=_source(path, cells, found))
        for found in exercises
    ]


def _source(path: Path, cells: list[str], exercise_id: str) -> str:
    return cells[0] if path.suffix.lower() == PYTHON else needed_source(cells, [exercise(exercise_id).function])


def _recognised(source: str, named: str | None) -> list[str]:
    """Return the exercises whose functions a source defines; its name decides where several are possible."""
    functions = defined(source)
    found = [_functions()[name] for name in functions if name in _functions()]
    if named is not None and (named in found or not found):
        return [named]
    return found


@cache
def _functions() -> dict[str, str]:
    return {exercise(name).function: name for name in exercise_ids()}


def _named(path: Path) -> str | None:
    """Return the exercise whose id is part of a file's name: the longest, of several."""
    words = _words(path.stem)
    found = [name for name in exercise_ids() if _position(words, name.split("-")) is not None]
    return max(found, key=len, default=None)


def _learner(path: Path, exercise_id: str | None) -> str:
    """Return who a file is from: its name without the exercise's, or else its folder's."""
    words = _words(path.stem)
    wanted = exercise_id.split("-") if exercise_id is not None else []
    start = _position(words, wanted) if wanted else None
    if start is None:
        return shown(Path(path.stem))
    rest = [found[0] for found in WORD.finditer(path.stem)]
    del rest[start : start + len(wanted)]
    return shown(Path("_".join(rest))) if rest else shown(Path(path.absolute().parent.name))


def _words(stem: str) -> list[str]:
    return [found[0].lower() for found in WORD.finditer(stem)]


def _position(words: list[str], wanted: list[str]) -> int | None:
    starts = range(len(words) - len(wanted) + 1)
    return next((start for start in starts if words[start : start + len(wanted)] == wanted), None)


def _text(path: Path, *, follow: bool) -> str | Text:
    """Return a file's text, or why it can't be had."""
    try:
        if not follow and path.is_symlink():
            return LINK
        if not path.is_file():
            return NOT_PLAIN
        largest = LARGEST[path.suffix.lower()]
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError:
        return UNREADABLE
    if len(data) > largest:
        return TOO_LARGE
    try:
        return _decoded(data, python=path.suffix.lower() == PYTHON)
    except (SyntaxError, ValueError, LookupError):
        return ENCODING


def _decoded(data: bytes, *, python: bool) -> str:
    encoding = "utf-8-sig"
    if python:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding.removesuffix("-sig")).name not in ENCODINGS:
            raise ValueError(f"unusual encoding {encoding}")
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline=None).read()
