"""A finding: one thing that is wrong in the content, where it is and how to mend it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Errors leave their item out and fail ``content check``; warnings do neither."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """One defect of the content.

    Parameters
    ----------
    file : str
        Path as it was given or found.
    line, column : int
        Counted from 1; 1, 1 where a whole file is meant.
    severity : Severity
    rule : str
        Slug of the rule.
    message : str
        ``field: what is wrong``, without the place.
    hint : str
        How to mend it; may be empty.
    """

    file: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}" + (f": {self.hint}" if self.hint else "")

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding as ``content check --json`` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity.value,
            "rule": self.rule,
            "message": self.message,
            "hint": self.hint,
        }


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by file and place, each once."""
    return sorted(set(findings), key=lambda found: (found.file, found.line, found.column, found.rule, found.message))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(found.severity is Severity.ERROR for found in findings)
