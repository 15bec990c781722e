"""The zip file, read by readers that are not ours."""

import os
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exporting.apkg_zip import PIECE, ZipWriter


def zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipWriter(out) as archive:
        for name, content in members.items():
            archive.add(name, content)
    return out.getvalue()


@given(st.dictionaries(st.text("abc.0123中", min_size=1, max_size=8), st.binary(max_size=300), max_size=4))
def test_members_come_out_as_they_went_in(members: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(zipped(members))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members
        assert all(entry.compress_type == ZIP_DEFLATED for entry in archive.infolist())


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_pieces_join_into_one_stream(size: int) -> None:
    content = bytes(i * i % 251 for i in range(1000)) * (size // 1000 + 1)
    with ZipFile(BytesIO(zipped({"0": content[:size]}))) as archive:
        assert archive.read("0") == content[:size]


@settings(max_examples=5)
@given(st.integers(1, 9))
def test_the_bytes_do_not_depend_on_the_number_of_processors(processors: int) -> None:
    content = bytes(range(256)) * (4 * PIECE // 256)
    expected = zipped({"0": content})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: processors)
        assert zipped({"0": content}) == expected


def test_an_error_on_the_way_leaves_no_directory() -> None:
    out = BytesIO()

    def interrupted() -> None:
        with ZipWriter(out) as archive:
            archive.add("0", b"x")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    assert b"PK\5\6" not in out.getvalue()
