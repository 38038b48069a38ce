"""Which messages of the page the Python code asks for: read from the syntax trees of all its modules."""

import ast
import importlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from mkdocs_checklists.knowledge.model import KINDS

HOLES: Mapping[str, tuple[str, ...]] = {
    # What is left of the tree of a formula there is one of these two functions.
    "tree[0]": ("min", "max"),
    # pydantic lets nothing else in.
    "source.kind": KINDS,
}
"""What can stand in a hole of a name (`f"source-{source.kind}"`) where it can't be read from the code."""

Function = ast.FunctionDef | ast.Lambda


class Unreadable(Exception):
    """A name that is neither in the code nor in `HOLES`: spell it out there, or add what it can be."""


@dataclass(frozen=True)
class Sayer:
    """A function that takes the name of a message: where it is, and which of its arguments that is."""

    module: str
    owner: str
    """The class that it is a method of."""
    position: int
    keyword: str


@dataclass
class Reader:
    """Reads modules (name with dots -> text). `names` are the messages asked for, `unreadable` the lines that can't be read."""

    sources: Mapping[str, str]
    names: set[str] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)
    _sayers: dict[str, set[Sayer]] = field(default_factory=lambda: {"text": {Sayer("", "Messages", 0, "name")}})
    _classes: dict[str, ast.ClassDef] = field(default_factory=dict)

    def __post_init__(self) -> None:
        trees = {module: ast.parse(source) for module, source in self.sources.items()}
        for tree in trees.values():
            for parent in ast.walk(tree):
                for child in ast.iter_child_nodes(parent):
                    child.parent = parent  # type: ignore[attr-defined]
                if isinstance(parent, ast.ClassDef):
                    self._classes[parent.name] = parent
        calls = [
            (module, node) for module, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Call)
        ]
        # A function that hands its argument on to one that says it is such a function too.
        known = -1
        while known != sum(map(len, self._sayers.values())):
            known = sum(map(len, self._sayers.values()))
            self.names, self.unreadable = set(), []
            for module, call in calls:
                for name in self._arguments(module, call):
                    self._read(module, name)

    def _arguments(self, module: str, call: ast.Call) -> Iterator[ast.expr]:
        """Those arguments of a call that are names of messages."""
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if isinstance(call.func, ast.Name) and _is_alias(call.func):
            called = "text"
        if called not in self._sayers:
            return
        value = call.func.value if isinstance(call.func, ast.Attribute) else None
        is_of_self = isinstance(value, ast.Name) and value.id == "self"
        owner = self._owner(_class_around(call), called) if is_of_self else None
        for sayer in self._sayers.get(called, ()):
            # What starts with an underscore is called from elsewhere only by a class that inherits it.
            if owner == sayer.owner if owner else sayer.module == module or not called.startswith("_"):
                if sayer.position < len(call.args):
                    yield call.args[sayer.position]
                yield from (one.value for one in call.keywords if one.arg == sayer.keyword)

    def _owner(self, class_: str, method: str) -> str | None:
        """Which class a method comes from: this one, or one that it inherits from."""
        node = self._classes.get(class_)
        if node is None:
            return None
        if any(isinstance(one, ast.FunctionDef) and one.name == method for one in node.body):
            return class_
        bases = (self._owner(ast.unparse(base), method) for base in node.bases)
        return next((base for base in bases if base), None)

    def _read(self, module: str, name: ast.expr) -> None:
        try:
            self.names |= set(self._values(module, name))
        except Unreadable:
            self.unreadable.append(f"{module}:{name.lineno}: {ast.unparse(name)}")

    def _values(self, module: str, node: ast.expr) -> Iterator[str]:
        """The texts that an expression can be."""
        match node:
            case ast.Constant(str(value)):
                # An empty name, as a default, is that of no message.
                yield from [value] if value else []
            case ast.IfExp():
                yield from self._values(module, node.body)
                yield from self._values(module, node.orelse)
            case ast.JoinedStr():
                found = [""]
                for part in node.values:
                    inner = part.value if isinstance(part, ast.FormattedValue) else part
                    found = [before + value for before in found for value in self._values(module, inner)]
                yield from found
            case ast.Name(name) if (bound := list(_bindings(node))) or self._take_parameter(module, node):
                for one in bound:
                    yield from self._values(module, one)
            case ast.Name(name):
                yield from _runtime_texts(module, name)
            case ast.Subscript(ast.Name(name)) if ast.unparse(node) not in HOLES:
                yield from _runtime_texts(module, name)
            case _ if (values_of_hole := HOLES.get(ast.unparse(node))) is not None:
                yield from values_of_hole
            case _:
                raise Unreadable

    def _take_parameter(self, module: str, name: ast.Name) -> bool:
        """Whether a name is a parameter of the function around it, which is one that says it from now on."""
        function = next((one for one in _around(name) if name.id in _parameters(one)), None)
        if not isinstance(function, ast.FunctionDef):
            return False
        parameters = [one for one in _parameters(function) if one not in ("self", "cls")]
        sayer = Sayer(module, _class_around(function), parameters.index(name.id), name.id)
        self._sayers.setdefault(function.name, set()).add(sayer)
        return True


def _around(node: ast.AST) -> Iterator[Function]:
    """The functions around a node, the nearest first."""
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, (ast.FunctionDef, ast.Lambda)):
            yield parent
        node = parent


def _class_around(node: ast.AST) -> str:
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, ast.ClassDef):
            return parent.name
        node = parent
    return ""


def _parameters(function: Function) -> list[str]:
    arguments = function.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _is_alias(name: ast.Name) -> bool:
    """Whether a local name is the method `text` of the messages, as in `say = self.messages.text`."""
    return any(ast.unparse(value).endswith("messages.text") for value in _bindings(name))


def _bindings(name: ast.Name) -> Iterator[ast.expr]:
    """What a local name is bound to in the function around it: by assignment, by a loop over what is written out, by a `case`."""
    function = next(_around(name), None)
    for node in _binding_nodes(function) if function else ():
        match node:
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _unpacked(name.id, target, value)
            case ast.NamedExpr(target=target, value=value):
                yield from _unpacked(name.id, target, value)
            case ast.For(target=target, iter=several) | ast.comprehension(target=target, iter=several):
                yield from _looped(name.id, target, several)
            case ast.MatchAs(name=name.id, pattern=ast.pattern() as pattern):
                yield from (one.value for one in ast.walk(pattern) if isinstance(one, ast.MatchValue))


@cache
def _binding_nodes(function: Function) -> list[ast.AST]:
    kinds = (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.For, ast.comprehension, ast.MatchAs)
    return [node for node in ast.walk(function) if isinstance(node, kinds)]


def _unpacked(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its_value in zip(target.elts, value.elts, strict=False):
            yield from _unpacked(name, one, its_value)


def _looped(name: str, target: ast.expr, several: ast.expr) -> Iterable[ast.expr]:
    if isinstance(several, (ast.Tuple, ast.List)):
        return [value for one in several.elts for value in _unpacked(name, target, one)]
    # A constant of a module holds what the name can be.
    is_constant = isinstance(several, ast.Name) and several.id.isupper()
    return [several] if is_constant and isinstance(target, ast.Name) and target.id == name else []


def _runtime_texts(module: str, name: str) -> list[str]:
    """The texts in a constant of a module, which may come from another one."""
    value = getattr(importlib.import_module(module), name, None)
    texts = list(value.values()) if isinstance(value, Mapping) else [value] if isinstance(value, str) else value
    if not isinstance(texts, (list, tuple)) or not all(isinstance(text, str) for text in texts):
        raise Unreadable
    return list(texts)
