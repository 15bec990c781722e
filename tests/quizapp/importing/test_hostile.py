import io
import json
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from quizapp.errors import UsageProblem
from quizapp.importing.apkg import LONGEST_FIELD, Apkg
from quizapp.importing.base import TOO_LONG
from quizapp.importing.delimited import Delimited
from quizapp.importing.jsonl import Jsonl
from quizapp.importing.markdown import Markdown
from quizapp.scheduling.model import CardState
from tests.quizapp.importing.conftest import Taker
from tests.quizapp.shelf import SHANGHAI, open_library

MODEL = {
    "1": {"name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}],
          "tmpls": [{"qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}]}
}  # fmt: skip
SCHEMA = """
CREATE TABLE col (id integer primary key, crt, models text, decks text, conf text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer primary key, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid,
    data);
CREATE TABLE revlog (id integer primary key, cid, ease, ivl, time, type);
"""


def collection(*fields: str, models: object = None, extra: str = "", ords: object = 0, wild: object = None) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA + extra)
    decks = json.dumps({"1": {"name": "Default"}})
    kept = models if isinstance(models, str) else json.dumps(MODEL if models is None else models)
    connection.execute("INSERT INTO col VALUES (1, 1577836800, ?, ?, '{}')", (kept, decks))
    for number, words in enumerate(fields, start=1):
        connection.execute("INSERT INTO notes VALUES (?, ?, 1, '', ?)", (number, f"guid{number}", words))
        values: tuple[object, ...] = (number, number, 1, ords, 2, 2, 10, 5, 2500, 1, 0, 0, 0, "{}")
        if wild is not None:
            values = (
                number,
                number,
                1,
                0,
                2,
                2,
                *[wild] * 7,
                wild if isinstance(wild, str) else '{"s": 1e999, "d": -1}',
            )
            connection.execute("INSERT INTO revlog VALUES (1800000000000, 1, 3, ?, ?, 1)", (wild, wild))
        connection.execute("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.commit()
    return connection.serialize()


def package(path: Path, entries: dict[str, bytes], change: Callable[[zipfile.ZipFile], None] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
        if change is not None:
            change(file)
    return path


def link(file: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("0")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    file.writestr(entry, "/etc/passwd")


def bomb() -> bytes:
    return b"SQLite format 3\x00" + b"\x00" * 60_000_000


def foreign() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE cookies (x)")
    return connection.serialize()


GOOD = collection("front\x1fback")


@pytest.mark.parametrize(
    ("entries", "change", "said"),
    [
        ({"media": b"{}"}, None, "no collection"),
        ({"collection.anki21b": b"\x28\xb5\x2f\xfd", "collection.anki2": GOOD}, None, "newer, compressed"),
        ({"collection.anki2": b"no database at all"}, None, "no SQLite"),
        ({"collection.anki2": GOOD[:3000]}, None, "damaged"),
        ({"collection.anki2": GOOD[:4096] + b"\xff" * (len(GOOD) - 4096)}, None, "damaged"),
        ({"collection.anki2": bomb()}, None, "times its size"),
        ({"collection.anki2": GOOD, "../../evil": b"x"}, None, "leads outside"),
        ({"collection.anki2": GOOD, "/etc/evil": b"x"}, None, "leads outside"),
        ({"collection.anki2": GOOD, "C:\\evil": b"x"}, None, "leads outside"),
        ({"collection.anki2": GOOD}, link, "a link"),
        ({"collection.anki2": collection("a\x1fb", models="{no json")}, None, "note types"),
        ({"collection.anki2": collection("a\x1fb", models="[" * 100_000)}, None, "note types"),
        ({"collection.anki2": foreign()}, None, "collection"),
        ({"collection.anki2": collection("a\x1fb", extra="CREATE VIRTUAL TABLE t USING fts5(x);")}, None, "of its own"),
    ],
)
def test_what_is_made_to_harm_is_refused_with_a_reason(
    tmp_path: Path, entries: dict[str, bytes], change: Callable[[zipfile.ZipFile], None] | None, said: str
) -> None:
    path = package(tmp_path / "bad.apkg", entries, change)
    with pytest.raises(UsageProblem) as refused:
        Apkg(SHANGHAI).read(path)
    assert said in refused.value.message
    assert refused.value.hint


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = package(tmp_path / "lie.apkg", {"collection.anki2": GOOD})
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5000).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    with pytest.raises(UsageProblem):
        Apkg(SHANGHAI).read(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressed_bytes_that_were_damaged_are_named(tmp_path: Path, method: int) -> None:
    path = tmp_path / "damaged.apkg"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("collection.anki2", GOOD)
    content = bytearray(path.read_bytes())
    content[60:120] = b"\xff" * 60
    path.write_bytes(bytes(content))
    with pytest.raises(UsageProblem) as refused:
        Apkg(SHANGHAI).read(path)
    assert "can't be unpacked" in refused.value.message or "no Anki package" in refused.value.message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x00" * 100])
def test_no_zip_is_no_package(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.apkg"
    path.write_bytes(content)
    with pytest.raises(UsageProblem, match="no Anki package"):
        Apkg(SHANGHAI).read(path)


def test_one_bad_card_does_not_cost_the_others(tmp_path: Path) -> None:
    fields = [
        "good\x1fback",
        "<script>alert(1)</script>\x1fonly a script in front",
        "huge\x1f" + "x" * LONGEST_FIELD,
        "\x1fno front",
        "long\x1f" + "y" * 30_000,
        "fine\x1f<b>bold</b><script>alert(2)</script>",
    ]
    found = Apkg(SHANGHAI).read(package(tmp_path / "a.apkg", {"collection.anki2": collection(*fields)}))
    assert [item.data for item in found.items] == [
        {"type": "flashcard", "front": "good", "back": "back"},
        {"type": "flashcard", "front": "fine", "back": "**bold**"},
    ]
    assert [reason for _, reason in found.skipped] == [
        "Its front has no words.",
        "Its fields have 200,005 characters.",
        "Its front has no words.",
        "A side has more than 20,000 characters.",
    ]


@pytest.mark.parametrize("ords", [3, -1, "none", None, 0.5])
def test_a_card_without_its_template_is_skipped(tmp_path: Path, ords: object) -> None:
    path = package(tmp_path / "a.apkg", {"collection.anki2": collection("a\x1fb", ords=ords)})
    assert [reason for _, reason in Apkg(SHANGHAI).read(path).skipped] == ["Its note type is damaged."]


@pytest.mark.parametrize(
    "wild",
    [2**63 - 1, -(2**63), 10**9, -1, 0, 1e300, float("inf"), "text", "[" * 50_000, b"\xff"],
    ids=["most", "least", "huge", "negative", "zero", "float", "infinite", "text", "nested", "bytes"],
)
def test_wild_numbers_in_a_schedule_do_no_harm(tmp_path: Path, take: Taker, wild: object) -> None:
    path = package(tmp_path / "a.apkg", {"collection.anki2": collection("a\x1fb", wild=wild)})
    take.hours.pass_by(days=400)
    assert len(take(Apkg(SHANGHAI).read(path)).added) == 1
    with open_library(take.where, take.hours) as library:
        library.today()
        for history in library.store.all_states().values():
            assert 0 < history.stability < 1e6
            assert 1 <= history.difficulty <= 10
            assert 0 <= history.interval <= 36_500


@pytest.mark.parametrize(
    "words",
    ["\\(" * 60_000, "[$]" * 60_000, "<b>" * 60_000, "{{c1::" * 30_000, "[latex]<anki-mathjax>" * 5_000, "$1" * 90_000],
)
def test_marks_that_never_close_cost_no_time(tmp_path: Path, words: str) -> None:
    cloze = {
        "1": {
            "name": "Cloze",
            "type": 1,
            "flds": [{"name": "Text"}],
            "tmpls": [{"qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}],
        }
    }
    for models in (None, cloze):
        path = package(tmp_path / "a.apkg", {"collection.anki2": collection(f"{words}\x1fback", models=models)})
        started = monotonic()
        Apkg(SHANGHAI).read(path)
        assert monotonic() - started < 20


def test_endless_lines_of_markdown_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("#flashcards\n" + "$1 a::" * 20_000 + "\n\ngood::card\n", encoding="utf-8")
    found = Markdown().read(path)
    assert [item.data["front"] for item in found.items] == ["good"]
    assert [reason for _, reason in found.skipped] == [TOO_LONG]


@pytest.mark.parametrize(
    ("name", "value"),
    [("due_day", 10**12), ("stability", float("nan")), ("interval", -1), ("reps", "two"), ("phase", "x")],
)
def test_wild_numbers_in_an_archive_are_refused(tmp_path: Path, name: str, value: object) -> None:
    state = dict.fromkeys(CardState._fields, 1) | {"phase": "review", name: value}
    spec = {"id": "b", "type": "flashcard", "topics": ["imported"], "front": "f", "back": "b"}
    item = {"identity": "a/b", "spec": spec, "schedule": {"state": state, "suspended": False}}
    lines = [{"archive": {"version": 1}}, {"deck": {"id": "a", "title": {"en": "a", "zh": "a"}}}, {"item": item}]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = Jsonl().read(path)
    assert found.items == ()
    assert len(found.skipped) == 1


@pytest.mark.parametrize("deck", ["../evil", "/evil", "a/b", ".", "A B", "con.", "x" * 300])
def test_the_name_of_a_deck_leads_nowhere_else(tmp_path: Path, take: Taker, deck: str) -> None:
    spec = {"id": "b", "type": "flashcard", "topics": ["imported"], "front": "f", "back": "b"}
    lines = [
        {"archive": {"version": 1}},
        {"deck": {"id": deck, "title": {"en": "a", "zh": "a"}}},
        {"item": {"identity": f"{deck}/b", "spec": spec}},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    outcome = take(Jsonl().read(path))
    assert (outcome.added, outcome.files) == ([], {})
    assert "no deck id" in outcome.skipped[0][1]


def test_an_archive_brings_no_control_characters(tmp_path: Path, take: Taker) -> None:
    spec = {"id": "b", "type": "flashcard", "topics": ["imported"], "front": "f", "back": "b\n\tc"}
    lines = [
        {"archive": {"version": 1}},
        {"deck": {"id": "own", "title": {"en": "a\x1b]0;x\x07", "zh": "\x00b"}}},
        {"item": {"identity": "own/a", "spec": {**spec, "id": "a", "front": {"en": "\x1b[2J", "zh": "f"}}}},
        {"item": {"identity": "own/b", "spec": spec}},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    outcome = take(Jsonl().read(path))
    assert outcome.added == ["own/b"]
    assert [item for item, _ in outcome.skipped] == ["own/a"]
    with open_library(take.where, take.hours) as library:
        (deck,) = [deck for deck in library.catalogue.decks() if deck.id == "own"]
    assert (deck.title.en, deck.title.zh) == ("a]0;x", "b")


@pytest.mark.parametrize(
    "schedule",
    [
        "9999-12-31,99999999,1",
        "2026-01-01,-5,250",
        "2026-01-01,1,nan",
        "fsrs,2026-01-01,1,1e300,1e300,2,5,0,0,2026-01-01T00:00:00Z",
        "fsrs,2026-01-01,1,nan,5,2,5,0,0,2026-01-01T00:00:00Z",
        "fsrs,2026-01-01,3,1,5,2,99999999999999999999,0,0,2026-01-01T00:00:00Z",
        "fsrs,2026-01-01,3,1,5,2,1,-5,0,2026-01-01T00:00:00Z",
        "fsrs,0001-01-01,3,1,5,2,1,0,0,9999-12-31T00:00:00Z",
    ],
)
def test_wild_numbers_in_a_comment_are_no_schedule(tmp_path: Path, take: Taker, schedule: str) -> None:
    path = tmp_path / "x.md"
    path.write_text(f"#flashcards\na::b\n<!--SR:!{schedule}-->\n", encoding="utf-8")
    outcome = take(Markdown().read(path))
    assert (len(outcome.added), outcome.histories) == (1, [])


@pytest.mark.parametrize("importer", [Delimited(), Jsonl(), Markdown(), Apkg(SHANGHAI)])
def test_a_folder_or_nothing_is_no_file(tmp_path: Path, importer: Delimited | Jsonl | Markdown | Apkg) -> None:
    with pytest.raises(UsageProblem, match="is no file"):
        importer.read(tmp_path)
    with pytest.raises(UsageProblem, match="There is no file"):
        importer.read(tmp_path / "missing")


@pytest.mark.parametrize("importer", [Delimited(), Markdown()])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, importer: Delimited | Markdown) -> None:
    path = tmp_path / "x"
    path.write_bytes("牌组".encode("gb18030") + b"\xff")
    with pytest.raises(UsageProblem, match="not UTF-8"):
        importer.read(path)


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        '{"item": {}}',
        '{"archive": {"version": 99}}',
        '{"archive": {"version": 1}}\n{"deck": {"id": "x"}}',
        '{"archive": {"version": 1}}\n{"review": {}}',
        '{"archive": {"version": 1}}\n{"strange": {}}',
        '{"archive": {"version": 1, "settings": ["x"]}}',
        '{"archive": {"version": 1}}\n{"deck": {"id": "x", "title": {"en": "a", "zh": "a"}, "area": [1]}}',
        '{"archive": {"version": 1}}\n{"deck": {"id": "x", "title": {"en": "a", "zh": "a"}}}\n{"item": {"spec": {}}}',
        '{"archive": {"version": 1}}\n{"deck": {"id": "x", "title": {"en": "a", "zh": "a"}}}\n'
        '{"item": {"identity": "x/y", "spec": [1]}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_archive_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"x\.jsonl:\d+: "):
        Jsonl().read(path)


@pytest.mark.parametrize("text", ['a,"b\n' + "x" * 200_000, 'a,"b\nc,d\ne,f\n', 'x,y\n"a,b\nc,d', '"', 'a,b\n"\n'])
def test_a_row_without_its_closing_quote_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match="row"):
        Delimited().read(path)


def test_the_reader_of_zip_files_sees_nothing_written(tmp_path: Path) -> None:
    path = package(tmp_path / "a.apkg", {"collection.anki2": GOOD, "0": io.BytesIO(b"x").getvalue()})
    Apkg(SHANGHAI).read(path)
    assert list(tmp_path.iterdir()) == [path]
