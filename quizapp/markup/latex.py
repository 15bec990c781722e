"""LaTeX mathematics read into a tree.

Whatever is not understood raises ``FormulaError``; callers fall back to the source.
"""

from functools import lru_cache

from quizapp.markup import symbols
from quizapp.markup.symbols import Class
from quizapp.markup.tree import EMPTY, Accent, Atom, Fenced, Fraction, Grid, Node, Root, Row, Script, Stack


class FormulaError(Exception):
    """The formula can't be read: unbalanced braces, an unknown command."""


_GRIDS = symbols.names("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases array")
_LINES = symbols.names("aligned align align* split gathered gather gather* equation equation* eqnarray")
_FONTS = symbols.names(
    "mathrm mathbf boldsymbol bm mathsf mathtt mathit mathnormal mathbb mathcal mathscr mathfrak pmb"
)
_TEXTS = symbols.names("text textrm textbf textit texttt textsf mbox operatorname operatorname* hbox")
_PAIRS = {")": "(", "]": "[", "}": "{", "⌋": "⌊", "⌉": "⌈", "⟩": "⟨", "|": "|", "‖": "‖"}
_END = ""
_DEEPEST = 40


def tokenise(latex: str) -> list[str]:
    r"""Split into commands (``\frac``), single characters and single spaces."""
    tokens: list[str] = []
    at = 0
    while at < len(latex):
        character = latex[at]
        if character == "\\":
            end = at + 1
            while end < len(latex) and latex[end].isascii() and latex[end].isalpha():
                end += 1
            if end == at + 1:
                if end == len(latex):
                    raise FormulaError("a lone backslash at the end")
                end += 1
            elif latex[at + 1 : end] == "operatorname" and latex[end : end + 1] == "*":
                end += 1
            tokens.append(latex[at:end])
            at = end
        elif character.isspace():
            while at < len(latex) and latex[at].isspace():
                at += 1
            tokens.append(" ")
        else:
            tokens.append(character)
            at += 1
    return tokens


class _Reader:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, latex: str) -> None:
        self.tokens = tokenise(latex)
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at] == " ":
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else _END

    def take(self) -> str:
        lexeme = self.peek()
        self.at += 1
        return lexeme

    def expect(self, wanted: str) -> None:
        got = self.take()
        if got != wanted:
            raise FormulaError(f"expected {wanted}, found {got or 'the end'}")

    def raw_group(self) -> str:
        """Read a braced argument as it is written, spaces kept."""
        if self.peek() != "{":
            return self.take()
        self.at += 1
        depth, parts = 1, list[str]()
        while self.at < len(self.tokens):
            lexeme = self.tokens[self.at]
            self.at += 1
            depth += (lexeme == "{") - (lexeme == "}")
            if not depth:
                return "".join(parts)
            parts.append(lexeme)
        raise FormulaError("unclosed {")

    def argument(self) -> Node:
        lexeme = self.peek()
        if lexeme in ("", "}", "&", "^", "_"):
            raise FormulaError("a command without its argument")
        if lexeme.isdigit():
            # TeX takes one token: \frac12 is a half.
            self.at += 1
            return Atom(lexeme, lexeme, Class.ORDINARY)
        return self.item()

    def row(self, *stops: str) -> Node:
        """Read items until one of ``stops``, which is left in place."""
        items: list[Node] = []
        while (lexeme := self.peek()) not in stops:
            if lexeme in ("", "}", "\\right", "\\end"):
                raise FormulaError(
                    f"{lexeme or 'the end'} where {' or '.join(filter(None, stops)) or 'more'} was expected"
                )
            if lexeme in ("\\limits", "\\nolimits"):
                self.at += 1
            elif lexeme == "\\choose":
                self.at += 1
                above = items[0] if len(items) == 1 else Row(tuple(items))
                return Fenced("(", Fraction(above, self.row(*stops), bar=False), ")")
            elif lexeme in ("^", "_", "'"):
                base = items.pop() if items else EMPTY
                items.append(self.scripts(base))
            else:
                items.append(self.item())
                _close_bracket(items)
        _pair_bars(items)
        return items[0] if len(items) == 1 else Row(tuple(items))

    def scripts(self, base: Node) -> Node:
        parts: dict[str, Node] = {}
        primes = 0
        while (lexeme := self.peek()) in ("^", "_", "'", "\\limits", "\\nolimits"):
            self.at += 1
            if lexeme == "'":
                primes += 1
            elif lexeme in ("^", "_"):
                if lexeme in parts:
                    raise FormulaError(f"two {lexeme} in a row")
                parts[lexeme] = self.argument()
        if primes:
            prime = Atom({2: "″", 3: "‴"}.get(primes, "′" * primes), "'" * primes, Class.ORDINARY)
            parts["^"] = Row((prime, parts["^"])) if "^" in parts else prime
        if isinstance(base, Stack) and base.line in ("⏞", "⏟") and base.note is None:
            note = parts.pop("^" if base.above else "_", None)
            base = base._replace(note=note)
        return Script(base, parts.get("_"), parts.get("^")) if parts else base

    def item(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FormulaError("nested too deep")
        node = self._item()
        self.depth -= 1
        return node

    def _item(self) -> Node:
        lexeme = self.take()
        if lexeme == "{":
            body = self.row("}")
            self.at += 1
            return body if not isinstance(body, Atom) else body._replace(kind=Class.ORDINARY)
        if lexeme == "~":
            return Atom(" ", " ", Class.SPACE)
        if lexeme.startswith("\\"):
            return self.command(lexeme[1:])
        if lexeme in ("&", "$"):
            raise FormulaError(f"a stray {lexeme}")
        if lexeme.isdigit():
            digits = [lexeme]
            while self.at < len(self.tokens) and _continues_number(self.tokens, self.at):
                digits.append(self.tokens[self.at])
                self.at += 1
            lexeme = "".join(digits)
            return Atom(lexeme, lexeme, Class.ORDINARY)
        return Atom(*symbols.character(lexeme))

    def command(self, name: str) -> Node:
        if name in symbols.IGNORED:
            return EMPTY
        if name in symbols.COMMANDS:
            return Atom(*symbols.COMMANDS[name])
        if name in symbols.SPACES:
            return Atom(symbols.SPACES[name], " " if symbols.SPACES[name] else "", Class.SPACE)
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return Fraction(self.argument(), self.argument())
        if name in ("binom", "dbinom", "tbinom"):
            return Fenced("(", Fraction(self.argument(), self.argument(), bar=False), ")")
        if name == "sqrt":
            return self.root()
        if name in symbols.ACCENTS:
            return Accent(name, self.argument())
        if name in _FONTS:
            return _in_font(name, self.argument())
        if name in _TEXTS:
            return self.text(name)
        if name == "left":
            return self.fenced()
        if name == "begin":
            return self.environment()
        return self.stacked(name)

    def root(self) -> Node:
        degree = None
        if self.peek() == "[":
            self.at += 1
            degree = self.row("]")
            self.at += 1
        return Root(self.argument(), degree)

    def text(self, name: str) -> Node:
        words = self.raw_group()
        for escaped in "_%#&${}":
            words = words.replace("\\" + escaped, escaped)
        for space in ("\\,", "\\ ", "\\;", "~"):
            words = words.replace(space, " ")
        if "\\" in words:
            raise FormulaError(f"a command inside \\{name}")
        words = words.replace("$", "")
        operator = name in ("operatorname", "operatorname*")
        return Atom(words, words, Class.FUNCTION if operator else Class.ORDINARY)

    def delimiter(self) -> str:
        lexeme = self.take()
        glyph = symbols.COMMANDS[lexeme[1:]][0] if lexeme[:1] == "\\" and lexeme[1:] in symbols.COMMANDS else lexeme
        if glyph == ".":
            return ""
        if glyph not in tuple("()[]{}|‖⌊⌋⌈⌉⟨⟩/↑↓<>"):
            raise FormulaError(f"{lexeme or 'the end'} is no delimiter")
        return {"<": "⟨", ">": "⟩"}.get(glyph, glyph)

    def fenced(self) -> Node:
        left = self.delimiter()
        body = self.row("\\right")
        self.at += 1
        return Fenced(left, body, self.delimiter())

    def environment(self) -> Node:
        name = self.raw_group()
        if name not in _GRIDS and name not in _LINES:
            raise FormulaError(f"unknown environment {name}")
        if name == "array":
            self.raw_group()
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            cells.append(self.row("&", "\\\\", "\\end"))
            separator = self.take()
            if separator == "&":
                continue
            if separator == "\\end" and cells == [EMPTY] and rows:
                break
            rows.append(tuple(cells))
            cells = []
            if separator == "\\end":
                break
        if self.raw_group() != name:
            raise FormulaError(f"\\begin{{{name}}} ends as something else")
        return Grid(name.rstrip("*"), tuple(rows))

    def stacked(self, name: str) -> Node:
        if name in ("underbrace", "overbrace"):
            return Stack(self.argument(), None, above=name == "overbrace", line="⏞" if name == "overbrace" else "⏟")
        if name in ("overset", "stackrel", "underset"):
            note = self.argument()
            return Stack(self.argument(), note, above=name != "underset")
        if name in ("xrightarrow", "xleftarrow"):
            return Stack(EMPTY, self.argument(), above=True, line="→" if name == "xrightarrow" else "←")
        if name == "substack":
            lines = self.raw_group().split("\\\\")
            return Grid("substack", tuple((parse(line),) for line in lines))
        if name == "pmod":
            return Row(
                (Atom(" ", " ", Class.SPACE), Fenced("(", Row((Atom(*symbols.COMMANDS["bmod"]), self.argument())), ")"))
            )
        if name == "not":
            atom = self.argument()
            if isinstance(atom, Atom):
                return Atom(atom.glyph + "\u0338", f"not {atom.words}", atom.kind)
        if name == "mathop":
            body = self.argument()
            return body._replace(kind=Class.FUNCTION) if isinstance(body, Atom) else body
        if name in ("tag", "label"):
            self.raw_group()
            return EMPTY
        if name == "boxed":
            return self.argument()
        raise FormulaError(f"unknown command \\{name}")


def _continues_number(tokens: list[str], at: int) -> bool:
    lexeme = tokens[at]
    if lexeme.isdigit():
        return True
    following = "".join(tokens[at + 1 : at + 2])
    if lexeme == ".":
        return following[:1].isdigit()
    return False


def _in_font(name: str, body: Node) -> Node:
    letters = {"mathbb": symbols.BLACKBOARD, "mathcal": symbols.CALLIGRAPHIC, "mathscr": symbols.CALLIGRAPHIC}.get(name)
    upright = name in ("mathrm", "mathsf", "mathtt", "mathbf", "mathit")
    if isinstance(body, Atom):
        glyph = letters.get(body.glyph, body.glyph) if letters else body.glyph
        return body._replace(glyph=glyph)
    if (
        upright
        and isinstance(body, Row)
        and all(isinstance(part, Atom) and part.glyph.isalnum() for part in body.items)
    ):
        word = "".join(part.glyph for part in body.items if isinstance(part, Atom))
        return Atom(word, word, Class.FUNCTION if name == "mathrm" and len(word) > 2 else Class.ORDINARY)
    if letters and isinstance(body, Row):
        return Row(tuple(_in_font(name, part) for part in body.items))
    return body


def _close_bracket(items: list[Node]) -> None:
    """Join a closing bracket with its opening one, so that it grows and takes scripts as a whole."""
    last = items[-1]
    if not isinstance(last, Atom) or last.kind is not Class.CLOSE or last.glyph not in _PAIRS:
        return
    for start in range(len(items) - 2, -1, -1):
        opener = items[start]
        if isinstance(opener, Atom) and opener.kind is Class.OPEN:
            if opener.glyph == _PAIRS[last.glyph]:
                body = items[start + 1 : -1]
                _pair_bars(body)
                items[start:] = [Fenced(opener.glyph, body[0] if len(body) == 1 else Row(tuple(body)), last.glyph)]
            return


def _bar(node: Node) -> str:
    bare = node.base if isinstance(node, Script) else node
    return bare.glyph if isinstance(bare, Atom) and bare.glyph in ("|", "‖") and bare.kind is Class.ORDINARY else ""


def _pair_bars(items: list[Node]) -> None:
    """Join two bars into a norm or a modulus: where they come in pairs, or the first has none before it to divide."""
    start = 0
    while start < len(items):
        before = items[start - 1] if start else None
        opens = before is None or (isinstance(before, Atom) and before.kind is not Class.ORDINARY) or _is_large(before)
        opens = opens or (isinstance(before, Atom) and before.glyph in ("/", "−"))
        bar = _bar(items[start])
        # An even number of bars to come are pairs, λ‖w‖; a single one divides, p(a|s).
        opens = opens or sum(_bar(item) == bar for item in items[start:]) % 2 == 0
        if bar and opens and isinstance(items[start], Atom):
            end = next((i for i in range(start + 2, len(items)) if _bar(items[i]) == bar), None)
            if end is None:
                return
            body = items[start + 1 : end]
            fenced: Node = Fenced(bar, body[0] if len(body) == 1 else Row(tuple(body)), bar)
            last = items[end]
            items[start : end + 1] = [Script(fenced, last.sub, last.sup) if isinstance(last, Script) else fenced]
        start += 1


def _is_large(node: Node) -> bool:
    base = node.base if isinstance(node, Script) else node
    return isinstance(base, Atom) and base.kind in (Class.LARGE, Class.FUNCTION)


@lru_cache(maxsize=2048)
def parse(latex: str) -> Node:
    """Read a formula.

    Raises
    ------
    FormulaError
        If it is not understood.
    """
    reader = _Reader(latex)
    rows: list[Node] = []
    while True:
        rows.append(reader.row("\\\\", _END))
        if reader.take() == _END:
            break
    if rows[-1] == EMPTY and len(rows) > 1:
        rows.pop()
    return rows[0] if len(rows) == 1 else Grid("gathered", tuple((row,) for row in rows))
