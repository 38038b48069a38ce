"""Published instruments: their checklists, and the rule of each as its publication has it.

`checklists/ID.yml` is an instrument in our YAML, `rules/ID.py` its rule. A rule never asks our scorers anything: it has the points
from the publication, and counts in exact fractions. README.md says how to add one.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import floor
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_checklists import Library, LoadedChecklist

HERE = Path(__file__).parent
CHECKLISTS = HERE / "checklists"

Answer = str | int | list[str]
Answers = Mapping[str, Answer]
"""Item id to the id of an option, to those of several, or to `unknown`; input id to a number. What is open is not there."""

Value = int | Fraction | str | tuple[str, ...] | None
Expected = dict[str, Value]
"""What a publication says of some answers: path in our result, such as `dimensions.stress.band`, to a value.

Numbers are exact; a test rounds them as a reader sees them. `score` may be there only to rank answers: see `RANK`.
"""


@dataclass(frozen=True)
class Question:
    """What the file says of one item, read without our package."""

    id: str
    text: str
    options: tuple[str, ...]
    given: bool
    informs: bool
    """It has no weight."""
    advised: bool
    """There is something to do: a text, a link, an effort or a template."""
    none: str | None
    """Several may be chosen, and this one excludes the others; `None` where one is chosen."""


class Instrument:
    """One instrument: the text of its file, its rule, and what our package makes of the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = (CHECKLISTS / f"{name}.yml").read_text("utf-8")
        # Every scalar is text, as it is for our package.
        self.data: dict[str, Any] = yaml.load(self.text, yaml.BaseLoader)
        self._module = importlib.import_module(f"tests.instruments.rules.{name}")

    def rule(self, answers: Answers) -> Expected:
        found: Expected = self._module.rule(answers)
        return found

    @property
    def cases(self) -> list[tuple[Answers, Expected]]:
        """Answers whose result was worked out by hand from the publication, or is printed in it."""
        found: list[tuple[Answers, Expected]] = self._module.CASES
        return found

    @property
    def is_partial(self) -> bool:
        """Whether the rule says what open and unknown answers count as."""
        return bool(getattr(self._module, "PARTIAL", False))

    def rank(self, answers: Answers) -> Fraction:
        """A number that is the higher, the higher the published result is."""
        value = self.rule(answers)[getattr(self._module, "RANK", "score")]
        assert isinstance(value, int | Fraction)
        return Fraction(value)

    @property
    def better(self) -> str:
        return str(self.data.get("score", {}).get("better", "higher"))

    @cached_property
    def questions(self) -> list[Question]:
        scales = {"yes-no": ["yes", "no"]}
        for name, options in self.data.get("scales", {}).items():
            scales[name] = [option["id"] for option in options]
        found = []
        for section in self.data.get("sections", []):
            for item in section["items"]:
                options = [option["id"] for option in item["options"]] if "options" in item else scales[item["scale"]]
                found.append(
                    Question(
                        item["id"],
                        item["text"],
                        tuple(options),
                        given=item.get("given") == "true",
                        informs=item.get("weight") == "0",
                        advised=any(key in item for key in ("recommend", "see", "effort", "template")),
                        none=item.get("none") if item.get("choose") == "many" else None,
                    )
                )
        return found

    @property
    def inputs(self) -> dict[str, tuple[int, int]]:
        """Whole numbers that are asked for, with the least and the most."""
        return {entry["id"]: (int(entry.get("min", 0)), int(entry["max"])) for entry in self.data.get("inputs", [])}

    @property
    def has_unknown(self) -> bool:
        return bool(self.data.get("unknown") != "false")

    def decimals(self, path: str) -> int:
        """How many decimals the number at a path of the result has."""
        if path.startswith("figures."):
            figures = {figure["id"]: int(figure.get("decimals", 0)) for figure in self.data["figures"]}
            return figures[path.removeprefix("figures.")]
        return int(self.data.get("score", {}).get("decimals", 0))

    def shown(self, path: str, value: Value) -> Any:
        """A published value as our result has it: numbers rounded half up."""
        if isinstance(value, int | Fraction):
            places = self.decimals(path)
            return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)
        return list(value) if isinstance(value, tuple) else value

    @cached_property
    def loaded(self) -> LoadedChecklist:
        """What our package makes of the file; it has no mistakes."""
        loaded = _library().get(self.name)
        assert loaded is not None
        assert not loaded.diagnostics.errors, "\n".join(found.format() for found in loaded.diagnostics.errors)
        return loaded


@lru_cache
def instrument(name: str) -> Instrument:
    return Instrument(name)


@lru_cache
def _library() -> Library:
    library = Library(CHECKLISTS)
    library.refresh()
    return library


NAMES: Sequence[str] = sorted(path.stem for path in CHECKLISTS.glob("*.yml"))


def look_up(result: Mapping[str, Any], path: str) -> Any:
    """What a result has at a path; a number as an exact fraction of its decimal digits."""
    found: Any = result
    for step in path.split("."):
        found = found[step]
    return Fraction(str(found)) if isinstance(found, int | float) and not isinstance(found, bool) else found


LONG = frozenset({"samm"})
"""Instruments of so many questions and levels that all their cases take longer than the quick suite has."""


def each() -> pytest.MarkDecorator:
    """One test for each instrument, as its argument `name`."""
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=[pytest.mark.slow] if name in LONG else []) for name in NAMES]
    )
