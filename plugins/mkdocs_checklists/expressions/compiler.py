"""The expression language of `when` and `formula`: text to a checked tree.

A small subset of Python's expression syntax. Python's `ast` parses it (see `syntax.py`); nothing is ever evaluated as code. Names
are resolved and types settled while the tree is made; what is wrong comes back as problems with their places in the text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from fractions import Fraction

from ..diagnostics.diagnostic import did_you_mean, name_some, shorten
from ..model.answers import RESERVED_ANSWERS
from .compiled import CompiledExpression, Division, NameUse
from .result_names import CALLS, Found, ResultNames
from .scope import Scope
from .syntax import AMONG, COMPARISON, LANGUAGE, Problem, parse, span_of
from .trees import Tree, conjuncts, negated

_MAX_ROUND = 6

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?", re.ASCII)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_ARITHMETIC: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def compile_condition(text: str, scope: Scope) -> CompiledExpression:
    """Compile the text of a `when`. Never raises."""
    return _compile(text, scope, _Compiler.plain_condition)


def compile_formula(text: str, scope: Scope) -> CompiledExpression:
    """Compile the text of a `formula`. Never raises."""
    return _compile(text, scope, _Compiler.number)


def _compile(
    text: str, scope: Scope, start: Callable[[_Compiler, ast.expr, tuple[Tree, ...]], Tree | None]
) -> CompiledExpression:
    compiler = _Compiler(text, scope)
    body = parse(text)
    if isinstance(body, Problem):
        compiler.found.problems.append(body)
    else:
        tree = start(compiler, body, ())
        if not compiler.found.problems:
            compiler.found.tree = tree
    return compiler.found


class _Compiler:
    """Walks the syntax tree; each method settles the type that its place asks for, and reports what does not fit."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text, self._scope = text, scope
        self.found = CompiledExpression(text)
        self._results = ResultNames(scope, self._at)
        # How many calls around this place do without a value that is not known.
        self._lenient = 0
        self._hurts = True

    @contextmanager
    def _null(self, *, hurts: bool) -> Iterator[None]:
        """Whether a null hurts in what is compiled within."""
        before, self._hurts = self._hurts, hurts
        try:
            yield
        finally:
            self._hurts = before

    # Conditions

    def plain_condition(self, node: ast.expr, given: tuple[Tree, ...]) -> Tree | None:
        """A condition by itself: what is asked for in it without 'not' does not hold while it is not known, and that is meant."""
        with self._null(hurts=False):
            return self.condition(node, given)

    def condition(self, node: ast.expr, given: tuple[Tree, ...]) -> Tree | None:
        match node:
            case ast.BoolOp(op=op, values=values):
                is_and = isinstance(op, ast.And)
                parts: list[Tree | None] = []
                for value in values:
                    part = self.condition(value, given)
                    parts.append(part)
                    if part is not None:
                        given = (*given, *(conjuncts(part) if is_and else (negated(part),)))
                return _node("and" if is_and else "or", parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                with self._null(hurts=True):
                    return _node("not", [self.condition(operand, given)])
            case ast.Compare():
                return self._comparison(node, given)
            case ast.IfExp():
                return self._choice(node, given, self.condition)
            case ast.Call(func=ast.Name(id="known")):
                return self._is_known(node, given)
            case ast.Call(func=ast.Name(id="score" | "points" | "mean" | "band")):
                self._at(node, "wrong-operand", "a condition is needed here", "Compare it, as in 'score < 50'.")
            case ast.Name() | ast.Constant() | ast.BinOp() | ast.UnaryOp():
                hint = "Compare it with something, as in 'hours > 10' or 'answer == \"yes\"'."
                self._at(node, "wrong-operand", "a condition is needed here", hint)
            case _:
                self._foreign(node)
        return None

    def _comparison(self, node: ast.Compare, given: tuple[Tree, ...]) -> Tree | None:
        parts: list[Tree | None] = []
        sides = [node.left, *node.comparators]
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            name = COMPARISON.get(type(op))
            if name is None:
                self._at(node, "bad-expression", "this comparison is not part of expressions", LANGUAGE)
                return None
            # A sum over what is not known is not known, however much is asked of it.
            is_plain = name not in ("!=", "not in") and not any(
                isinstance(part, (ast.BinOp, ast.Call, ast.IfExp)) for part in (left, right)
            )
            with self._null(hurts=self._hurts or not is_plain):
                if name in ("in", "not in"):
                    parts.append(self._membership(node, left, name, right, given))
                elif self._is_text(left) or self._is_text(right):
                    parts.append(self._answer(node, left, name, right, given))
                else:
                    parts.append(_node(name, [self.number(left, given), self.number(right, given)]))
        return parts[0] if len(parts) == 1 else _node("and", parts)

    def _membership(
        self, node: ast.Compare, left: ast.expr, op: str, right: ast.expr, given: tuple[Tree, ...]
    ) -> Tree | None:
        if isinstance(left, ast.Constant) and self._is_text(left) and isinstance(right, ast.Name):
            tree = self._option(right, left, given)
            tree = ("has", *tree[1:]) if tree and tree[1] in self._scope.several else tree
            return tree if op == "in" or tree is None else ("not", tree)
        self._at(node, "wrong-operand", "an option can be looked for in an answer only", AMONG)
        return None

    def _is_text(self, node: ast.expr) -> bool:
        if self._results.is_band(node):
            return True
        if isinstance(node, ast.Name):
            return _id_of(node.id) in self._scope.items or node.id == "outcome"
        return isinstance(node, ast.Constant) and isinstance(node.value, str) and self._is_quoted(node)

    def _is_quoted(self, node: ast.Constant) -> bool:
        """Whether a text is one in plain quotes: Python knows more ways, which no author needs."""
        start, end = span_of(node)
        return bool(_QUOTED.fullmatch(self._text[start:end]))

    def _answer(
        self, node: ast.Compare, left: ast.expr, op: str, right: ast.expr, given: tuple[Tree, ...]
    ) -> Tree | None:
        """`item == "option"` or `outcome == "id"`, either way round."""
        name, text = (left, right) if isinstance(right, ast.Constant) else (right, left)
        if op not in ("==", "!="):
            self._at(node, "wrong-operand", "answers have no order", "Compare with '==' or '!='.")
            return None
        is_band = self._results.is_band(name)
        is_name = isinstance(name, ast.Name) or is_band
        if not is_name or not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            words = [item.replace("-", "_") for item in self._scope.items]
            # To Python, `steps-written` is the difference of two names.
            joined = next((word for word in words if "_" in word and word.replace("_", "-") in self._text), None)
            hint = f"Write '{joined}': in expressions, ids have '_' for '-'." if joined else ""
            hint = hint or "Write the name of the question, '==' and the id of an option in quotes."
            self._at(node, "wrong-operand", "an answer can be compared with one of its options only", hint)
            return None
        if isinstance(name, ast.Name) and not is_band:
            tree = self._outcome(name, text) if name.id == "outcome" else self._option(name, text, given)
            if tree and tree[0] == "is" and tree[1] in self._scope.several:
                hint = f"Write '\"{tree[2]}\" in {name.id}'."
                self._at(node, "wrong-operand", f"the answer to '{tree[1]}' may have several options", hint)
        else:
            tree = self._noted(name, self._results.band_is(name, text), given)
        return tree if op == "==" or tree is None else ("not", tree)

    def _outcome(self, name: ast.Name, text: ast.Constant) -> Tree | None:
        known = self._scope.outcomes
        if known is None:
            self._no_outcome(name)
        elif text.value not in known:
            hint = f"Outcomes: {name_some(known)}. {did_you_mean(str(text.value), known)}".strip()
            self._at(text, "unknown-outcome", f"there is no outcome '{shorten(str(text.value))}'", hint)
        else:
            return ("outcome", text.value)
        return None

    def _no_outcome(self, name: ast.Name) -> None:
        hint = "'outcome' has a meaning in notes and verdicts of a checklist with outcomes."
        self._at(name, "unknown-name", "no outcome is known here", hint)

    def _option(self, name: ast.Name, text: ast.Constant, given: tuple[Tree, ...]) -> Tree | None:
        item = _id_of(name.id)
        if item not in self._scope.items:
            if self._known(name, given):
                self._at(
                    name, "wrong-operand", f"'{name.id}' is a number, and this a text", "Compare it with a number."
                )
            return None
        self._use(name, item, given)
        options = self._scope.items[item]
        if text.value not in options:
            hint = f"Options: {name_some(options)}. {did_you_mean(str(text.value), options)}".strip()
            if text.value in RESERVED_ANSWERS:
                hint = f"What is not known has no value in an expression. {hint}"
            self._at(text, "unknown-option", f"item '{item}' has no option '{shorten(str(text.value))}'", hint)
            return None
        return ("is", item, text.value)

    # Numbers

    def number(self, node: ast.expr, given: tuple[Tree, ...]) -> Tree | None:
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                item = _id_of(node.id)
                if self._results.is_score(node):
                    return self._noted(node, self._results.score(node), given)
                if item in self._scope.items or node.id == "outcome" or self._results.is_band(node):
                    hint = f"Compare it with an answer, as in '{node.id} == \"...\"'."
                    self._at(node, "wrong-operand", f"'{node.id}' is no number", hint)
                elif self._known(node, given):
                    self._use(node, item, given)
                    return ("get", item)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                name = _ARITHMETIC[type(op)]
                operands = [self.number(left, given), self.number(right, given)]
                if name == "/" and operands[1] is not None:
                    start, end = span_of(right)
                    self.found.divisions.append(Division(operands[1], given, start, end))
                return _node(name, operands)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                if isinstance(operand, ast.Constant) and operand.value == 0:
                    self._at(node, "bad-number", "a zero has no sign", "Write '0'.")
                    return None
                return _node("neg", [self.number(operand, given)])
            case ast.Call():
                return self._call(node, given)
            case ast.IfExp():
                return self._choice(node, given, self.number)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                hint = "Make a number of it, as in '1 if hours > 10 else 0'."
                self._at(node, "wrong-operand", "a number is needed here, not a condition", hint)
            case _:
                self._foreign(node)
        return None

    def _constant(self, node: ast.Constant) -> Tree | None:
        start, end = span_of(node)
        typed = self._text[start:end]
        if isinstance(node.value, str):
            self._at(node, "wrong-operand", "a number is needed here, not a text", "Write numbers without quotes.")
        elif isinstance(node.value, (int, float, complex)) and not isinstance(node.value, bool):
            if _NUMBER.fullmatch(typed):
                return ("num", Fraction(typed))
            hint = "Write a number such as 12 or 1.25: digits and at most one point, no exponent, no '_'."
            self._at(node, "bad-number", f"'{shorten(typed, 30)}' is not a number here", hint)
        else:
            self._foreign(node)
        return None

    def _call(self, node: ast.Call, given: tuple[Tree, ...]) -> Tree | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("score", "points"):
            return self._noted(node, self._results.call(node), given)
        if name in ("known", "band"):
            hint = "Make a number of it, as in '1 if known(hours) else 0'."
            self._at(node, "wrong-operand", f"a number is needed here, and '{name}' is none", hint)
            return None
        if (
            name not in ("min", "max", "round", *CALLS)
            or node.keywords
            or any(isinstance(a, ast.Starred) for a in node.args)
        ):
            hint = "Only min, max, round, mean, score, points, known and band can be called, as in min(a, b)."
            self._at(node, "bad-expression", "this call is not part of expressions", hint)
            return None
        if name != "round":
            if len(node.args) < 2:
                self._at(node, "wrong-operand", f"'{name}' needs two numbers or more", f"Write {name}(a, b).")
                return None
            with self._leniently() if name == "mean" else nullcontext():
                return _node(name, [self.number(argument, given) for argument in node.args])
        if not 1 <= len(node.args) <= 2:
            self._at(node, "wrong-operand", "'round' takes a number and its decimals", "Write round(a) or round(a, 2).")
            return None
        decimals = node.args[1] if len(node.args) == 2 else ast.Constant(0)
        if not (
            isinstance(decimals, ast.Constant)
            and type(decimals.value) is int
            and (len(node.args) == 1 or _NUMBER.fullmatch(self._text[slice(*span_of(decimals))]))
            and decimals.value in range(_MAX_ROUND + 1)
        ):
            hint = f"A whole number from 0 to {_MAX_ROUND}."
            self._at(decimals, "wrong-operand", "the decimals of 'round' are written out", hint)
            return None
        operand = self.number(node.args[0], given)
        return None if operand is None else ("round", operand, int(str(decimals.value)))

    # Both

    def _is_known(self, node: ast.Call, given: tuple[Tree, ...]) -> Tree | None:
        argument = self._results.argument_of_known(node)
        if argument is None:
            return None
        with self._leniently():
            tree = self._asked(argument, given)
        return None if tree is None else ("known", tree)

    def _asked(self, node: ast.expr, given: tuple[Tree, ...]) -> Tree | None:
        """What `known` asks for: an answer counts as one, whatever it is."""
        if self._results.is_band(node):
            return self._noted(node, self._results.band(node), given)
        if isinstance(node, ast.Name):
            if node.id == "outcome":
                if self._scope.outcomes is not None:
                    return ("outcome",)
                self._no_outcome(node)
                return None
            item = _id_of(node.id)
            if item in self._scope.items:
                self._use(node, item, given)
                return ("answer", item)
        return self.number(node, given)

    @contextmanager
    def _leniently(self) -> Iterator[None]:
        self._lenient += 1
        yield
        self._lenient -= 1

    def _noted(self, node: ast.expr, found: Found | None, given: tuple[Tree, ...]) -> Tree | None:
        if found is None:
            return None
        self._use(node, found.use, given)
        return found.tree

    def _choice(
        self,
        node: ast.IfExp,
        given: tuple[Tree, ...],
        branch: Callable[[ast.expr, tuple[Tree, ...]], Tree | None],
    ) -> Tree | None:
        with self._null(hurts=True):
            test = self.condition(node.test, given)
        if test is None:
            branch(node.body, given)
            branch(node.orelse, given)
            return None
        return _node(
            "if", [test, branch(node.body, (*given, *conjuncts(test))), branch(node.orelse, (*given, negated(test)))]
        )

    def _known(self, node: ast.Name, given: tuple[Tree, ...]) -> bool:
        name = _id_of(node.id)
        if name in self._scope.numbers and re.fullmatch("[a-z0-9_]+", node.id):
            return True
        known = [word.replace("-", "_") for word in (*self._scope.items, *self._scope.numbers)]
        # To Python, `hours-now` is the difference of two names, which are not known here.
        joined = next((word for word in known if "_" in word and self._has_hyphens(word, node)), None)
        hint = f"Write '{joined}': in expressions, ids have '_' for '-'." if joined else ""
        hint = hint or did_you_mean(node.id, known) or f"Known here: {name_some(known, 30) or 'no names'}."
        self._at(node, "unknown-name", f"'{shorten(node.id)}' is not known here", hint)
        return False

    def _has_hyphens(self, word: str, node: ast.Name) -> bool:
        pattern = re.escape(word).replace("_", "[-_]")
        return any(
            match.start() <= node.col_offset < match.end() for match in re.finditer(rf"\b{pattern}\b", self._text)
        )

    def _use(self, node: ast.expr, name: str, given: tuple[Tree, ...]) -> None:
        self.found.uses.append(NameUse(name, given, *span_of(node), self._hurts, may_lack=self._lenient > 0))

    def _foreign(self, node: ast.expr) -> None:
        self._at(node, "bad-expression", "this is not part of expressions", LANGUAGE)

    def _at(self, node: ast.expr, code: str, message: str, hint: str) -> None:
        self.found.problems.append(Problem(code, message, hint, *span_of(node)))


def _id_of(name: str) -> str:
    return name.replace("_", "-")


def _node(operator: str, operands: Iterable[Tree | None]) -> Tree | None:
    parts = list(operands)
    return None if any(part is None for part in parts) else (operator, *parts)
