"""Each layer verified by what it prevents, and reported only where it held."""

import json
import os
import platform
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.coding.sandbox import Call, Limits, Sandbox, isolation_available, kernel, launch, layers
from quizapp.coding.sandbox import sandbox as module
from quizapp.coding.sandbox.backend import Backend, Zygote
from quizapp.coding.sandbox.portable import Processes
from quizapp.errors import EnvironmentProblem

KNOWN = frozenset(value for name, value in vars(layers).items() if name.isupper() and isinstance(value, str))
PROBE = "def f(): return None\n"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the zygote is Linux's")


class _Only(Sandbox):
    """A sandbox with one given way to make processes."""

    def __init__(self, backend: Backend, isolation: module.Isolation = "auto") -> None:
        super().__init__(isolation)
        self._only = backend

    def _choices(self) -> list[Backend]:
        return [self._only]


@pytest.fixture(scope="module", params=["namespaces", "plain"])
def confined(request: pytest.FixtureRequest) -> Iterator[tuple[Sandbox, frozenset[str]]]:
    with _Only(Zygote(namespaces=request.param == "namespaces")) as sandbox:
        try:
            held = sandbox.run(PROBE, "f", [Call("probe", {})]).isolation
        except EnvironmentProblem:
            pytest.skip(f"no zygote with {request.param} here")
        yield sandbox, frozenset(held)


def _result(sandbox: Sandbox, body: str, **args: object) -> object:
    """Return what `body` returns, or the name of what it raises."""
    head = f"import os\ndef f({', '.join(args)}):\n    try:\n        {body}\n"
    source = head + "    except Exception as e: return type(e).__name__\n"
    (outcome,) = sandbox.run(source, "f", [Call("x", args)], Limits()).outcomes
    assert outcome.status == "returned", outcome
    return outcome.value


def _need(held: frozenset[str], *any_of: str) -> None:
    if not held & set(any_of):
        pytest.skip(f"none of {', '.join(any_of)} here")


DENIED = ("PermissionError", "FileNotFoundError")


@ON_LINUX
def test_layers_are_named_from_one_list(confined: tuple[Sandbox, frozenset[str]]) -> None:
    _, held = confined
    assert layers.TIME_LIMITS in held
    assert held <= KNOWN


@ON_LINUX
@pytest.mark.parametrize("path", ["pyproject.toml", "quizapp/errors.py", "content", "quizapp/coding/sandbox/codec.py"])
def test_the_project_is_out_of_reach(confined: tuple[Sandbox, frozenset[str]], path: str) -> None:
    sandbox, held = confined
    _need(held, layers.LANDLOCK, layers.PRIVATE_ROOT)
    target = launch.project_folder() / path
    assert target.exists()
    body = "return os.listdir(p)" if target.is_dir() else "return open(p).read()"
    assert _result(sandbox, body, p=str(target)) in DENIED


@ON_LINUX
def test_a_persons_files_are_out_of_reach(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, held = confined
    _need(held, layers.LANDLOCK, layers.PRIVATE_ROOT)
    # Open to everyone on the host, so that only the sandbox can be what keeps it closed.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        diary = folder / "progress.db"
        diary.write_text("private")
        diary.chmod(0o666)
        assert _result(sandbox, "return os.listdir(p)", p=name) in DENIED
        assert _result(sandbox, "return open(p).read()", p=str(diary)) in DENIED
        assert _result(sandbox, "return open(p, 'w').write('x')", p=str(diary)) in DENIED
        assert _result(sandbox, "return open(p, 'w').write('x')", p=str(folder / "new")) in DENIED
        assert [path.name for path in folder.iterdir()] == ["progress.db"]
        assert diary.read_text() == "private"


@ON_LINUX
def test_standard_library_and_numpy_are_in_reach(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, held = confined
    body = "import decimal, statistics, hashlib, heapq, numpy.polynomial, numpy.fft; return 1"
    outcome = _result(sandbox, body)
    if layers.PRIVATE_ROOT in held:
        assert outcome == 1
    else:  # a home folder closed to others hides the interpreter from the unprivileged user
        assert outcome in (1, "ModuleNotFoundError", "ImportError", "PermissionError")


@ON_LINUX
def test_the_network_is_out_of_reach(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, held = confined
    _need(held, layers.SECCOMP)
    assert _result(sandbox, "import _socket; return _socket.socket(2, 1, 0).fileno()") in (
        "PermissionError",
        "ModuleNotFoundError",
        "ImportError",
    )


@ON_LINUX
def test_the_user_is_not_the_superuser(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, held = confined
    _need(held, layers.UNPRIVILEGED_USER)
    assert _result(sandbox, "return os.getuid()") != 0
    assert _result(sandbox, "os.setuid(0)") == "PermissionError"


@ON_LINUX
def test_the_environment_is_scrubbed(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, _ = confined
    names = _result(sandbox, "return sorted(os.environ)")
    assert isinstance(names, list)
    assert not {"HOME", "USER", "PATH", "PYTHONPATH", "PYTEST_CURRENT_TEST"} & set(names)


@ON_LINUX
def test_a_pid_namespace_hides_the_host(confined: tuple[Sandbox, frozenset[str]]) -> None:
    sandbox, held = confined
    _need(held, layers.PID_NAMESPACE)
    assert _result(sandbox, "return os.getppid()") == 1


def test_the_portable_way_reports_no_more_than_it_has() -> None:
    with Sandbox("portable") as sandbox:
        run = sandbox.run("def f(x): return x + 1\n", "f", [Call("a", {"x": 1}), Call("b", {"x": 2})])
    assert [outcome.value for outcome in run.outcomes] == [2, 3]
    assert set(run.isolation) <= {layers.TIME_LIMITS, layers.RESOURCE_LIMITS}


@pytest.mark.parametrize(
    ("body", "status"),
    [("while True: pass", "timeout"), ("os._exit(3)", "crashed"), ("1 / 0", "error"), ("os.abort()", "crashed")],
)
def test_the_portable_way_survives_its_learners(body: str, status: str) -> None:
    source = f"import os\ndef f(x):\n    if x == 1:\n        {body}\n    print('seen')\n    return x\n"
    limits = Limits(wall_seconds_per_case=2.0)
    with Sandbox("portable") as sandbox:
        run = sandbox.run(source, "f", [Call("a", {"x": 1}), Call("b", {"x": 2})], limits)
    assert [outcome.status for outcome in run.outcomes] == [status, "returned"]


def test_required_isolation_is_refused_where_it_is_not_to_be_had() -> None:
    with _Only(Processes(), "require") as sandbox, pytest.raises(EnvironmentProblem, match="protection of files"):
        sandbox.run(PROBE, "f", [Call("x", {})])


def test_isolation_available_names_what_a_run_reports() -> None:
    available = isolation_available()
    with Sandbox() as sandbox:
        assert sandbox.run(PROBE, "f", [Call("x", {})]).isolation == available
    assert set(available) <= KNOWN


@ON_LINUX
@pytest.mark.parametrize("prepared", [False, True], ids=["at once", "after its next child was ready"])
def test_a_zygote_that_was_killed_is_replaced(prepared: bool) -> None:
    backend = Zygote(namespaces=True)
    with _Only(backend) as sandbox:
        try:
            sandbox.run(PROBE, "f", [Call("x", {})])
        except EnvironmentProblem:
            pytest.skip("no namespaces here")
        process, spare = backend._process, backend._spare
        assert process is not None
        assert spare is not None
        connection = spare[1]._connection
        if prepared:
            assert select.select([connection], [], [], 10)[0]
        process.kill()
        process.wait()
        hung_up = select.poll()
        hung_up.register(connection, 0)
        assert hung_up.poll(10_000)
        assert sandbox.run(PROBE, "f", [Call("x", {})]).outcomes[0].status == "returned"


@ON_LINUX
def test_closing_ends_the_process_behind_it() -> None:
    backend = Zygote(namespaces=False)
    sandbox = _Only(backend)
    sandbox.run(PROBE, "f", [Call("x", {})])
    process = backend._process
    assert process is not None
    sandbox.close()
    assert process.returncode is not None
    assert sandbox.run(PROBE, "f", [Call("x", {})]).outcomes[0].status == "returned"
    sandbox.close()


@ON_LINUX
def test_a_forked_application_gets_a_zygote_of_its_own() -> None:
    with Sandbox() as sandbox:
        sandbox.run(PROBE, "f", [Call("x", {})])
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if sandbox.run(PROBE, "f", [Call("x", {})]).outcomes[0].status == "returned" else 2
                sandbox.close()
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert sandbox.run(PROBE, "f", [Call("x", {})]).outcomes[0].status == "returned"


def test_no_folder_is_left_behind() -> None:
    def ours() -> list[str]:
        return sorted(path.name for path in Path(tempfile.gettempdir()).glob("quizapp*"))

    before = ours()
    with Sandbox() as sandbox:
        sandbox.run("def f():\n    open('x', 'w').write('y')\n", "f", [Call("x", {})])
        assert ours() == before
    assert ours() == before


_REFUSED_CALLS = {"x86_64": {"unshare": 272, "landlock": 444}, "aarch64": {"unshare": 97, "landlock": 444}}
_OLD_KERNEL = """
import ctypes, json, sys
from quizapp.coding.sandbox import Call, Sandbox, kernel, seccomp
from quizapp.errors import EnvironmentProblem

deny = [seccomp._instruction(0x20, 0)]
for number in json.loads(sys.argv[1]):
    deny += seccomp._guarded(number, [seccomp._returning(0x00050026)])
code = b"".join([*deny, seccomp._returning(0x7FFF0000)])
buffer = ctypes.create_string_buffer(code, len(code))
program = seccomp._Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER, ctypes.byref(program))

refusal = ""
for isolation in ("require", "auto"):
    try:
        with Sandbox(isolation) as sandbox:
            run = sandbox.run("def f(): return 1", "f", [Call("x", {})])
        break
    except EnvironmentProblem as error:
        refusal = error.message
json.dump([run.outcomes[0].value, run.isolation, refusal], sys.stdout)
"""


@pytest.mark.skipif(not kernel.SUPPORTED, reason="needs seccomp to play an older kernel")
@pytest.mark.parametrize("refused", [("unshare",), ("landlock",), ("unshare", "landlock")])
def test_a_kernel_that_refuses_a_layer_is_reported_as_such(refused: tuple[str, ...]) -> None:
    numbers = [_REFUSED_CALLS[platform.machine()][name] for name in refused]
    command = [sys.executable, "-c", _OLD_KERNEL, json.dumps(numbers)]
    finished = subprocess.run(command, cwd=launch.project_folder(), capture_output=True, check=True, timeout=60)
    value, held, refusal = json.loads(finished.stdout)
    assert value == 1
    assert layers.SECCOMP in held
    assert (layers.LANDLOCK in held) == ("landlock" not in refused)
    assert bool(set(held) & {*layers.NAMESPACES, layers.PRIVATE_ROOT}) == ("unshare" not in refused)
    assert ("protection of files" in refusal) == (len(refused) == 2)
