"""The words of the exercises that ship, and one sandbox for all tests of this folder."""

from functools import cache

import yaml

from quizapp.paths import shipped_content
from quizapp.questions.words import ExerciseWords


@cache
def words(exercise: str) -> ExerciseWords:
    (file,) = (shipped_content() / "exercises").glob(f"*/{exercise}.yaml")
    return ExerciseWords.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
