"""A content folder under construction, and sample decks without a mistake."""

import os
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from quizapp.catalogue.catalogue import Catalogue
from quizapp.catalogue.check import check
from quizapp.catalogue.finding import Finding
from quizapp.paths import Folders

SYLLABUS = """\
areas:
  - {id: activations, title: {en: Activation functions, zh: 激活函数}}
  - {id: convolution, title: {en: Convolution, zh: 卷积}}
decks:
  - id: conv-size
    area: convolution
    title: {en: Sizes of feature maps, zh: 特征图尺寸}
    requires: []
    topics: [conv-output, conv-padding]
  - id: softmax
    area: activations
    title: {en: Softmax, zh: Softmax函数}
    requires: [conv-size]
    topics: [softmax-definition]
topics:
  - {id: softmax-definition, title: {en: softmax, zh: softmax函数}, note: '000', section: softmax}
  - {id: conv-output, title: {en: output size, zh: 输出尺寸}, note: '001', section: 卷积}
  - {id: conv-padding, title: {en: padding, zh: 填充}, note: '001', section: 卷积}
errata:
  - {id: e000-softmax-index, note: '000', section: softmax, severity: wrong}
"""
SOFTMAX_DECK = """\
deck: softmax
items:
  - id: shift
    type: flashcard
    topics: [softmax-definition]
    errata: [e000-softmax-index]
    tags: [basics]
    aliases: [softmax/old-shift]
    front: {en: "What does **adding** a constant to all logits change?", zh: 给所有logit加上同一常数会怎样？}
    back: {en: Nothing., zh: 概率不变。}
  - id: range
    type: choice
    topics: [softmax-definition]
    prompt: {en: Which sums are possible?, zh: 各概率之和可能是多少？}
    options:
      - {text: "1", correct: true}
      - {text: "2"}
"""
CONV_DECK = """\
deck: conv-size
items:
  - id: stride
    type: cloze
    topics: [conv-output]
    text: {en: "A stride of two [[halves|divides by two]] the size of the map.", zh: "步幅为2时，特征图尺寸[[减半]]。"}
"""


@dataclass
class Shelf:
    """A content folder under construction, with folders of its own for data and caches."""

    root: Path
    folders: Folders

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return path

    def open(self) -> Catalogue:
        return Catalogue.open(self.folders)

    def check(self) -> list[Finding]:
        return check(self.folders.content)

    def age(self) -> None:
        """Let everything look an hour old, so that times are trusted again."""
        for path in [self.root, *self.root.rglob("*")]:
            old = path.stat().st_mtime_ns - 3_600_000_000_000
            os.utime(path, ns=(old, old))
