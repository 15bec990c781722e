"""Everything a forked child gives up before it sees a learner's code."""

import contextlib
import fcntl
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.coding.sandbox import kernel, landlock, layers, seccomp
from quizapp.coding.sandbox.model import Limits
from quizapp.coding.sandbox.rlimits import limit_resources

CHANNEL = 3
"""The descriptor of the private pipe, the only one besides standard input, output and error."""
_NOBODY = 65534
_HIGH = 100


@dataclass(frozen=True)
class Confinement:
    """What the zygote has prepared for its children.

    Attributes
    ----------
    held : tuple of str
        Layers that hold for the zygote and so for its children.
    ruleset : Ruleset or None
        Landlock's, None where the kernel has none.
    filter : Filter or None
        Seccomp's.
    scratch : str or None
        The only writable folder; None if none could be bounded in size.
    address_space : int
        Bytes that Python and NumPy have mapped already.
    drop_user : bool
        Whether children can become another user.
    """

    held: tuple[str, ...]
    ruleset: landlock.Ruleset | None
    filter: seccomp.Filter | None
    scratch: str | None
    address_space: int
    drop_user: bool

    def enter(self, channel: int, output: int, limits: Limits) -> tuple[str, ...]:
        """Confine this process for ever and return the layers that hold. Call it in a fresh fork only."""
        os.setsid()
        _arrange_descriptors(channel, output, keep=self.ruleset.descriptor if self.ruleset else -1)
        os.chdir(self.scratch or "/")
        held = list(self.held)
        _try(
            held, layers.RESOURCE_LIMITS, lambda: limit_resources(limits, self.address_space, self.scratch is not None)
        )
        _try(held, layers.UNPRIVILEGED_USER, self._become_nobody)
        # A change of user clears it, so it comes after; where the zygote is process 1 its end takes all with it anyway.
        with contextlib.suppress(OSError):
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        _try(held, layers.NO_NEW_PRIVILEGES, lambda: kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1))
        if self.ruleset is not None:
            _try(held, layers.LANDLOCK, self.ruleset.restrict)
            os.close(self.ruleset.descriptor)
        if self.filter is not None:
            _try(held, layers.SECCOMP, self.filter.install)
        return tuple(held)

    def _become_nobody(self) -> None:
        if self.drop_user:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        kernel.drop_capabilities()
        if os.geteuid() == 0:
            raise OSError("still the superuser")


def _try(held: list[str], layer: str, enter: Callable[[], None]) -> None:
    """Enter a layer; one that the system refuses is left out of the report, and the caller judges by the report."""
    with contextlib.suppress(OSError, ValueError):
        enter()
        held.append(layer)


def _arrange_descriptors(channel: int, output: int, keep: int) -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    # Copies far above the places they have to take, so that no copy lands on one that is still needed.
    high = [_copy_high(descriptor) for descriptor in (null, output, output, channel)]
    for place, descriptor in enumerate(high):
        os.dup2(descriptor, place, inheritable=False)
    kept = keep if keep > CHANNEL else CHANNEL
    os.closerange(CHANNEL + 1, kept)
    os.closerange(kept + 1, 4096)


def _copy_high(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _HIGH)
