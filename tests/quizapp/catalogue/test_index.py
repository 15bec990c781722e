import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.catalogue import index_build
from quizapp.catalogue.catalogue import Catalogue
from quizapp.catalogue.index import is_fresh, open_index
from quizapp.catalogue.index_schema import FORMAT
from quizapp.catalogue.loader import LoadedFile, SpecTypes, load
from quizapp.catalogue.sources import Source
from quizapp.paths import Folders
from tests.quizapp.catalogue.shelf import CONV_DECK, SOFTMAX_DECK, Shelf

ALL_ITEMS = ["conv-size/stride", "softmax/shift", "softmax/range"]
DECK = "decks/activations/softmax.yaml"


def ids(catalogue: Catalogue) -> list[str]:
    return [item.id for item in catalogue.items()]


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read, in order."""
    read: list[str] = []

    def noted(source: Source, types: SpecTypes, content: bytes | None = None) -> LoadedFile:
        read.append(Path(source.path).name)
        return load(source, types, content)

    monkeypatch.setattr(index_build, "load", noted)
    return read


def test_only_changed_files_are_read_again(library: Shelf, loads: list[str]) -> None:
    assert ids(library.open()) == ALL_ITEMS
    assert sorted(loads) == ["conv-size.yaml", "softmax.yaml", "syllabus.yaml"]
    loads.clear()
    assert ids(library.open()) == ALL_ITEMS
    library.age()
    assert ids(library.open()) == ALL_ITEMS
    assert loads == []

    library.write(DECK, SOFTMAX_DECK.replace("id: range", "id: total"))
    assert ids(library.open()) == ["conv-size/stride", "softmax/shift", "softmax/total"]
    assert loads == ["softmax.yaml"]
    loads.clear()

    (library.root / "decks/convolution/conv-size.yaml").unlink()
    assert ids(library.open()) == ["softmax/shift", "softmax/total"]
    library.write("decks/convolution/conv-size.yaml", CONV_DECK)
    assert ids(library.open())[0] == "conv-size/stride"
    assert loads == ["conv-size.yaml"]


def test_a_change_within_the_same_tick_and_of_the_same_size_is_noticed(library: Shelf) -> None:
    library.open()
    path = library.root / DECK
    times = path.stat().st_mtime_ns
    path.write_text(SOFTMAX_DECK.replace("id: range", "id: total"), encoding="utf-8")
    os.utime(path, ns=(times, times))
    assert ids(library.open())[-1] == "softmax/total"


def test_names_across_files_are_judged_anew(library: Shelf, loads: list[str]) -> None:
    syllabus = (library.root / "syllabus.yaml").read_text(encoding="utf-8")
    library.write("syllabus.yaml", syllabus.replace("{id: conv-output", "{id: conv-outputs"))
    catalogue = library.open()
    assert ids(catalogue) == ["softmax/shift", "softmax/range"]
    assert [found.rule for found in catalogue.findings()] == ["unknown-topic", "unknown-topic"]
    loads.clear()
    library.write("syllabus.yaml", syllabus)
    catalogue = library.open()
    assert ids(catalogue) == ALL_ITEMS
    assert catalogue.findings() == []
    assert loads == ["syllabus.yaml"]


def test_an_aged_index_is_fresh_until_anything_is_touched(library: Shelf) -> None:
    library.age()
    assert is_fresh(open_index(library.folders))
    library.write("decks/activations/new.yaml", "deck: new\n")
    assert not is_fresh(open_index_raw(library.folders))


def open_index_raw(folders: Folders) -> sqlite3.Connection:
    return sqlite3.connect(folders.catalogue)


@pytest.mark.parametrize("added", ["exercises/losses/x.yaml", "skills/losses/x.yaml"])
def test_a_folder_that_did_not_exist_is_watched(library: Shelf, added: str) -> None:
    library.age()
    assert library.open().findings() == []
    library.write(added, "a: 1\n")
    assert library.open().findings() != []


def remove(path: Path) -> None:
    path.unlink()


def damage_head(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)


def damage_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def damage_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE file(path, size, mtime_ns)")
    connection.close()


def make_older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
        connection.execute("DELETE FROM item")
    connection.close()


@pytest.mark.parametrize("damage", [remove, damage_head, damage_middle, damage_end, empty, make_foreign, make_older])
def test_a_damaged_index_is_rebuilt(library: Shelf, damage: Callable[[Path], None]) -> None:
    library.age()
    library.open().close()
    damage(library.folders.catalogue)
    with library.open() as catalogue:
        assert ids(catalogue) == ALL_ITEMS
        assert catalogue.search("constant")[0].id == "softmax/shift"
    with library.open() as catalogue:
        assert ids(catalogue) == ALL_ITEMS


def test_damage_met_while_reading_is_repaired(library: Shelf) -> None:
    library.age()
    library.open().close()
    with sqlite3.connect(library.folders.catalogue) as connection:
        connection.execute("DROP TABLE deck")
    connection.close()
    assert ids(library.open()) == ALL_ITEMS


def test_without_a_cache_memory_serves(library: Shelf, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    folders = Folders(data=tmp_path, content=library.folders.content, cache=blocked / "cache")
    with Catalogue.open(folders) as catalogue:
        assert ids(catalogue) == ALL_ITEMS
        assert len(catalogue.search("地图尺寸")) == 0
        assert len(catalogue.search("特征图尺寸")) == 1


def test_a_folder_in_the_place_of_the_index_does_no_harm(library: Shelf) -> None:
    library.folders.catalogue.mkdir(parents=True)
    assert ids(library.open()) == ALL_ITEMS


def test_no_temporary_files_stay(library: Shelf) -> None:
    library.open()
    library.write(DECK, SOFTMAX_DECK + "\n")
    library.open()
    assert list(library.folders.cache.iterdir()) == [library.folders.catalogue]


OPEN = """
import sys
from collections.abc import Callable
from pathlib import Path
from quizapp.catalogue.catalogue import Catalogue
from quizapp.paths import Folders
data, content, cache = map(Path, sys.argv[1:])
catalogue = Catalogue.open(Folders(data=data, content=(content,), cache=cache))
names = [item.id for item in catalogue.items()]
catalogue.search("常数")
print(" ".join(names), "|", *sorted({"yaml", "pydantic", "numpy", "sqlite_utils", "textual"} & set(sys.modules)))
"""


def start(shelf: Shelf) -> "subprocess.Popen[str]":
    folders = (shelf.folders.data, shelf.root, shelf.folders.cache)
    command = [sys.executable, "-c", OPEN, *map(str, folders)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)


def test_a_warm_start_imports_nothing_heavy(library: Shelf) -> None:
    library.age()
    library.open().close()
    output, errors = start(library).communicate(timeout=60)
    assert errors == ""
    assert output.strip() == f"{' '.join(ALL_ITEMS)} |"


def test_processes_may_build_at_the_same_time(library: Shelf) -> None:
    running = [start(library) for _ in range(3)]
    for process in running:
        output, errors = process.communicate(timeout=120)
        assert errors == ""
        assert output.startswith(" ".join(ALL_ITEMS))
    assert list(library.folders.cache.iterdir()) == [library.folders.catalogue]
