r"""The engine's exceptions. None carries a sentence for learners: slugs and numbers only.

::

    EngineError
    ├── AnswerFormatError     a typed answer that can't be read: invalid, not wrong
    ├── UnknownIdError        no such skill or exercise
    ├── ParamsError           parameters that the skill refuses
    └── SamplingError         no variant discriminates after the allowed tries: a defect of the sampler
"""


class EngineError(Exception):
    """Base of all errors raised by the engine."""


class AnswerFormatError(EngineError):
    """An answer that can't be read.

    Parameters
    ----------
    slug : str
        Which rule it breaks, e.g. ``"not-a-number"``; the words for it live in the application.
    text : str
        The offending text as typed.
    span : tuple of int
        Start and end of the offending characters in ``text``.
    **details : object
        Values that a message may show, e.g. ``expected=3, got=2``.
    """

    def __init__(self, slug: str, text: str = "", span: tuple[int, int] | None = None, **details: object) -> None:
        super().__init__(slug)
        self.slug = slug
        self.text = text
        self.span = span if span is not None else (0, len(text))
        self.details = details


class UnknownIdError(EngineError):
    """No skill or exercise has this id; ``nearest`` lists the most similar ones."""

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"no {kind} {name!r}")
        self.kind = kind
        self.name = name
        self.nearest = nearest


class ParamsError(EngineError):
    """The given parameters are not ones this skill can ask about."""


class SamplingError(EngineError):
    """A sampler did not find a variant that discriminates."""
