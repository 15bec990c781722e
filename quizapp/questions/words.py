"""The words of skills and exercises, as the content gives them, and the book in which item types look them up."""

from typing import Annotated, Any, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from quizapp.text import Text


class Wording(BaseModel):
    """Words in both languages, with ``<<placeholders>>`` that the skill's values fill."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]

    @property
    def text(self) -> Text:
        """The words as a value."""
        return Text(self.en.strip(), self.zh.strip())


def _bilingual(value: Any) -> Any:
    if isinstance(value, str):
        return {"en": value, "zh": value}
    # A plain number in YAML reads the same in both languages; a bool is a slip (`no`) that validation must report.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"en": str(value), "zh": str(value)}
    return value


Bilingual = Annotated[Wording, BeforeValidator(_bilingual, json_schema_input_type=Wording | str | int | float)]


Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class SkillWords(BaseModel):
    """Everything a learner reads of one skill: ``content/skills/<area>/<skill>.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill: str = Field(description="Id of the skill; the file is named after it.")
    title: Bilingual
    prompt: Bilingual = Field(description="The question, conventions included; the asked precision is added to it.")
    steps: dict[str, Bilingual] = Field(description="One sentence or formula for each step slug.")
    misconceptions: dict[str, Bilingual] = Field(description="For each slug: what was done and what to do instead.")
    hints: tuple[Bilingual, ...] = Field(default=(), max_length=3)


class ExerciseWords(BaseModel):
    """Everything a learner reads of one coding exercise: ``exercises/<area>/<exercise>.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: Name = Field(description="Id of the exercise; the file is named after it.")
    title: Bilingual
    task: Bilingual = Field(description="What to write: formula, shapes and conventions included.")
    hints: tuple[Bilingual, ...] = Field(default=(), max_length=3)
    mutants: dict[Name, Bilingual] = Field(default_factory=dict, description="For each recognised mistake: feedback.")


class WordBook(Protocol):
    """Where the words of skills and exercises are looked up."""

    def skill_words(self, skill: str) -> SkillWords:
        """Return the words of one skill; raises ``quizapp.errors.UnknownName`` if there are none."""
        ...

    def exercise_words(self, exercise: str) -> ExerciseWords:
        """Return the words of one exercise; raises ``quizapp.errors.UnknownName`` if there are none."""
        ...
