"""The names of the layers of confinement, and which of them an isolation worth its name needs."""

from collections.abc import Collection

TIME_LIMITS = "time-limits"
RESOURCE_LIMITS = "resource-limits"
NO_NEW_PRIVILEGES = "no-new-privileges"
UNPRIVILEGED_USER = "unprivileged-user"
USER_NAMESPACE = "user-namespace"
NETWORK_NAMESPACE = "network-namespace"
IPC_NAMESPACE = "ipc-namespace"
UTS_NAMESPACE = "uts-namespace"
MOUNT_NAMESPACE = "mount-namespace"
PID_NAMESPACE = "pid-namespace"
PRIVATE_ROOT = "private-root"
LANDLOCK = "landlock"
SECCOMP = "seccomp"

NAMESPACES = (
    USER_NAMESPACE,
    NETWORK_NAMESPACE,
    IPC_NAMESPACE,
    UTS_NAMESPACE,
    MOUNT_NAMESPACE,
    PID_NAMESPACE,
)

_NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "limits on resources": (frozenset({RESOURCE_LIMITS}),),
    "an unprivileged user": (frozenset({UNPRIVILEGED_USER}),),
    "protection of files": (frozenset({LANDLOCK}), frozenset({PRIVATE_ROOT})),
    "no network": (frozenset({SECCOMP}), frozenset({NETWORK_NAMESPACE})),
    "no other processes": (frozenset({SECCOMP}), frozenset({PID_NAMESPACE, NO_NEW_PRIVILEGES})),
}


def missing(held: Collection[str]) -> tuple[str, ...]:
    """Return in words what the layers in `held` don't give; empty when code that nobody trusts may run."""
    return tuple(what for what, ways in _NEEDED.items() if not any(way <= set(held) for way in ways))
