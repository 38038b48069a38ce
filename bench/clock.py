"""Taking turns and the time."""

import gc
import random
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from statistics import median
from time import perf_counter
from typing import TypeVar

__all__ = ["in_turns", "medians", "percentile", "seconds", "take_turns"]

_T = TypeVar("_T")


def in_turns(contenders: Sequence[_T], times: int) -> Iterator[_T]:
    """Each contender so many times, one after another and not in blocks, so that noise hits all alike.

    Each round has another order, because each leaves the machine a little warmer for the next.
    """
    chance = random.Random(1)
    for _ in range(times):
        yield from chance.sample(contenders, len(contenders))


def take_turns(tasks: Mapping[str, Callable[[], float]], times: int) -> Mapping[str, float]:
    """The median of what each task returns."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for name in in_turns(list(tasks), times):
        found[name].append(tasks[name]())
    return medians(found)


def medians(found: Mapping[str, Iterable[float]]) -> Mapping[str, float]:
    return {name: median(values) for name, values in found.items()}


def percentile(values: Iterable[float], percent: float) -> float:
    """By nearest rank: always one of the values."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def seconds(task: Callable[[], object] | Sequence[str]) -> float:
    """How long a function or a command takes."""
    gc.collect()
    start = perf_counter()
    if callable(task):
        task()
    else:
        process = subprocess.run(task, check=False, capture_output=True, text=True)
        if process.returncode:
            raise RuntimeError(f"{' '.join(task)}\n{process.stdout}{process.stderr}")
    return perf_counter() - start
