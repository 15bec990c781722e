"""The folders of this call, looked at before anything is read from them."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.errors import UsageProblem
from quizapp.paths import Folders, folders
from quizapp.text import Text


def existing_folders(data_dir: str | None = None, content: Sequence[str] = ()) -> Folders:
    """Return the folders that are named here, by the environment or by the system.

    Raises
    ------
    UsageProblem
        A content folder that was named does not exist, or the data folder is a file.
    """
    named = tuple(map(Path, content))
    found = folders(Path(data_dir) if data_dir else None, named)
    for path in named:
        if not path.is_dir():
            raise UsageProblem(
                Text(f"The content folder {path} does not exist.", f"内容文件夹{path}不存在。"),
                Text("Name an existing folder with --content.", "请用 --content 指定已有的文件夹。"),
            )
    if found.data.exists() and not found.data.is_dir():
        raise UsageProblem(
            Text(f"The data folder {found.data} is a file.", f"数据文件夹{found.data}是一个文件。"),
            Text("Name a folder with --data-dir.", "请用 --data-dir 指定文件夹。"),
        )
    return found
