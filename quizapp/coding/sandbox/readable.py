"""What a learner's process may read: the standard library, NumPy, shared libraries; never the project.

The project may be installed right beside NumPy, so folders of packages are never allowed as a whole: a folder that
holds something forbidden is replaced by its other entries, down to the level where nothing forbidden is left inside.
"""

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
_LOADER_CACHE = "/etc/ld.so.cache"


def readable_paths(project: str) -> tuple[str, ...]:
    """Return real paths of files and folders that may be read.

    Parameters
    ----------
    project : str
        The folder that holds this project's packages: nothing in it is returned, unless it is NumPy.
    """
    wanted = [Path(path) for path in (*_standard_library(), *_shared_libraries(), _LOADER_CACHE)]
    forbidden = {Path(project).resolve(), *(Path(p).resolve() for p in sys.path if Path(p).name in _PACKAGE_FOLDERS)}
    found = [path for start in wanted for path in _without(start.resolve(), forbidden)]
    return tuple(dict.fromkeys(str(path) for path in (*found, *_numpy()) if path.exists()))


def _standard_library() -> Iterator[str]:
    for name in ("stdlib", "platstdlib"):
        yield sysconfig.get_path(name)


def _shared_libraries() -> Iterator[str]:
    triplet = sysconfig.get_config_var("MULTIARCH")
    for folder in ("/lib", "/usr/lib"):
        if triplet:
            yield f"{folder}/{triplet}"
    yield from ("/lib64", "/usr/lib64", "/usr/local/lib64")
    library = sysconfig.get_config_var("LDLIBRARY")
    if library:
        libraries = Path(sys.base_exec_prefix, "lib")
        yield from (str(path) for path in libraries.glob(f"{library.split('.so')[0]}*.so*"))


def _numpy() -> Iterator[Path]:
    spec = find_spec("numpy")
    for location in (spec.submodule_search_locations or ()) if spec is not None else ():
        package = Path(location).resolve()
        yield package
        yield package.with_name("numpy.libs")


def _without(path: Path, forbidden: Iterable[Path]) -> Iterator[Path]:
    if path.name in _PACKAGE_FOLDERS or path in forbidden:
        return
    inside = [other for other in forbidden if path in other.parents]
    inside += [path / name for name in _PACKAGE_FOLDERS if (path / name).is_dir()]
    if not inside:
        yield path
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if not entry.is_symlink():
                yield from _without(Path(entry.path), inside)
