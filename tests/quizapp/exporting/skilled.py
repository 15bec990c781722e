"""A deck that asks one skill of every answer kind, with the words that ship."""

from pathlib import Path

from quizapp.paths import Folders, shipped_content
from tests.quizapp.shelf import make_folders

SKILLS = {
    "entropy": "real",
    "receptive-field": "integer",
    "softmax": "vector",
    "batch-norm-forward": "matrix",
    "conv-weight-shape": "shape",
    "knn-vote": "choice",
    "precision-recall-f1": "named",
    "iou": "real with a figure",
}

TRUTHS = """
  - id: truth
    type: choice
    topics: [n000-softmax]
    prompt: {en: "Softmax outputs sum to one.", zh: "Softmax各输出之和为1。"}
    options:
      - {text: {en: "True", zh: 正确}, correct: true, why: {en: "They are shares.", zh: "各输出是份额。"}}
      - {text: {en: "False", zh: 错误}, why: {en: "Add them up.", zh: "不妨相加。"}}
  - id: one-gap
    type: cloze
    topics: [n000-softmax]
    text: {en: "Divide by the [[sum|total]] {1:x}.", zh: "再除以[[总和]] {1:x}。"}
  - {id: star, type: typed, topics: [n000-softmax], prompt: "Which one?", accept: ["a*b", "#1", "~c"]}
  - {id: exact, type: typed, topics: [n000-softmax], prompt: "How many?", answer: {value: 1792}}
"""


def make_skilled(root: Path) -> Folders:
    """Return folders with that deck."""
    items = "".join(f"  - {{id: ask-{s}, type: computed, topics: [n000-softmax], skill: {s}}}\n" for s in SKILLS)
    folders = make_folders(root, f"deck: softmax\nitems:\n{items}{TRUTHS}")
    (content,) = folders.content
    for name in SKILLS:
        (source,) = shipped_content().glob(f"skills/*/{name}.yaml")
        target = content / "skills" / source.parent.name / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    return folders
