"""Two-dimensional cross-correlation with stride, zero padding, dilation and contiguous groups."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from engine.exercise import Args, Case, Exercise
from engine.ops.spatial import conv2d
from engine.rules import Rules


def _flipped_kernel(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    return conv2d(x, w[:, :, ::-1, ::-1], b, stride, padding, dilation, groups)


def _ceil_size(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    missing = [-(x.shape[i] + 2 * padding - dilation * (w.shape[i] - 1) - 1) % stride for i in (2, 3)]
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding + missing[0]), (padding, padding + missing[1])))
    return conv2d(wide, w, b, stride, 0, dilation, groups)


def _bias_per_input(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    return conv2d(x, w, None if b is None else b * w.shape[1], stride, padding, dilation, groups)


def _dilation_ignored(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    return conv2d(x, w, b, stride, padding, 1, groups)


def _dilation_in_size_only(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    height, width = conv2d(x, w, b, stride, padding, dilation, groups).shape[2:]
    return conv2d(x, w, b, stride, padding, 1, groups)[:, :, :height, :width]


def _all_groups(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    return conv2d(x, np.tile(w, (1, groups, 1, 1)), b, stride, padding, dilation, 1)


def _first_channels(
    x: Any, w: Any, b: Any = None, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1
) -> Any:
    return conv2d(x[:, : w.shape[1]], w, b, stride, padding, dilation, 1)


def _case(rng: np.random.Generator, name: str, image: tuple[int, ...], filters: tuple[int, ...], **more: Any) -> Case:
    args = {"x": rng.normal(size=image), "w": rng.normal(size=filters), **more}
    if more.get("b", True) is True:
        args["b"] = rng.normal(size=filters[0])
    return Case(name, args)


def cases(rng: np.random.Generator) -> Iterator[Case]:
    """Yield one channel first, then each option by itself, all of them together and the edges."""
    image = np.arange(9.0).reshape(1, 1, 3, 3)
    yield Case("one channel, 2 x 2 kernel", {"x": image, "w": np.array([[[[1.0, 0.0], [0.0, 2.0]]]])})
    yield _case(rng, "two channels, bias", (1, 2, 4, 5), (3, 2, 3, 3))
    yield _case(rng, "stride 2", (1, 1, 6, 6), (2, 1, 3, 3), stride=2)
    yield _case(rng, "padding 1", (2, 2, 4, 4), (2, 2, 3, 3), padding=1)
    yield _case(rng, "dilation 2", (1, 2, 6, 7), (2, 2, 3, 3), dilation=2)
    yield _case(rng, "groups 2", (1, 4, 4, 4), (4, 2, 3, 3), groups=2)
    yield _case(rng, "groups = Cin", (2, 3, 5, 5), (3, 1, 3, 3), groups=3)
    yield _case(rng, "groups = Cin, two filters each", (1, 2, 4, 4), (4, 1, 2, 2), groups=2)
    yield _case(rng, "even kernel", (1, 2, 5, 5), (2, 2, 2, 2), b=None, padding=1, stride=2)
    yield _case(rng, "1 x 1 kernel", (2, 3, 4, 4), (2, 3, 1, 1))
    yield _case(rng, "rectangular kernel", (1, 2, 6, 5), (2, 2, 3, 2), padding=1)
    yield _case(rng, "b=None", (1, 2, 5, 5), (2, 2, 3, 3), b=None)
    for stride, padding, dilation in product((1, 2), (0, 2), (1, 2)):
        name = f"stride {stride}, padding {padding}, dilation {dilation}, groups 2"
        options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": 2}
        yield _case(rng, name, (2, 4, 8, 7), (4, 2, 3, 3), **options)


def _fit(args: Args) -> Args | None:
    x, w, groups = args["x"], args["w"], args.get("groups", 1)
    padding, dilation = args.get("padding", 0), args.get("dilation", 1)
    fits = all(x.shape[i] + 2 * padding >= dilation * (w.shape[i] - 1) + 1 for i in (2, 3))
    return args if fits and x.shape[1] == w.shape[1] * groups and w.shape[0] % groups == 0 else None


EXERCISE = Exercise(
    id="conv2d",
    signature="def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):",
    shapes="x (N, Cin, H, W), w (Cout, Cin // groups, kh, kw), b (Cout,) -> (N, Cout, Ho, Wo)",
    reference=conv2d,
    cases=cases,
    mutants={
        "flipped-kernel": _flipped_kernel,
        "ceil-size": _ceil_size,
        "bias-per-input": _bias_per_input,
        "dilation-ignored": (_dilation_ignored, _dilation_in_size_only),
        "all-groups": (_all_groups, _first_channels),
    },
    # Batch, group and the two taps may be looped over; output channels and pixels on top of these may not.
    rules=Rules(loops=4, over="pixels"),
    single=True,
    dimensions={"x": "N c H W", "w": "O i P Q", "b": "O"},
    fit=_fit,
)
