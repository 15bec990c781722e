"""The file that an export is written to: what is offered, what is meant by its name, why it could not be written."""

from contextlib import suppress
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from os import W_OK, access
from pathlib import Path

from quizapp.errors import QuizappError
from quizapp.exporting.writing import Unwritable
from quizapp.i18n import export_screen as say
from quizapp.markup.width import cell_width
from quizapp.text import Text, same
from quizapp.tui.present.export import homely
from quizapp.tui.screens.export_work import Cancelled

NAME = "quizapp"
MOST_CELLS = 36


def first_offer(suffix: str) -> str:
    """Return the file that is offered first: in the current folder, or at home where that can't be written."""
    name = NAME + suffix
    with suppress(OSError):
        here = Path.cwd()
        if access(here, W_OK):
            whole = homely(here / name)
            # Of a long path only the beginning would be seen, and not the name.
            return whole if cell_width(whole) <= MOST_CELLS else f"./{name}"
    return f"~/{name}"


def named_file(name: str, suffix: str, database: Path) -> tuple[Path | None, Text | None]:
    """Return the file that a person names, or what is wrong with its name.

    Parameters
    ----------
    name : str
        ``~`` stands for the home folder; a name without a suffix gets that of the format.
    suffix : str
    database : Path
        The progress database, which no export may replace.
    """
    name = name.strip()
    if not name:
        return None, say.NO_NAME
    try:
        target = Path(name).expanduser()
        if not target.suffix and not target.is_dir():
            target = target.with_name(target.name + suffix)
        target = target.absolute()
        if target.is_dir():
            return None, say.is_folder(homely(target))
        if not target.parent.is_dir():
            return None, say.no_folder(homely(target.parent))
        if target.resolve() == database.resolve():
            return None, say.OWN_DATABASE
        target.exists()
    except (OSError, RuntimeError, ValueError) as error:
        # A name that the system can't look up: too long, the home of nobody known, a zero character.
        return None, say.unwritable(getattr(error, "strerror", None) or str(error))
    return target, None


def explained(error: BaseException | None) -> tuple[Text, list[Text]]:
    """Say that there is no file, why, what is safe and what to do."""
    match error:
        case Cancelled():
            return say.CANCELLED, [say.STILL_THERE]
        case Unwritable(number=number) if number in (ENOSPC, EDQUOT):
            return say.FAILED, [say.MAKE_ROOM, say.STILL_THERE]
        case Unwritable(number=number) if number in (EACCES, EPERM, EROFS):
            return say.FAILED, [say.NOT_ALLOWED, say.STILL_THERE]
        case Unwritable(reason=reason):
            return say.FAILED, [say.unwritable(reason), say.STILL_THERE]
        case QuizappError(message=message, hint=hint):
            return say.FAILED, [same(f"{message} {hint}".strip()), say.STILL_THERE]
        case _:
            return say.FAILED, [say.broke(f"{type(error).__name__}: {error}"), say.STILL_THERE]
