"""The names of results in an expression: `score`, `band`, of a section `score(section)` and `band(section)`, `points(item)`, and
`known` of any name."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import NamedTuple

from ..diagnostics.diagnostic import did_you_mean, name_some, shorten
from .scope import Scope
from .trees import Tree, result_name

CALLS = ("score", "band", "points", "known", "mean")
"""What can be called beside `min`, `max` and `round`."""

ReportProblem = Callable[[ast.expr, str, str, str], None]
"""Takes what is wrong with a part of an expression: the part, code, message and hint."""


class Found(NamedTuple):
    """What a name leads to, and the id or the result whose value it waits for."""

    tree: Tree
    use: str


class ResultNames:
    """Finds what the names of results mean; what they can't mean is reported, and `None` is returned."""

    def __init__(self, scope: Scope, report: ReportProblem) -> None:
        self._scope, self._report = scope, report

    def is_score(self, node: ast.expr) -> bool:
        """Whether a node is the plain name `score`; an id of the author's goes before."""
        return isinstance(node, ast.Name) and node.id == "score" and not self._scope.has("score")

    def is_band(self, node: ast.expr) -> bool:
        """Whether a node is the plain name `band`, unless an id of the author's is, or `band(section)`."""
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id == "band"
        return isinstance(node, ast.Name) and node.id == "band" and not self._scope.has("band")

    def score(self, node: ast.expr) -> Found | None:
        """The plain name `score`."""
        return _found(("score",)) if self._has_score(node) else None

    def band(self, node: ast.expr) -> Found | None:
        """The plain name `band`, or `band(section)`, by itself."""
        if isinstance(node, ast.Call):
            return self._band_of_section(node)
        if not self._scope.bands:
            self._report(
                node, "unknown-name", "no band is known here", "'band' has a meaning where there are 'bands:'."
            )
            return None
        return _found(("band",))

    def band_is(self, node: ast.expr, text: ast.Constant) -> Found | None:
        """`band == "id"` or `band(section) == "id"`."""
        found = self.band(node)
        if found is None:
            return None
        is_whole = found.tree[0] == "band"
        known = self._scope.bands if is_whole else self._scope.section_bands[found.tree[1]]
        if text.value in known:
            return _found((*found.tree, text.value))
        hint = f"Bands: {name_some(known)}. {did_you_mean(str(text.value), known)}".strip()
        of = "" if is_whole else f" of section '{found.tree[1]}'"
        self._report(text, "unknown-band", f"there is no band '{shorten(str(text.value))}'{of}", hint)
        return None

    def _band_of_section(self, node: ast.Call) -> Found | None:
        name = self._argument(node)
        if name is None:
            return None
        known, wanted = self._scope.section_bands, name.id.replace("_", "-")
        if wanted in known:
            return _found(("section-band", wanted))
        if wanted in self._scope.sections:
            hint = (
                "Give it 'bands:', or ask for its score, as in 'score(section) < 50', or for the 'band' of everything."
            )
            self._report(name, "unknown-name", f"section '{wanted}' has no bands", hint)
            return None
        words = [word.replace("-", "_") for word in known]
        hint = f"Known here: {name_some(words, 30) or 'none'}. {did_you_mean(name.id, words)}".strip()
        self._report(name, "unknown-name", f"'{shorten(name.id)}' is no section with bands here", hint)
        return None

    def call(self, node: ast.Call) -> Found | None:
        """`score(section)` or `points(item)`."""
        assert isinstance(node.func, ast.Name)
        of = node.func.id
        name = self._argument(node)
        if name is None:
            return None
        if not self._has_score(node):
            return None
        known = self._scope.sections if of == "score" else self._scope.items
        wanted = name.id.replace("_", "-")
        if wanted in known:
            return _found((of, wanted))
        words = [word.replace("-", "_") for word in known]
        what = "section with questions" if of == "score" else "question"
        hint = f"Known here: {name_some(words, 30) or 'none'}. {did_you_mean(name.id, words)}".strip()
        self._report(name, "unknown-name", f"'{shorten(name.id)}' is no {what} here", hint)
        return None

    def argument_of_known(self, node: ast.Call) -> ast.expr | None:
        """What stands in the brackets of `known`: a name, or a result with a name in brackets."""
        argument = node.args[0] if len(node.args) == 1 and not node.keywords else None
        is_result = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name)
        if argument is not None and (isinstance(argument, ast.Name) or is_result):
            return argument
        self._report(node, "wrong-operand", "'known' asks for one name", "Write known(name).")
        return None

    def _argument(self, node: ast.Call) -> ast.Name | None:
        argument = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if isinstance(argument, ast.Name):
            return argument
        assert isinstance(node.func, ast.Name)
        what = "question" if node.func.id == "points" else "section"
        hint = f"Write {node.func.id}({what}), with '_' for each '-' of its id."
        self._report(node, "wrong-operand", f"'{node.func.id}' asks for one {what} by its name", hint)
        return None

    def _has_score(self, node: ast.expr) -> bool:
        if self._scope.decides:
            hint = "With 'outcomes:', points lead to an outcome. Ask for answers, or in notes for the 'outcome'."
            self._report(node, "unknown-name", "a checklist with outcomes has no score", hint)
        elif not self._scope.items:
            hint = "There is no question in this file, so nothing has points."
            self._report(node, "unknown-name", "no score is known here", hint)
        else:
            return True
        return False


def _found(tree: Tree) -> Found:
    return Found(tree, str(tree[1]) if tree[0] == "points" else result_name(tree))
