"""What laying text out may load."""

import subprocess
import sys

_HEAVY = "('texicode', 'rich', 'textual', 'numpy', 'pydantic', 'yaml', 'sqlite_utils')"


def _loaded(source: str) -> str:
    program = f"import sys; {source}; print(sorted({{m.split('.')[0] for m in sys.modules}} & set({_HEAVY})))"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_text_without_drawn_formulas_loads_nothing() -> None:
    source = "from quizapp.markup.layout import layout; layout('**a** 学 $x_i^2$ $5', 40)"
    assert _loaded(source) == "[]"


def test_first_drawn_formula_loads_texicode() -> None:
    source = r"from quizapp.markup.formula import render_formula; render_formula(r'\frac{a}{b}', True)"
    assert _loaded(source) == "['texicode']"
