"""SQLite's errors as sentences: what happened, what is safe, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.errors import DatabaseProblem
from quizapp.text import Text

_SAFE = Text(
    "Everything answered before is safe; the last step was not saved.", "此前的作答均已保存，只有最后一步没有存入。"
)

_SENTENCES: dict[int, tuple[Text, Text]] = {
    sqlite3.SQLITE_BUSY: (
        Text("Another program keeps the progress database {path} locked. ", "进度数据库{path}被另一个程序锁定。")
        + _SAFE,
        Text(
            "Close the other program (or wait for its backup to finish) and try again.",
            "请关闭该程序，或等它备份完毕，然后重试。",
        ),
    ),
    sqlite3.SQLITE_READONLY: (
        Text("The progress database {path} can't be written: it is read-only. ", "进度数据库{path}为只读，无法写入。")
        + _SAFE,
        Text(
            "Allow writing to the file and to its folder, or choose another folder with --data-dir.",
            "请允许写入该文件及其所在文件夹，或用 --data-dir 另选文件夹。",
        ),
    ),
    sqlite3.SQLITE_FULL: (
        Text("The disk with the progress database {path} is full. ", "进度数据库{path}所在的磁盘已满。") + _SAFE,
        Text("Free some space and try again.", "请腾出空间后重试。"),
    ),
    sqlite3.SQLITE_IOERR: (
        Text(
            "The system could not read or write the progress database {path} ({detail}). ",
            "系统无法读写进度数据库{path}（{detail}）。",
        )
        + _SAFE,
        Text(
            "Check that the disk has space and is healthy, then try again.",
            "请检查磁盘是否有空间、是否完好，然后重试。",
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        Text(
            "The progress database {path} can't be opened ({detail}). Nothing was changed.",
            "无法打开进度数据库{path}（{detail}），没有作任何改动。",
        ),
        Text(
            "Check that its folder exists and may be read and written, or choose another one with --data-dir.",
            "请检查所在文件夹是否存在、可否读写，或用 --data-dir 另选文件夹。",
        ),
    ),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]
_SENTENCES[sqlite3.SQLITE_PERM] = _SENTENCES[sqlite3.SQLITE_CANTOPEN]

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where the error did not come from SQLite."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether the error means that the file's content is wrong, not that it can't be reached."""
    return code_of(error) in _DAMAGE


def damaged(path: Path, detail: str) -> DatabaseProblem:
    """Return the problem of a file whose content is wrong, with the newest good snapshot and the way back to it."""
    # Imported here: checking snapshots is no part of opening a healthy database.
    from quizapp.store.backup import newest_good_snapshot, snapshot_folder

    message = Text(
        f"The progress database {path} is damaged or not a progress database ({detail})."
        " It was left as it is; nothing was changed.",
        f"{path}已损坏，或不是进度数据库（{detail}）。文件保持原样，没有作任何改动。",
    )
    snapshot = newest_good_snapshot(snapshot_folder(path))
    if snapshot is None:
        return DatabaseProblem(
            message + Text(" There is no good snapshot of it.", "没有可用的快照。"),
            Text(
                "If you have a backup: quizapp restore FILE. The file found is kept beside it.",
                "若有备份，请运行 quizapp restore 备份文件；原文件会保留在旁边。",
            ),
        )
    return DatabaseProblem(
        message + Text(f" The newest good snapshot is {snapshot}.", f"最新的完好快照是{snapshot}。"),
        Text(
            f'To return to it: quizapp restore "{snapshot}". The damaged file is kept beside it.',
            f'要恢复它，请运行 quizapp restore "{snapshot}"；损坏的文件会保留在旁边。',
        ),
    )


def explain(error: sqlite3.Error, path: Path) -> DatabaseProblem | None:
    """Return the problem to raise for an error of SQLite, ``None`` where it is a defect of ours."""
    if is_damage(error):
        return damaged(path, str(error))
    words = _SENTENCES.get(code_of(error))
    if words is None:
        return None
    sentence, advice = words
    return DatabaseProblem(sentence.map(lambda template: template.format(path=path, detail=error)), advice)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise every error of SQLite inside the block as a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        problem = explain(error, path)
        if problem is None:
            raise
        raise problem from error
