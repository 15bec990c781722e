"""Values to bytes and back, without pickle: a JSON envelope for structure, one ``.npy`` frame for each array.

Both sides use it. The confined side encodes whatever a learner returned, so :func:`encode` calls no method that a
learner could have defined: types are compared by identity, subclasses are reduced to their base by the base's own C
slots. The trusted side decodes bytes that a learner may have written, so :func:`decode` believes nothing: the header of
an array is matched against one strict pattern and its size against the bytes that are there.
"""

import json
import math
import re
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

MAX_ENVELOPE = 4 << 20
"""Bytes of JSON: parsed, they take up to forty times as much memory."""
MAX_DEPTH = 24
MAX_NODES = 200_000
MAX_ENTRIES = 1_000
"""Of one dictionary: keys with equal hashes can be made on purpose, and looking them up takes time squared."""
_KINDS = "biufcU"
_MAGIC = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '([<>|][biufcU][0-9]{1,9})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:[0-9]{1,18}, ?)*(?:[0-9]{1,18})?)\), \} *\n"
)
_LENGTH = struct.Struct("<I")
_SIZE = struct.Struct("<Q")
_MRO = type.__dict__["__mro__"].__get__
_NAME = type.__dict__["__name__"].__get__


class Unsendable(Exception):
    """A value that can't leave the sandbox; the text says what it is."""


class TooLarge(Unsendable):
    """A value over the limit on size."""


class Malformed(Exception):
    """Bytes that are no encoded value."""


def encode(value: object, limit: int = 1 << 40) -> bytes:
    """Return `value` as bytes.

    Parameters
    ----------
    value : object
        None, booleans, numbers, text, arrays, and tuples, lists and dictionaries of them.
    limit : int
        Bytes allowed.

    Raises
    ------
    Unsendable
        If it holds anything else.
    TooLarge
        If it needs more than `limit` bytes.
    """
    arrays: list[bytes] = []
    writer = _Writer(arrays, limit)
    try:
        envelope = json.dumps(writer.node(value, 0), separators=(",", ":"), check_circular=False).encode()
    except ValueError as error:  # an int with more digits than Python converts
        raise Unsendable("a number with too many digits") from error
    if len(envelope) > MAX_ENVELOPE:
        raise TooLarge(f"more than {MAX_ENVELOPE} bytes outside of arrays")
    parts = [_LENGTH.pack(len(envelope)), envelope, _LENGTH.pack(len(arrays))]
    for array in arrays:
        parts += (_SIZE.pack(len(array)), array)
    return b"".join(parts)


def decode(data: bytes | memoryview) -> Any:
    """Return the value that `data` encodes, or raise :class:`Malformed`."""
    view = memoryview(data)
    try:
        (length,) = _LENGTH.unpack_from(view, 0)
        start = _LENGTH.size + length
        if length > MAX_ENVELOPE or start + _LENGTH.size > len(view):
            raise Malformed("envelope longer than the message")
        tree = json.loads(bytes(view[_LENGTH.size : start]).decode())
        (count,) = _LENGTH.unpack_from(view, start)
        position = start + _LENGTH.size
        reader = _Reader()
        for _ in range(count):
            (size,) = _SIZE.unpack_from(view, position)
            position += _SIZE.size
            if size > len(view) - position:
                raise Malformed("array longer than the message")
            reader.arrays.append(_array_from_npy(view[position : position + size]))
            position += size
        if position != len(view):
            raise Malformed("bytes after the last array")
        value = reader.value(tree, 0)
    except (ValueError, TypeError, RecursionError, struct.error) as error:
        raise Malformed(f"{type(error).__name__}") from error
    if reader.used != len(reader.arrays):
        raise Malformed("an array that nothing refers to")
    return value


def describe(value: object) -> str:
    """Name the type of `value` with an article, calling nothing of it."""
    name = _NAME(type(value))
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _is(value: object, base: type) -> bool:
    return base in _MRO(type(value))


def _plain(array: Any) -> np.ndarray:
    """Return an array, perhaps of a subclass, as a plain one, without asking the subclass."""
    plain: np.ndarray = np.ndarray.view(array, np.ndarray)
    return plain


class _Writer:
    """Turns a value into plain JSON data, collecting its arrays."""

    def __init__(self, arrays: list[bytes], limit: int) -> None:
        self.arrays = arrays
        self.limit = limit
        self.bytes = 0
        self.nodes = 0

    def node(self, value: object, depth: int) -> object:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise Unsendable("a value nested too deeply")
        if self.nodes > MAX_NODES:
            raise TooLarge(f"more than {MAX_NODES} parts outside of arrays")
        kind = type(value)
        if value is None or kind is bool or kind is int or kind is float or kind is str:
            return value
        if _is(value, np.ndarray):
            return {"a": self.array(_plain(value))}
        if _is(value, np.generic):
            return {"s": self.array(_plain(np.array(value)))}
        return self.collection(value, depth + 1)

    def collection(self, value: Any, depth: int) -> object:
        if _is(value, tuple):
            return {"t": [self.node(part, depth) for part in tuple.__iter__(value)]}
        if _is(value, list):
            return [self.node(part, depth) for part in list.__iter__(value)]
        if _is(value, dict):
            if dict.__len__(value) > MAX_ENTRIES:
                raise TooLarge(f"a dictionary of more than {MAX_ENTRIES} entries")
            return {"d": [[self.node(k, depth), self.node(v, depth)] for k, v in dict.items(value)]}
        if _is(value, complex):
            plain = complex.__complex__(value)
            return {"c": [plain.real, plain.imag]}
        for base, reduce in _REDUCERS:
            if _is(value, base):
                return self.node(reduce(value), depth)
        raise Unsendable(describe(value))

    def array(self, array: np.ndarray) -> int:
        if array.dtype.kind not in _KINDS or array.dtype.itemsize == 0:
            raise Unsendable(f"an array of dtype {np.dtype.__str__(array.dtype)[:60]}")
        self.bytes += array.nbytes + 128
        if self.bytes > self.limit:
            raise TooLarge(f"more than {self.limit} bytes")
        self.arrays.append(_npy(array))
        return len(self.arrays) - 1


_REDUCERS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
)


def _npy(array: np.ndarray) -> bytes:
    fortran = bool(array.flags.f_contiguous and not array.flags.c_contiguous)
    shape = ", ".join(map(str, array.shape)) + ("," if array.ndim == 1 else "")
    header = f"{{'descr': '{array.dtype.str}', 'fortran_order': {fortran}, 'shape': ({shape}), }}".encode()
    padding = -(len(_MAGIC) + 2 + len(header) + 1) % 64
    header += b" " * padding + b"\n"
    return b"".join((_MAGIC, struct.pack("<H", len(header)), header, array.tobytes("F" if fortran else "C")))


def _array_from_npy(data: memoryview) -> np.ndarray:
    if bytes(data[: len(_MAGIC)]) != _MAGIC:
        raise Malformed("not an .npy frame")
    (length,) = struct.unpack_from("<H", data, len(_MAGIC))
    start = len(_MAGIC) + 2 + length
    found = _HEADER.fullmatch(bytes(data[len(_MAGIC) + 2 : start]))
    if found is None:
        raise Malformed("not the header of a plain array")
    dtype = np.dtype(found[1].decode())
    shape = tuple(int(part) for part in found[3].decode().replace(" ", "").split(",") if part)
    count = math.prod(shape)
    if dtype.itemsize == 0 or count * dtype.itemsize != len(data) - start:
        raise Malformed("an array whose size is not the size of its bytes")
    flat = np.frombuffer(data, dtype, count, start) if count else np.empty(0, dtype)
    if dtype.kind == "b":  # bytes other than 0 and 1 would be booleans that equal neither
        flat = flat.view(np.uint8) != 0
    elif dtype.kind == "U" and flat.size and int(flat.view(f"{dtype.byteorder}u4").max()) > 0x10FFFF:
        raise Malformed("text that is no Unicode")
    return flat.reshape(shape, order="F" if found[2] == b"True" else "C").copy(order="K")


class _Reader:
    """Turns JSON data back into a value, giving each array out exactly once and in order."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = []
        self.used = 0
        self.nodes = 0

    def value(self, tree: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH + 1 or self.nodes > MAX_NODES:
            raise Malformed("too many parts or levels")
        if isinstance(tree, list):
            return [self.value(part, depth + 1) for part in tree]
        if not isinstance(tree, dict):
            return tree
        if len(tree) != 1:
            raise Malformed("a node with several tags")
        ((tag, content),) = tree.items()
        if tag in ("a", "s"):
            return self.array(content, scalar=tag == "s")
        if tag == "c" and isinstance(content, list) and [type(part) for part in content] == [float, float]:
            return complex(*content)
        if tag == "t" and isinstance(content, list):
            return tuple(self.value(part, depth + 1) for part in content)
        if tag == "d" and isinstance(content, list) and len(content) <= MAX_ENTRIES:
            return dict(self.pair(part, depth + 1) for part in content)
        raise Malformed("an unknown tag")

    def array(self, index: object, *, scalar: bool) -> Any:
        if type(index) is not int or index != self.used or index >= len(self.arrays):
            raise Malformed("a reference to no array")
        self.used += 1
        array = self.arrays[index]
        if not scalar:
            return array
        if array.ndim:
            raise Malformed("a scalar with dimensions")
        return array[()]

    def pair(self, part: object, depth: int) -> tuple[Any, Any]:
        if not isinstance(part, list) or len(part) != 2:
            raise Malformed("a dictionary entry that is no pair")
        key = self.value(part[0], depth)
        try:
            hash(key)
        except TypeError as error:
            raise Malformed("a key that can't be a key") from error
        return key, self.value(part[1], depth)


def encode_arguments(args: dict[str, Any]) -> bytes:
    """Return named values as bytes, each encoded by itself so that it can be compared by itself afterwards."""
    encoded = [(name.encode(), encode(value)) for name, value in args.items()]
    parts = [_LENGTH.pack(len(encoded))]
    for name, value in encoded:
        parts += (_LENGTH.pack(len(name)), name, _SIZE.pack(len(value)), value)
    return b"".join(parts)


def split_arguments(data: bytes) -> dict[str, bytes]:
    """Return the encoded values of :func:`encode_arguments` by name; the confined side trusts its parent."""
    (count,) = _LENGTH.unpack_from(data, 0)
    position = _LENGTH.size
    found: dict[str, bytes] = {}
    for _ in range(count):
        (length,) = _LENGTH.unpack_from(data, position)
        position += _LENGTH.size
        name = data[position : position + length].decode()
        position += length
        (size,) = _SIZE.unpack_from(data, position)
        position += _SIZE.size
        found[name] = data[position : position + size]
        position += size
    return found
