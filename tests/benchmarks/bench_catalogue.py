"""All content, cold and warm, against parsing the same YAML with PyYAML's C loader and nothing else."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from quizapp.catalogue.catalogue import Catalogue
from quizapp.paths import Folders, shipped_content
from tests.benchmarks.measuring import Ratio, paired

COPIES = 5


def measure() -> list[Ratio]:
    with tempfile.TemporaryDirectory() as folder:
        content = enlarged(Path(folder, "content"))
        texts = [path.read_bytes() for path in content.rglob("*.yaml")]
        where = Folders(data=Path(folder), content=(content,), cache=Path(folder, "cache"))

        def parse() -> object:
            return [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts]

        def cold() -> object:
            where.catalogue.unlink(missing_ok=True)
            return opened(where)()

        items = len(opened(where)())
        return [
            paired(f"{items} items, cold build with validation / CSafeLoader", cold, parse, "≤ 1.15", rounds=3),
            paired(f"{items} items, warm start / CSafeLoader", warm(where), parse, "≤ 0.001", rounds=3),
        ]


def opened(where: Folders) -> Callable[[], list[object]]:
    def run() -> list[object]:
        with Catalogue.open(where) as catalogue:
            return list(catalogue.items())

    return run


def warm(where: Folders) -> Callable[[], object]:
    def run() -> object:
        with Catalogue.open(where) as catalogue:
            return catalogue.entry("softmax/formula-0")

    return run


def enlarged(root: Path) -> Path:
    """Return a copy of the shipped content in which every item stands several times."""
    for source in shipped_content().rglob("*.yaml"):
        target = root / source.relative_to(shipped_content())
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        if "decks" in source.parts:
            head, _, items = text.partition("items:\n")
            copies = (re.sub(r"(?m)^(  - id: \S+)", rf"\1-{number}", items) for number in range(COPIES))
            text = f"{head}items:\n{''.join(copies)}"
        target.write_text(text, encoding="utf-8")
    # Files of this very second would be read again for safety; installed content is older.
    for path in (root, *root.rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return root
