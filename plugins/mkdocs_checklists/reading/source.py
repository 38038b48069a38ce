"""YAML text to a tree of nodes that keep the author's text and its place.

Events of `yaml.parse` are read instead of `yaml.compose` or `safe_load`: the field decides the type of a scalar (so
`text: No` stays "No"), duplicate keys are seen, and nesting is bounded here (`compose` builds its tree by recursion, and can end
the process). Anchors, aliases, merge keys and tags are refused: a checklist is data that a person reads top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..diagnostics.diagnostic import Diagnostics, Span
from .escapes import escapes_in, meant_by, naming
from .tree import ANY_KEY, MappingNode, Node, ScalarNode, SequenceNode, Source

MAX_DEPTH = 100
MAX_BYTES = 5_000_000

# The C parser is about ten times faster; wheels of PyYAML carry it, a build without libyaml does not.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What neither HTML nor Python-Markdown can carry as text: C0 and C1 controls (Markdown marks its own stash with U+0002 and
# U+0003), lone surrogates, non-characters.
_NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NON_CHARACTERS}]")
# YAML 1.1 ends a line at these (and at U+0085), YAML 1.2 and most editors do not: every later place would be wrong for one of
# them.
_LINE_SEPARATORS = re.compile("[\u2028\u2029]")
_LINE_END = re.compile("\r\n|\r|\n")


class _Stop(Exception):
    """Reading can't go on after this diagnostic."""

    def __init__(self, code: str, message: str, span: Span, hint: str = "") -> None:
        super().__init__(code)
        self.code, self.message, self.span, self.hint = code, message, span, hint


def read_source(data: bytes, name: str) -> tuple[Source, Diagnostics]:
    """Read the bytes of one YAML file. Never raises on any input: what is wrong comes back as diagnostics.

    A byte order mark and CRLF line ends are fine. At most `MAX_BYTES` bytes and `MAX_DEPTH` levels are read.
    """
    found = Diagnostics()
    source = Source(name, [], None)
    try:
        _refuse_bytes(data, name)
        source.lines = _LINE_END.split(data.decode("utf-8-sig", errors="replace"))
        text = _decode(data, name)
        source.root = _Builder(source, found).build(text)
    except _Stop as stop:
        # A text in *italics* without quotes looks like an alias until the parser meets the second star: say it once.
        found.found = [d for d in found.found if d.code != "alias" or d.span.line != stop.span.line]
        found.add(source.diagnostic(stop.code, stop.message, stop.span, stop.hint))
    return source, found


def _refuse_bytes(data: bytes, name: str) -> None:
    whole = Span(name)
    if len(data) > MAX_BYTES:
        # Reading ended there, so the number of bytes is not known.
        raise _Stop(
            "too-large", f"the file has more than {MAX_BYTES:,} bytes", whole, "Split it into several checklists."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop("wrong-encoding", "the file is saved as UTF-16", whole, "Save it as UTF-8.")
    if _is_binary(data):
        raise _Stop(
            "binary-file", "the file holds binary data, not text", whole, "A checklist is a YAML text in UTF-8."
        )


def _is_binary(data: bytes) -> bool:
    """Whether null bytes show that this is no text. One that got into a text is reported with its place instead."""
    nulls = data.count(0)
    try:
        return nulls * 10 > len(data) or (nulls > 0 and not data.decode("utf-8"))
    except UnicodeDecodeError:
        return True


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _LINE_END.split(data[: error.start].decode("utf-8-sig", errors="replace"))
        line, column = len(before), len(before[-1]) + 1
        raise _Stop(
            "wrong-encoding",
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            Span(name, line, column, line, column + 1),
            "Save the file as UTF-8.",
        ) from error


class _Builder:
    """Builds the tree from parser events without recursion, so that depth is a rule and not a crash."""

    def __init__(self, source: Source, found: Diagnostics) -> None:
        self.source, self.found = source, found
        self.stack: list[SequenceNode | MappingNode] = []
        self.keys: list[ScalarNode | None] = []
        self.root: Node | None = None

    def build(self, text: str) -> Node:
        if not text.strip():
            raise _Stop("empty-file", "the file is empty", Span(self.source.name))
        self._refuse_forbidden(text)
        documents = 0
        for event in self._events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(
                        "several-documents",
                        "a second document starts here",
                        self._span(event),
                        "One file holds one checklist: remove the '---', or put the second into a file of its own.",
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self.stack.pop()
                self.keys.pop()
        if self.root is None or (isinstance(self.root, ScalarNode) and self.root.plain and not self.root.text):
            raise _Stop("empty-file", "the file holds no keys", Span(self.source.name))
        return self.root

    def _refuse_forbidden(self, text: str) -> None:
        match = _FORBIDDEN.search(text)
        # "\r\n" and "\r" are line ends; every other control character is refused with its place.
        while match and match[0] == "\r":
            match = _FORBIDDEN.search(text, match.end())
        match = match or _LINE_SEPARATORS.search(text)
        if match:
            before = _LINE_END.split(text[: match.start()])
            line, column = len(before), len(before[-1]) + 1
            raise _Stop(
                "control-character",
                f"character U+{ord(match[0]):04X} is not text",
                Span(self.source.name, line, column, line, column + 1),
                _likely(meant_by(ord(match[0])), "Delete it."),
            )

    def _events(self, text: str) -> Iterator[Any]:
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise _Stop("yaml-syntax", f"this is not YAML: {error}", Span(self.source.name)) from error

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> _Stop:
        problem = error.problem or "the text is not YAML"
        mark = error.problem_mark or error.context_mark
        if error.context_mark and str(error.context).endswith(_STARTS):
            # What began there has no end: the parser noticed only later, often at the end of the file.
            mark = error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        # At the end of the file the mark points behind the last line, where there is nothing to show.
        if line and not any(self.source.lines[line - 1 :]):
            line = max(1, next((n for n in range(len(self.source.lines), 0, -1) if self.source.line(n).strip()), 1))
            column = len(self.source.line(line)) + 1
        if line and _is_of_escape(problem):
            quoted = Span(self.source.name, line, column, len(self.source.lines), len(self.source.lines[-1]) + 1)
            wrong = next((escape for escape in escapes_in(self.source, quoted) if escape.code is None), None)
            if wrong:
                message = (
                    f"'{wrong.text}' is no escape sequence of YAML"
                    if wrong.text != "\\"
                    else f"this is not YAML: {problem}"
                )
                return _Stop("yaml-syntax", message, wrong.span, _likely(wrong.meant, _ESCAPES))
        text = self.source.line(line)
        # Behind the last character of a line there is nothing to cover.
        end = column + (column <= len(text))
        span = Span(self.source.name, line, column, line, end) if line else Span(self.source.name)
        if "\t" in text[: len(text) - len(text.lstrip())] or text[column - 1 : column] == "\t":
            return _Stop(
                "tab-indentation",
                "the line is indented with a tab",
                span,
                "YAML allows only spaces: replace the tab with two spaces.",
            )
        opened = error.context_mark.line + 1 if error.context_mark else line
        return _Stop("yaml-syntax", f"this is not YAML: {problem}", span, _syntax_hint(problem, text, column, opened))

    def _node(self, event: Any) -> None:
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            self._report(
                "alias",
                f"'*{event.anchor}' refers to an anchor",
                span,
                "Aliases are not allowed: write the words out. A text that starts with * needs quotes.",
            )
            self._add(ScalarNode("", span), span)
            return
        if event.anchor is not None:
            self._report(
                "alias",
                f"'&{event.anchor}' sets an anchor",
                span,
                "Anchors are not allowed: delete it. A text that starts with & needs quotes.",
            )
        if event.tag is not None and event.tag != "!":
            self._report(
                "tag",
                f"tag '{event.tag.replace('tag:yaml.org,2002:', '!!')}' is not allowed",
                span,
                "Delete it: the key decides the type of its value. A text that starts with ! needs quotes.",
            )
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = ScalarNode(event.value, span, plain=event.style is None or event.style == "")
            # The text of the file is clean: only escapes, which double quotes have, can bring such a character in.
            if event.style == '"' and (match := _FORBIDDEN.search(event.value)):
                self._refuse_escapes(span, match[0])
                node.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = SequenceNode(span)
        else:
            node = MappingNode(span)
        self._add(node, span)
        if not isinstance(node, ScalarNode):
            if len(self.stack) >= MAX_DEPTH:
                raise _Stop(
                    "too-deep", f"more than {MAX_DEPTH} levels of nesting", span, "A checklist needs fewer than ten."
                )
            self.stack.append(node)
            self.keys.append(None)

    def _refuse_escapes(self, span: Span, first: str) -> None:
        found = [
            (escape.span, escape.code, escape.meant)
            for escape in escapes_in(self.source, span)
            if escape.code is not None and _FORBIDDEN.match(chr(escape.code))
        ]
        for place, code, meant in found or [(span, ord(first), "")]:
            self._report(
                "control-character",
                f"character U+{code:04X} is not text",
                place,
                _likely(meant, "Delete the escape sequence."),
            )

    def _add(self, node: Node, span: Span) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
        elif self.keys[-1] is None:
            if not isinstance(node, ScalarNode):
                # Reading on would pair keys and values wrongly, and each later message would mislead.
                raise _Stop(
                    "complex-key",
                    "a key must be a plain word",
                    span,
                    "Write 'key: value'. A text that starts with { or [ needs quotes.",
                )
            self.keys[-1] = node
        else:
            self._add_entry(parent, self.keys[-1], node)
            self.keys[-1] = None

    def _add_entry(self, parent: MappingNode, key: ScalarNode, node: Node) -> None:
        if key.text == "<<" and key.plain:
            self.source.dropped.add(ANY_KEY)
            self._report(
                "alias", "'<<' merges another mapping", key.span, "Merge keys are not allowed: write the keys out."
            )
        elif key.text in parent.entries:
            self.source.dropped.add(key.text)
            first = parent.entries[key.text][0].span
            self._report(
                "duplicate-key",
                f"key '{key.text}' is here twice",
                key.span,
                f"It stands first in line {first.line}. Keep one of the two.",
            )
        else:
            parent.entries[key.text] = (key, node)

    def _report(self, code: str, message: str, span: Span, hint: str) -> None:
        self.found.add(self.source.diagnostic(code, message, span, hint))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.source.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


# What the parser was at when something that begins at its context mark turned out to have no proper end.
_STARTS = ("quoted scalar", "simple key", "an alias", "an anchor", "a tag")


_ESCAPES = "In double quotes a \\ starts an escape: write \\\\ for the sign itself, or take single quotes."


def _is_of_escape(problem: str) -> bool:
    return "escape" in problem or "hexdecimal" in problem


def _likely(meant: str, otherwise: str) -> str:
    """A hint that names the sign that was probably meant, where that is known."""
    return f"Write the sign itself: probably {naming(meant)} is meant." if meant else otherwise


def _syntax_hint(problem: str, line: str, column: int, opened: int) -> str:
    """How to mend it. `line` is the text of the line at fault, `opened` the number of that where the faulty part began."""
    before, words = line[: column - 1], line.strip()
    if re.search(r"(^|[:,\[{-] )\s*[*&!][^ ]", line) and "mapping values" not in problem:
        return "A text that starts with *, & or ! needs quotes."
    if _is_of_escape(problem):
        return _ESCAPES
    if re.match(r"-[^\s-]", words):
        return "Write a space behind the dash."
    if "mapping values are not allowed" in problem:
        if re.search(r":\s", before):
            return "A text that holds ': ' needs quotes: text: \"One thing: and another\"."
        return "Keys that belong together start in the same column. Or does a text hold ': '? Then it needs quotes."
    if "cannot start any token" in problem:
        return "A text that starts with a special character such as @, ` or % needs quotes."
    if "could not find expected ':'" in problem:
        return "Write a space behind the colon." if re.match(r"(- )?[\w-]+:\S", words) else "Write 'key: value'."
    if "quoted scalar" in problem or "end of stream" in problem:
        return "This quote is opened and not closed."
    if match := re.search(r"expected ',' or '([]}])'", problem):
        bracket = "[" if match[1] == "]" else "{"
        return f"A comma is missing here, or the '{bracket}' in line {opened} is not closed."
    if _holds(before, "\"'", "\"'"):
        return "A text that goes on after its quotes needs quotes around all of it: text: '\"This\" and that'."
    if _holds(before, "[{", "]}"):
        return "A text that starts with [ or { needs quotes."
    if "line break" in problem:
        return "Start the text in the next line, or put it in quotes."
    if "<document start>" in problem:
        return "Something above ends the file too early, such as a line '...' or a text that stands alone."
    if "did not find expected" in problem:
        return "Look at the indentation here and above. Or is a quote or a bracket opened above and not closed?"
    if words.startswith("%"):
        return "Delete the line: a checklist needs nothing of the kind."
    return "Does a text need quotes? Or is a quote or a bracket opened above and not closed?"


def _holds(text: str, opening: str, closing: str) -> bool:
    """Whether a value in a line begins with one of `opening`, and the line ends with the same of `closing`."""
    text = text.rstrip()
    kind = closing.find(text[-1]) if text else -1
    if kind < 0:
        return False
    start = re.search(rf"(?:^|[:-] )\s*+{re.escape(opening[kind])}", text)
    return start is not None and start.end() < len(text)
