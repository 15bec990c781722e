"""The rules themselves: the filter simulated instruction by instruction, the paths, the protocol, the verdicts."""

import platform
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.coding.sandbox import Limits, codec, frames, judge, layers, readable, seccomp
from quizapp.coding.sandbox.backend import Ending
from quizapp.coding.sandbox.frames import DONE, FAIL, Frame, FrameReader, ProtocolBreach, pack

ALLOW, DENY, UNKNOWN, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE = {"x86_64": 56, "aarch64": 220}
FORBIDDEN = {
    "x86_64": {
        "fork": 57,
        "vfork": 58,
        "execve": 59,
        "kill": 62,
        "socket": 41,
        "ptrace": 101,
        "mount": 165,
        "bpf": 321,
    },
    "aarch64": {"execve": 221, "kill": 129, "socket": 198, "ptrace": 117, "mount": 40, "bpf": 280, "unshare": 97},
}


def _verdict(program: bytes, number: int, arch: int, *args: int) -> int:
    """Run the filter as the kernel would."""
    data = struct.pack("<IIQ6Q", number, arch, 0, *args, *(0,) * (6 - len(args)))
    code = [struct.unpack_from("<HBBI", program, at) for at in range(0, len(program), 8)]
    at, value = 0, 0
    while True:
        operation, if_true, if_false, constant = code[at]
        at += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, constant)
        elif operation == 0x06:
            return int(constant)
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[operation]
            at += if_true if holds else if_false


@pytest.fixture(params=sorted(ARCHITECTURES))
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_filter_allows_its_list_and_nothing_near(machine: str) -> None:
    program, arch = seccomp.program(machine), ARCHITECTURES[machine]
    allowed = set(seccomp.allowed_numbers(machine))
    special = {CLONE[machine], 435, 439, *(getattr(seccomp, n)[machine] for n in ("_IOCTL", "_FCNTL", "_PRLIMIT"))}
    assert len(program) // 8 < 4096
    for number in range(600):
        if number not in special:
            assert _verdict(program, number, arch) == (ALLOW if number in allowed else DENY)


def test_the_filter_forbids_what_reaches_out(machine: str) -> None:
    program, arch = seccomp.program(machine), ARCHITECTURES[machine]
    for number in FORBIDDEN[machine].values():
        assert _verdict(program, number, arch) == DENY
    assert _verdict(program, 435, arch) == UNKNOWN
    assert _verdict(program, 0x40000000, arch) == KILL
    assert _verdict(program, 0, 0x40000003) == KILL


@pytest.mark.parametrize(
    ("flags", "allowed"),
    [(0x3D0F00, True), (0x11, False), (0x01200011, False), (0x10000, True), (0x10010000, False), (0x20010000, False)],
)
def test_the_filter_allows_threads_and_no_processes(machine: str, flags: int, allowed: bool) -> None:
    program = seccomp.program(machine)
    assert _verdict(program, CLONE[machine], ARCHITECTURES[machine], flags) == (ALLOW if allowed else DENY)


@pytest.mark.parametrize(
    ("call", "args", "allowed"),
    [
        ("_IOCTL", (0, 0x5401), True),
        ("_IOCTL", (0, 0x5412), False),
        ("_FCNTL", (3, 3), True),
        ("_FCNTL", (3, 1030), True),
        ("_FCNTL", (3, 8), False),
        ("_PRLIMIT", (0, 7, 0), True),
        ("_PRLIMIT", (1, 7, 0), False),
        ("_PRLIMIT", (0, 7, 0x1000), False),
        ("_PRLIMIT", (0, 7, 1 << 32), False),
    ],
)
def test_the_filter_judges_arguments(machine: str, call: str, args: tuple[int, ...], allowed: bool) -> None:
    number = getattr(seccomp, call)[machine]
    verdict = _verdict(seccomp.program(machine), number, ARCHITECTURES[machine], *args)
    assert verdict == (ALLOW if allowed else DENY)


def test_no_readable_path_holds_the_project() -> None:
    spec = find_spec("numpy")
    assert spec is not None
    assert spec.origin is not None
    numpy = Path(spec.origin).parent.resolve()
    # A project installed beside NumPy, and one beside the standard library.
    for project in (numpy.parent, Path(pytest.__file__).resolve().parents[1], Path(struct.__file__).resolve().parent):
        paths = [Path(path) for path in readable.readable_paths(str(project))]
        assert numpy in paths
        for path in paths:
            assert path != project
            assert path not in project.parents
            assert path == numpy or numpy.parent not in (path, *path.parents) or path.name == "numpy.libs"


@given(st.binary(max_size=300), st.lists(st.integers(1, 50)))
def test_a_frame_arrives_whole_however_it_is_cut(payload: bytes, cuts: list[int]) -> None:
    nonce = bytes(range(16))
    data = pack(DONE, nonce, payload)
    reader = FrameReader((DONE,), nonce, 300)
    frame = None
    for size in [*cuts, len(data)]:
        chunk, data = data[:size], data[size:]
        if chunk:
            assert frame is None
            frame = reader.feed(chunk)
    assert frame == Frame(DONE, nonce, payload)


@pytest.mark.parametrize(
    "data",
    [
        pack(b"EVIL", bytes(16), b""),
        pack(FAIL, bytes(16), b""),
        pack(DONE, b"x" * 16, b""),
        pack(DONE, bytes(16), bytes(11)),
        pack(DONE, bytes(16), b"") + b"x",
        frames.HEADER.pack(DONE, bytes(16), 1 << 63),
    ],
)
def test_a_breach_is_seen_at_once(data: bytes) -> None:
    with pytest.raises(ProtocolBreach):
        FrameReader((DONE,), bytes(16), 10).feed(data)


FAILURE: dict[str, Any] = {"status": "error", "message": "m", "line": 3, "warnings": []}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {**FAILURE, "status": "returned"},
        {**FAILURE, "status": ["error"]},
        {**FAILURE, "message": 3},
        {**FAILURE, "line": True},
        {**FAILURE, "line": -1},
        {**FAILURE, "warnings": [3]},
        {**FAILURE, "warnings": ["w"] * 21},
        {**FAILURE, "more": 1},
    ],
    ids=str,
)
def test_forged_failures_are_breaches(content: object) -> None:
    with pytest.raises(ProtocolBreach):
        judge.read_answer(Frame(FAIL, bytes(16), codec.encode(content)))


@pytest.mark.parametrize("content", [None, [1], [1, {}, [], 4], [1, [], []], [1, {2: 3}, []], [1, {}, {}]], ids=str)
def test_forged_answers_are_breaches(content: object) -> None:
    with pytest.raises(ProtocolBreach):
        judge.read_answer(Frame(DONE, bytes(16), codec.encode(content)))


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        (Ending(0, None, killed=False, cpu_seconds=0.1), "crashed"),
        (Ending(None, 11, killed=False, cpu_seconds=0.1), "crashed"),
        (Ending(None, 24, killed=False, cpu_seconds=10.0), "timeout"),
        (Ending(None, 9, killed=False, cpu_seconds=10.95), "timeout"),
        (Ending(None, 9, killed=False, cpu_seconds=1.0), "memory"),
        (Ending(None, 9, killed=True, cpu_seconds=1.0), "refused"),
    ],
)
def test_endings_are_told_apart(ending: Ending, status: str) -> None:
    verdict = judge.ended(ending, Limits())
    assert verdict.status == status
    assert verdict.message


@pytest.mark.parametrize("gone", ["landlock", "seccomp", "resource-limits", "unprivileged-user"])
def test_what_is_missing_is_named(gone: str) -> None:
    minimal = {layers.RESOURCE_LIMITS, layers.UNPRIVILEGED_USER, layers.LANDLOCK, layers.SECCOMP}
    assert layers.missing(minimal) == ()
    assert layers.missing(minimal - {gone})


def test_this_machine_is_known_or_has_no_filter() -> None:
    if platform.machine() not in ARCHITECTURES:
        with pytest.raises(KeyError):
            seccomp.program()
    else:
        assert len(seccomp.program()) % 8 == 0
