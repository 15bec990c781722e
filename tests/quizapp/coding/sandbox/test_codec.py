"""Values survive the way to bytes and back; bytes that no honest side wrote are refused."""

import json
import math
import struct
from collections import OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from quizapp.coding.sandbox.codec import (
    MAX_ENTRIES,
    Malformed,
    TooLarge,
    Unsendable,
    decode,
    encode,
    encode_arguments,
    split_arguments,
)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(allow_nan=False),
    st.text(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(st.text(), st.integers(), st.tuples(st.integers())), inner, max_size=4),
    ),
    max_leaves=12,
)
ARRAYS = npst.arrays(
    st.one_of(
        npst.integer_dtypes(endianness="?"),
        npst.unsigned_integer_dtypes(),
        npst.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
        npst.complex_number_dtypes(),
        npst.boolean_dtypes(),
        npst.unicode_string_dtypes(max_len=5),
    ),
    npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
Point = namedtuple("Point", "x y")


@given(VALUES)
def test_plain_values_come_back(value: object) -> None:
    assert repr(decode(encode(value))) == repr(value)


@given(ARRAYS)
def test_arrays_come_back_bit_by_bit(array: np.ndarray) -> None:
    back = decode(encode([array]))[0]
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tobytes() == array.tobytes()
    assert back.flags.writeable
    assert back.flags.owndata


@given(ARRAYS)
def test_encoding_again_gives_the_same_bytes(array: np.ndarray) -> None:
    for layout in (array, np.asfortranarray(array), array[..., ::-1] if array.ndim else array):
        once = encode(layout)
        assert encode(decode(once)) == once


@pytest.mark.parametrize("value", [np.float32(1.5), np.int8(-3), np.bool_(True), np.str_("x"), np.complex64(1j)])
def test_numpy_scalars_stay_numpy_scalars(value: Any) -> None:
    back = decode(encode(value))
    assert type(back) is type(value)
    assert back == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Point(1, 2), (1, 2)),
        (OrderedDict(a=1), {"a": 1}),
        (np.ma.masked_array([1.0, 2.0], [True, False]), np.array([1.0, 2.0])),
        (type("F", (float,), {})(2.5), 2.5),
        (type("S", (str,), {"__str__": lambda self: "lie"})("true"), "true"),
    ],
)
def test_subclasses_come_back_as_their_base(value: object, expected: object) -> None:
    back = decode(encode(value))
    assert type(back) is type(expected)
    np.testing.assert_equal(back, expected)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({1, 2}, "a set"),
        (iter([]), "a list_iterator"),
        (object(), "an object"),
        (np.array([None]), "dtype object"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "datetime64"),
        (10**5000, "digits"),
        (b"bytes", "a bytes"),
    ],
    ids=["set", "iterator", "object", "object array", "date", "long int", "bytes"],
)
def test_what_cannot_be_sent_is_named(value: object, name: str) -> None:
    with pytest.raises(Unsendable, match=name):
        encode([value])


@pytest.mark.parametrize(
    "value", [np.zeros(2000), [0] * 300_000, dict.fromkeys(range(MAX_ENTRIES + 1))], ids=["array", "list", "dict"]
)
def test_what_is_too_large_is_refused(value: object) -> None:
    with pytest.raises(TooLarge):
        encode(value, limit=10_000)


def _message(tree: object, *arrays: bytes) -> bytes:
    text = json.dumps(tree).encode()
    parts = [struct.pack("<I", len(text)), text, struct.pack("<I", len(arrays))]
    return b"".join([*parts, *(struct.pack("<Q", len(array)) + array for array in arrays)])


def _npy(header: str, data: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header) + 1) + header.encode() + b"\n" + data


def _header(descr: str = "<f8", shape: str = "(1,)") -> str:
    return f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"


GOOD = _npy(_header(), bytes(8))


def test_the_forger_of_these_tests_can_write_good_messages() -> None:
    np.testing.assert_array_equal(decode(_message({"a": 0}, GOOD)), [0.0])


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff\xff\xff\xff",
        _message({"a": 0}),
        _message(None, GOOD),
        _message([{"a": 0}, {"a": 0}], GOOD),
        _message({"a": -1}, GOOD),
        _message({"a": True}, GOOD, GOOD),
        _message({"s": 0}, GOOD),
        _message({"q": 0}),
        _message({"t": 3}),
        _message({"d": [[1]]}),
        _message({"d": [[[1], 2]]}),
        _message({"d": [[n, n] for n in range(MAX_ENTRIES + 1)]}),
        _message({"c": [1, 2]}),
        _message([0] * 300_000),
        _message(1) + b"x",
        _message({"a": 0}, GOOD[:-1]),
        _message({"a": 0}, GOOD + b"x"),
        _message({"a": 0}, _npy(_header("|O"), bytes(8))),
        _message({"a": 0}, _npy(_header("<i9"), bytes(9))),
        _message({"a": 0}, _npy(_header("<U0"))),
        _message({"a": 0}, _npy(_header("<U1"), b"\xff" * 4)),
        _message({"a": 0}, _npy(_header(shape="(-1,)"), bytes(8))),
        _message({"a": 0}, _npy(_header(shape=f"({'9' * 18}, {'9' * 18})"))),
        _message({"a": 0}, _npy(_header(shape=f"(0, {'9' * 18}, {'9' * 18})"))),
        _message({"a": 0}, _npy(_header(shape="(" + "1, " * 99 + ")"), bytes(8))),
        _message({"a": 0}, _npy("__import__('os').abort()", bytes(8))),
        struct.pack("<I", 200_000) + b"[" * 200_000 + bytes(4),
        struct.pack("<I", 100_000) + b"9" * 100_000 + bytes(4),
        struct.pack("<I", 4) + b"\xff" * 4 + bytes(4),
    ],
    ids=[str(number) for number in range(30)],
)
def test_forged_bytes_are_refused(message: bytes) -> None:
    with pytest.raises(Malformed):
        decode(message)


@given(st.binary(max_size=200))
def test_rubbish_is_refused_or_read(data: bytes) -> None:
    try:
        decode(data)
    except Malformed:
        return


@given(VALUES, st.integers(min_value=0), st.integers(0, 255))
def test_damaged_messages_raise_nothing_else(value: object, position: int, byte: int) -> None:
    data = bytearray(encode([value, np.arange(3.0)]))
    data[position % len(data)] = byte
    try:
        decode(bytes(data))
    except Malformed:
        return


def test_booleans_are_zero_or_one() -> None:
    array = decode(_message({"a": 0}, _npy(_header("|b1", "(2,)"), b"\x02\x00")))
    assert array.view(np.uint8).tolist() == [1, 0]


def test_arguments_are_encoded_one_by_one() -> None:
    args = {"x": np.arange(3), "eps": 1e-5, "名": [1, (2, None)], "nan": math.nan}
    parts = split_arguments(encode_arguments(args))
    assert list(parts) == list(args)
    assert parts["eps"] == encode(1e-5)
    np.testing.assert_equal({name: decode(data) for name, data in parts.items()}, args)
