"""Run code that nobody trusts: load a learner's source, call one function on given inputs, return what came back.

The learner's code runs in a process of its own that never sees an expected value and can write nothing but its answers
to a private pipe. See :class:`~quizapp.coding.sandbox.sandbox.Sandbox`.
"""

from quizapp.coding.sandbox.model import Call, Limits, Outcome, Run, Status
from quizapp.coding.sandbox.sandbox import Isolation, Sandbox, isolation_available

__all__ = ["Call", "Isolation", "Limits", "Outcome", "Run", "Sandbox", "Status", "isolation_available"]
