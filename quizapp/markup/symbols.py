r"""What each LaTeX command of a formula looks like, what class it has, and how it reads in words.

The classes are TeX's own; they decide the spaces around a symbol and whether a formula may be cut there.
"""

from enum import StrEnum


class Class(StrEnum):
    """TeX's atom classes, as far as spacing needs them."""

    ORDINARY = "ord"
    FUNCTION = "fun"
    LARGE = "large"
    BINARY = "bin"
    RELATION = "rel"
    OPEN = "open"
    CLOSE = "close"
    PUNCTUATION = "punct"
    SPACE = "space"


def names(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


def _table(source: str) -> dict[str, tuple[str, str]]:
    rows = (line.split() for line in source.strip().splitlines())
    return {name: (glyph, words[0] if words else name) for name, glyph, *words in rows}


_ORDINARY = _table("""
alpha α
beta β
gamma γ
delta δ
epsilon ε
varepsilon ε epsilon
zeta ζ
eta η
theta θ
vartheta ϑ theta
iota ι
kappa κ
lambda λ
mu μ
nu ν
xi ξ
pi π
varpi ϖ pi
rho ρ
varrho ϱ rho
sigma σ
varsigma ς sigma
tau τ
upsilon υ
phi φ
varphi φ phi
chi χ
psi ψ
omega ω
Gamma Γ
Delta Δ
Theta Θ
Lambda Λ
Xi Ξ
Pi Π
Sigma Σ
Upsilon Υ
Phi Φ
Psi Ψ
Omega Ω
partial ∂ d
nabla ∇ grad
infty ∞ infinity
ell ℓ l
hbar ℏ
emptyset ∅ {}
varnothing ∅ {}
forall ∀ for-all
exists ∃ exists
neg ¬ not
lnot ¬ not
top ⊤ T
bot ⊥ bottom
prime ′ '
degree ° deg
angle ∠
triangle △
square □
Re ℜ Re
Im ℑ Im
dots … ...
ldots … ...
dotsc … ...
cdots ⋯ ...
dotsb ⋯ ...
vdots ⋮ ...
ddots ⋱ ...
vert | |
| ‖ ||
Vert ‖ ||
backslash \\ \\
_ _ _
% % %
# # #
& & &
$ $ $
""")

_BINARY = _table("""
cdot · *
times × ×
div ÷ /
pm ± +/-
mp ∓ -/+
ast * *
star ⋆ *
circ ∘ o
bullet ∙ *
odot ⊙ elementwise-times
otimes ⊗ tensor-times
oplus ⊕ oplus
ominus ⊖ ominus
oslash ⊘ elementwise-over
cap ∩ intersect
cup ∪ union
setminus ∖ minus
wedge ∧ and
land ∧ and
vee ∨ or
lor ∨ or
bmod mod mod
""")

_RELATION = _table("""
le ≤ <=
leq ≤ <=
leqslant ≤ <=
ge ≥ >=
geq ≥ >=
geqslant ≥ >=
lt < <
gt > >
ne ≠ !=
neq ≠ !=
approx ≈ ~=
sim ~ ~
simeq ≃ ~=
cong ≅ ~=
equiv ≡ ==
propto ∝ proportional-to
ll ≪ <<
gg ≫ >>
in ∈ in
notin ∉ not-in
ni ∋ contains
subset ⊂ subset-of
subseteq ⊆ subset-of
supset ⊃ superset-of
supseteq ⊇ superset-of
to → ->
rightarrow → ->
longrightarrow → ->
leftarrow ← <-
longleftarrow ← <-
gets ← <-
leftrightarrow ↔ <->
Rightarrow ⇒ =>
Longrightarrow ⇒ =>
implies ⇒ =>
Leftarrow ⇐ <=
Leftrightarrow ⇔ <=>
iff ⇔ <=>
mapsto ↦ ->
uparrow ↑ up
downarrow ↓ down
mid | |
colon : :
parallel ∥ ||
perp ⊥ perpendicular-to
models ⊨ models
vdash ⊢ proves
prec ≺ before
succ ≻ after
preceq ⪯ before
succeq ⪰ after
triangleq ≜ :=
coloneqq ≔ :=
doteq ≐ =
""")

LARGE = _table("""
sum ∑ sum
prod ∏ product
coprod ∐ coproduct
int ∫ integral
iint ∬ integral
iiint ∭ integral
oint ∮ integral
bigcup ⋃ union
bigcap ⋂ intersection
bigoplus ⊕ sum
bigotimes ⊗ product
bigodot ⊙ product
bigvee ⋁ or
bigwedge ⋀ and
""")

# TeX sets the limits of an integral beside it, those of the other large operators above and below.
INTEGRALS = frozenset("∫∬∭∮")

FUNCTIONS = {
    name: name
    for name in names(
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min Pr sec"
        " sin sinh sup tan tanh"
    )
} | {"liminf": "lim inf", "limsup": "lim sup", "argmax": "argmax", "argmin": "argmin", "softmax": "softmax"}

# Functions whose subscript stands below them in a displayed formula.
LIMIT_FUNCTIONS = frozenset(
    (
        "det",
        "gcd",
        "inf",
        "lim",
        "lim inf",
        "lim sup",
        "max",
        "min",
        "Pr",
        "sup",
        "argmax",
        "argmin",
        "arg max",
        "arg min",
    )
)

OPENING = {
    "lbrace": "{",
    "{": "{",
    "lbrack": "[",
    "langle": "⟨",
    "lceil": "⌈",
    "lfloor": "⌊",
    "lvert": "|",
    "lVert": "‖",
}
CLOSING = {
    "rbrace": "}",
    "}": "}",
    "rbrack": "]",
    "rangle": "⟩",
    "rceil": "⌉",
    "rfloor": "⌋",
    "rvert": "|",
    "rVert": "‖",
}

SPACES = {
    ",": " ",
    ":": " ",
    ">": " ",
    ";": " ",
    " ": " ",
    "~": " ",
    "quad": "  ",
    "qquad": "    ",
    "!": "",
    "enspace": " ",
}
SPACES |= {"thinspace": " ", "medspace": " ", "thickspace": " ", "negthinspace": ""}

# Size and style switches: nothing in a terminal answers to them.
IGNORED = names(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits big Big bigg Bigg bigl Bigl biggl Biggl bigr"
    " Bigr biggr Biggr bigm Bigm middle nonumber notag mathstrut allowbreak nobreak"
)

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
    "underline": "\u0332",
}
ACCENT_WORDS = {"widehat": "hat", "overline": "bar", "widetilde": "tilde", "mathring": "ring"}

# Letters with an upright double-struck or script form of width 1 in the basic plane; the others stay plain letters,
# because terminals disagree about the width of the mathematical alphabets beyond it.
BLACKBOARD = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
CALLIGRAPHIC = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))

_CHARACTERS = {
    "+": ("+", "+", Class.BINARY),
    "-": ("−", "-", Class.BINARY),
    "−": ("−", "-", Class.BINARY),
    "*": ("*", "*", Class.BINARY),
    "·": ("·", "*", Class.BINARY),
    "×": ("×", "×", Class.BINARY),
    "⊙": ("⊙", "elementwise times", Class.BINARY),
    "=": ("=", "=", Class.RELATION),
    "<": ("<", "<", Class.RELATION),
    ">": (">", ">", Class.RELATION),
    ":": (":", ":", Class.RELATION),
    "≤": ("≤", "<=", Class.RELATION),
    "≥": ("≥", ">=", Class.RELATION),
    "≠": ("≠", "!=", Class.RELATION),
    "≈": ("≈", "~=", Class.RELATION),
    "∈": ("∈", "in", Class.RELATION),
    "→": ("→", "->", Class.RELATION),
    "←": ("←", "<-", Class.RELATION),
    ",": (",", ",", Class.PUNCTUATION),
    ";": (";", ";", Class.PUNCTUATION),
    "(": ("(", "(", Class.OPEN),
    "[": ("[", "[", Class.OPEN),
    ")": (")", ")", Class.CLOSE),
    "]": ("]", "]", Class.CLOSE),
    "!": ("!", "!", Class.CLOSE),
}


def _commands() -> dict[str, tuple[str, str, Class]]:
    table: dict[str, tuple[str, str, Class]] = {}
    classes = ((Class.ORDINARY, _ORDINARY), (Class.BINARY, _BINARY), (Class.RELATION, _RELATION), (Class.LARGE, LARGE))
    for kind, source in classes:
        for name, (glyph, words) in source.items():
            table[name] = (glyph, words.replace("-", " ") if words[0].isalpha() else words, kind)
    for name in FUNCTIONS:
        table[name] = (FUNCTIONS[name], FUNCTIONS[name], Class.FUNCTION)
    for kind, names in ((Class.OPEN, OPENING), (Class.CLOSE, CLOSING)):
        for name, glyph in names.items():
            table[name] = (glyph, glyph, kind)
    return table


COMMANDS = _commands()
_WORDS = {glyph: words for glyph, words, _ in reversed(list(COMMANDS.values()))}


def character(source: str) -> tuple[str, str, Class]:
    """Return glyph, words and class of a character typed as itself."""
    return _CHARACTERS.get(source) or (source, _WORDS.get(source, source), Class.ORDINARY)


_SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ,", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ‚", strict=True)
)
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUW⊤′*∘°†βγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂᵀ′*°°†ᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)


def lowered(text: str) -> str | None:
    """Return ``text`` in Unicode subscripts, or nothing where one character has none."""
    return "".join(_SUBSCRIPTS[c] for c in text) if all(c in _SUBSCRIPTS for c in text) else None


def raised(text: str) -> str | None:
    """Return ``text`` in Unicode superscripts, or nothing where one character has none."""
    return "".join(_SUPERSCRIPTS[c] for c in text) if all(c in _SUPERSCRIPTS for c in text) else None
