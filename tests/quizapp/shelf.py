"""A small content folder with one deck that has every item type, and a clock that only moves when told to."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.clock import Clock
from quizapp.library import Library
from quizapp.paths import Folders, folders, shipped_content

SHANGHAI = ZoneInfo("Asia/Shanghai")

DECK = r"""
deck: softmax
title: {en: Softmax, zh: Softmax函数}
items:
  - id: compute
    type: computed
    topics: [n000-softmax]
    skill: softmax
  - id: sum
    type: choice
    topics: [n000-softmax]
    prompt: {en: "What do the outputs of a softmax sum to?", zh: "Softmax各输出之和是多少？"}
    options:
      - {text: "1", correct: true, why: {en: "They are shares.", zh: "各输出是份额。"}}
      - {text: "0", why: {en: "Every output is positive.", zh: "每个输出都为正。"}}
      - {text: "$K$", why: {en: "The sum does not depend on the classes.", zh: "和与类别数无关。"}}
  - id: subtract-max
    type: flashcard
    topics: [n000-softmax]
    hints: [{en: "Think of large logits.", zh: "想想很大的logit。"}]
    front: {en: "Why is $\\max_i z_i$ subtracted first?", zh: "为何先减去 $\\max_i z_i$？"}
    back: {en: "So that nothing overflows.", zh: "避免上溢。"}
  - id: properties
    type: multi
    topics: [n000-softmax]
    prompt: {en: "What holds for every softmax output?", zh: "哪些性质对每个Softmax输出都成立？"}
    options:
      - {text: {en: "It is positive.", zh: "为正数。"}, correct: true}
      - {text: {en: "It is below 1.", zh: "小于1。"}, correct: true}
      - {text: {en: "It is at least one half.", zh: "不小于二分之一。"}}
  - id: gaps
    type: cloze
    topics: [n000-softmax]
    text:
      en: "Softmax first applies the [[exponential|exp]], then divides by the [[sum|total]]."
      zh: "Softmax先取[[指数|exp]]，再除以[[总和|和]]。"
  - id: name
    type: typed
    topics: [n000-softmax]
    hints: [{en: "It maps logits to probabilities.", zh: "它把logit映射为概率。"}]
    prompt: {en: "Which function turns logits into a distribution?", zh: "哪个函数把logit变成概率分布？"}
    accept: [softmax]
  - id: steps
    type: order
    topics: [n000-softmax]
    prompt: {en: "Put the steps of a stable softmax in order.", zh: "按顺序排列稳定Softmax的步骤。"}
    entries:
      - {en: "Subtract the maximum", zh: "减去最大值"}
      - {en: "Exponentiate", zh: "取指数"}
      - {en: "Divide by the sum", zh: "除以总和"}
  - id: symbols
    type: match
    topics: [n000-softmax]
    prompt: {en: "Match the symbols.", zh: "将符号与含义配对。"}
    pairs:
      - {left: "$z_i$", right: {en: "logit", zh: "logit（未归一化得分）"}}
      - {left: "$p_i$", right: {en: "probability", zh: "概率"}}
"""

SYLLABUS = """
areas:
  - {id: activations, title: {en: Activations, zh: 激活函数}}
decks:
  - id: softmax
    area: activations
    title: {en: Softmax, zh: Softmax函数}
    requires: []
    topics: [n000-softmax]
topics:
  - {id: n000-softmax, title: {en: softmax, zh: softmax函数}, note: "000", section: softmax}
errata: []
"""


class Hours:
    """A clock that is set by hand: ``clock`` is what the application gets."""

    def __init__(self, start: datetime | None = None) -> None:
        self.moment = start or datetime(2027, 3, 1, 9, 0, tzinfo=SHANGHAI)
        self.seconds = 0.0
        self.clock = Clock(now=lambda: self.moment, elapsed=lambda: self.seconds)

    def pass_by(self, **amount: float) -> None:
        """Let time pass: ``days=…, hours=…, minutes=…, seconds=…``."""
        step = timedelta(**amount)
        self.moment += step
        self.seconds += step.total_seconds()


def make_content(root: Path, deck: str = DECK) -> Path:
    """Write the small content folder; the words of the skills are the shipped ones."""
    (root / "decks" / "activations").mkdir(parents=True)
    (root / "decks" / "activations" / "softmax.yaml").write_text(deck, encoding="utf-8")
    (root / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    words = root / "skills" / "activations"
    words.mkdir(parents=True)
    source = shipped_content() / "skills" / "activations" / "softmax.yaml"
    (words / "softmax.yaml").write_bytes(source.read_bytes())
    # Installed content is older than the first start; a file of this very second would be read again for safety.
    for path in (root, *root.rglob("*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return root


def make_folders(root: Path, deck: str = DECK) -> Folders:
    """Return folders below ``root`` with the small content in them."""
    return folders(root / "data", (make_content(root / "content", deck),), {})


def open_library(where: Folders, hours: Hours) -> Library:
    """Open content and progress with the hand-set clock."""
    return Library.open(where, hours.clock)
