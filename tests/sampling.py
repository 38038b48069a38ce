"""Which of many cases of one kind run every time."""

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet  # Its public name is not to be had before pytest 9.1.


def mostly_slow(values: Iterable[str], *, kept: int) -> list[ParameterSet]:
    """Values for `parametrize`, of one kind: so many of them, spread over the list, in every run, and all in `make test-all`."""
    all_ = list(values)
    every = max(1, round(len(all_) / kept))
    return [pytest.param(value, marks=[] if at % every == 0 else pytest.mark.slow) for at, value in enumerate(all_)]
