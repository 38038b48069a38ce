"""No regular expression that meets an author's text takes more steps than a multiple of its length.

An expression that looks ahead to the end at every position takes time that grows with the square of the text. So each one of the
package and the site is matched by `regex_steps` against texts made of its own pieces, and the steps are counted.
"""

import ast
import importlib
import inspect
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from mkdocs_checklists.model import fields
from tests.helpers import REPOSITORY
from tests.regex_steps import Matcher, TooManySteps, pieces

PACKAGE = REPOSITORY / "plugins" / "mkdocs_checklists"
SITE = REPOSITORY / "site_src"

# Where the text is short whatever an author writes, or the expression is made of an author's words and nothing else.
EXEMPT = {
    "lint/question_rules:_joint": "only the first 600 characters of a question are looked at",
    "lint/question_rules:_doubt": "likewise",
    "lint/question_words": "likewise",
    "crosslinks/connections:_place": "looks for words as they are",
    "page/page_text:find": "looks for words as they are",
    "expressions/compiler:_has_hyphens": "looks for a name as it is",
    "checks/expressions:_within": "looks for a name as it is",
    "reading/source:_holds": "a bracket or a quote is all that is put in; looked at below",
    "knowledge/files:__init__": "terms of the glossary; the spaces between two words are all that is repeated",
    "model/fields:_pattern": "made field by field; looked at below",
}
LENGTH = 120
MOST = 30
"""Steps for each character: a dozen alternatives, each tried twice. An expression that looks to the end takes more."""


@cache
def expressions() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Each expression in the sources, by module and line, and whether it is looked for anywhere in a text."""
    found = {}
    for path in [*sorted(PACKAGE.rglob("*.py")), *sorted(SITE.rglob("*.py"))]:
        tree = ast.parse(path.read_text("utf-8"))
        root = PACKAGE.parent if path.is_relative_to(PACKAGE) else REPOSITORY
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        module = path.relative_to(PACKAGE if root == PACKAGE.parent else root).with_suffix("").as_posix()
        matched = {
            node.func.value.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.attr in ("match", "fullmatch")
        }
        for where, target, call in _calls(tree):
            if EXEMPT.keys() & {module, f"{module}:{where}"}:
                continue
            assert isinstance(call.func, ast.Attribute)
            known = {**vars(importlib.import_module(name)), "re": re}
            text = eval(ast.unparse(call.args[0]), known)
            flags = [
                argument for argument in [*call.args[1:], *(word.value for word in call.keywords)] if _is_flag(argument)
            ]
            if call.func.attr == "fullmatch":
                text = rf"(?:{text})\Z"
            is_anchored = call.func.attr in ("match", "fullmatch") or target in matched
            pattern = re.compile(text, eval(ast.unparse(flags[0]), known) if flags else 0)
            found[f"{module}:{call.lineno}"] = pattern, not is_anchored
    for bracket in "[{'":
        found[f"source:_holds {bracket}"] = re.compile(rf"(?:^|[:-] )\s*+{re.escape(bracket)}"), True
    values: tuple[Any, ...] = (fields.Id, fields.Link, fields.Day, fields.Amount, fields.CutScore, fields.Minutes)
    for value in values:
        regex = inspect.getclosurevars(value.__metadata__[0].read).nonlocals["compiled"]
        found[f"model:{value}"] = re.compile(rf"(?:{regex.pattern})\Z", regex.flags), False
    return found


def _calls(tree: ast.Module) -> Iterator[tuple[str, str, ast.Call]]:
    """Each call of `re` that takes an expression, with the function that it is in, and the name that it is given."""

    def visit(node: ast.AST, where: str, target: str) -> Iterator[tuple[str, str, ast.Call]]:
        if isinstance(node, ast.FunctionDef):
            where, target = node.name, ""
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            target = node.targets[0].id
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr != "escape"
        ):
            yield where, target, node
        for child in ast.iter_child_nodes(node):
            yield from visit(child, where, target)

    yield from visit(tree, "", "")


def _is_flag(node: ast.expr) -> bool:
    return re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", ast.unparse(node)) is not None


def suspicious(pattern: re.Pattern[str], rng: random.Random, number: int) -> Iterator[str]:
    """Texts in which pieces of the expression come again and again, behind something that may open and before what ends nothing."""
    parts = pieces(pattern)
    for _ in range(number):
        seed = "".join(rng.choice(parts) for _ in range(rng.choice((1, 1, 1, 2, 2, 3))))
        start = "".join(rng.choice(parts) for _ in range(rng.choice((0, 0, 1, 2, 3))))
        yield start + seed * max(1, LENGTH // len(seed)) + rng.choice(("", "", "!", "x\n", rng.choice(parts)))


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    """The counter calls itself for every character; other tests show that what is nested too deeply is refused in time."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    yield
    sys.setrecursionlimit(limit)


def worst(pattern: re.Pattern[str], is_searched: bool, number: int) -> tuple[float, str]:
    """The most steps for each character, and the text that takes them."""
    found = (0.0, "")
    for text in suspicious(pattern, random.Random(ascii(pattern.pattern)), number):
        matcher = Matcher(pattern, text, limit=2 * MOST * len(text))
        try:
            for _ in matcher.matches() if is_searched else [matcher.match()]:
                pass
        except TooManySteps:
            pass
        found = max(found, (matcher.steps / len(text), text))
        if found[0] > MOST:
            break
    return found


@pytest.mark.parametrize("number", [25, pytest.param(300, marks=pytest.mark.slow)])
def test_steps_of_each_expression_grow_with_the_text_alone(number: int) -> None:
    found = {name: worst(*expression, number) for name, expression in expressions().items()}

    assert {name: (steps, text) for name, (steps, text) in found.items() if steps > MOST} == {}


@pytest.mark.parametrize(
    "slow",
    [
        r"(`+).+?\1",
        r"\[\^([^\]\s]+)\]",
        r"<[^>]*>",
        r"_+(?!\w)",
        r"\{fact:[ \t]*([^{}\s]*)[ \t]*\}",
        r"<!--.*?-->",
        r"^# +(.+?)(?: +#+)?(?: *\{[^}]*\})?$",
    ],
)
def test_expressions_of_before_are_found_out(slow: str) -> None:
    assert worst(re.compile(slow, re.DOTALL), is_searched=True, number=400)[0] > MOST


def test_counted_matches_are_those_of_the_engine() -> None:
    rng = random.Random(1)
    for pattern, is_searched in expressions().values():
        for text in suspicious(pattern, rng, 3):
            matcher = Matcher(pattern, text)
            if is_searched:
                assert list(matcher.matches()) == [match.span() for match in pattern.finditer(text)], (pattern, text)
            else:
                found, match = matcher.match(), pattern.match(text)
                assert (found and found[0]) == (match and match.end()), (pattern, text)
