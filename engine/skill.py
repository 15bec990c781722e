"""A skill: a reference function, a sampler of its arguments and a few wrong models with the same signature.

From that one object follow the answer, the worked steps, the recognised wrong answers, the distractors of a
multiple-choice version, the cases of a coding exercise and the mutants that prove those cases strong enough.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.answers.compare import matches
from engine.answers.diagnose import Diagnosis, diagnose
from engine.answers.kinds import AnswerKind, Choice, Value, canonical, format_value, tolerance
from engine.answers.parse import Parsed, parse
from engine.errors import AnswerFormatError, ParamsError, SamplingError
from engine.figure import Figure
from engine.rng import generator

LEVELS = (1, 2, 3)
TRIES = 64
SMALLEST_ANSWER_IN_TOLERANCES = 10


class Params(BaseModel):
    """Sampled arguments of a skill: frozen, no extra fields, JSON scalars and tuples only.

    Bounds describe what the skill can *answer*, so that any published example can be recomputed; what is *asked* is
    the sampler's business and usually narrower.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a worked solution: a slug, whose words are content, and the values that its words may show."""

    slug: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A typed form that one or several wrong models lead to; those that coincide are named together."""

    slugs: tuple[str, ...]
    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Variant(Generic[P]):
    """One concrete question: parameters, the answer and every wrong answer that can be recognised."""

    skill: str
    version: int
    level: int
    seed: int | None
    params: P
    kind: AnswerKind
    answer: Value
    text: str
    misconceptions: tuple[Misconception, ...]

    @property
    def tolerance(self) -> float:
        """Largest accepted distance of a typed number from the answer."""
        return tolerance(self.kind)


class Skill(ABC, Generic[P]):
    """Base of all skills. A subclass gives the class attributes and ``sample``, ``steps``; the rest follows.

    Attributes
    ----------
    id : str
        Kebab-case; the file is named after it.
    version : int
        Raised when the meaning of parameters or answer changes.
    tier : int
        1 essential and hand-computable, 2 useful, 3 special.
    answer : AnswerKind
        Kind and precision of the answer.
    params_type : type of Params
    reference : staticmethod
        The right model, from ``engine.ops``.
    misconceptions : mapping of str to callable
        Wrong models with the reference's signature.
    """

    id: ClassVar[str]
    version: ClassVar[int] = 1
    tier: ClassVar[int] = 1
    answer: ClassVar[AnswerKind]
    params_type: type[P]
    reference: ClassVar[Callable[..., Any]]
    misconceptions: ClassVar[Mapping[str, Callable[..., Any]]]

    @property
    def area(self) -> str:
        """The area, which is the folder the skill lives in."""
        return type(self).__module__.split(".")[-2].replace("_", "-")

    @abstractmethod
    def sample(self, rng: np.random.Generator, level: int) -> P:
        """Draw parameters of one level. May be called again when a draw does not discriminate."""

    @abstractmethod
    def steps(self, params: P) -> tuple[Step, ...]:
        """Return the worked solution; the last step's ``answer`` value is the answer."""

    def arguments(self, params: P) -> dict[str, Any]:
        """Return the keyword arguments of the reference; tuples of numbers become arrays."""
        return {
            name: np.asarray(value) if isinstance(value, tuple) else value
            for name, value in ((name, getattr(params, name)) for name in type(params).model_fields)
        }

    def display(self, params: P) -> dict[str, Any]:
        """Return the values that placeholders of the prompt may show; by default the parameters themselves."""
        return {name: getattr(params, name) for name in type(params).model_fields}

    def figure(self, params: P) -> Figure | None:
        """Return a picture of the question, if one helps."""
        return None

    def solve(self, params: P) -> Value:
        """Return the answer in full precision."""
        return canonical(self.answer, type(self).reference(**self.arguments(params)))

    def validate(self, data: Mapping[str, Any] | str) -> P:
        """Return parameters from a mapping or JSON text.

        Raises
        ------
        ParamsError
            With one line for each parameter that is missing, unknown or out of range.
        """
        try:
            if isinstance(data, str):
                return self.params_type.model_validate_json(data)
            return self.params_type.model_validate(dict(data))
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(str(part) for part in problem['loc']) or 'params'}: {problem['msg']}"
                for problem in error.errors(include_url=False)
            )
            raise ParamsError(problems) from error

    def generate(self, seed: int, level: int = 1) -> Variant[P]:
        """Return the variant of a seed and level: the first draw whose wrong answers can be told apart.

        Raises
        ------
        ParamsError
            For an unknown level or a seed out of range.
        SamplingError
            If 64 draws don't discriminate; it never falls back to a weaker one.
        """
        if level not in LEVELS:
            raise ParamsError(f"level must be one of {', '.join(map(str, LEVELS))}, got {level}")
        rng = generator(self.id, self.version, level, seed)
        for _ in range(TRIES):
            variant = self.variant(self.sample(rng, level), level=level, seed=seed)
            if self.discriminates(variant):
                return variant
        raise SamplingError(f"{self.id}: no discriminating variant in {TRIES} tries (level {level}, seed {seed})")

    def variant(self, params: P, *, level: int = 1, seed: int | None = None) -> Variant[P]:
        """Return the question that these parameters make, whether or not it is a good one to ask."""
        answer = self.solve(params)
        text = format_value(self.answer, answer)
        return Variant(
            skill=self.id,
            version=self.version,
            level=level,
            seed=seed,
            params=params,
            kind=self.answer,
            answer=answer,
            text=text,
            misconceptions=self._wrong_answers(params, text),
        )

    def _wrong_answers(self, params: P, right: str) -> tuple[Misconception, ...]:
        """Group the wrong models by the form a learner would type; forms equal to the right one don't apply."""
        forms: dict[str, tuple[list[str], Value]] = {}
        for slug, model in self.misconceptions.items():
            # A wrong model may leave its domain (log of a negative number): nobody can type the result.
            with np.errstate(all="ignore"):
                try:
                    value = canonical(self.answer, model(**self.arguments(params)))
                except (ValueError, ZeroDivisionError, OverflowError):
                    continue
            if not _is_finite(value):
                continue
            text = format_value(self.answer, value)
            if text != right:
                forms.setdefault(text, ([], value))[0].append(slug)
        return tuple(Misconception(tuple(slugs), value, text) for text, (slugs, value) in forms.items())

    def discriminates(self, variant: Variant[P]) -> bool:
        """Tell whether enough wrong answers apply and no typed form can be taken for another one."""
        needed = 1 if len(self.misconceptions) <= 2 or isinstance(self.answer, Choice) else 2
        if len(variant.misconceptions) < needed or not self._is_visible(variant.answer):
            return False
        forms: list[tuple[Parsed, Value]] = []
        for text, value in [(variant.text, variant.answer), *((m.text, m.value) for m in variant.misconceptions)]:
            try:
                forms.append((parse(self.answer, text), value))
            except AnswerFormatError:
                return False
        return all(
            matches(self.answer, typed.value, value) == (i == j)
            for i, (typed, _) in enumerate(forms)
            for j, (_, value) in enumerate(forms)
        )

    def _is_visible(self, value: Value) -> bool:
        """Tell whether the answer shows digits at the asked precision: "0.0001" would accept a zero."""
        if isinstance(value, str):
            return True
        largest = float(np.max(np.abs(np.asarray(value, dtype=float)), initial=0.0))
        return largest == 0.0 or largest >= SMALLEST_ANSWER_IN_TOLERANCES * tolerance(self.answer)

    def diagnose(self, variant: Variant[P], typed: Parsed) -> Diagnosis:
        """Compare a typed answer with the answer and with every recognised wrong one."""
        return diagnose(
            self.answer, typed, variant.answer, [(wrong.slugs, wrong.value) for wrong in variant.misconceptions]
        )


def _is_finite(value: Value) -> bool:
    return isinstance(value, str) or bool(np.all(np.isfinite(np.asarray(value, dtype=float))))
