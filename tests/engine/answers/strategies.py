"""Hypothesis strategies: a kind of answer together with values of it."""

from hypothesis import strategies as st

from engine.answers.kinds import AnswerKind, Choice, Integer, Matrix, Named, Real, Shape, Value, Vector

LABELS = ("m", "v_hat", "weight")

decimals = st.none() | st.integers(0, 6)
whole = st.integers(-(10**9), 10**9)
sizes = st.lists(st.integers(0, 4096), max_size=5).map(tuple)
numbers = st.floats(-1e6, 1e6) | whole | st.sampled_from([0.0, -0.0, 1e-7, 123456.789])


def rows(height: int, width: int) -> st.SearchStrategy[tuple[tuple[float, ...], ...]]:
    row = st.lists(numbers, min_size=width, max_size=width).map(tuple)
    return st.lists(row, min_size=height, max_size=height).map(tuple)


matrices = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(lambda shape: rows(*shape))
vectors = st.lists(numbers, max_size=6).map(tuple)
kinds: st.SearchStrategy[AnswerKind] = st.one_of(
    st.booleans().map(lambda count: Integer(count)),
    decimals.map(Real),
    decimals.map(Vector),
    decimals.map(Matrix),
    st.just(Shape()),
    st.just(Choice(("0", "1", "high_bias"))),
    decimals.map(lambda places: Named(LABELS, places)),
)


def values(kind: AnswerKind) -> st.SearchStrategy[Value]:
    match kind:
        case Integer():
            return whole
        case Real():
            return numbers
        case Vector():
            return vectors
        case Matrix():
            return matrices
        case Shape():
            return sizes
        case Choice():
            return st.sampled_from(kind.labels)
        case Named():
            return st.lists(numbers, min_size=3, max_size=3).map(tuple)


def of_one_kind(count: int) -> st.SearchStrategy[tuple[AnswerKind, tuple[Value, ...]]]:
    return kinds.flatmap(lambda kind: st.tuples(st.just(kind), st.tuples(*[values(kind)] * count)))
