"""Where things are. This module only computes: it never creates, opens or lists anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "quizapp"


def shipped_content() -> Path:
    """Return the content that ships: inside an installed package, beside it in a source tree."""
    package = Path(__file__).resolve().parent
    packed = package / "_content"
    return packed if packed.is_dir() else package.parent / "content"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one person: where progress is kept, which content is read, where caches may go."""

    data: Path
    content: tuple[Path, ...]
    cache: Path

    @property
    def database(self) -> Path:
        """The progress database."""
        return self.data / "progress.db"

    @property
    def snapshots(self) -> Path:
        """Daily and pre-migration copies of the database."""
        return self.data / "snapshots"

    @property
    def workspace(self) -> Path:
        """Where coding exercises are written."""
        return self.data / "workspace"

    @property
    def decks(self) -> Path:
        """The person's own decks."""
        return self.data / "decks"

    @property
    def catalogue(self) -> Path:
        """The compiled, disposable catalogue; one for each set of content folders."""
        from zlib import crc32

        key = crc32("\0".join(str(path.resolve()) for path in self.content).encode())
        return self.cache / f"catalogue-{key:08x}.db"


def folders(
    data_dir: Path | None = None,
    content: tuple[Path, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> Folders:
    """Resolve the folders from options first, then ``QUIZAPP_DATA_DIR`` and ``QUIZAPP_CONTENT``, then the system's."""
    import os

    env = os.environ if environment is None else environment
    if data_dir is None and env.get("QUIZAPP_DATA_DIR"):
        data_dir = Path(env["QUIZAPP_DATA_DIR"])
    if not content and env.get("QUIZAPP_CONTENT"):
        content = tuple(Path(part) for part in env["QUIZAPP_CONTENT"].split(os.pathsep) if part)
    if data_dir is None:
        import platformdirs

        data_dir = Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
        cache = Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
    else:
        cache = data_dir / "cache"
    if not content:
        content = (shipped_content(), data_dir)
    return Folders(data=data_dir.expanduser(), content=content, cache=cache.expanduser())
