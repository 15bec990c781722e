"""Writes the first version of a new skill: its engine module and its words, with every place to fill in marked."""

import re
from pathlib import Path

import engine
from quizapp.errors import UnknownName, UsageProblem
from quizapp.paths import shipped_content

MODULE = '''"""What is asked, in one line.

Asked: kind and precision of the answer. Convention: whatever decides it. Source: one source.
"""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from engine.answers.kinds import Real
from engine.ops.{module} import {function}
from engine.skill import Params, Skill, Step


def _first_mistake(x: float) -> Any:
    return -{function}(x)


class {name}Params(Params):
    """The arguments; bounds say what can be answered."""

    x: float = Field(ge=-1e6, le=1e6)


class {name}(Skill[{name}Params]):
    """What the learner computes."""

    id = "{skill}"
    answer = Real(decimals=4)
    params_type = {name}Params
    reference = staticmethod({function})
    misconceptions: ClassVar = {{"first-mistake": _first_mistake}}

    def sample(self, rng: np.random.Generator, level: int) -> {name}Params:
        """Say what the levels differ in."""
        return {name}Params(x=int(rng.integers(-10 * level, 10 * level + 1)) / 10)

    def steps(self, params: {name}Params) -> tuple[Step, ...]:
        """Name the steps; the last one's ``answer`` is the answer."""
        return (Step("first-step", {{"answer": {function}(params.x)}}),)


SKILL = {name}()
'''

WORDS = """# yaml-language-server: $schema=../../schema/skill.schema.json
skill: {skill}
title:
  en: FILL IN
  zh: 待填写
prompt:
  en: FILL IN what is asked about <<x>>, with every convention that decides the answer.
  zh: 待填写：关于 <<x>> 的问题，写明一切影响答案的约定。
steps:
  first-step:
    en: 'FILL IN: <<answer:4>>.'
    zh: 待填写：<<answer:4>>。
misconceptions:
  first-mistake:
    en: FILL IN what was done, and what to do instead.
    zh: 待填写：错在哪里，应当怎样做。
hints:
  - en: FILL IN
    zh: 待填写
"""


def new_skill(skill: str, area: str, areas: tuple[str, ...]) -> tuple[Path, Path]:
    """Write the two files of a new skill into the source tree; never over an existing one.

    Parameters
    ----------
    skill, area : str
        Kebab-case ids.
    areas : tuple of str
        The areas of the syllabus.

    Returns
    -------
    tuple of Path
        The module and the words.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", skill):
        raise UsageProblem(f"{skill!r} is no skill id.", "Use lower-case words joined by hyphens, such as margin-loss.")
    if area not in areas:
        raise UnknownName("area", area, areas)
    source = Path(engine.__path__[0])
    if not (source.parent / "pyproject.toml").is_file():
        raise UsageProblem(
            "A skill can only be added to a source tree.", "Clone the repository and install it with pip install -e ."
        )
    function = skill.replace("-", "_")
    package = source / "skills" / area.replace("-", "_")
    module, words = package / f"{function}.py", shipped_content() / "skills" / area / f"{skill}.yaml"
    for path in (module, words):
        if path.exists():
            raise UsageProblem(f"{path} exists already.", "Choose another id, or edit that file.")
        path.parent.mkdir(parents=True, exist_ok=True)
    if not (package / "__init__.py").exists():
        (package / "__init__.py").write_text(f'"""Skills of the area {area}."""\n', encoding="utf-8")
    name = "".join(word.capitalize() for word in skill.split("-"))
    values = {"skill": skill, "function": function, "module": area.replace("-", "_"), "name": name}
    module.write_text(MODULE.format(**values), encoding="utf-8")
    words.write_text(WORDS.format(**values), encoding="utf-8")
    return module, words
