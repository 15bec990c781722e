"""A coding exercise: a signature, a reference, the cases that it is called with and the mistakes known by name.

An exercise is data. How outcomes are compared, mistakes recognised and failing inputs made smaller is the business of
``engine.grading``; where the learner's code runs is the application's.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from engine.laws import Law
from engine.rng import generator
from engine.rules import Rules

Args = Mapping[str, Any]
Function = Callable[..., Any]
STUB = '''import numpy as np


{signature}
    """{task}"""
    raise NotImplementedError
'''


@dataclass(frozen=True, slots=True)
class Case:
    """One call of the learner's function.

    Parameters
    ----------
    name : str
        Unique within the exercise; shown in reports.
    args : mapping
        Keyword arguments. An optional one that is left out tests the default.
    atol : float
        Absolute error allowed on top of the exercise's tolerance, where a large offset eats digits.
    """

    name: str
    args: Args
    atol: float = 0.0

    @property
    def size(self) -> int:
        """How many numbers the arguments hold."""
        return sum(int(np.size(value)) for value in self.args.values())


@dataclass(frozen=True, eq=False)
class Exercise:
    """What is to be written and how it is judged.

    Parameters
    ----------
    id : str
        Kebab-case; the file is named after it.
    signature : str
        ``def name(argument, option=default):``.
    shapes : str
        What goes in and comes out, as a comment of the signature.
    reference : callable
        The right function, from ``engine.ops``, with the signature's argument names.
    cases : callable
        Yields the cases, small ones first, from a generator; ``area`` is read off the module it is defined in.
    mutants : mapping of str to callable or tuple of callables
        Known mistakes by slug; several functions where one mistake shows in several ways.
    outputs : tuple of str
        Names of the parts of a tuple that is returned.
    rules : Rules
        What the source may not contain, and whether warnings count.
    rtol, atol : float
        Relative error of each entry; absolute error as a share of the largest entry.
    single : bool
        Whether a result in single precision is accepted, at its own tolerance.
    laws : tuple of Law
        Properties of every right result, by which a wrong one can be described.
    dimensions : mapping of str to str
        Names of each argument's axes, as ``"N D"``; axes of the same name are cut together when a failing input is
        made smaller. A name in capitals may shrink to 1, a lower-case one and a number stay as they are.
    fit : callable
        Makes cut or rounded arguments fit one another again; ``None`` where the task does not allow them.
    version : int
        Raised when the meaning changes.
    """

    id: str
    signature: str
    shapes: str
    reference: Function
    cases: Callable[[np.random.Generator], Iterable[Case]]
    mutants: Mapping[str, Function | tuple[Function, ...]]
    outputs: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    rtol: float = 1e-7
    atol: float = 1e-10
    single: bool = False
    laws: tuple[Law, ...] = ()
    dimensions: Mapping[str, str] = field(default_factory=dict)
    fit: Callable[[Args], Args | None] = lambda args: args
    version: int = 1

    @cached_property
    def definition(self) -> ast.FunctionDef:
        """The signature as a syntax tree."""
        (found,) = ast.parse(f"{self.signature} ...").body
        if not isinstance(found, ast.FunctionDef):
            raise TypeError(f"{self.id}: the signature defines no function")
        return found

    @property
    def function(self) -> str:
        """Name of the function to write."""
        return self.definition.name

    @property
    def area(self) -> str:
        """The area, which is the folder the exercise lives in."""
        return self.cases.__module__.split(".")[-2].replace("_", "-")

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """Values of the optional arguments."""
        arguments = self.definition.args
        names = [argument.arg for argument in arguments.args]
        values = [ast.literal_eval(default) for default in arguments.defaults]
        return dict(zip(names[len(names) - len(values) :], values, strict=True))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of all arguments, in order."""
        return tuple(argument.arg for argument in self.definition.args.args)

    def all_cases(self, seed: int = 0) -> tuple[Case, ...]:
        """Return the cases of a seed, which are always the same."""
        return tuple(self.cases(generator(f"exercise {self.id}", self.version, 1, seed)))

    def implementations(self) -> Iterable[tuple[str, Function]]:
        """Return every mutant with its slug."""
        for slug, found in self.mutants.items():
            for function in found if isinstance(found, tuple) else (found,):
                yield slug, function

    def stub(self, task: str) -> str:
        """Return the source that a learner starts from: it loads, and fails.

        Parameters
        ----------
        task : str
            The docstring, in the learner's language.
        """
        quoted = task.strip().replace("\\", "\\\\").replace('"""', "'''")
        lines = [line.rstrip() for line in f"{quoted}\n\n{self.shapes}".split("\n")]
        body = "\n".join([lines[0], *(f"    {line}" if line else "" for line in lines[1:])])
        return STUB.format(signature=self.signature, task=f"{body}\n    ")
